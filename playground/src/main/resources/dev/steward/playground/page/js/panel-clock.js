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
  const tick = () => fill(shown, full(now()));
  tick();
  timer = setInterval(tick, 1000);
  return [
    shown,
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
                toast('The workspace is as on its first day.');
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
