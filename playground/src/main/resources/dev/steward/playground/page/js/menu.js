/** A menu of commands under a button: arrows move, Home and End jump, letters find, Escape and Tab close. */
import { el } from './dom.js';
import { icon } from './icons.js';
import { popup } from './popup.js';

/**
 * Opens the menu.
 *
 * @param items `{label, hint, icon, run}`, or a text for a heading
 */
export function menu(button, items, label) {
  const list = el('div', { class: 'menu', role: 'menu', 'aria-label': label });
  const close = popup(button, list, { onClose: () => button.setAttribute('aria-expanded', 'false') });
  const leave = () => {
    close();
    button.focus();
  };
  items.forEach((item) =>
    list.append(
      typeof item === 'string' ? el('div', { class: 'menu-heading', role: 'presentation' }, item) : entry(item, leave),
    ),
  );
  button.setAttribute('aria-expanded', 'true');
  const entries = [...list.querySelectorAll('[role=menuitem]')];
  list.addEventListener('keydown', (event) => keys(event, entries, leave));
  close.place();
  entries[0]?.focus();
}

function entry(item, leave) {
  return el(
    'button',
    {
      type: 'button',
      role: 'menuitem',
      tabindex: '-1',
      class: item.danger ? 'danger-text' : null,
      on: {
        click: () => {
          leave();
          item.run();
        },
      },
    },
    item.icon ? icon(item.icon) : null,
    el('span', {}, item.label, item.hint ? el('small', {}, item.hint) : null),
  );
}

function keys(event, entries, leave) {
  const at = entries.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: entries.length - 1 }[event.key];
  if (to !== undefined) {
    entries[(to + entries.length) % entries.length].focus();
  } else if (event.key === 'Escape' || event.key === 'Tab') {
    leave();
  } else if (event.key.length === 1 && event.key !== ' ') {
    const from = [...entries.slice(at + 1), ...entries];
    from.find((one) => one.textContent.toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
    return;
  } else {
    return;
  }
  event.preventDefault();
  event.stopPropagation();
}
