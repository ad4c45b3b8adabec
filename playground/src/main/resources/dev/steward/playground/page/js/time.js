/** Times as the person sees them: in their own zone, by the virtual clock. */
import { me, now } from './store.js';

const formats = new Map();

function format(seconds, options) {
  const key = me().tz + JSON.stringify(options);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat('en-GB', { ...options, timeZone: me().tz }));
  }
  return formats.get(key).format(new Date(seconds * 1000));
}

/** Seconds since 1970 of a message's `ts`, of a number, or of an ISO text. */
export const seconds = (at) => (/^[\d.]+$/.test(at) ? Number(at) : Date.parse(at) / 1000);

export const clock = (at) => format(seconds(at), { hour: '2-digit', minute: '2-digit' });
export const clockSeconds = (at) => format(seconds(at), { hour: '2-digit', minute: '2-digit', second: '2-digit' });

/** What time it is now in a zone. */
export const clockIn = (zone) =>
  new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone: zone }).format(new Date(now() * 1000));

const isoDay = (at) => format(at, { year: 'numeric', month: '2-digit', day: '2-digit' });

/** Whether both are on the same day in the person's zone. */
export const sameDay = (one, other) => isoDay(seconds(one)) === isoDay(seconds(other));

/** Today, Yesterday, Tomorrow, or nothing. */
function near(at) {
  const names = { 0: 'Today', [-1]: 'Yesterday', 1: 'Tomorrow' };
  return Object.keys(names)
    .filter((days) => isoDay(now() + days * 86400) === isoDay(at))
    .map((days) => names[days])[0];
}

const LONG = { weekday: 'long', day: 'numeric', month: 'long' };

/** The day of a divider between messages. */
export const day = (at) => near(seconds(at)) ?? format(seconds(at), { ...LONG, year: 'numeric' });

/** A moment in full, for tooltips. */
export const full = (at) =>
  format(seconds(at), {
    ...LONG,
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZoneName: 'short',
  });

/** How long ago, roughly. */
export function ago(at) {
  const passed = Math.round(now() - seconds(at));
  const [amount, unit] = [
    [86400, 'day'],
    [3600, 'hour'],
    [60, 'minute'],
  ]
    .map(([size, name]) => [Math.floor(Math.abs(passed) / size), name])
    .find(([count]) => count > 0) ?? [0, ''];
  if (!amount) {
    return 'just now';
  }
  const words = `${amount} ${unit}${amount === 1 ? '' : 's'}`;
  return passed < 0 ? `in ${words}` : `${words} ago`;
}

const SHORT = { day: 'numeric', month: 'short', year: 'numeric' };
const FULL = { ...LONG, year: 'numeric' };
const NUMBERS = { year: 'numeric', month: '2-digit', day: '2-digit' };
const middle = (at, pretty) => pretty && near(at)?.toLowerCase();

/** The tokens of Slack's `<!date^…>`. */
const TOKENS = {
  date_num: (at) => format(at, NUMBERS).split('/').reverse().join('-'),
  date: (at) => format(at, { day: 'numeric', month: 'long', year: 'numeric' }),
  date_slash: (at) => format(at, NUMBERS),
  date_short: (at) => format(at, SHORT),
  date_long: (at) => format(at, FULL),
  date_pretty: (at) => middle(at, true) ?? format(at, { day: 'numeric', month: 'long', year: 'numeric' }),
  date_short_pretty: (at) => middle(at, true) ?? format(at, SHORT),
  date_long_pretty: (at) => middle(at, true) ?? format(at, FULL),
  day_divider_pretty: (at) => middle(at, true) ?? format(at, LONG),
  time: (at) => clock(at),
  time_secs: (at) => format(at, { hour: '2-digit', minute: '2-digit', second: '2-digit' }),
  ago: (at) => ago(at),
};

/** A date as the bot asks for it to be shown; the fallback when it asks for what nobody knows. */
export function slackDate(at, pattern, fallback) {
  if (!Number.isFinite(at) || Math.abs(at) > 8.64e12) {
    return fallback;
  }
  const tokens = [...pattern.matchAll(/\{(\w+)\}/g)];
  if (tokens.length === 0 || tokens.some(([, name]) => !Object.hasOwn(TOKENS, name))) {
    return fallback;
  }
  const text = pattern.replace(/\{(\w+)\}/g, (whole, name) => TOKENS[name](at));
  return pattern.startsWith('{') ? text.charAt(0).toUpperCase() + text.slice(1) : text;
}
