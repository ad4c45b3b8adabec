/** Dialogs over the page: the focus stays inside, Escape closes, and it goes back to where it was. */
import { el, freshId } from './dom.js';
import { icon } from './icons.js';
import { textObject } from './mrkdwn.js';

/**
 * Opens a dialog.
 *
 * @param leave called instead of closing when the person wants out (Escape, the cross); closes it if absent
 * @returns `{node, body, foot, close}`
 */
export function dialog({ title, kind = '', leave: given = null }) {
  const leave = () => (given ?? opened.close)();
  const before = document.activeElement;
  const id = freshId('dialog');
  const body = el('div', { class: 'dialog-body' });
  const foot = el('div', { class: 'dialog-foot' });
  const heading = el('h2', { id }, title);
  const head = el(
    'div',
    { class: 'dialog-head' },
    heading,
    el('button', { type: 'button', class: 'plain-icon', 'aria-label': 'Close', on: { click: leave } }, icon('close')),
  );
  const node = el(
    'dialog',
    { class: `dialog ${kind}`, 'aria-labelledby': id },
    head,
    body,
    foot,
    el('div', { class: 'toasts' }),
  );
  let done = false;
  const opened = {
    node,
    body,
    foot,
    head,
    heading,
    close: () => {
      done = true;
      node.close();
      node.remove();
      if (before?.isConnected && document.activeElement === document.body) {
        before.focus();
      }
    },
  };
  node.addEventListener('cancel', (event) => {
    event.preventDefault();
    leave();
  });
  node.addEventListener('close', () => !done && leave());
  document.body.append(node);
  node.showModal();
  return opened;
}

/** A button of a dialog. */
export const button = (label, style, run, more = {}) =>
  el('button', { type: 'button', class: `button ${style}`, ...more, on: { click: run } }, el('span', {}, label));

/** Asks as a Block Kit confirmation dialog does; answers whether the person agreed. */
export function confirmed({ title, text, confirm, deny, style }) {
  return new Promise((resolve) => {
    const answer = (agreed) => () => {
      asked.close();
      resolve(agreed);
    };
    const asked = dialog({ title: textObject(title), kind: 'small', leave: () => answer(false)() });
    asked.body.append(...[textObject(text)].flat());
    const yes = button(confirm.text, style === 'danger' ? 'danger' : 'primary', answer(true));
    asked.foot.append(button(deny.text, '', answer(false)), yes);
    yes.focus();
  });
}

/** Asks one of the page's own questions. */
export const sure = (title, text, yes) =>
  confirmed({
    title: { text: title },
    text: { text },
    confirm: { text: yes },
    deny: { text: 'Keep it as it is' },
    style: 'danger',
  });
