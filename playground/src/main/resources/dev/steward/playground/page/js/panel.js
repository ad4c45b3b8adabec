/** "Behind the scenes": a drawer with the journal, faults, the clock, and Steward's process. */
import * as clockTab from './panel-clock.js';
import * as faultsTab from './panel-faults.js';
import * as journalTab from './panel-journal.js';
import * as processTab from './panel-process.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';

const TABS = [
  ['journal', 'Journal', journalTab],
  ['faults', 'Faults', faultsTab],
  ['process', 'Steward', processTab],
  ['clock', 'Clock and reset', clockTab],
];

const pane = document.getElementById('panel');
const body = el('div', { class: 'panel-body', role: 'tabpanel', id: 'panel-body', tabindex: '-1' });
let current = null;

export function start() {
  const tabs = el(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': 'Behind the scenes' },
    TABS.map(([name, label]) =>
      el(
        'button',
        {
          type: 'button',
          class: 'tab',
          role: 'tab',
          id: `panel-${name}`,
          'aria-controls': 'panel-body',
          on: { click: () => open(name) },
        },
        label,
      ),
    ),
  );
  tabs.addEventListener('keydown', (event) => {
    const at = TABS.findIndex(([name]) => name === current);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step) {
      open(TABS[(at + step + TABS.length) % TABS.length][0]);
      document.getElementById(`panel-${current}`).focus();
    }
  });
  pane.append(
    el(
      'header',
      { class: 'head' },
      el('h2', {}, 'Behind the scenes'),
      el('span', { class: 'spread' }),
      el(
        'button',
        {
          type: 'button',
          class: 'plain-icon',
          'aria-label': 'Close',
          title: 'Close (Alt+B)',
          on: { click: () => togglePanel(false) },
        },
        icon('close'),
      ),
    ),
    tabs,
    body,
  );
  pane.addEventListener('keydown', (event) => event.key === 'Escape' && !event.defaultPrevented && togglePanel(false));
}

/** Opens or closes the drawer. */
export function togglePanel(show = pane.hidden) {
  pane.hidden = !show;
  document.getElementById('app').classList.toggle('with-panel', show);
  if (show) {
    open(current ?? 'journal');
    document.getElementById(`panel-${current}`).focus();
  } else {
    TABS.forEach(([, , tab]) => tab.close?.());
    document.getElementById('panel-opener')?.focus();
  }
}

function open(name) {
  current = name;
  TABS.forEach(([each, , tab]) => {
    const node = document.getElementById(`panel-${each}`);
    node.setAttribute('aria-selected', String(each === name));
    node.tabIndex = each === name ? 0 : -1;
    if (each !== name) {
      tab.close?.();
    }
  });
  body.setAttribute('aria-labelledby', `panel-${name}`);
  fill(body, TABS.find(([each]) => each === name)[2].open());
}
