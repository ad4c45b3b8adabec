/** The form that a fault is ordered by; what the server does not take is said beside its field. */
import { get, post } from './api.js';
import { toast } from './announce.js';
import { busy, el, fill, freshId } from './dom.js';
import { FAULTS, named } from './fault-kinds.js';
import { state } from './store.js';

/** What the page's own units make of the server's words. */
const OWN_WORDS = {
  probability: 'A chance is above 0 and up to 100 %.',
  for_ms: 'A time is above 0 and up to 86400 seconds, which is a day.',
};

const select = (options) =>
  el(
    'select',
    { class: 'field' },
    options.map(([value, text]) => el('option', { value }, text)),
  );
const number = (value, placeholder = '') =>
  el('input', { class: 'field', type: 'number', step: 'any', value, placeholder });

/** A labelled field with room for what is wrong with it. */
function row(label, node) {
  node.id = freshId('fault');
  const wrong = el('p', { class: 'wrong', id: `${node.id}-wrong` });
  node.setAttribute('aria-describedby', wrong.id);
  return { node, wrong, pair: el('div', { class: 'pair' }, el('label', { for: node.id }, label), node, wrong) };
}

const cap = (text) => text.charAt(0).toUpperCase() + text.slice(1);

/** The form; `ordered` is called after each order. */
export function form(ordered) {
  let targets = { methods: [], deliveries: [], socket: state.boot.mode === 'socket' };
  const rows = {
    fault: row('What', select([])),
    target: row('For', select([])),
    channel: row('In', select([])),
    ms: row('', number('1000')),
    status: row('Status', number('500')),
    times: row('Times', number('1', 'until withdrawn')),
    probability: row('Chance (%)', number('100')),
    for_ms: row('Ends after (s)', number('', 'never')),
  };
  const value = (name) => rows[name].node.value;
  const kind = () => FAULTS[value('fault')];

  const adaptChannel = () => {
    const all = kind().on === 'method' ? targets.methods : targets.deliveries;
    const target = all.find((one) => one.name === value('target'));
    rows.channel.pair.hidden = target ? !target.channel : false;
  };
  const adapt = () => {
    const { on, time, ms } = kind();
    const all = on === 'method' ? targets.methods : targets.deliveries;
    fill(
      rows.target.node,
      el('option', { value: '*' }, on === 'method' ? 'every call' : 'every delivery'),
      all.map((one) => el('option', { value: one.name }, one.name)),
    );
    rows.ms.pair.hidden = !time;
    rows.ms.pair.querySelector('label').textContent = `${time} (ms)`;
    rows.ms.node.value = String(ms ?? '');
    rows.status.pair.hidden = value('fault') !== 'server_error';
    adaptChannel();
    say({});
  };
  const offer = () => {
    fill(
      rows.fault.node,
      Object.entries(FAULTS)
        .filter(([, one]) => targets.socket || !one.socket)
        .map(([name, one]) => el('option', { value: name }, cap(one.words))),
    );
    fill(
      rows.channel.node,
      el('option', { value: '' }, 'any channel'),
      state.person.channels
        .filter((one) => one.kind !== 'dm')
        .map((one) => el('option', { value: one.id }, `#${one.name}`)),
    );
    adapt();
  };
  const say = (wrong) => {
    Object.entries(rows).forEach(([name, { node, wrong: place }]) => {
      const why = wrong[name] ?? (name === 'target' ? (wrong.method ?? wrong.delivery) : '');
      fill(place, why);
      if (why) {
        node.setAttribute('aria-invalid', 'true');
      } else {
        node.removeAttribute('aria-invalid');
      }
    });
    Object.values(rows)
      .find(({ node }) => node.hasAttribute('aria-invalid'))
      ?.node.focus();
  };
  /** The order as the server takes it, and what no server has to be asked about. */
  const read = () => {
    const wrong = {};
    const amount = (name, factor = 1) => {
      const { node, pair } = rows[name];
      if (pair.hidden) {
        return undefined;
      }
      if (node.validity.badInput) {
        wrong[name] = 'This is no number.';
      }
      return node.value === '' ? undefined : Number((Number(node.value) * factor).toFixed(6));
    };
    const order = {
      fault: value('fault'),
      [kind().on]: value('target'),
      channel: rows.channel.pair.hidden ? undefined : value('channel') || undefined,
      ms: amount('ms'),
      status: amount('status'),
      times: amount('times'),
      probability: amount('probability', 0.01),
      for_ms: amount('for_ms', 1000),
    };
    return { order, wrong };
  };
  const submit = async () => {
    const { order, wrong } = read();
    if (Object.keys(wrong).length) {
      say(wrong);
      return;
    }
    try {
      const placed = await post('/_control/faults', order);
      say({});
      toast(`Ordered: ${named(placed)}.`);
      await ordered();
    } catch (error) {
      const fields = error.fields ?? {};
      Object.keys(fields).forEach((name) => {
        fields[name] = OWN_WORDS[name] ?? fields[name];
      });
      say(fields);
      if (Object.keys(fields).length === 0) {
        toast(error.message, 'trouble');
      }
    }
  };
  const order = el('button', { type: 'submit', class: 'button primary' }, el('span', {}, 'Order it'));
  const node = el(
    'form',
    {
      class: 'fault-form',
      'aria-label': 'Order a fault',
      novalidate: true,
      on: {
        submit: (event) => {
          event.preventDefault();
          busy(order, submit);
        },
      },
    },
    Object.values(rows).map(({ pair }) => pair),
    order,
  );
  rows.fault.node.addEventListener('change', adapt);
  rows.target.node.addEventListener('change', adaptChannel);
  offer();
  get('/_control/faults/targets')
    .then((all) => {
      targets = all;
      const chosen = value('fault');
      offer();
      rows.fault.node.value = chosen;
      adapt();
    })
    .catch(() => {});
  return node;
}
