/** What an entry of the journal says to a person: who, what, when, how long, and what came of it. */
import { channel, user as someone } from './store.js';

const OUTCOMES = {
  ACKNOWLEDGED: 'acknowledged',
  REFUSED: 'refused',
  TIMED_OUT: 'no answer in time',
  UNREACHABLE: 'nobody there',
};
/** What a fault did with an answer. */
const SPOILT = {
  hang: 'never answered',
  connection_reset: 'connection reset',
  response_lost: 'answer lost',
  truncated: 'answer cut off',
  malformed_body: 'answer is no JSON',
};
const SNIPPET = 90;

/** A conversation, as the person at the page may know it. */
export function placeName(id) {
  const known = channel(id);
  if (known) {
    return known.kind === 'dm' ? `the direct message with ${someone(known.with).real_name}` : `#${known.name}`;
  }
  return /^D/.test(id) ? 'a direct message' : /^[UW]/.test(id) ? someone(id).real_name : id;
}

const name = (id) => (id ? someone(id).real_name : '');
const snippet = (text) => (text.length > SNIPPET ? `${text.slice(0, SNIPPET)}…` : text);
const joined = (...parts) => parts.filter(Boolean).join(' · ');

/** A call of Steward. */
export function call(one) {
  const given = one.arguments ?? {};
  const error = one.answer?.ok === false ? one.answer.error : '';
  const place = given.channel ?? given.channel_id;
  const whom = given.user ?? given.user_id ?? given.users;
  return {
    number: one.number,
    way: '→',
    from: 'Steward to Slack',
    at: one.at,
    what: one.method,
    about: joined(
      place && `in ${placeName(place)}`,
      whom && `for ${name(whom)}`,
      typeof given.text === 'string' && snippet(given.text),
    ),
    took: one.took_ms,
    fault: one.fault,
    result: SPOILT[one.fault] ?? (error ? [one.status === 200 ? '' : one.status, error].join(' ').trim() : 'ok'),
    bad: Boolean(error) || one.status >= 400 || one.fault in SPOILT,
    detail: one,
  };
}

function delivered(one) {
  const payload = one.payload ?? {};
  if (one.kind === 'command') {
    return [payload.command, payload.text].filter(Boolean).join(' ');
  }
  const what = payload.actions?.[0]?.action_id ?? payload.callback_id ?? payload.event?.type;
  return [one.kind, what ?? payload.view?.callback_id].filter(Boolean).join(' ');
}

/** Something that was delivered to Steward. */
export function delivery(one) {
  const payload = one.payload ?? {};
  const event = payload.event ?? {};
  const user = event.user ?? event.message?.user;
  const who = payload.user_id ?? payload.user?.id ?? (typeof user === 'string' ? user : user?.id);
  const place =
    payload.channel_id ??
    payload.channel?.id ??
    (typeof event.channel === 'string' ? event.channel : event.channel?.id) ??
    event.item?.channel;
  return {
    number: one.number,
    way: '←',
    from: 'Slack to Steward',
    at: one.sent_at,
    what: delivered(one),
    about: joined(
      name(who),
      place && `in ${placeName(place)}`,
      one.attempt > 0 && `attempt ${one.attempt + 1}`,
      one.shown && `shown: ${snippet(one.shown)}`,
    ),
    took: one.took_ms,
    fault: one.fault,
    result: [OUTCOMES[one.outcome] ?? one.outcome, one.outcome === 'REFUSED' ? `(${one.status})` : '']
      .filter(Boolean)
      .join(' '),
    bad: one.outcome !== 'ACKNOWLEDGED' || Boolean(one.shown),
    detail: one,
  };
}

/** Something that a connection of Socket Mode did. */
export const socket = (one) => ({
  number: one.number,
  way: '⇄',
  from: 'Socket',
  at: one.at,
  what: `socket ${one.socket}`,
  about: '',
  result: one.what,
  bad: one.what === 'broken',
  detail: one,
});

