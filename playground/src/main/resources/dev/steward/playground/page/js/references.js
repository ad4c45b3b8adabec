/** What stands between angle brackets in mrkdwn: people, channels, groups, everybody, dates and links. */
import { el } from './dom.js';
import { name } from './profile.js';
import { go } from './route.js';
import { botChannel, me, state, user } from './store.js';
import { full, slackDate } from './time.js';
import { unescaped } from './mrkdwn.js';

/** The node of one reference, given without its brackets. */
export function reference(inside) {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : unescaped(inside.slice(bar + 1));
  switch (target[0]) {
    case '@':
      return person(target.slice(1));
    case '#':
      return room(target.slice(1), label);
    case '!':
      return special(target.slice(1), label);
    default:
      return link(unescaped(target), label);
  }
}

/** A person's name; the person's own stands out. */
export function person(id) {
  const who = user(id);
  return name(who.id, `@${who.real_name}`, { style: who.id === state.who ? 'mention mine' : 'mention' });
}

/** A channel's name, which leads there if the person sees it. */
export function room(id, label = '') {
  const there = state.person.channels.find((one) => one.id === id);
  if (!there) {
    return el('span', { class: 'mention' }, label ? `#${label}` : '#a private channel');
  }
  return el(
    'a',
    { class: 'mention', href: '#', on: { click: (event) => visit(event, { kind: 'channel', id }) } },
    `#${there.name}`,
  );
}

/** A group's handle. */
export function group(id, label = '') {
  const one = state.boot.groups.find((each) => each.id === id);
  const mine = one?.members.includes(state.who);
  return el(
    'span',
    { class: mine ? 'mention mine' : 'mention', title: one?.name },
    one ? `@${one.handle}` : label || '@group',
  );
}

/** `@here`, `@channel`, `@everyone`. */
export const broadcast = (range) => el('span', { class: 'mention mine' }, `@${range}`);

function special(inside, label) {
  const [what, ...rest] = inside.split('^');
  if (what === 'subteam') {
    return group(rest[0], label);
  }
  if (what === 'date') {
    return date(Number(rest[0]), rest[1] ?? '', rest[2], label);
  }
  return ['here', 'channel', 'everyone'].includes(what) ? broadcast(what) : label || `<!${inside}>`;
}

function date(at, pattern, target, fallback) {
  const shown = slackDate(at, pattern, fallback);
  const time =
    Number.isFinite(at) && shown !== fallback
      ? el('time', { datetime: new Date(at * 1000).toISOString(), title: `${full(at)} (${me().tz})` }, shown)
      : fallback;
  return target ? link(unescaped(target), time) : time;
}

/** A link. Only web and mail addresses are live; one to a message of this workspace leads there on the page. */
export function link(url, label) {
  const shown = label || url;
  const inside = url.match(/^https:\/\/[\w.-]+\/archives\/(\w+)(?:\/p(\d+)(\d{6}))?(?:\?(.*))?$/);
  if (inside && state.person.channels.some((one) => one.id === inside[1])) {
    const [, id, whole, micros, query] = inside;
    const thread = new URLSearchParams(query ?? '').get('thread_ts') ?? undefined;
    const ts = whole && `${whole}.${micros}`;
    return el('a', { href: '#', on: { click: (event) => visit(event, placeOf(id, thread), ts) } }, shown);
  }
  if (!/^(https?:\/\/|mailto:)/i.test(url)) {
    return el('span', {}, shown);
  }
  return el('a', { href: url, target: '_blank', rel: 'noopener noreferrer' }, shown);
}

function placeOf(id, thread) {
  return botChannel()?.id === id ? { kind: 'app', tab: 'messages', thread } : { kind: 'channel', id, thread };
}

function visit(event, place, ts) {
  event.preventDefault();
  go(place);
  if (ts) {
    document.dispatchEvent(new CustomEvent('look-at', { detail: ts }));
  }
}
