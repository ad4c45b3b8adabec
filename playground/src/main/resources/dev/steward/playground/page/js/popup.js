/** A box that floats beside what opened it, above everything else, and goes away when something else is pressed. */
import { el } from './dom.js';

/**
 * Shows the box under its anchor, or above where there is more room. It is put into the anchor's own part of the
 * page: everything outside of an open dialog is inert, and screen readers go by the parts.
 *
 * @returns a function that closes it
 */
export function popup(anchor, content, { wide = false, onClose = () => {}, label = null } = {}) {
  const box = el('div', { class: 'popup', popover: 'manual', 'aria-label': label }, content);
  const home = anchor.closest('dialog, aside, nav, main') ?? document.body;
  home.append(box);
  box.showPopover();
  const place = () => position(box, anchor, wide);
  place();
  const outside = (event) => {
    if (!box.contains(event.target) && !anchor.contains(event.target)) {
      close();
    }
  };
  const moved = (event) => !box.contains(event.target) && place();
  let open = true;
  function close() {
    if (!open) {
      return;
    }
    open = false;
    document.removeEventListener('pointerdown', outside, true);
    document.removeEventListener('scroll', moved, true);
    window.removeEventListener('resize', place);
    box.remove();
    onClose();
  }
  document.addEventListener('pointerdown', outside, true);
  document.addEventListener('scroll', moved, true);
  window.addEventListener('resize', place);
  close.place = place;
  close.box = box;
  return close;
}

function position(box, anchor, wide) {
  const at = anchor.getBoundingClientRect();
  if (wide) {
    box.style.width = `${at.width}px`;
    box.style.maxWidth = 'none';
  }
  const below = window.innerHeight - at.bottom - 12;
  const above = at.top - 12;
  const up = box.scrollHeight > below && above > below;
  box.style.maxHeight = `${Math.max(120, Math.min(420, up ? above : below))}px`;
  const height = Math.min(box.scrollHeight + 2, up ? above : below, 420);
  box.style.top = `${up ? Math.max(8, at.top - height - 4) : at.bottom + 4}px`;
  box.style.left = `${Math.max(8, Math.min(at.left, window.innerWidth - box.offsetWidth - 8))}px`;
}
