/** Fetches what changed on the server and puts it into the store; hears of changes over server-sent events. */
import { get, path, post, Unreachable } from './api.js';
import { emit, shownChannel, state } from './store.js';

const PAGE = 50;
const MOST = 500;
const HIDDEN_MS = 10_000;
let events = null;
let missed = false;

/** Runs one fetch at a time, and once more when asked meanwhile. */
function coalesced(work) {
  let running = null;
  let again = false;
  return () => {
    again = true;
    running ??= (async () => {
      try {
        while (again) {
          again = false;
          await work();
        }
      } finally {
        running = null;
      }
    })();
    return running;
  };
}

/** Fetches for the person of now; an answer that comes after a change of person is dropped. */
async function mine(parts, query = '') {
  const who = state.who;
  const answer = await get(`${path('page', 'people', who, ...parts)}${query}`);
  return state.who === who ? answer : null;
}

export const refreshBoot = coalesced(async () => {
  state.boot = await get('/page/boot');
  state.clockAhead = state.boot.now * 1000 - Date.now();
  emit('people', 'bot');
});

export const refreshPerson = coalesced(async () => {
  const person = await mine([]);
  if (person) {
    state.person = person;
    emit('person', 'views', 'home', 'notices');
  }
});

export const refreshMessages = coalesced(async () => {
  const id = shownChannel()?.id;
  if (!id) {
    emit('messages');
    return;
  }
  const known = state.channels.get(id);
  const limit = Math.min(MOST, Math.max(PAGE, known?.messages.length ?? 0));
  const answer = await mine(['channels', id], `?limit=${limit}`);
  if (answer) {
    state.channels.set(id, answer);
    emit('messages');
  }
});

export const refreshThread = coalesced(async () => {
  const place = state.place;
  if (!place?.thread) {
    return;
  }
  const answer = await mine(['channels', shownChannel()?.id ?? place.id, 'threads', place.thread]).catch(gone);
  if (answer && state.place?.thread === place.thread) {
    state.thread = answer.messages;
    emit('thread');
  }
});

/** A thread that is no more, after a reset for example, is shown empty. */
function gone(error) {
  if (error instanceof Unreachable) {
    throw error;
  }
  return { messages: [] };
}

/** Fetches the page of messages before the oldest known one. */
export async function olderMessages() {
  const id = shownChannel()?.id;
  const known = state.channels.get(id);
  if (!known?.has_more) {
    return;
  }
  const answer = await mine(['channels', id], `?limit=${PAGE}&before=${known.messages[0].ts}`);
  if (answer) {
    state.channels.set(id, { ...answer, messages: [...answer.messages, ...known.messages] });
    emit('messages');
  }
}

/** Everything that this person's client shows. */
export async function refreshAll() {
  await refreshPerson();
  await Promise.all([refreshMessages(), refreshThread()]);
}

/** Lets the person act; what came of it is fetched before the promise is kept. */
export async function act(name, body = {}) {
  const who = state.who;
  const answer = await post(path('_control', 'people', who, name), body);
  await refreshAll();
  return answer;
}

/** An act that changes nothing that is shown: looking for options. */
export const ask = (name, body) => post(path('_control', 'people', state.who, name), body);

/** Has the server know what was read up to. */
export const markRead = (channel, ts) => post(path('page', 'people', state.who, 'read'), { channel, ts });

/** Listens to what changes for the person of now, and to nobody else's changes any more. */
export function listen() {
  events?.close();
  const source = new EventSource(path('page', 'people', state.who, 'events'));
  events = source;
  source.addEventListener('open', () => {
    online(true);
    if (missed) {
      missed = false;
      refreshBoot().then(refreshAll).catch(failed);
    }
  });
  source.addEventListener('error', () => {
    missed = true;
    online(false);
    if (source.readyState === EventSource.CLOSED && events === source) {
      setTimeout(() => events === source && listen(), 2000);
    }
  });
  source.addEventListener('bot', (event) => {
    const { now, ...bot } = JSON.parse(event.data);
    state.clockAhead = now * 1000 - Date.now();
    Object.assign(state.boot.bot, bot);
    emit('bot');
  });
  source.addEventListener('change', (event) => changed(JSON.parse(event.data)).catch(failed));
}

/**
 * A browser opens few connections to one address. A window that nobody looks at gives its own back after a while, so that
 * many can be open, and catches up when it is looked at again.
 */
export function restWhileHidden() {
  let timer = null;
  document.addEventListener('visibilitychange', () => {
    clearTimeout(timer);
    if (document.visibilityState === 'hidden') {
      timer = setTimeout(() => {
        events?.close();
        events = null;
      }, HIDDEN_MS);
    } else if (!events) {
      listen();
      refreshBoot().then(refreshAll).catch(failed);
    }
  });
}

async function changed(what) {
  if (what.people) {
    await refreshBoot();
  }
  await refreshPerson();
  const shown = shownChannel()?.id;
  if (!shown || (what.channels ?? []).includes(shown) || what.notices) {
    await Promise.all([refreshMessages(), refreshThread()]);
  }
}

function failed(error) {
  if (error instanceof Unreachable) {
    online(false);
  }
}

function online(is) {
  if (state.online !== is) {
    state.online = is;
    emit('online');
  }
}
