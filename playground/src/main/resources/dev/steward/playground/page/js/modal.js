/**
 * The person's modals: the top one of the stack, as the server has it. What was entered is told to the server when it is
 * settled, so that a second window shows the same; an update of the view keeps what is being typed.
 */
import { blocks } from './blocks.js';
import { busy, el, fill, isBusy } from './dom.js';
import { announce, toast } from './announce.js';
import { button, dialog } from './dialogs.js';
import { icon } from './icons.js';
import { on, state } from './store.js';
import { act, ask } from './sync.js';

let open = null;
let view = null;
let controls = [];
let settled = Promise.resolve();
let shown = '';
let before = new Set();

/** Shows modals whenever the person has one. */
export function start() {
  on('views', show);
}

function show() {
  const top = state.person.views.at(-1);
  if (!top) {
    view = null;
    controls = [];
    shown = '';
    open?.close();
    open = null;
    if (document.activeElement === document.body) {
      document.querySelector('#composer textarea')?.focus();
    }
    return;
  }
  const fresh = top.id !== view?.id;
  const now = JSON.stringify([top.id, top.hash, top.blocks, top.errors, top.title, state.person.views.length]);
  const typed = fresh ? new Map() : entered();
  before = new Set(fresh ? [] : controls.map(key));
  view = top;
  if (now === shown) {
    adopt();
    return;
  }
  shown = now;
  render(fresh, typed);
}

/** What is in the controls now, by block and action id, where it differs from what the server knows. */
function entered() {
  return new Map(controls.filter((one) => !same(one)).map((one) => [key(one), one.control.value()]));
}

/** A title or button, as words. */
const words = (text) => (typeof text === 'string' ? text : (text?.text ?? ''));

const key = ({ block, element }) => `${block.block_id}/${element.action_id}`;
const held = (block, element) => view?.values?.[block.block_id]?.[element.action_id];

/** Whether a control holds what the server holds. */
function same({ block, element, control }) {
  return JSON.stringify(plain(held(block, element))) === JSON.stringify(control.value());
}

/** A state.values entry as a control's value. */
function plain(entry) {
  const [, value] = Object.entries(entry ?? {}).find(([name]) => name !== 'type') ?? [];
  const one = (each) => (each !== null && typeof each === 'object' ? each.value : each);
  if (Array.isArray(value)) {
    return value.length ? value.map(one) : null;
  }
  return value === '' || value === undefined || value === null ? null : String(one(value));
}

/** Takes over what another window entered, except where the person is typing. */
function adopt() {
  controls.filter((one) => !same(one) && !one.dirty).forEach((one) => one.control.set(held(one.block, one.element)));
}

function render(fresh, typed) {
  open ??= dialog({ title: '', kind: 'modal', leave: () => leave() });
  const focused = open.node.contains(document.activeElement) ? focusKey() : null;
  controls = [];
  fill(open.heading, words(view.title));
  open.head.querySelector('.step-back')?.remove();
  if (state.person.views.length > 1) {
    open.head.prepend(
      el(
        'button',
        { type: 'button', class: 'plain-icon step-back', 'aria-label': 'Back', on: { click: () => leave() } },
        icon('back'),
      ),
    );
  }
  const form = el(
    'form',
    {
      novalidate: true,
      on: {
        submit: (event) => {
          event.preventDefault();
          submit();
        },
      },
    },
    blocks(view.blocks, surface()),
    el('button', { class: 'unseen', type: 'submit', tabindex: '-1', 'aria-hidden': 'true' }),
  );
  fill(open.body, form);
  foot();
  controls
    .filter((one) => typed.has(key(one)) && JSON.stringify(typed.get(key(one))) !== JSON.stringify(one.control.value()))
    .forEach((one) => {
      if ('value' in one.control.node) {
        one.control.node.value = typed.get(key(one)) ?? '';
        one.dirty = true;
      }
    });
  focus(fresh, focused);
}

