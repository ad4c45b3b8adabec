/** The left: the workspace, whose client this is, channels and messages with their marks, and the app. */
import { avatar } from './avatar.js';
import { el, fill, unseen } from './dom.js';
import { icon } from './icons.js';
import { makeChannel } from './newchannel.js';
import { choosePerson, chooseRecipient } from './switcher.js';
import { go } from './route.js';
import { botChannel, hasHome, me, on, shownChannel, state, user } from './store.js';
import { showSidebar } from './tools.js';

const sidebar = document.getElementById('sidebar');

export function start() {
  on('person', render);
  on('place', render);
  on('people', render);
  on('bot', render);
  sidebar.addEventListener('keydown', arrows);
}

function render() {
  if (!state.place) {
    return;
  }
  const focused = sidebar.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  const channels = state.person.channels.filter((one) => one.kind !== 'dm');
  const others = state.person.channels.filter(
    (one) => one.kind === 'dm' && one !== botChannel() && (one.latest_ts || shownChannel() === one),
  );
  fill(
    sidebar,
    el(
      'div',
      { class: 'workspace' },
      el('img', { src: 'icon.svg', alt: '' }),
      el('div', {}, el('strong', {}, state.boot.workspace.name), el('small', {}, 'Steward playground')),
      el(
        'button',
        {
          type: 'button',
          class: 'plain-icon sidebar-closer',
          'aria-label': 'Hide channels',
          on: { click: () => showSidebar(false) },
        },
        icon('close'),
      ),
    ),
    switcher(),
    part('Channels', [
      ...channels.filter((one) => !one.archived && one.member).map(room),
      me().guest ? null : opener('new-channel', 'New channel', makeChannel),
    ]),
    part('Other channels', channels.filter((one) => !one.archived && !one.member).map(room)),
    part('Direct messages', [...others.map(direct), opener('write-to', 'Write to somebody', chooseRecipient)]),
    part('Apps', [app()]),
    part('Archived', channels.filter((one) => one.archived).map(room)),
  );
  if (focused) {
    sidebar.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
  }
}

function switcher() {
  const who = me();
  const button = el(
    'button',
    {
      type: 'button',
      class: 'person-switch',
      'data-key': 'person',
      'aria-haspopup': 'dialog',
      title: 'Be somebody else (Alt+P)',
      on: { click: () => choosePerson() },
    },
    avatar(who.id),
    el(
      'span',
      { class: 'person-name' },
      unseen('You are '),
      el('strong', {}, who.real_name),
      el('small', {}, who.title),
    ),
    icon('down'),
  );
  return button;
}

function part(name, entries) {
  const rows = entries.filter(Boolean);
  return rows.length
    ? el(
        'section',
        { class: 'part', 'aria-label': name },
        el('h2', {}, name),
        el(
          'ul',
          {},
          rows.map((row) => el('li', {}, row)),
        ),
      )
    : null;
}

function row({ key, place, here, mark, label, unread, mentions, dim }) {
  const said = mentions ? `, ${mentions} ${mentions === 1 ? 'mention' : 'mentions'}` : unread ? ', unread' : '';
  return el(
    'a',
    {
      href: '#',
      class: `room ${unread && !here ? 'unread' : ''} ${dim ? 'dim' : ''}`,
      'data-key': key,
      'aria-current': here ? 'page' : null,
      on: {
        click: (event) => {
          event.preventDefault();
          go(place);
          showSidebar(false);
        },
      },
    },
    mark,
    el('span', { class: 'room-name' }, label),
    said ? unseen(said) : null,
    mentions && !here ? el('span', { class: 'count', 'aria-hidden': 'true' }, String(mentions)) : null,
  );
}

const room = (one) =>
  row({
    key: one.id,
    place: { kind: 'channel', id: one.id },
    here: shownChannel() === one,
    label: one.name,
    mark: icon(one.archived ? 'archive' : one.kind === 'private' ? 'lock' : 'hash'),
    unread: one.unread,
    mentions: one.mentions,
    dim: !one.member || one.archived,
  });

const direct = (one) =>
  row({
    key: one.id,
    place: { kind: 'channel', id: one.id },
    here: shownChannel() === one,
    label: user(one.with).real_name,
    mark: avatar(one.with, 'small'),
    unread: one.unread,
    mentions: one.unread,
  });

const opener = (key, label, run) =>
  el(
    'button',
    { type: 'button', class: 'room dim', 'data-key': key, 'aria-haspopup': 'dialog', on: { click: run } },
    icon('plus'),
    el('span', { class: 'room-name' }, label),
  );

function app() {
  const { bot } = state.boot;
  const channel = botChannel();
  const tab = channel?.unread || state.place.tab === 'messages' || !hasHome() ? 'messages' : 'home';
  const label = [
    bot.real_name,
    el(
      'span',
      { class: bot.up ? 'lamp up' : 'lamp down', title: bot.up ? 'Running' : 'Not running' },
      unseen(bot.up ? ', running' : ', not running'),
    ),
  ];
  return row({
    key: 'app',
    place: { kind: 'app', tab },
    here: state.place.kind === 'app',
    label,
    mark: avatar(bot.user_id, 'small'),
    unread: channel?.unread,
    mentions: channel?.unread,
  });
}

/** Arrows move between the rows. */
function arrows(event) {
  const rows = [...sidebar.querySelectorAll('.room, .person-switch')];
  const at = rows.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 }[event.key];
  if (at >= 0 && to !== undefined) {
    event.preventDefault();
    rows[(to + rows.length) % rows.length].focus();
  }
}

/** Goes to the channel before or after the present one. */
export function step(by) {
  const rows = [...sidebar.querySelectorAll('a.room')];
  const at = rows.findIndex((one) => one.hasAttribute('aria-current'));
  rows[(at + by + rows.length) % rows.length]?.click();
}
