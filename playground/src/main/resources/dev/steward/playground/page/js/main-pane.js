/** The middle: the head of the place where one is, its composer, and the banner above the messages. */
import { trying } from './announce.js';
import { composer, placeName } from './composer.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { menu } from './menu.js';
import { go } from './route.js';
import { actChannel, hasHome, on, shownChannel, state, user } from './store.js';
import { act } from './sync.js';
import { showSidebar, tools } from './tools.js';
import { clock } from './time.js';

let current = null;
let composed = null;
let headed = null;

export function start() {
  on('place', render);
  on('person', render);
  on('messages', head);
  on('bot', banner);
  on('online', banner);
  on('people', () => { headed = null; banner(); });
}

/** Puts a text into the composer, from the tour; goes to a channel first where there is no composer. */
export function put(text) {
  if (!current) {
    const first = state.person.channels.find((one) => one.member && one.kind !== 'dm');
    go({ kind: 'channel', id: first?.id });
    setTimeout(() => current?.put(text));
    return;
  }
  current.put(text);
}

/** Puts the cursor into the composer. */
export const write = () => current?.area.focus();

function render() {
  if (!state.place) {
    return;
  }
  head();
  compose();
}

function head() {
  if (!state.place) {
    return;
  }
  const channel = shownChannel();
  const app = state.place.kind === 'app';
  const sign = JSON.stringify([state.who, state.place.kind, state.place.tab, channel?.id, channel?.topic, channel?.members?.length, channel?.archived,
    state.channels.get(channel?.id)?.pinned]);
  document.title = `${app ? state.boot.bot.real_name : channel ? placeName(channel) : ''} · ${user(state.who).real_name} · Steward playground`;
  if (sign === headed) {
    return;
  }
  headed = sign;
  fill(document.getElementById('head'),
    el('button', { type: 'button', class: 'plain-icon sidebar-opener', 'aria-label': 'Show channels', on: { click: () => showSidebar(true) } }, icon('menu')),
    el('div', { class: 'head-name' }, el('h2', {}, app ? state.boot.bot.real_name : [icon(channel?.kind === 'private' ? 'lock' : 'hash'), channel?.name ?? '']),
      app ? tabs() : about(channel)),
    app ? null : pins(channel), tools());
}

function about(channel) {
  const members = (channel?.members ?? []).map((id) => user(id).real_name);
  return el('div', { class: 'head-about' }, el('span', { title: members.join(', ') }, `${members.length} ${members.length === 1 ? 'member' : 'members'}`),
    channel?.topic ? el('span', { class: 'topic', title: channel.topic }, channel.topic) : null);
}

function tabs() {
  const tab = (name, label, symbol) => el('a', { href: '#', class: 'tab', 'aria-current': state.place.tab === name ? 'page' : null,
    on: { click: (event) => { event.preventDefault(); go({ kind: 'app', tab: name }); } } }, icon(symbol), label);
  return el('nav', { class: 'tabs', 'aria-label': `${state.boot.bot.real_name} app` },
    hasHome() ? tab('home', 'Home', 'home') : null, tab('messages', 'Messages', 'thread'));
}

function pins(channel) {
  const known = state.channels.get(channel?.id);
  const pinned = known?.pinned ?? [];
  if (!pinned.length) {
    return null;
  }
  const open = el('button', { type: 'button', class: 'plain', 'aria-haspopup': 'menu', 'aria-expanded': 'false', on: { click: () => menu(open,
    pinned.map((ts) => {
      const one = known.messages.find((each) => each.ts === ts);
      return { label: one ? `${user(one.user).real_name}, ${clock(ts)}` : clock(ts), hint: one?.text?.slice(0, 90), icon: 'pin',
        run: () => document.dispatchEvent(new CustomEvent('look-at', { detail: ts })) };
    }), 'Pinned messages') } }, icon('pin'), `${pinned.length} pinned`);
  return open;
}

/** The composer of the place; it stays the same node while the place does. */
function compose() {
  const channel = shownChannel();
  const place = `${state.who}/${state.place.kind}/${state.place.tab ?? ''}/${channel?.id ?? ''}/${channel?.member}/${channel?.archived}`;
  if (place === composed) {
    return;
  }
  const focused = document.getElementById('composer').contains(document.activeElement);
  composed = place;
  current = null;
  const box = document.getElementById('composer');
  if (state.place.kind === 'app' && state.place.tab === 'home') {
    fill(box);
  } else if (channel?.archived) {
    fill(box, el('p', { class: 'closed' }, icon('archive'), 'This channel is archived. It can be read, and nobody can write in it.'));
  } else if (channel && channel.kind !== 'dm' && !channel.member) {
    fill(box, el('p', { class: 'closed' }, `You are looking at #${channel.name} without being in it.`,
      el('button', { type: 'button', class: 'button', on: { click: () => trying(() => act('join-channel', { channel: channel.id })) } }, el('span', {}, 'Join'))));
  } else {
    current = composer({ place: channel?.id ?? 'bot', channel: actChannel(), name: placeName(channel) });
    fill(box, current.node);
    if (focused || document.activeElement === document.body) {
      current.area.focus();
    }
  }
}

const doing = () => ({ starting: 'is starting', stopping: 'is stopping' }[state.boot.bot.state] ?? 'is not running');

function banner() {
  const box = document.getElementById('banner');
  const trouble = !state.online ? 'The playground does not answer. The page tries again by itself.'
    : !state.boot.bot.up ? `${state.boot.bot.real_name} ${doing()}. People can still write to each other; commands and buttons get no answer.`
      : '';
  fill(box, trouble ? [icon('warn'), el('span', {}, trouble)] : '');
}