function foot() {
  const submitted =
    view.submit &&
    el(
      'button',
      { type: 'button', class: 'button primary', id: 'modal-submit', on: { click: submit } },
      el('span', {}, words(view.submit)),
    );
  fill(
    open.foot,
    button(words(view.close) || 'Cancel', '', () => leave()),
    submitted,
  );
}

const surface = () => ({
  level: '3',
  text: words(view.title),
  held,
  errors: view.errors ?? {},
  controls,
  use,
  suggest: async (element, query) => {
    try {
      const { options } = await ask('suggest', { action_id: element.action_id, query });
      return options.map((option) =>
        typeof option.text === 'string'
          ? { ...option, text: { type: 'plain_text', text: option.text, emoji: false } }
          : option,
      );
    } catch (error) {
      toast(error.message, 'trouble');
      return [];
    }
  },
  changed: (block, element) => {
    const one = controls.find((each) => each.element === element);
    one.show(one.control.problem());
    settled = (block.dispatch_action ? use(element, block, one.control.value()) : tell()).catch(() => {});
  },
});

/** Tells the server what has been entered and is well formed. What is typed meanwhile is still to be told. */
async function tell() {
  const told = controls.filter((one) => !same(one) && !one.control.problem()).map((one) => [one, one.control.value()]);
  if (told.length) {
    await act('enter', { values: Object.fromEntries(told.map(([one, value]) => [one.element.action_id, value])) });
  }
  told.forEach(([one, value]) => {
    one.dirty = one.dirty && JSON.stringify(one.control.value()) !== JSON.stringify(value);
  });
}

async function use(element, block, value) {
  try {
    await tell();
    await act('choose', { action_id: element.action_id, block_id: block.block_id, value: value ?? null });
  } catch (error) {
    toast(error.message, 'trouble');
  }
}

async function submit() {
  const press = document.getElementById('modal-submit');
  if (!press || isBusy(press)) {
    return;
  }
  await settled;
  const problems = controls.map((one) => [one, one.control.problem() || missing(one)]);
  problems.forEach(([one, text]) => one.show(text));
  const first = problems.find(([, text]) => text)?.[0];
  if (first) {
    first.control.focus();
    announce(`Not sent. ${problems.filter(([, text]) => text).length} to correct.`);
    return;
  }
  const values = Object.fromEntries(
    controls.filter((one) => !same(one)).map((one) => [one.element.action_id, one.control.value()]),
  );
  open.body.classList.add('sending');
  try {
    await busy(document.getElementById('modal-submit'), () => act('submit', { values }));
  } catch (error) {
    toast(error.message, 'trouble');
  } finally {
    open?.body.classList.remove('sending');
  }
  controls.find((one) => view?.errors?.[one.block.block_id])?.control.focus();
}

const missing = ({ block, control }) => (block.optional || control.value() !== null ? '' : 'Please answer this.');

async function leave() {
  try {
    await act('close');
  } catch (error) {
    toast(error.message, 'trouble');
  }
}

/** What has the focus, so that it can have it again after an update. */
function focusKey() {
  const one = controls.find((each) => each.control.node.contains(document.activeElement));
  return one ? key(one) : (document.activeElement.dataset?.action ?? (document.activeElement.id || null));
}

function focus(fresh, focused) {
  const first = controls.find((one) => one.element.focus_on_load) ?? controls[0];
  const samePage =
    !fresh && (controls.some((one) => before.has(key(one))) || (before.size === 0 && controls.length === 0));
  if (samePage) {
    (controls.find((one) => key(one) === focused)?.control ?? named(focused) ?? first?.control ?? open.heading).focus();
  } else {
    open.body.scrollTop = 0;
    (first?.control ?? document.getElementById('modal-submit') ?? open.foot.querySelector('button')).focus();
  }
}

const named = (focused) =>
  focused && (document.getElementById(focused) ?? open.node.querySelector(`[data-action="${CSS.escape(focused)}"]`));
