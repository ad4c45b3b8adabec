/**
 * Who one is and where, kept in the address: `#/dana/platform-requests`, with `/1795176000.000100` behind it for an open
 * thread, `#/dana/app/home` and `#/dana/app/messages`. So reload, back, and a second window as somebody else all work.
 */
import { trying } from './announce.js';
import { botChannel, emit, hasHome, state } from './store.js';
import { act, listen, refreshAll, refreshMessages, refreshPerson, refreshThread } from './sync.js';

const person = (word) => state.boot.people.find((one) => one.id === word || one.name === word);
const named = (word) => state.person.channels.find((one) => one.id === word || one.name === word);

/** Goes somewhere as the person one is. */
export function go(place) {
  location.hash = address(state.who, place);
}

/** Becomes somebody else, at the same place where they can see it. */
export function become(id) {
  location.hash = address(id, state.place);
}

/** Opens or closes a thread of the shown channel. */
export const openThread = (ts) => go({ ...state.place, thread: ts });
export const closeThread = () => go({ ...state.place, thread: undefined });

function address(who, place) {
  const name = person(who)?.name ?? who;
  if (!place) {
    return `#/${name}`;
  }
  const at =
    place.kind === 'app'
      ? `app/${place.tab}`
      : named(place.id)?.kind === 'dm'
        ? place.id
        : (named(place.id)?.name ?? place.id);
  return `#/${name}/${at}${place.thread ? `/${place.thread}` : ''}`;
}

function parsed() {
  const [who, at, ...rest] = location.hash.slice(2).split('/').map(decoded);
  return { who, at, rest };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Reads the address now and whenever it changes. */
export async function start() {
  window.addEventListener('hashchange', () => trying(follow));
  await follow();
}

async function follow() {
  const { who, at, rest } = parsed();
  const wanted = [who, remembered(), state.boot.tour[0]?.as].map(person).find((one) => one && !one.deactivated);
  const next = (wanted ?? state.boot.people[0]).id;
  if (next !== state.who) {
    await switchTo(next);
  }
  arrive(placeOf(at, rest));
}

async function switchTo(id) {
  state.who = id;
  state.channels.clear();
  state.thread = null;
  emit('switch');
  localStorage.setItem('steward.who', id);
  listen();
  await refreshPerson();
  emit('people');
}

const remembered = () => localStorage.getItem('steward.who');

function placeOf(at, rest) {
  if (at === 'app') {
    return { kind: 'app', tab: rest[0] === 'messages' || !hasHome() ? 'messages' : 'home', thread: rest[1] };
  }
  const mine = state.person.channels.filter((one) => one.kind !== 'dm');
  const there =
    (at && named(at)) ||
    mine.find((one) => one.name === 'platform-requests' && one.member) ||
    mine.find((one) => one.member) ||
    mine[0];
  if (!there) {
    return { kind: 'app', tab: 'messages' };
  }
  return there === botChannel()
    ? { kind: 'app', tab: 'messages', thread: rest[0] }
    : { kind: 'channel', id: there.id, thread: there === named(at) ? rest[0] : undefined };
}

let arrivedAs = null;

function arrive(place) {
  const before = arrivedAs === state.who ? state.place : null;
  arrivedAs = state.who;
  state.place = place;
  if (before?.thread !== place.thread) {
    state.thread = null;
  }
  emit('place', 'messages', 'thread', 'home');
  if (place.kind === 'app' && place.tab === 'home' && (before?.kind !== 'app' || before.tab !== 'home')) {
    act('open-home').catch(() => refreshAll());
    return;
  }
  Promise.all([refreshMessages(), refreshThread()]).catch(() => {});
}
