/** Says things to people: in a corner of the page, and to screen readers. */
import { el } from './dom.js';
import { icon } from './icons.js';

const SHOWN_MS = 9000;
const MOST_SHOWN = 3;

/** Tells screen readers, without showing anything. */
export function announce(text) {
  const live = document.getElementById('live');
  live.textContent = live.textContent === text ? `${text}\u00a0` : text;
}

/** Shows a short text for some seconds, in the open dialog where there is one: all else is inert then. */
export function toast(text, kind = 'news') {
  const dialog = [...document.querySelectorAll('dialog[open]')].at(-1);
  const place = dialog?.querySelector('.toasts') ?? document.getElementById('toasts');
  const close = () => box.remove();
  const box = el(
    'div',
    { class: `toast ${kind}`, role: kind === 'trouble' ? 'alert' : 'status' },
    icon(kind === 'trouble' ? 'warn' : 'tick'),
    el('span', {}, text),
    el('button', { type: 'button', class: 'plain-icon', 'aria-label': 'Dismiss', on: { click: close } }, icon('close')),
  );
  place.append(box);
  [...place.children].slice(0, -MOST_SHOWN).forEach((older) => older.remove());
  setTimeout(close, SHOWN_MS);
}

/** Runs an act of a person; says why when it was refused. Answers whether it went well. */
export async function trying(work) {
  try {
    await work();
    return true;
  } catch (error) {
    toast(error.message, 'trouble');
    return false;
  }
}
