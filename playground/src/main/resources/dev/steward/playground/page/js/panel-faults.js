/** Ordering faults: what goes wrong between Slack and Steward, how often, and for which calls or deliveries. */
import { get, post, remove } from './api.js';
import { toast, trying } from './announce.js';
import { busy, el, fill, freshId } from './dom.js';
import { CALLS, DELIVERIES, describe, FAULTS, spaced } from './fault-kinds.js';
import { state } from './store.js';

let list = null;
let timer = null;

export function open() {
  list = el('div', { class: 'orders' });
  refresh();
  timer = setInterval(refresh, 2000);
  return [
    el(
      'p',
      { class: 'quiet' },
      'Steward has to get along with all of this. Order something, then use Steward, and see in the journal what it did.',
    ),
    form(),
    el('h3', {}, 'On order'),
    list,
    state.boot.mode === 'socket' ? sockets() : null,
  ];
}

export function close() {
  clearInterval(timer);
}

const labelled = (label, node) => {
  node.id = freshId('fault');
  return el('div', { class: 'pair' }, el('label', { for: node.id }, label), node);
};

const select = (options) =>
  el(
    'select',
    { class: 'field' },
    options.map(([value, text]) => el('option', { value }, text)),
  );

function form() {
  const fault = select(FAULTS.map(([name, words]) => [name, words]));
  const target = el('select', { class: 'field' });
  const channel = select([
    ['', 'any channel'],
    ...state.person.channels.filter((one) => one.kind !== 'dm').map((one) => [one.id, `#${one.name}`]),
  ]);
  const time = el('input', { class: 'field', type: 'number', min: '0', step: '100', value: '1000' });
  const status = select([
    ['500', '500'],
    ['502', '502'],
    ['503', '503'],
  ]);
  const times = select([
    ['1', 'once'],
    ['3', '3 times'],
    ['10', '10 times'],
    ['', 'until cleared'],
  ]);
  const chance = select([
    ['', 'every time'],
    ['0.5', 'half of the time'],
    ['0.1', 'one in ten'],
  ]);
  const rows = {
    target: labelled('For', target),
    channel: labelled('In', channel),
    time: labelled('', time),
    status: labelled('Status', status),
  };
  const chosen = () => FAULTS.find(([name]) => name === fault.value);
  const adapt = () => {
    const [name, , on, ms] = chosen();
    fill(
      target,
      (on === 'method' ? CALLS : DELIVERIES).map((one) =>
        el('option', { value: one }, one === '*' ? (on === 'method' ? 'every call' : 'every delivery') : one),
      ),
    );
    rows.channel.hidden = on !== 'method';
    rows.time.hidden = !ms;
    rows.time.querySelector('label').textContent = `${ms} (ms)`;
    rows.status.hidden = name !== 'server_error';
  };
  const order = el(
    'button',
    {
      type: 'button',
      class: 'button primary',
      on: {
        click: () =>
          busy(order, () =>
            trying(async () => {
              const [name, words, on, ms] = chosen();
              await post('/_control/faults', {
                fault: name,
                [on]: target.value,
                ...(ms ? { ms: Number(time.value) } : {}),
                ...(name === 'server_error' ? { status: Number(status.value) } : {}),
                ...(on === 'method' && channel.value ? { channel: channel.value } : {}),
                ...(times.value ? { times: Number(times.value) } : {}),
                ...(chance.value ? { probability: Number(chance.value) } : {}),
              });
              toast(`Ordered: ${words}.`);
              await refresh();
            }),
          ),
      },
    },
    el('span', {}, 'Order it'),
  );
  fault.addEventListener('change', adapt);
  const node = el(
    'div',
    { class: 'fault-form' },
    labelled('What', fault),
    rows.target,
    rows.channel,
    rows.time,
    rows.status,
    labelled('How often', times),
    labelled('Chance', chance),
    order,
  );
  adapt();
  return node;
}

async function refresh() {
  const { orders = [], struck = {} } = await get('/_control/faults').catch(() => ({}));
  const clear = el(
    'button',
    {
      type: 'button',
      class: 'button danger',
      on: {
        click: () =>
          trying(async () => {
            await remove('/_control/faults');
            await refresh();
          }),
      },
    },
    el('span', {}, 'Clear them all'),
  );
  const hits = Object.entries(struck)
    .map(([name, times]) => `${spaced(name)} ${times}×`)
    .join(', ');
  const sign = JSON.stringify([orders, struck]);
  if (list.dataset.sign !== sign) {
    list.dataset.sign = sign;
    fill(
      list,
      orders.length
        ? el(
            'ul',
            {},
            orders.map((one) => el('li', {}, describe(one))),
          )
        : el('p', { class: 'quiet' }, 'Nothing is on order.'),
      hits ? el('p', { class: 'quiet' }, `Struck so far: ${hits}`) : null,
      orders.length ? clear : null,
    );
  }
}

/** What only Socket Mode has. */
function sockets() {
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
  return [el('h3', {}, 'Socket Mode'), drop];
}
