/** The faults that can be ordered, and how one on order is told. */
import { el } from './dom.js';
import { placeName } from './journal-words.js';

/**
 * Each fault by its word: `words` for a choice and for the journal, what it is `on`, and what its milliseconds are (`time`), with the usual number of
 * them.
 */
export const FAULTS = {
  rate_limited: { words: 'too many requests (429)', on: 'method', time: 'Retry after', ms: 3000 },
  server_error: { words: 'server error (5xx)', on: 'method' },
  slow: { words: 'slow answer', on: 'method', time: 'By', ms: 2000 },
  hang: { words: 'no answer, then cut off', on: 'method', time: 'After', ms: 5000 },
  connection_reset: { words: 'connection reset', on: 'method' },
  response_lost: { words: 'done, but the answer is lost', on: 'method' },
  truncated: { words: 'done, but the answer is cut off', on: 'method' },
  malformed_body: { words: 'done, but the answer is no JSON', on: 'method' },
  duplicated: { words: 'delivered twice', on: 'delivery', time: 'Again after', ms: 0 },
  late: { words: 'delivered late', on: 'delivery', time: 'By', ms: 2000 },
  reordered: { words: 'overtaken by the next', on: 'delivery', time: 'At most', ms: 5000 },
  socket_dropped: { words: 'socket dropped before it is acknowledged', on: 'delivery', socket: true },
};

/** A fault's word as words. */
export const spaced = (name) => name.replaceAll('_', ' ');

const times = (count) => (count === 1 ? 'once' : `${count} times`);

/** How often it struck. */
export const strikes = (one) => (one.struck ? `struck ${times(one.struck)}` : 'has not struck yet');

/** What is on order, as a text. */
export function named(one) {
  const target = one.delivery ?? one.method;
  return [
    spaced(one.fault),
    one.status ? ` ${one.status}` : '',
    one.ms === undefined ? '' : ` ${one.ms} ms`,
    ` on ${target === '*' ? (one.delivery ? 'every delivery' : 'every call') : target}`,
    one.channel ? ` in ${placeName(one.channel)}` : '',
  ].join('');
}

/** How far an order goes, as a text. */
export function extent(one) {
  return [
    one.times ? `${one.times} more` : '',
    one.probability < 1 ? `${Math.round(one.probability * 1000) / 10} % of the time` : '',
    one.left_ms ? `for another ${Math.ceil(one.left_ms / 1000)} s` : '',
  ]
    .filter(Boolean)
    .join(', ');
}

/** An order in words. */
export const describe = (one, isOver) =>
  el(
    'div',
    { class: 'order' },
    el('strong', {}, named(one)),
    el('span', { class: 'quiet' }, [isOver ? 'over' : extent(one) || 'until withdrawn', strikes(one)].join(' · ')),
  );
