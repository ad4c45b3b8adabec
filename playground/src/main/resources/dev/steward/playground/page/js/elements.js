/** The elements that tell the bot at once when they are used: buttons, menus, and selects outside of an input block. */
import { busy, el, isBusy } from './dom.js';
import { icon } from './icons.js';
import { control } from './controls.js';
import { confirmed } from './dialogs.js';
import { menu } from './menu.js';
import { textObject } from './mrkdwn.js';

/** The element, or null for one that the page does not know. */
export function interactive(element, block, surface) {
  switch (element.type) {
    case 'button':
      return button(element, block, surface);
    case 'overflow':
      return overflow(element, block, surface);
    default:
      return choice(element, block, surface);
  }
}

/** Asks first where the element wants that, and shows that the bot is at it. */
async function used(node, element, block, surface, value) {
  if (isBusy(node) || (element.confirm && !(await confirmed(element.confirm)))) {
    return false;
  }
  await busy(node, () => surface.use(element, block, value));
  return true;
}

function button(element, block, surface) {
  const live = /^https?:\/\//i.test(element.url ?? '');
  const node = el(
    live ? 'a' : 'button',
    {
      class: `button ${element.style ?? ''}`,
      'data-action': element.action_id,
      ...(live ? { href: element.url, target: '_blank', rel: 'noopener noreferrer' } : { type: 'button' }),
      'aria-label': spoken(element),
      on: { click: () => used(node, element, block, surface) },
    },
    el('span', {}, textObject(element.text)),
  );
  return node;
}

/** What a screen reader says; it begins with what is seen, so that people can say it to a voice control. */
function spoken({ accessibility_label: label, text }) {
  if (!label) {
    return null;
  }
  return label.toLowerCase().includes(text.text.toLowerCase()) ? label : `${text.text}: ${label}`;
}

function overflow(element, block, surface) {
  const node = el(
    'button',
    {
      type: 'button',
      class: 'button square',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      'aria-label': 'More',
      'data-action': element.action_id,
      on: {
        click: () =>
          menu(
            node,
            element.options.map((option) => ({
              label: option.text.text,
              hint: option.description?.text,
              run: () => used(node, element, block, surface, option.value),
            })),
            'More',
          ),
      },
    },
    icon('dots'),
  );
  return node;
}

function choice(element, block, surface) {
  const made = control(element, {
    label: element.placeholder?.text ?? block.text?.text ?? 'Choose',
    held: surface.held(block, element),
    suggest: surface.suggest,
    changed: async () => {
      const value = made.value();
      if (!(await used(made.node, element, block, surface, value))) {
        made.set(surface.held(block, element) ?? {});
      }
    },
  });
  made?.node.setAttribute('data-action', element.action_id);
  made?.node.classList.add('inline-choice');
  return made?.node ?? null;
}
