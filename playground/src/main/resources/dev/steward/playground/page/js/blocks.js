/**
 * Block Kit's blocks as nodes. What the page does not know is shown as a warning with the fallback text, so that nobody
 * takes a gap of the page for a gap of the bot.
 *
 * A surface is `{level, text, held(block, element), errors, use(element, block, value), suggest(element, query), controls,
 * changed(block, element)}`: what the blocks stand in, and what happens when their elements are used.
 */
import { el, freshId } from './dom.js';
import { icon } from './icons.js';
import { control } from './controls.js';
import { interactive } from './elements.js';
import { mrkdwn, textObject } from './mrkdwn.js';
import { richText } from './richtext.js';

const BLOCKS = {
  divider: () => el('hr', {}),
  header: (block, surface) =>
    el('div', { class: 'block-header', role: 'heading', 'aria-level': surface.level }, textObject(block.text)),
  section,
  context: (block) =>
    el(
      'div',
      { class: 'block-context' },
      block.elements.map((one) => (one.type === 'image' ? picture(one, 'small') : el('span', {}, textObject(one)))),
    ),
  actions: (block, surface) =>
    el(
      'div',
      { class: 'block-actions' },
      block.elements.map(
        (element) => interactive(element, block, surface) ?? unknown('element', element.type, element.text?.text),
      ),
    ),
  input,
  image: (block) =>
    el(
      'figure',
      { class: 'block-image' },
      block.title ? el('figcaption', {}, textObject(block.title)) : null,
      picture(block),
    ),
  rich_text: (block) => el('div', { class: 'block-rich' }, richText(block)),
};

/** The blocks, in order. */
export function blocks(list, surface) {
  return list.map((block) => {
    const make = Object.hasOwn(BLOCKS, block.type) ? BLOCKS[block.type] : null;
    return make ? make(block, surface) : unknown('block', block.type, surface.text);
  });
}

function section(block, surface) {
  const accessory =
    block.accessory?.type === 'image'
      ? picture(block.accessory, 'thumb')
      : block.accessory && (interactive(block.accessory, block, surface) ?? unknown('element', block.accessory.type));
  return el(
    'div',
    { class: accessory ? 'block-section beside' : 'block-section' },
    el(
      'div',
      { class: 'block-text' },
      block.text ? el('div', {}, textObject(block.text)) : null,
      block.fields
        ? el(
            'div',
            { class: 'block-fields' },
            block.fields.map((field) => el('div', {}, textObject(field))),
          )
        : null,
    ),
    accessory ? el('div', { class: 'block-accessory' }, accessory) : null,
  );
}

/** An input with its label, hint and error; it joins the surface's controls. */
function input(block, surface) {
  const id = freshId('input');
  const labelId = `${id}-label`;
  const grouped = ['radio_buttons', 'checkboxes'].includes(block.element.type);
  const hint = block.hint ? el('div', { class: 'hint', id: `${id}-hint` }, textObject(block.hint)) : null;
  const error = el('div', { class: 'field-error', id: `${id}-error` });
  const made = control(block.element, {
    id,
    describedBy: `${hint ? `${id}-hint ` : ''}${id}-error`,
    held: surface.held(block, block.element),
    labelledBy: grouped ? labelId : null,
    suggest: surface.suggest,
    changed: () => surface.changed(block, block.element),
  });
  if (!made) {
    return unknown('input', block.element.type, block.label.text);
  }
  const entry = { block, element: block.element, control: made, show: (text) => showError(error, made, text) };
  surface.controls.push(entry);
  made.node.addEventListener('input', () => {
    entry.dirty = true;
  });
  made.node.addEventListener('focusout', () => {
    entry.dirty = entry.dirty && !made.node.matches('.combo');
  });
  entry.show(surface.errors[block.block_id] ?? '');
  const words = [textObject(block.label), block.optional ? el('span', { class: 'optional' }, ' (optional)') : null];
  return el(
    'div',
    { class: 'block-input' },
    grouped
      ? el('div', { class: 'label', id: labelId }, words)
      : el('label', { class: 'label', for: id, id: labelId }, words),
    made.node,
    error,
    hint,
  );
}

function showError(place, made, text) {
  const named = made.node.matches('.combo') ? made.node.querySelector('.combo-text') : made.node;
  place.replaceChildren(...(text ? [icon('warn'), text] : []));
  if (text && !named.matches('[role=group]')) {
    named.setAttribute('aria-invalid', 'true');
  } else {
    named.removeAttribute('aria-invalid');
  }
}

/** An image. One from elsewhere is not fetched, since the page uses no network: its description stands for it. */
function picture(image, size = '') {
  const url = image.image_url ?? '';
  if (/^(data:image\/|\/(?!\/))/.test(url)) {
    return el('img', { class: `picture ${size}`, src: url, alt: image.alt_text });
  }
  return el(
    'span',
    { class: `picture absent ${size}`, role: 'img', 'aria-label': image.alt_text, title: url },
    image.alt_text,
  );
}

/** What stands for something that the page cannot show. */
function unknown(what, type, text) {
  return el(
    'div',
    { class: 'unknown', role: 'note' },
    icon('warn'),
    el(
      'div',
      {},
      el('strong', {}, `The playground cannot show this ${what}: ${type}.`),
      text ? el('div', {}, mrkdwn(text)) : null,
    ),
  );
}
