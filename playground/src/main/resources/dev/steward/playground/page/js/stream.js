/** The messages of the channel where one is, newest below: days, groups of one author, what is new, notices of Slack's own. */
import { announce } from './announce.js';
import { begin } from './begin.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { mentionsMe, message } from './message.js';
import { mrkdwn } from './mrkdwn.js';
import { noticesIn } from './notices.js';
import { reachable, roving, show } from './rows.js';
import { on, shownChannel, state, user } from './store.js';
import { markRead, olderMessages } from './sync.js';
import { clock, day, sameDay, seconds } from './time.js';

const TOGETHER_S = 300;
const NEAR_END_PX = 90;

const kept = new Map();
const stream = document.getElementById('stream');
const list = el('div', { class: 'messages' });
let channelId = null;
let newFrom = null;
let lastTs = null;
let lookAt = null;
let atEnd = true;
let placedAt = null;
let missed = 0;
const down = el('button', {
  type: 'button',
  class: 'button newest',
  hidden: true,
  on: {
    click: () => {
      toEnd();
      list.querySelector('article:last-of-type')?.focus({ preventScroll: true });
    },
  },
});

export function start() {
  roving(list);
  stream.after(down);
  on('messages', render);
  on('switch', () => {
    kept.clear();
    list.replaceChildren();
    channelId = null;
  });
  on('notices', render);
  on('people', again);
  stream.addEventListener('scroll', () => {
    // Where the page itself scrolled to, more may have come before the browser tells of it: nobody has left the end.
    if (stream.scrollTop !== placedAt) {
      placedAt = null;
      atEnd = stream.scrollHeight - stream.scrollTop - stream.clientHeight < NEAR_END_PX;
    }
    newest();
  });
  const sizes = new ResizeObserver(() => atEnd && list.isConnected && toEnd());
  sizes.observe(stream);
  sizes.observe(list);
  document.addEventListener('look-at', (event) => {
    lookAt = event.detail;
    look();
  });
  document.addEventListener('visibilitychange', () => read());
}

/** Makes every message anew, since names in it may have changed; whoever reads stays where they are. */
function again() {
  const wasAtEnd = atEnd;
  const from = stream.scrollTop;
  kept.clear();
  list.replaceChildren();
  render();
  if (wasAtEnd) {
    toEnd();
  } else {
    stream.scrollTop = from;
  }
}

function render() {
  const channel = shownChannel();
  if (!state.place || (state.place.kind === 'app' && state.place.tab === 'home')) {
    channelId = null;
    return;
  }
  if (stream.firstChild !== list) {
    stream.replaceChildren(list);
  }
  const known = channel && state.channels.get(channel.id);
  const arrived = (channel?.id ?? 'none') + state.who !== channelId;
  if (arrived) {
    missed = 0;
    channelId = (channel?.id ?? 'none') + state.who;
    newFrom = null;
    lastTs = null;
    kept.clear();
    list.replaceChildren();
  }
  if (channel && !known) {
    return;
  }
  newFrom ??= firstUnread(channel, known?.messages ?? []);
  const grownFrom = stream.scrollHeight;
  const first = list.querySelector('article')?.dataset.ts;
  show(list, rows(channel, known), kept);
  reachable(list);
  const prepended = first && list.querySelector('article')?.dataset.ts < first && !arrived;
  if (prepended) {
    stream.scrollTop += stream.scrollHeight - grownFrom;
  } else if (arrived || lastTs === null) {
    toEnd();
  }
  told(known?.messages ?? []);
  newest();
  look();
  read();
}

/** While one reads what is older, a button leads back down; it says how much has come since. */
function newest() {
  const home = state.place?.kind === 'app' && state.place.tab === 'home';
  missed = atEnd || home ? 0 : missed;
  const shown = !atEnd && !home && stream.scrollHeight - stream.scrollTop - stream.clientHeight > stream.clientHeight / 2;
  down.hidden = !shown && !missed;
  fill(down, icon('down'), missed ? `${missed} new ${missed === 1 ? 'message' : 'messages'}` : 'To the newest');
}

function toEnd() {
  stream.scrollTop = stream.scrollHeight;
  placedAt = stream.scrollTop;
  atEnd = true;
}

