/** The head of the place where one is: its name, what it is about, what is pinned, and the page's tools. */
import { placeName } from './composer.js';
import { details } from './details.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { menu } from './menu.js';
import { go } from './route.js';
import { hasHome, on, shownChannel, state, user } from './store.js';
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
  const direct = channel?.kind === 'dm';
  const sign = JSON.stringify([
    state.who,
    state.place.kind,
    state.place.tab,
    channel?.id,
    channel?.topic,
    channel?.members?.length,
    channel?.bookmarks,
    channel?.name,
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
        app ? state.boot.bot.real_name : direct ? user(channel.with).real_name : named(channel),
      ),
      app ? tabs() : direct ? el('div', { class: 'head-about' }, user(channel.with).title) : about(channel),
    ),
    app ? null : pins(channel),
    tools(),
    app || direct ? null : bookmarks(channel),
  );
}

const named = (channel) => [icon(channel?.kind === 'private' ? 'lock' : 'hash'), channel?.name ?? ''];

function about(channel) {
  return el(
    'div',
    { class: 'head-about' },
    membersOf(channel),
    channel?.topic ? el('span', { class: 'topic', title: channel.topic }, channel.topic) : null,
  );
}

/** How many are in the channel; who they are, what it is about, and the way out, in a dialog. */
function membersOf(channel) {
  const members = channel?.members ?? [];
  return el(
    'button',
    {
      type: 'button',
      class: 'plain',
      'aria-haspopup': 'dialog',
      title: 'Topic, pins, bookmarks, members',
      on: { click: () => details(channel.id) },
    },
    `${members.length} ${members.length === 1 ? 'member' : 'members'}`,
  );
}

/** The links that were put at the top of the channel. */
const bookmarks = (channel) =>
  (channel?.bookmarks ?? []).length
    ? el(
        'nav',
        { class: 'bookmarks', 'aria-label': 'Bookmarks' },
        channel.bookmarks.map((one) =>
          el('a', { href: one.link, target: '_blank', rel: 'noopener noreferrer' }, icon('book'), one.title),
        ),
      )
    : null;

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
