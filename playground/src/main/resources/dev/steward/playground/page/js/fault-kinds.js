/** The faults that can be ordered, what they can strike, and how one on order is told. */
import { el } from './dom.js';
import { state } from './store.js';

/** Calls that an app such as Steward makes. */
export const CALLS = [
  '*',
  'chat.postMessage',
  'chat.update',
  'chat.postEphemeral',
  'views.open',
  'views.update',
  'views.publish',
  'conversations.open',
  'conversations.join',
  'conversations.history',
  'conversations.create',
  'conversations.invite',
  'conversations.setTopic',
  'conversations.archive',
  'pins.add',
  'bookmarks.add',
  'reactions.add',
  'usergroups.users.list',
  'users.info',
  'auth.test',
  'apps.connections.open',
  'response_url',
];
/** What Slack delivers to Steward. */
export const DELIVERIES = [
  '*',
  'command',
  'block_actions',
  'view_submission',
  'view_closed',
  'block_suggestion',
  'shortcut',
  'message_action',
  'event_callback',
];

/** `[fault, words, on, what ms is]` */
export const FAULTS = [
  ['rate_limited', 'Too many requests (429)', 'method', 'Retry after'],
  ['server_error', 'Server error (5xx)', 'method', null],
  ['slow', 'Slow answer', 'method', 'By'],
  ['hang', 'No answer, then cut off', 'method', 'After'],
  ['connection_reset', 'Connection reset', 'method', null],
  ['response_lost', 'Done, but the answer is lost', 'method', null],
  ['truncated', 'Done, answer cut in half', 'method', null],
  ['malformed_body', 'Done, answer is no JSON', 'method', null],
  ['duplicated', 'Delivered twice', 'delivery', 'Again after'],
  ['late', 'Delivered late', 'delivery', 'By'],
  ['reordered', 'Overtaken by the next', 'delivery', 'At most'],
];

/** A fault's short name as words. */
export const spaced = (name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();

/** An order, in words. */
export function describe(one) {
  const target = one.delivery ?? one.method ?? '*';
  const where = state.person.channels.find((each) => each.id === one.channel)?.name ?? one.channel;
  return [
    el('strong', {}, spaced(one.fault)),
    ` on ${target === '*' ? (one.delivery ? 'every delivery' : 'every call') : target}`,
    where ? ` in #${where}` : '',
    one.times ? `, ${one.times} more` : '',
    one.probability < 1 ? `, ${Math.round(one.probability * 100)} % of the time` : '',
  ];
}
