/** The journal, live: every call of Steward, every delivery to it, what its sockets did; newest above, each to be opened. */
import { get } from './api.js';
import { el, fill } from './dom.js';

const LOOK_MS = 1000;
const MOST = 400;

let timer = null;
let entries = [];
let last = 0;
let list = null;
let filter = '';
let count = null;

export function open() {
  entries = [];
  last = 0;
  list = el('div', { class: 'journal' });
  count = el('span', { class: 'quiet' });
  const find = el('input', {
    class: 'field',
    type: 'search',
    value: filter,
    placeholder: 'chat.postMessage, /request, 429, RUN-1 …',
    'aria-label': 'Show only entries with',
    on: {
      input: () => {
        filter = find.value;
        render();
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
  let news;
  try {
    news = await get(`/_control/journal?after=${last}`);
  } catch {
    return;
  }
  if (asked !== list) {
    return;
  }
  const fresh = [
    ...(news.calls ?? []).map(call),
    ...(news.deliveries ?? []).map(delivery),
    ...(news.sockets ?? []).map(socket),
  ]
    .filter((one) => one.number > last)
    .sort((one, other) => one.number - other.number);
  if (fresh.length) {
    last = fresh.at(-1).number;
    entries = [...entries, ...fresh].slice(-MOST);
    render();
  }
}

const call = (one) => ({
  number: one.number,
  way: '→',
  what: one.method,
  took: one.took_ms,
  fault: one.fault,
  result: one.answer?.ok === false ? one.answer.error : String(one.status),
  bad: one.status >= 400 || one.answer?.ok === false,
  detail: one,
});

const delivery = (one) => ({
  number: one.number,
  way: '←',
  what: [
    one.kind,
    one.payload?.command,
    one.payload?.text,
    one.payload?.actions?.[0]?.action_id,
    one.payload?.event?.type,
    one.attempt > 1 ? `(attempt ${one.attempt})` : '',
  ]
    .filter(Boolean)
    .join(' '),
  took: one.took_ms,
  result: String(one.outcome).toLowerCase().replaceAll('_', ' '),
  bad: one.outcome !== 'ACKNOWLEDGED' || Boolean(one.shown),
  detail: one,
});

const socket = (one) => ({ number: one.number, way: '⇄', what: `socket ${one.socket}`, result: one.what, detail: one });

function render() {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const shown = entries.filter((one) =>
    words.every((word) =>
      (one.text ??= JSON.stringify(one.detail).toLowerCase() + one.what.toLowerCase()).includes(word),
    ),
  );
  const opened = new Set([...list.querySelectorAll('details[open]')].map((node) => node.dataset.number));
  fill(
    list,
    shown
      .slice()
      .reverse()
      .map((one) => entry(one, opened.has(String(one.number)))),
  );
  fill(count, `${shown.length} of ${entries.length} entries`);
}

function entry(one, opened) {
  const node = el(
    'details',
    {
      class: one.bad || one.fault ? 'entry bad' : 'entry',
      'data-number': String(one.number),
      open: opened,
      on: { toggle: () => detail(node, one) },
    },
    el(
      'summary',
      {},
      el('span', { class: 'way' }, one.way),
      el('span', { class: 'what' }, one.what),
      el('span', { class: 'result' }, [one.fault, one.result].filter(Boolean).join(', ')),
      el('span', { class: 'took' }, one.took === undefined ? '' : `${one.took} ms`),
    ),
  );
  if (opened) {
    detail(node, one);
  }
  return node;
}

function detail(node, one) {
  if (node.open && !node.querySelector('pre')) {
    node.append(el('pre', { tabindex: '0', 'aria-label': 'Entry' }, JSON.stringify(one.detail, null, 2)));
  }
}
