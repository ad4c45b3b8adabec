/** What a channel is and who is in it, in a dialog: topic, description, pins, bookmarks, members, and the way out. */
import { trying } from './announce.js';
import { avatar } from './avatar.js';
import { button, dialog, sure } from './dialogs.js';
import { busy, el, fill, freshId } from './dom.js';
import { icon } from './icons.js';
import { channel as known, me, on, state, user } from './store.js';
import { act } from './sync.js';
import { clock } from './time.js';

let shown = null;

export function start() {
  on('person', render);
  on('messages', render);
}

/** Shows what there is to know of a channel. */
export function details(id) {
  const opened = dialog({ title: '', leave: () => leave() });
  opened.node.classList.add('details');
  shown = { id, who: state.who, opened, sign: '' };
  render();
}

function leave() {
  const { opened } = shown;
  shown = null;
  opened.close();
}

/** Renews all but a field in which somebody is writing. */
function render() {
  const one = shown && known(shown.id);
  if (!shown) {
    return;
  }
  if (!one || shown.who !== state.who) {
    leave();
    return;
  }
  const pins = pinned(one);
  const sign = JSON.stringify([one, pins]);
  if (sign === shown.sign) {
    return;
  }
  shown.sign = sign;
  const { opened } = shown;
  const mine = one.member && !one.archived;
  const full = !me().guest;
  const focused = opened.body.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const begun = drafts(opened.body);
  fill(opened.heading, icon(one.kind === 'private' ? 'lock' : 'hash'), one.name);
  fill(
    opened.body,
    one.archived ? el('p', { class: 'closed' }, icon('archive'), 'This channel is archived.') : null,
    text(one, 'topic', 'Topic', mine),
    text(one, 'purpose', 'Description', mine),
    part('Pinned', pins.map(pin), 'Nothing is pinned.'),
    part('Bookmarks', [...(one.bookmarks ?? []).map((each) => bookmark(one, each, mine)), mine ? adding() : null], ''),
    part(
      `${one.members.length} ${one.members.length === 1 ? 'member' : 'members'}`,
      [...one.members.map((id) => member(one, id, mine && full)), mine && full ? inviting(one) : null],
      '',
    ),
  );
  inputs(opened.body).forEach((node) => {
    node.value = begun.get(node.dataset.key) ?? node.value;
  });
  fill(opened.foot, foot(one, mine, full));
  if (focused) {
    opened.body.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }
}

const inputs = (body) => [...body.querySelectorAll('input[data-key]')];

/** What somebody has begun to write and not sent. */
const drafts = (body) =>
  new Map(
    inputs(body)
      .filter((node) => node.value !== node.dataset.was)
      .map((node) => [node.dataset.key, node.value]),
  );

const does = (name, body) => trying(() => act(name, { channel: shown.id, ...body }));

const part = (title, rows, none) => {
  const all = rows.filter(Boolean);
  return el(
    'section',
    {},
    el('h3', {}, title),
    all.length
      ? el(
          'ul',
          { class: 'rows' },
          all.map((row) => el('li', {}, row)),
        )
      : el('p', { class: 'quiet' }, none),
  );
};

/** One line about the channel, with a button that keeps what was written. */
function text(one, what, label, mine) {
  const id = freshId(what);
  const field = el('input', {
    id,
    class: 'field',
    value: one[what] ?? '',
    maxlength: '250',
    'data-key': what,
    'data-was': one[what] ?? '',
    disabled: !mine,
    placeholder: `No ${label.toLowerCase()}${mine ? ' yet' : ''}`,
    on: { keydown: (event) => event.key === 'Enter' && keep.click() },
  });
  const keep = el(
    'button',
    {
      type: 'button',
      class: 'button',
      on: { click: () => busy(keep, () => does(what, { text: field.value.trim() })) },
    },
    el('span', {}, 'Save'),
  );
  return el(
    'section',
    {},
    el('label', { for: id, class: 'label' }, label),
    el('div', { class: 'row' }, field, mine ? keep : null),
  );
}

const pinned = (one) =>
  (state.channels.get(one.id)?.pinned ?? []).map((ts) => ({
    ts,
    message: state.channels.get(one.id).messages.find((each) => each.ts === ts),
  }));

const pin = ({ ts, message }) =>
  el(
    'button',
    {
      type: 'button',
      class: 'plain',
      on: {
        click: () => {
          leave();
          document.dispatchEvent(new CustomEvent('look-at', { detail: ts }));
        },
      },
    },
    icon('pin'),
    el(
      'span',
      {},
      message ? `${user(message.user).real_name}, ${clock(ts)}` : clock(ts),
      el('small', {}, message?.text?.slice(0, 120) ?? ''),
    ),
  );

const cross = (label, run) =>
  el('button', { type: 'button', class: 'plain-icon', title: label, 'aria-label': label, on: { click: run } }, icon('close'));

const bookmark = (one, each, mine) => [
  el('a', { href: each.link, target: '_blank', rel: 'noopener noreferrer' }, each.title),
  mine ? cross(`Remove the bookmark ${each.title}`, () => does('unbookmark', { id: each.id })) : null,
];

function adding() {
  const title = el('input', { class: 'field', 'aria-label': 'Name of a new bookmark', placeholder: 'Name', 'data-key': 'bookmark', 'data-was': '' });
  const link = el('input', { class: 'field', 'aria-label': 'Where it leads', placeholder: 'https://…', 'data-key': 'link', 'data-was': '' });
  const keep = async () => {
    const wanted = { title: title.value.trim(), link: link.value.trim() };
    title.value = '';
    link.value = '';
    if (!(await does('bookmark', wanted))) {
      title.value = wanted.title;
      link.value = wanted.link;
    }
  };
  const add = el(
    'button',
    {
      type: 'button',
      class: 'button',
      on: { click: () => busy(add, keep) },
    },
    el('span', {}, 'Add'),
  );
  return [title, link, add];
}

const member = (one, id, mayRemove) => [
  avatar(id, 'small'),
  el('span', { class: 'person-name' }, el('strong', {}, user(id).real_name), el('small', {}, user(id).title)),
  mayRemove && id !== state.who && one.name !== 'general'
    ? cross(`Remove ${user(id).real_name}`, () => does('remove', { user: id }))
    : null,
];

function inviting(one) {
  const bot = state.boot.bot;
  const free = [{ id: bot.user_id, real_name: bot.real_name }, ...state.boot.people.filter((each) => !each.deactivated)]
    .filter((each) => !one.members.includes(each.id));
  if (!free.length) {
    return null;
  }
  const who = el(
    'select',
    { class: 'field', 'aria-label': 'Who to add', 'data-key': 'invite' },
    free.map((each) => el('option', { value: each.id }, each.real_name)),
  );
  const add = el(
    'button',
    { type: 'button', class: 'button', on: { click: () => busy(add, () => does('invite', { user: who.value })) } },
    el('span', {}, 'Add'),
  );
  return [who, add];
}

function foot(one, mine, full) {
  if (one.archived) {
    return full ? button('Open it again', '', () => does('unarchive', {})) : null;
  }
  if (!one.member) {
    return button('Join', 'primary', () => does('join-channel', {}));
  }
  return one.name === 'general'
    ? null
    : [
        full
          ? button('Archive', 'danger', async () => {
              if (await sure(`Archive #${one.name}?`, 'It can be read then, and nobody can write in it.', 'Archive')) {
                await does('archive', {});
              }
            })
          : null,
        button('Leave', '', () => does('leave-channel', {})),
      ];
}
