/**
 * The inputs of Block Kit. Each control is `{node, value(), set(value), problem(), focus()}`: a value is what the emulator
 * takes for the element (a text, an option's value, an id, a list of those), null when there is none.
 */
import { el, freshId } from './dom.js';
import { combo } from './combo.js';
import { textObject } from './mrkdwn.js';

/**
 * Makes the control of an element.
 *
 * @param options `id` of the element to label, `label` where there is no visible one, `describedBy`, `held` (its entry in
 *     state.values), `changed` (called when a value was settled), `suggest` (asks the bot for options)
 */
export function control(element, options) {
  const maker = MAKERS[element.type];
  return maker ? maker(element, options) : null;
}

const MAKERS = {
  plain_text_input: (element, options) => text(element, options, {}),
  number_input: (element, options) => text(element, options, { inputmode: 'decimal' }),
  email_text_input: (element, options) => text(element, options, { type: 'email', autocomplete: 'off' }),
  url_text_input: (element, options) => text(element, options, { type: 'url', autocomplete: 'off' }),
  datepicker: (element, options) => native(element, options, 'date', element.initial_date),
  timepicker: (element, options) => native(element, options, 'time', element.initial_time),
  datetimepicker: (element, options) => moment(element, options),
  radio_buttons: (element, options) => ticks(element, options, 'radio'),
  checkboxes: (element, options) => ticks(element, options, 'checkbox'),
  static_select: combo,
  external_select: combo,
  users_select: combo,
  conversations_select: combo,
  channels_select: combo,
  multi_static_select: combo,
  multi_external_select: combo,
  multi_users_select: combo,
};

const common = (options, placeholder) => ({
  id: options.id,
  'aria-label': options.label,
  placeholder: placeholder?.text,
  'aria-describedby': options.describedBy,
});

function text(element, options, attributes) {
  const tag = element.multiline ? 'textarea' : 'input';
  const node = el(tag, {
    class: 'field',
    ...common(options, element.placeholder),
    ...attributes,
    maxlength: element.max_length ?? (tag === 'input' && attributes.type ? null : 3000),
    rows: element.multiline ? 4 : null,
    value: options.held?.value ?? element.initial_value ?? '',
    on: { change: () => options.changed?.() },
  });
  node.spellcheck = false;
  return {
    node,
    focus: () => node.focus(),
    set: (held) => {
      node.value = held?.value ?? '';
    },
    value: () => node.value || null,
    problem: () => problem(element, node.value),
  };
}

/** Why Slack's client would not take the text; empty when it would. */
function problem(element, value) {
  if (!value) {
    return '';
  }
  if (value.length < (element.min_length ?? 0)) {
    return `Write at least ${element.min_length} characters.`;
  }
  switch (element.type) {
    case 'number_input':
      return number(element, value);
    case 'email_text_input':
      return /^[^@\s]+@[^@\s]+$/.test(value) ? '' : 'Write an e-mail address.';
    case 'url_text_input':
      return /^[a-z][a-z0-9+.-]*:\/\/\S+$/.test(value) ? '' : 'Write a URL, such as https://example.com.';
    default:
      return '';
  }
}

function number(element, value) {
  if (!(element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(value)) {
    return element.is_decimal_allowed ? 'Write a number.' : 'Write a whole number.';
  }
  if (element.min_value !== undefined && Number(value) < Number(element.min_value)) {
    return `Write ${element.min_value} or more.`;
  }
  return element.max_value !== undefined && Number(value) > Number(element.max_value)
    ? `Write ${element.max_value} or less.`
    : '';
}

function native(element, options, type, initial) {
  const key = type === 'date' ? 'selected_date' : 'selected_time';
  const node = el('input', {
    class: 'field short',
    type,
    ...common(options),
    value: options.held?.[key] ?? initial ?? '',
    on: { change: () => options.changed?.() },
  });
  return {
    node,
    focus: () => node.focus(),
    set: (held) => {
      node.value = held?.[key] ?? '';
    },
    value: () => node.value || null,
    problem: () => '',
  };
}

function moment(element, options) {
  const local = (at) =>
    at ? new Date(at * 1000 - new Date(at * 1000).getTimezoneOffset() * 60000).toISOString().slice(0, 16) : '';
  const node = el('input', {
    class: 'field short',
    type: 'datetime-local',
    ...common(options),
    value: local(options.held?.selected_date_time ?? element.initial_date_time),
    on: { change: () => options.changed?.() },
  });
  return {
    node,
    focus: () => node.focus(),
    set: (held) => {
      node.value = local(held?.selected_date_time);
    },
    value: () => (node.value ? String(Math.floor(new Date(node.value) / 1000)) : null),
    problem: () => '',
  };
}

function ticks(element, options, type) {
  const chosen = (held) =>
    (type === 'radio' ? [held?.selected_option] : (held?.selected_options ?? []))
      .filter(Boolean)
      .map((option) => option.value);
  const initial = { selected_option: element.initial_option, selected_options: element.initial_options };
  const start = chosen(options.held ?? initial);
  const name = freshId('ticks');
  const inputs = element.options.map((option) =>
    el('input', {
      type,
      name,
      id: freshId('tick'),
      checked: start.includes(option.value),
      on: { change: () => options.changed?.() },
    }),
  );
  const node = el(
    'div',
    {
      class: 'ticks',
      role: type === 'radio' ? 'radiogroup' : 'group',
      id: options.id,
      'aria-label': options.label,
      'aria-labelledby': options.labelledBy,
      'aria-describedby': options.describedBy,
    },
    element.options.map((option, index) =>
      el(
        'div',
        { class: 'tick' },
        inputs[index],
        el(
          'label',
          { for: inputs[index].id },
          textObject(option.text),
          option.description ? el('small', {}, textObject(option.description)) : null,
        ),
      ),
    ),
  );
  const ticked = () => element.options.filter((option, index) => inputs[index].checked).map((option) => option.value);
  return {
    node,
    focus: () => (inputs.find((input) => input.checked) ?? inputs[0]).focus(),
    problem: () => '',
    set: (held) =>
      inputs.forEach((input, index) => {
        input.checked = chosen(held).includes(element.options[index].value);
      }),
    value: () => (type === 'radio' ? (ticked()[0] ?? null) : ticked().length ? ticked() : null),
  };
}

/** Whether an element keeps a value, so that it can stand in an input block. */
export const keepsValue = (element) => Object.hasOwn(MAKERS, element.type);
