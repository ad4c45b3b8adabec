/** Ordering faults: what goes wrong between Slack and Steward, how often, and for which calls or deliveries. */
import { get, path, post, remove } from './api.js';
import { announce, toast, trying } from './announce.js';
import { busy, el, fill } from './dom.js';
import { describe, named, spaced } from './fault-kinds.js';
import { form } from './fault-form.js';
import { state } from './store.js';

const LOOK_MS = 1000;

let heading = null;
let list = null;
let timer = null;

export function open() {
  heading = el('h3', { tabindex: '-1' }, 'On order');
  list = el('div', { class: 'orders' });
  refresh();
  timer = setInterval(refresh, LOOK_MS);
  return [
    el(
      'p',
      { class: 'quiet' },
      'Steward has to get along with all of this. Order something, then use Steward, and see in the journal what it did.',
    ),
    form(refresh),
    heading,
    list,
    sockets(),
  ];
}

export function close() {
  clearInterval(timer);
}

async function refresh() {
  const asked = list;
  const answer = await get('/_control/faults').catch(() => null);
  if (answer && asked === list) {
    show(answer);
  }
}

/** Shows the orders; what has the focus keeps it, if it is still there. */
function show({ orders, over, struck }) {
  const sign = JSON.stringify([orders, over, struck]);
  if (list.dataset.sign === sign) {
    return;
  }
  list.dataset.sign = sign;
  const focused = list.contains(document.activeElement) ? document.activeElement.dataset.order : null;
  fill(
    list,
    orders.length
      ? el(
          'ul',
          { 'aria-label': 'On order' },
          orders.map((one) => el('li', {}, describe(one, false), withdrawal(one))),
        )
      : el('p', { class: 'quiet' }, 'Nothing is on order.'),
    over.length
      ? el(
          'ul',
          { class: 'over', 'aria-label': 'Over' },
          over.map((one) => el('li', {}, describe(one, true))),
        )
      : null,
    Object.keys(struck).length
      ? el(
          'p',
          { class: 'quiet' },
          `Struck so far: ${Object.entries(struck)
            .map(([name, times]) => `${spaced(name)} ${times}×`)
            .join(', ')}`,
        )
      : null,
    orders.length || over.length ? clearance() : null,
  );
  if (focused) {
    (list.querySelector(`[data-order="${focused}"]`) ?? heading).focus();
  }
}

function withdrawal(one) {
  const withdraw = el(
    'button',
    {
      type: 'button',
      class: 'button small',
      'data-order': String(one.id),
      'aria-label': `Withdraw ${named(one)}`,
      on: {
        click: () =>
          busy(withdraw, () =>
            trying(async () => {
              show(await remove(path('_control', 'faults', one.id)));
              announce(`Withdrawn: ${named(one)}`);
            }),
          ),
      },
    },
    el('span', {}, 'Withdraw'),
  );
  return withdraw;
}

const clearance = () =>
  el(
    'button',
    {
      type: 'button',
      class: 'button danger',
      'data-order': 'all',
      on: {
        click: () =>
          trying(async () => {
            show(await remove('/_control/faults'));
            announce('All faults are withdrawn.');
          }),
      },
    },
    el('span', {}, 'Clear them all'),
  );

/** What only Socket Mode has. */
function sockets() {
  const title = el('h3', {}, 'Socket Mode');
  if (state.boot.mode !== 'socket') {
    return [
      title,
      el(
        'p',
        { class: 'quiet' },
        'Slack and Steward speak over HTTP here. Started with --socket they speak over sockets, which can be cut, too.',
      ),
    ];
  }
  const drop = el(
    'button',
    {
      type: 'button',
      class: 'button',
      on: {
        click: () =>
          busy(drop, () =>
            trying(async () => {
              const { dropped } = await post('/_control/sockets/drop', { count: 1 });
              toast(dropped ? 'One connection was cut.' : 'There was no connection to cut.');
            }),
          ),
      },
    },
    el('span', {}, 'Cut a socket'),
  );
  return [title, drop];
}
