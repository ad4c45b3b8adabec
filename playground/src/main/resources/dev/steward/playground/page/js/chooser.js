/** A dialog with a list to choose from: what is typed narrows it, arrows move in it, Enter takes the first or the chosen one. */
import { dialog } from './dialogs.js';
import { el } from './dom.js';
import { icon } from './icons.js';

/**
 * Asks.
 *
 * @param rows each `{mark, label, hint, words, here, disabled, run}`; `words` is what can be searched for beside label and hint
 */
export function choose({ title, label, placeholder, rows }) {
  const opened = dialog({ title, kind: 'small' });
  const find = el('input', {
    class: 'field',
    type: 'search',
    'aria-label': label,
    placeholder,
    on: { input: () => narrow() },
  });
  const all = rows.map((row) => ({ row, node: entry(row, opened) }));
  const none = el('p', { class: 'none', role: 'status' });
  opened.body.append(
    find,
    el(
      'ul',
      { class: 'people' },
      all.map(({ node }) => el('li', {}, node)),
    ),
    none,
  );
  opened.foot.remove();
  const narrow = () => {
    const typed = find.value.trim().toLowerCase();
    all.forEach(({ row, node }) => {
      node.parentNode.hidden = ![row.label, row.hint, row.words].join(' ').toLowerCase().includes(typed);
    });
    none.textContent = all.some(({ node }) => !node.parentNode.hidden) ? '' : `Nothing here is called ${find.value}.`;
  };
  opened.node.addEventListener('keydown', (event) => keys(event, all, find));
  find.focus();
}

function keys(event, all, find) {
  const shown = all.map(({ node }) => node).filter((node) => !node.parentNode.hidden && !node.disabled);
  const at = shown.indexOf(document.activeElement);
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && shown.length) {
    event.preventDefault();
    shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : (at + step + shown.length) % shown.length].focus();
  } else if (event.key === 'Enter' && document.activeElement === find && shown.length) {
    event.preventDefault();
    shown[0].click();
  }
}

const entry = (row, opened) =>
  el(
    'button',
    {
      type: 'button',
      class: 'person',
      disabled: row.disabled ?? false,
      'aria-current': row.here ? 'true' : null,
      on: {
        click: () => {
          opened.close();
          row.run();
        },
      },
    },
    row.mark,
    el('span', { class: 'person-name' }, el('strong', {}, row.label), el('small', {}, row.hint)),
    row.here ? icon('tick') : null,
  );
