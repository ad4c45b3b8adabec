/** The guided tour: one step at a time above the messages, done as the person of the story; put away for good if wanted. */
import { avatar } from './avatar.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { mrkdwn } from './mrkdwn.js';
import { put } from './main-pane.js';
import { become } from './route.js';
import { me, on, state, user } from './store.js';

const KEY = 'steward.tour';
const box = document.getElementById('tour');
let step = Number(localStorage.getItem(KEY) ?? 0);

export function start() {
  on('person', render);
  on('people', render);
}

/** Shows the tour from its beginning, or puts it away. */
export function toggleTour() {
  remember(box.hidden ? 0 : -1);
  render();
  if (!box.hidden) {
    box.querySelector('.tour-foot button:not(:disabled)')?.focus();
  }
}

function remember(at) {
  step = at;
  localStorage.setItem(KEY, String(at));
}

let shown = '';

function render() {
  const steps = state.boot.tour ?? [];
  const one = steps[step];
  box.hidden = !one;
  const sign = JSON.stringify([step, state.who, one]);
  if (!one || sign === shown) {
    shown = one ? sign : '';
    return;
  }
  shown = sign;
  const as = user(one.as);
  const there = one.as === me().id;
  fill(
    box,
    el(
      'div',
      { class: 'tour-head' },
      el('span', { class: 'tour-count' }, `${step + 1} of ${steps.length}`),
      el('h2', {}, one.title),
      el(
        'button',
        {
          type: 'button',
          class: 'plain-icon',
          'aria-label': 'End the tour',
          on: {
            click: () => {
              remember(-1);
              render();
            },
          },
        },
        icon('close'),
      ),
    ),
    el('div', { class: 'tour-text' }, mrkdwn(one.text)),
    el(
      'div',
      { class: 'tour-foot' },
      there
        ? el('span', { class: 'tour-as' }, avatar(as.id, 'small'), `You are ${as.real_name}`)
        : el(
            'button',
            { type: 'button', class: 'button primary', on: { click: () => become(one.as) } },
            avatar(as.id, 'small'),
            el('span', {}, `Be ${as.real_name}`),
          ),
      one.fill
        ? el(
            'button',
            { type: 'button', class: 'button', disabled: !there, on: { click: () => put(one.fill) } },
            el('span', {}, 'Put it into the composer'),
          )
        : null,
      el('span', { class: 'spread' }),
      el(
        'button',
        { type: 'button', class: 'button', disabled: step === 0, on: { click: () => move(-1) } },
        icon('back'),
        el('span', {}, 'Back'),
      ),
      el(
        'button',
        { type: 'button', class: 'button', on: { click: () => move(1) } },
        el('span', {}, step === steps.length - 1 ? 'Done' : 'Next'),
        icon('next'),
      ),
    ),
  );
}

function move(by) {
  remember(step + by < state.boot.tour.length ? step + by : -1);
  render();
  [...box.querySelectorAll('.tour-foot button')].at(-1)?.focus();
}
