/** The app's Home tab. */
import { trying } from './announce.js';
import { blocks } from './blocks.js';
import { el } from './dom.js';
import { on, state } from './store.js';
import { act } from './sync.js';

const stream = document.getElementById('stream');
let shown = null;

export function start() {
  on('home', render);
  on('place', render);
  on('people', () => {
    shown = null;
    render();
  });
}

function render() {
  if (state.place?.kind !== 'app' || state.place.tab !== 'home') {
    shown = null;
    return;
  }
  const { home } = state.person;
  const sign = JSON.stringify([state.who, home]);
  if (sign === shown) {
    return;
  }
  shown = sign;
  const inside = stream.contains(document.activeElement) && document.activeElement.dataset.action;
  const top = stream.scrollTop;
  stream.replaceChildren(el('div', { class: 'home' }, home ? blocks(home.blocks, surface(home)) : empty()));
  stream.scrollTop = top;
  if (inside) {
    stream.querySelector(`[data-action="${CSS.escape(inside)}"]`)?.focus();
  }
}

const empty = () =>
  el(
    'div',
    { class: 'begin' },
    el('h3', {}, `${state.boot.bot.real_name} has nothing to show here yet`),
    el('p', {}, 'Its commands work in every channel: type / in the composer.'),
  );

const surface = (home) => ({
  level: '3',
  text: '',
  errors: {},
  controls: [],
  changed: () => {},
  held: (block, element) => home.values?.[block.block_id]?.[element.action_id],
  use: (element, block, value) =>
    trying(() =>
      act('choose-at-home', {
        action_id: element.action_id,
        block_id: block.block_id,
        value: value ?? element.value ?? null,
      }),
    ),
  suggest: async () => [],
});
