/** The head of the place where one is: its name, what it is about, what is pinned, and the page's tools. */
import { trying } from './announce.js';
import { placeName } from './composer.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { menu } from './menu.js';
import { put } from './main-pane.js';
import { go } from './route.js';
import { hasHome, on, shownChannel, state, user } from './store.js';
import { act } from './sync.js';
import { clock } from './time.js';
import { showSidebar, tools } from './tools.js';

let headed = null;

export function start() {
  on('place', head);
  on('person', head);
  on('messages', head);
  on('people', () => {
    headed = null;
  });
}

function head() {
  if (!state.place) {
    return;
  }
  const channel = shownChannel();
  const app = state.place.kind === 'app';
  const sign = JSON.stringify([
    state.who,
    state.place.kind,
    state.place.tab,
    channel?.id,
    channel?.topic,
    channel?.members?.length,
    channel?.archived,
    state.channels.get(channel?.id)?.pinned,
  ]);
  const called = state.person.channels.reduce((sum, one) => sum + one.mentions, 0);
  document.title = `${called ? `(${called}) ` : ''}${app ? state.boot.bot.real_name : channel ? placeName(channel) : ''} · ${user(state.who).real_name} · Steward playground`;
  if (sign === headed) {
    return;
  }
  headed = sign;
  fill(
    document.getElementById('head'),
    el(
      'button',
      {
        type: 'button',
        class: 'plain-icon sidebar-opener',
        'aria-label': 'Show channels',
        on: { click: () => showSidebar(true) },
      },
      icon('menu'),
    ),
    el(
      'div',
      { class: 'head-name' },
      el(
        'h2',
        {},
        app ? state.boot.bot.real_name : [icon(channel?.kind === 'private' ? 'lock' : 'hash'), channel?.name ?? ''],
      ),
      app ? tabs() : about(channel),
    ),
    app ? null : pins(channel),
    tools(),
  );
}

function about(channel) {
  return el(
    'div',
    { class: 'head-about' },
    membersOf(channel),
    channel?.topic ? el('span', { class: 'topic', title: channel.topic }, channel.topic) : null,
  );
}

/** How many are in the channel; who they are, and the way out, in a menu. */
function membersOf(channel) {
  const members = channel?.members ?? [];
  const open = el(
    'button',
    {
      type: 'button',
      class: 'plain',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      on: {
        click: () =>
          menu(
            open,
            [
              'In this channel',
              ...members.map((id) => ({
                label: user(id).real_name,
                hint: user(id).title,
                run: () => put(`@${user(id).real_name} `),
              })),
              ...(channel.member && !channel.archived ? [leaving(channel)] : []),
            ],
            'Members',
          ),
      },
    },
    `${members.length} ${members.length === 1 ? 'member' : 'members'}`,
  );
  return open;
}

const leaving = (channel) => ({
  label: `Leave #${channel.name}`,
  icon: 'close',
  danger: true,
  run: () => trying(() => act('leave-channel', { channel: channel.id })),
});

function tabs() {
  const tab = (name, label, symbol) =>
    el(
      'a',
      {
        href: '#',
        class: 'tab',
        'aria-current': state.place.tab === name ? 'page' : null,
        on: {
          click: (event) => {
            event.preventDefault();
            go({ kind: 'app', tab: name });
          },
        },
      },
      icon(symbol),
      label,
    );
  return el(
    'nav',
    { class: 'tabs', 'aria-label': `${state.boot.bot.real_name} app` },
    hasHome() ? tab('home', 'Home', 'home') : null,
    tab('messages', 'Messages', 'thread'),
  );
}

function pins(channel) {
  const known = state.channels.get(channel?.id);
  const pinned = known?.pinned ?? [];
  if (!pinned.length) {
    return null;
  }
  const open = el(
    'button',
    {
      type: 'button',
      class: 'plain',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      on: {
        click: () =>
          menu(
            open,
            pinned.map((ts) => {
              const one = known.messages.find((each) => each.ts === ts);
              return {
                label: one ? `${user(one.user).real_name}, ${clock(ts)}` : clock(ts),
                hint: one?.text?.slice(0, 90),
                icon: 'pin',
                run: () => document.dispatchEvent(new CustomEvent('look-at', { detail: ts })),
              };
            }),
            'Pinned messages',
          ),
      },
    },
    icon('pin'),
    `${pinned.length} pinned`,
  );
  return open;
}
