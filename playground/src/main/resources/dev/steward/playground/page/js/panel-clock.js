/** The workspace's clock, and beginning anew. */
import { post } from './api.js';
import { toast, trying } from './announce.js';
import { sure } from './dialogs.js';
import { busy, el, fill } from './dom.js';
import { now, state } from './store.js';
import { refreshAll, refreshBoot } from './sync.js';
import { full } from './time.js';

const STEPS = [
  ['1 minute', 60],
  ['10 minutes', 600],
  ['1 hour', 3600],
  ['8 hours', 28800],
  ['1 day', 86400],
  ['3 days', 259200],
];
let timer = null;

export function open() {
  const shown = el('p', { class: 'clock' });
  const ahead = el('p', { class: 'quiet' });
  const tick = () => {
    fill(shown, full(now()));
    fill(ahead, lead(state.clockAhead / 1000));
  };
  tick();
  timer = setInterval(tick, 1000);
  return [
    shown,
    ahead,
    el(
      'p',
      { class: 'quiet' },
      'Turned for Slack and for Steward: triggers, retries and the times of messages go by it, and so do approvals, warnings and the end of access. Terraform has the clock of this machine.',
    ),
    el(
      'div',
      { class: 'row' },
      STEPS.map(([words, seconds]) => step(words, seconds)),
    ),
    el('h3', {}, 'Begin anew'),
    el(
      'p',
      { class: 'quiet' },
      'Puts the workspace back to its first day: messages, forms and faults go.',
      state.boot.bot.attached
        ? ' Steward begins anew, too, which takes some seconds.'
        : ' What Steward has in its own database stays.',
    ),
    reset(),
  ];
}

export function close() {
  clearInterval(timer);
}

/** How far the workspace is ahead of this machine; what a clock of a browser is off by does not count. */
function lead(seconds) {
  const minutes = Math.round(seconds / 60);
  const parts = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ]
    .filter(([amount]) => amount > 0)
    .map(([amount, unit]) => `${amount} ${unit}${amount === 1 ? '' : 's'}`);
  return parts.length ? `That is ${parts.join(', ')} ahead of this machine.` : 'That is the time of this machine.';
}

function step(words, seconds) {
  const button = el(
    'button',
    {
      type: 'button',
      class: 'button',
      on: {
        click: () =>
          busy(button, () =>
            trying(async () => {
              await post('/_control/clock', { advance_ms: seconds * 1000 });
              await refreshBoot();
              toast(`It is ${words} later.`);
            }),
          ),
      },
    },
    el('span', {}, `+ ${words}`),
  );
  return button;
}

function reset() {
  const button = el(
    'button',
    {
      type: 'button',
      class: 'button danger',
      on: {
        click: async () => {
          if (await sure('Begin anew?', 'All messages, forms and faults of this workspace go.', 'Begin anew')) {
            await busy(button, () =>
              trying(async () => {
                await post('/_control/reset');
                await refreshBoot();
                await refreshAll();
                toast(
                  state.boot.bot.attached
                    ? 'Steward stops, everything is put back, and Steward starts anew. That takes some seconds.'
                    : 'The workspace is as on its first day.',
                );
              }),
            );
          }
        },
      },
    },
    el('span', {}, 'Reset the workspace'),
  );
  return button;
}
