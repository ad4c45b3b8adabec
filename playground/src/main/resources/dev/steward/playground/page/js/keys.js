/** The keys of the whole page, and the dialog that lists them. */
import { dialog } from './dialogs.js';
import { el, typing } from './dom.js';
import { write } from './main-pane.js';
import { togglePanel } from './panel.js';
import { closeThread } from './route.js';
import { step } from './sidebar.js';
import { state } from './store.js';
import { choosePerson, choosePlace } from './switcher.js';
import { toggleTour } from './tour.js';

const ALT = {
  ArrowDown: ['Next channel', () => step(1)],
  ArrowUp: ['Channel before', () => step(-1)],
  p: ['Be somebody else', choosePerson],
  t: ['Guided tour', toggleTour],
  b: ['Behind the scenes', () => togglePanel()],
  m: ['To the messages', () => target(document.getElementById('stream'))?.focus()],
};

const OTHERS = [
  [['/'], 'Write a message or command'],
  [['Ctrl', 'K'], 'Go to a channel or a person'],
  [['↑'], 'Before anything is written: change what you wrote last'],
  [['Ctrl', 'B'], 'Bold; Ctrl+I italic, Ctrl+Shift+X struck out, Ctrl+Shift+C code'],
  [['F6'], 'To the next part of the page'],
  [['↑', '↓'], 'Between messages, channels, options'],
  [['Tab'], 'From a message to its buttons and tools'],
  [['Enter'], 'Send; Shift+Enter makes a new line'],
  [['Esc'], 'Close the form, menu or thread'],
  [['?'], 'This list'],
];

export function start() {
  document.addEventListener('keydown', (event) => {
    const free = !document.querySelector('dialog[open]');
    // With Alt, a Mac types other letters: the key itself counts.
    const key = event.code.startsWith('Key') ? event.code.slice(3).toLowerCase() : event.key;
    if (free && !event.defaultPrevented && (event.ctrlKey || event.metaKey) && !event.altKey && key === 'k') {
      event.preventDefault();
      choosePlace();
    }
    if (!free || event.defaultPrevented || event.ctrlKey || event.metaKey) {
      return;
    }
    const run = event.altKey ? ALT[key]?.[1] : plain(event);
    if (run) {
      event.preventDefault();
      run();
    }
  });
  document.getElementById('skip').addEventListener('click', () => ALT.m[1]());
}

function plain(event) {
  if (event.key === 'F6') {
    return () => nextPart(event.shiftKey ? -1 : 1);
  }
  if (typing(event.target)) {
    return null;
  }
  return { '/': write, '?': help, Escape: escape() }[event.key];
}

/** What Escape closes when the focus is in nothing that closes itself. */
function escape() {
  if (!document.getElementById('panel').hidden) {
    return () => togglePanel(false);
  }
  return state.place?.thread ? closeThread : null;
}

/** Goes round the parts of the page. */
function nextPart(by) {
  const parts = ['#sidebar', '#tour', '#stream', '#composer', '#thread', '#panel']
    .map((part) => document.querySelector(part))
    .filter((part) => part && !part.hidden && part.offsetParent !== null && target(part));
  const at = parts.findIndex((part) => part.contains(document.activeElement));
  target(parts[(at + by + parts.length) % parts.length])?.focus();
}

/** What of a part takes the focus: where one was, else where one writes, else its first control. */
const target = (part) =>
  ['[aria-current]', 'article[tabindex="0"]', 'textarea', 'button, a']
    .map((wanted) => part?.querySelector(wanted))
    .find(Boolean);

/** Shows the keys. */
export function help() {
  const opened = dialog({ title: 'Help and keys', kind: 'small' });
  const alt = Object.entries(ALT).map(([key, [what]]) => [
    ['Alt', { ArrowDown: '↓', ArrowUp: '↑' }[key] ?? key.toUpperCase()],
    what,
  ]);
  opened.body.append(
    el(
      'p',
      {},
      'This is a chat workspace on your own machine, with the real Steward in it. You can be anybody: ask for something as one person, decide on it as another.',
    ),
    el(
      'dl',
      { class: 'keys' },
      [...OTHERS, ...alt].flatMap(([keys, what]) => [
        el(
          'dt',
          {},
          keys.map((key, index) => [index ? ' ' : '', el('kbd', {}, key)]),
        ),
        el('dd', {}, what),
      ]),
    ),
  );
  opened.foot.remove();
}
