/** Steward's process: how it is, and ending and starting it in the middle of whatever it does. */
import { get, post } from './api.js';
import { trying } from './announce.js';
import { busy, el, fill } from './dom.js';
import { emit, state } from './store.js';

const LOOK_MS = 1000;
const ACTS = [
  ['kill', 'Kill', 'danger', 'SIGKILL: gone at once, as in a crash'],
  ['stop', 'Stop', '', 'SIGTERM: finishes what runs, then leaves'],
  ['start', 'Start', 'primary', 'Starts it again; it picks up what it was doing'],
];
const STATES = { up: 'Running', starting: 'Starting …', stopping: 'Stopping …', down: 'Not running' };

let timer = null;
let lamp = null;
let last = null;
let buttons = [];

export function open() {
  lamp = el('p', { class: 'process', role: 'status' });
  last = el('div', {});
  buttons = ACTS.map(([act, label, style]) => {
    const node = el(
      'button',
      {
        type: 'button',
        class: `button ${style}`,
        on: { click: () => busy(node, () => trying(async () => show(await post('/_control/bot', { act })))) },
      },
      el('span', {}, label),
    );
    return [act, node];
  });
  show(state.boot.bot);
  look();
  timer = setInterval(look, LOOK_MS);
  return [
    lamp,
    el(
      'dl',
      { class: 'acts' },
      buttons.flatMap(([, node], index) => [el('dt', {}, node), el('dd', {}, ACTS[index][3])]),
    ),
    last,
    el(
      'p',
      { class: 'quiet' },
      'Kill it while it applies a plan: Terraform goes on, and Steward finds out what became of it when it is back.',
    ),
  ];
}

export function close() {
  clearInterval(timer);
}

const look = () =>
  get('/_control/bot')
    .then(show)
    .catch(() => {});

function show(bot) {
  const name = bot.state ?? (bot.up ? 'up' : 'down');
  fill(
    lamp,
    el('span', { class: bot.up ? 'lamp up' : 'lamp down' }),
    el('strong', {}, STATES[name] ?? name),
    el('span', { class: 'quiet' }, (bot.mode ?? state.boot.mode) === 'socket' ? 'over Socket Mode' : 'over HTTP'),
  );
  const fits = { kill: name !== 'down', stop: name === 'up' || name === 'starting', start: name === 'down' };
  buttons.forEach(([act, node]) => {
    node.disabled = bot.attached === false || !fits[act];
  });
  fill(
    last,
    bot.attached === false
      ? el('p', { class: 'quiet' }, 'No process is attached here: whoever started Steward ends it.')
      : null,
    bot.last_words ? [el('h3', {}, 'Its last words'), el('pre', {}, bot.last_words)] : null,
  );
  if (state.boot.bot.up !== bot.up || state.boot.bot.state !== bot.state) {
    Object.assign(state.boot.bot, bot);
    emit('bot');
  }
}