/** The ts of the first message that was not read when the channel was opened; '' when all were. */
function firstUnread(channel, messages) {
  const unread = channel?.unread ?? 0;
  const others = messages.filter((one) => one.user !== state.who && !one.ephemeral && !one.subtype);
  return unread > 0 && others.length ? others.at(-Math.min(unread, others.length)).ts : '';
}

function rows(channel, known) {
  const all = [
    ...(known?.messages ?? []).map((one) => ({ at: seconds(one.ts), one })),
    ...noticesIn(channel?.id).map((notice) => ({ at: seconds(String(notice.at)), notice })),
  ].sort((one, other) => one.at - other.at);
  const rows = known?.has_more
    ? [{ key: 'older', sign: 'older', make: older }]
    : [
        {
          key: 'begin',
          sign: JSON.stringify([channel?.purpose, all.length === 0]),
          make: () => begin(channel, all.length === 0),
        },
      ];
  let before = null;
  all.forEach(({ at, one, notice }) => {
    const fresh = !before || !sameDay(before.at, at);
    if (fresh) {
      rows.push({ key: `day-${day(at)}-${at}`, sign: day(at), make: () => divider(day(at)) });
    }
    if (one && one.ts === newFrom) {
      rows.push({
        key: 'new',
        sign: newFrom,
        make: () => el('div', { class: 'divider fresh' }, el('span', {}, 'New')),
      });
    }
    rows.push(notice ? noticeRow(notice) : messageRow(one, channel.id, before?.one, fresh || one.ts === newFrom));
    before = { at, one };
  });
  return rows;
}

function messageRow(one, channel, before, apart) {
  const grouped =
    !apart &&
    before &&
    before.user === one.user &&
    !before.subtype &&
    !one.subtype &&
    !one.pinned &&
    Boolean(before.ephemeral) === Boolean(one.ephemeral) &&
    one.ts - before.ts < TOGETHER_S &&
    !one.blocks?.length &&
    !before.blocks?.length;
  return {
    key: one.ts,
    sign: JSON.stringify([one, grouped]),
    make: () => {
      const node = message(one, channel, { grouped });
      node.classList.toggle('for-me', mentionsMe(one));
      return node;
    },
  };
}

const noticeRow = (notice) => ({
  key: `notice-${notice.id}`,
  sign: notice.text,
  make: () =>
    el(
      'div',
      { class: 'notice', role: 'note' },
      icon('eye'),
      el('span', {}, mrkdwn(notice.text)),
      el('time', {}, clock(String(notice.at))),
    ),
});

const divider = (text) => el('div', { class: 'divider' }, el('h3', {}, text));

const older = () =>
  el(
    'div',
    { class: 'older' },
    el(
      'button',
      { type: 'button', class: 'button', on: { click: () => olderMessages() } },
      el('span', {}, 'Show older messages'),
    ),
  );

/** Tells screen readers of what others wrote since the last look. */
function told(messages) {
  const news = messages.filter((one) => lastTs !== null && one.ts > lastTs && one.user !== state.who);
  if (news.length) {
    missed += atEnd ? 0 : news.length;
    const last = news.at(-1);
    announce(
      `${user(last.user).real_name}${last.ephemeral ? ', only to you' : ''}: ${list.querySelector(`[data-ts="${last.ts}"] .text, [data-ts="${last.ts}"] .blocks`)?.innerText.slice(0, 300) ?? ''}`,
    );
  }
  lastTs = messages.filter((one) => !one.ephemeral).at(-1)?.ts ?? messages.at(-1)?.ts ?? lastTs ?? '';
}

/** Scrolls to the message that a link named, once it is there. */
function look() {
  const node = lookAt && document.querySelector(`article[data-ts="${CSS.escape(lookAt)}"]`);
  if (node) {
    lookAt = null;
    atEnd = false;
    node.scrollIntoView({ block: 'center' });
    node.classList.add('looked-at');
    node.focus({ preventScroll: true });
    setTimeout(() => node.classList.remove('looked-at'), 2500);
  }
}

function read() {
  const channel = shownChannel();
  const last =
    channel &&
    state.channels
      .get(channel.id)
      ?.messages.filter((one) => !one.ephemeral)
      .at(-1);
  if (last && channel.unread > 0 && document.visibilityState === 'visible') {
    markRead(channel.id, last.ts).catch(() => {});
  }
}
