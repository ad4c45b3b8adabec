/** One message: who, when, what, and what one can do with it. */
import { trying } from './announce.js';
import { avatar } from './avatar.js';
import { blocks } from './blocks.js';
import { el, unseen } from './dom.js';
import { emoji } from './emoji.js';
import { icon } from './icons.js';
import { react, tools } from './message-tools.js';
import { mrkdwn } from './mrkdwn.js';
import { name } from './profile.js';
import { openThread } from './route.js';
import { me, state, user } from './store.js';
import { act } from './sync.js';
import { ago, clock, full } from './time.js';

/**
 * The message as an article.
 *
 * @param channel id of its channel
 * @param grouped whether the message before is from the same person, so that the name is left out
 * @param inThread whether it stands in the thread's pane
 */
export function message(one, channel, { grouped = false, inThread = false } = {}) {
  const who = user(one.user);
  if (one.subtype && !one.ephemeral && one.subtype !== 'bot_message' && one.subtype !== 'thread_broadcast') {
    return system(one);
  }
  return el(
    'article',
    {
      class: `message ${grouped ? 'grouped' : ''} ${one.ephemeral ? 'ephemeral' : ''} ${one.pinned ? 'pinned' : ''}`,
      tabindex: '-1',
      'data-ts': one.ts,
      'aria-label': `${who.real_name}, ${clock(one.ts)}${one.ephemeral ? ', only visible to you' : ''}`,
    },
    el('div', { class: 'gutter' }, grouped ? time(one) : avatar(who.id)),
    el(
      'div',
      { class: 'content' },
      one.ephemeral ? flag('eye', 'Only visible to you') : null,
      one.pinned ? flag('pin', 'Pinned') : null,
      grouped
        ? unseen(who.real_name)
        : el(
            'div',
            { class: 'byline' },
            name(who.id, who.real_name, { style: 'author', tab: '-1' }),
            one.is_bot || who.bot ? el('span', { class: 'badge' }, 'App') : null,
            time(one),
            one.edited && one.blocks?.length ? el('span', { class: 'edited' }, '(edited)') : null,
          ),
      body(one, channel, inThread),
      reactions(one, channel),
      one.reply_count && !inThread ? summary(one) : null,
    ),
    tools(one, channel, inThread),
  );
}

const time = (one) =>
  el('time', { datetime: new Date(one.ts * 1000).toISOString(), title: full(one.ts) }, clock(one.ts));
const flag = (name, text) => el('div', { class: 'flag' }, icon(name), text);

const system = (one) =>
  el(
    'article',
    { class: 'message system', tabindex: '-1', 'data-ts': one.ts, 'aria-label': `Notice, ${clock(one.ts)}` },
    el('div', { class: 'gutter' }, time(one)),
    el('div', { class: 'content' }, mrkdwn(one.text ?? '')),
  );

function body(one, channel, inThread) {
  return one.attachments?.length ? [said(one, channel, inThread), attached()] : said(one, channel, inThread);
}

const attached = () =>
  el('div', { class: 'unknown', role: 'note' }, el('strong', {}, 'The playground cannot show attachments.'));

function said(one, channel, inThread) {
  if (!one.blocks?.length) {
    return el(
      'div',
      { class: 'text' },
      mrkdwn(one.text ?? ''),
      one.edited ? el('span', { class: 'edited' }, ' (edited)') : null,
    );
  }
  const surface = {
    level: inThread ? '3' : '4',
    text: one.text,
    errors: {},
    controls: [],
    held: () => undefined,
    changed: () => {},
    use: (element, block, value) =>
      trying(() =>
        act('click', {
          channel,
          ts: one.ts,
          action_id: element.action_id,
          block_id: block.block_id,
          ...(value === undefined ? {} : { value }),
        }),
      ),
    suggest: async () => [],
  };
  return el('div', { class: 'blocks' }, blocks(one.blocks, surface));
}

function reactions(one, channel) {
  if (!one.reactions?.length) {
    return null;
  }
  return el(
    'div',
    { class: 'reactions' },
    one.reactions.map(({ name, users }) => {
      const mine = users.includes(state.who);
      const names = users.map((id) => user(id).real_name).join(', ');
      return el(
        'button',
        {
          type: 'button',
          class: 'reaction',
          'aria-pressed': String(mine),
          title: `${names} reacted with :${name}:`,
          'aria-label': `${name}, ${users.length}: ${names}`,
          'data-action': `react-${name}`,
          on: { click: () => react(one, channel, name, mine) },
        },
        el('span', {}, emoji(name)),
        el('span', {}, String(users.length)),
      );
    }),
  );
}

function summary(one) {
  const count = `${one.reply_count} ${one.reply_count === 1 ? 'reply' : 'replies'}`;
  return el(
    'button',
    { type: 'button', class: 'thread-summary', on: { click: () => openThread(one.ts) } },
    el(
      'span',
      { class: 'faces' },
      (one.reply_users ?? []).slice(0, 4).map((id) => avatar(id, 'small')),
    ),
    el('strong', {}, count),
    el('span', {}, one.latest_reply ? `Last reply ${ago(one.latest_reply)}` : ''),
  );
}

/** Whether a message mentions the person. */
export const mentionsMe = (one) =>
  !one.ephemeral &&
  !one.subtype &&
  one.user !== state.who &&
  new RegExp(
    `<@${state.who}[|>]|<!(here|channel|everyone)[|>]|${
      me()
        .groups.map(
          (handle) => `<!subteam\\^${state.boot.groups.find((group) => group.handle === handle)?.id ?? '-'}[|>]`,
        )
        .join('|') || '\\b\\B'
    }`,
  ).test(JSON.stringify(one.blocks ?? one.text ?? ''));
