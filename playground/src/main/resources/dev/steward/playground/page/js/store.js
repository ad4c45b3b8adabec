/**
 * What the page knows, in one place, and who wants to hear of changes. Only sync.js and route.js write to it.
 *
 * Topics: `people` (the workspace), `person` (channels and marks), `place` (where one is), `messages`, `thread`,
 * `views`, `home`, `notices`, `bot`, `online`, and `switch` when one has just become somebody else.
 */
export const state = {
  /** The answer of /page/boot. */
  boot: null,
  /** Whose client this is: a user id. */
  who: null,
  /** The answer of /page/people/{who}. */
  person: { channels: [], views: [], home: null, notices: [] },
  /** Where one is: `{kind: 'channel', id, thread}` or `{kind: 'app', tab}`. */
  place: null,
  /** Messages, `{messages, has_more, pinned}`, of each channel that was opened, by id. */
  channels: new Map(),
  /** Messages of the open thread, parent first; null while none is open or it is being fetched. */
  thread: null,
  /** Whether the server's events arrive. */
  online: true,
  /** The virtual clock minus this machine's, in milliseconds. */
  clockAhead: 0,
};

const listeners = new Map();

/** Calls the listener whenever the topic changes. */
export function on(topic, listener) {
  if (!listeners.has(topic)) {
    listeners.set(topic, []);
  }
  listeners.get(topic).push(listener);
}

/** Tells that topics changed. */
export function emit(...topics) {
  topics.forEach((topic) => (listeners.get(topic) ?? []).forEach((listener) => listener()));
}

/** The person whose client this is. */
export const me = () => user(state.who);

/** Somebody by id; also the bot, and people nobody knows. */
export function user(id) {
  const { bot, people } = state.boot;
  if (id === bot.user_id) {
    return { id, name: bot.name, real_name: bot.real_name, title: 'App', tz: 'UTC', groups: [], bot: true };
  }
  return (
    people.find((person) => person.id === id) ?? {
      id,
      name: id,
      real_name: id,
      title: '',
      tz: 'UTC',
      groups: [],
      unknown: true,
    }
  );
}

export const channel = (id) => state.person.channels.find((one) => one.id === id);

/** The direct message with the bot; there is none before either wrote. */
export const botChannel = () =>
  state.person.channels.find((one) => one.kind === 'dm' && one.with === state.boot.bot.user_id);

/** Whether the app has a home tab. */
export const hasHome = () => state.boot.bot.home_tab !== false;

/** The channel whose messages are shown, if any. */
export function shownChannel() {
  if (state.place?.kind === 'channel') {
    return channel(state.place.id);
  }
  return state.place?.tab === 'messages' ? botChannel() : undefined;
}

/** How an act names the place where one is. */
export const actChannel = () => shownChannel()?.id ?? `@${state.boot.bot.name}`;

/** Seconds since 1970 by the virtual clock. */
export const now = () => (Date.now() + state.clockAhead) / 1000;
