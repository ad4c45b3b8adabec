/**
 * Makes DOM nodes. Data becomes text nodes and attribute values, and nothing here or elsewhere on the page parses HTML:
 * what a person or the bot wrote cannot become an element.
 */

/**
 * An element.
 *
 * @param props `class`, `on` (event to listener), properties by name for a few, and attributes for all others; null,
 *     undefined and false leave an attribute out
 * @param children nodes, texts, or lists of those; null and false are left out
 */
export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (name === 'on') {
      Object.entries(value).forEach(([event, listener]) => node.addEventListener(event, listener));
    } else if (name === 'value' || name === 'checked' || name === 'disabled') {
      node[name] = value;
    } else if (value !== null && value !== undefined && value !== false) {
      node.setAttribute(name, value === true ? '' : value);
    }
  }
  append(node, children);
  return node;
}

/** Appends nodes and texts, also from nested lists. */
export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false && child !== '') {
      node.append(child);
    }
  }
  return node;
}

/** Puts these in place of everything that the node has. */
export function fill(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

let last = 0;

/** An id that no other element has. */
export const freshId = (prefix) => `${prefix}-${++last}`;

/** A text for screen readers only. */
export const unseen = (text) => el('span', { class: 'unseen' }, text);

/** Shows that something is under way on a button: it cannot be pressed again until the work is done. */
export async function busy(button, work) {
  const focused = document.activeElement === button;
  button.setAttribute('aria-busy', 'true');
  button.setAttribute('aria-disabled', 'true');
  try {
    return await work();
  } finally {
    button.removeAttribute('aria-busy');
    button.removeAttribute('aria-disabled');
    if (focused && document.activeElement === document.body && button.isConnected) {
      button.focus();
    }
  }
}

/** Whether a button must not be pressed now. */
export const isBusy = (button) => button.getAttribute('aria-disabled') === 'true';

/** Whether what is typed now goes into a text. */
export function typing(target) {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || ['INPUT', 'TEXTAREA', 'SELECT'].includes(target.tagName))
  );
}
