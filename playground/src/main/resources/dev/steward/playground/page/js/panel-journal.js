/** The journal, live: every call of Steward, every delivery to it, what its sockets did; newest above, each to be opened. */
import { get } from './api.js';
import { el, fill, unseen } from './dom.js';
import { spaced } from './fault-kinds.js';
import { call, delivery, socket } from './journal-words.js';
import { clockSeconds, full } from './time.js';

const LOOK_MS = 1000;
/** How many entries are shown; all others are in the download. */
const MOST = 400;
/** Entries that may have been noted on since they were fetched. */
const AGAIN = 20;
/** How much of one entry is shown. */
const LONG = 20_000;

let timer = null;
/** Shown entries by number, oldest first: what they say, and their nodes. */
let entries = new Map();
let news = { life: null, last: 0, dropped: 0 };
let list = null;
let count = null;
let filter = '';

export function open() {
  entries = new Map();
  news = { life: null, last: 0, dropped: 0 };
  list = el('div', { class: 'journal' });
  count = el('p', { class: 'quiet' });
  const find = el('input', {
    class: 'field',
    type: 'search',
    value: filter,
    placeholder: '/request, 429, RUN-1 …',
    'aria-label': 'Show only entries with',
    on: {
      input: () => {
        filter = find.value;
        sift();
      },
    },
  });
  look();
  timer = setInterval(look, LOOK_MS);
  return [
    el('p', { class: 'quiet' }, 'What Steward says to Slack (→) and what Slack says to Steward (←).'),
    el(
      'div',
      { class: 'row' },
      find,
      el(
        'a',
        { class: 'button', href: '/_control/journal/download', download: 'journal.jsonl' },
        el('span', {}, 'Download'),
      ),
    ),
    count,
    list,
  ];
}

export function close() {
  clearInterval(timer);
  timer = null;
}

async function look() {
  const asked = list;
  let answer;
  try {
    answer = await get(`/_control/journal?after=${Math.max(0, news.last - AGAIN)}&limit=${MOST}`);
  } catch {
    return;
  }
  if (asked !== list) {
    return;
  }
  if (news.life !== null && (answer.life !== news.life || answer.last < news.last)) {
    entries.clear();
    list.replaceChildren();
    news = { life: null, last: 0, dropped: 0 };
    await look();
    return;
  }
  const dropped = answer.dropped !== news.dropped;
  news = answer;
  const changed = [...answer.calls.map(call), ...answer.deliveries.map(delivery), ...answer.sockets.map(socket)]
    .sort((one, other) => one.number - other.number)
    .filter(put);
  if (changed.length || dropped || count.childNodes.length === 0) {
    trim();
    sift();
  }
}

/** Shows an entry, or shows it anew where something was noted on it since. Answers whether there was anything to do. */
function put(one) {
  one.text = `${JSON.stringify(one.detail)} ${one.what} ${one.about} ${one.result}`.toLowerCase();
  const before = entries.get(one.number);
  if (before?.text === one.text) {
    return false;
  }
  one.node = entry(one);
  if (before) {
    one.node.open = before.node.open;
    before.node.replaceWith(one.node);
  } else {
    const next = [...list.children].find((node) => Number(node.dataset.number) < one.number) ?? null;
    list.insertBefore(one.node, next);
  }
  entries.set(one.number, one);
  return true;
}

function trim() {
  while (entries.size > MOST) {
    const oldest = Math.min(...entries.keys());
    entries.get(oldest).node.remove();
    entries.delete(oldest);
  }
}

/** Hides what does not have all the words, and says how much there is. */
function sift() {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  entries.forEach((one) => {
    one.node.hidden = !words.every((word) => one.text.includes(word));
    shown += one.node.hidden ? 0 : 1;
  });
  const older = news.last - news.dropped - entries.size;
  fill(
    count,
    entries.size === 0 ? 'Nothing has been said yet.' : `${shown} of ${entries.size} entries.`,
    older > 0 ? ` ${older} older ones are in the download.` : '',
    news.dropped ? ` The ${news.dropped} oldest were dropped: so many are kept and no more.` : '',
  );
}

function entry(one) {
  const node = el(
    'details',
    { class: one.bad ? 'entry bad' : one.fault ? 'entry struck' : 'entry', 'data-number': String(one.number) },
    el(
      'summary',
      {},
      el('span', { class: 'way', 'aria-hidden': 'true' }, one.way),
      el('span', { class: 'what' }, unseen(`${one.from}: `), one.what),
      el('span', { class: 'result' }, one.result),
      el('span', { class: 'took' }, one.took === undefined ? '' : `${one.took} ms`),
      el(
        'span',
        { class: 'about' },
        el('time', { datetime: one.at, title: full(one.at) }, clockSeconds(one.at)),
        one.about ? ` · ${one.about}` : '',
      ),
      one.fault ? el('span', { class: 'fault' }, unseen('Fault: '), spaced(one.fault)) : null,
    ),
  );
  node.addEventListener('toggle', () => detail(node, one));
  return node;
}

/** Blocks, views and metadata come as texts that are JSON: shown as what they are. */
function unfolded(name, value) {
  if (typeof value !== 'string' || !/^[[{]/.test(value)) {
    return value;
  }
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

function detail(node, one) {
  if (!node.open || node.querySelector('pre')) {
    return;
  }
  const whole = JSON.stringify(one.detail, unfolded, 2);
  node.append(
    el('pre', { tabindex: '0', 'aria-label': `Entry ${one.number}: ${one.what}` }, whole.slice(0, LONG)),
    whole.length > LONG
      ? el(
          'p',
          { class: 'quiet more' },
          `${(whole.length - LONG).toLocaleString('en-GB')} more characters are in the download.`,
        )
      : '',
  );
}
