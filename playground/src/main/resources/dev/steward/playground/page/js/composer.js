/** Where one writes: in a channel, to the bot, or in a thread. Enter sends, Shift+Enter makes a new line. */
import { trying } from './announce.js';
import { Completion } from './complete.js';
import { busy, el, fill } from './dom.js';
import { edit } from './editing.js';
import { icon } from './icons.js';
import { menu } from './menu.js';
import { shownChannel, state, user } from './store.js';
import { act } from './sync.js';
import { command, marked, written } from './writing.js';

const drafts = new Map();

/**
 * A composer.
 *
 * @param place where its drafts belong: channel id, and the thread's ts in a thread
 * @param channel how acts name the channel
 */
export function composer({ place, channel, name, thread }) {
  const key = `${state.who}/${place}`;
  const trouble = el('div', { class: 'composer-trouble', role: 'alert' });
  const area = el('textarea', {
    rows: '1',
    'aria-label': thread ? 'Reply in the thread' : `Message ${name}`,
    placeholder: thread ? 'Reply …' : `Message ${name}, or / for a command`,
    value: drafts.get(key) ?? '',
  });
  const send = el(
    'button',
    {
      type: 'button',
      class: 'send',
      'aria-label': 'Send',
      title: 'Send (Enter)',
      on: {
        click: () => {
          area.focus();
          submit();
        },
      },
    },
    icon('send'),
  );
  const completion = new Completion(area, { commands: !thread });
  const grow = () => {
    area.style.height = 'auto';
    area.style.height = `${Math.min(220, area.scrollHeight)}px`;
    send.classList.toggle('ready', area.value.trim() !== '');
  };
  area.addEventListener('input', () => {
    drafts.set(key, area.value);
    fill(trouble);
    grow();
  });
  area.addEventListener('keydown', (event) => {
    if (completion.key(event) || event.isComposing || marked(event, area)) {
      return;
    }
    if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault();
      submit();
    } else if (event.key === 'ArrowUp' && area.value === '') {
      mend(event, thread);
    }
  });
  let underWay = Promise.resolve();
  const submit = () => {
    const text = area.value.trim();
    if (!text) {
      return;
    }
    const problem = refusal(text, thread);
    if (problem) {
      fill(trouble, problem);
      return;
    }
    put('');
    underWay = underWay.then(() =>
      busy(send, async () => {
        if (!(await trying(() => say(text, channel, thread)))) {
          put(area.value ? `${text}\n${area.value}` : text);
        }
      }),
    );
  };
  const put = (text) => {
    area.value = text;
    area.dispatchEvent(new Event('input', { bubbles: true }));
  };
  const more = thread
    ? null
    : el(
        'button',
        {
          type: 'button',
          class: 'plain-icon',
          'aria-label': 'Shortcuts and commands',
          title: 'Shortcuts and commands',
          'aria-haspopup': 'menu',
          'aria-expanded': 'false',
          on: { click: () => menu(more, offers(area), 'Shortcuts and commands') },
        },
        icon('plus'),
      );
  const node = el(
    'div',
    { class: 'composer' },
    trouble,
    el('div', { class: 'composer-box' }, more, area, send),
    el(
      'div',
      { class: 'composer-hint' },
      el('kbd', {}, 'Enter'),
      ' sends, ',
      el('kbd', {}, 'Shift'),
      '+',
      el('kbd', {}, 'Enter'),
      ' makes a new line',
    ),
  );
  requestAnimationFrame(grow);
  return {
    node,
    area,
    put: (text) => {
      put(text);
      area.focus();
    },
  };
}

/** In an empty composer, the arrow up goes to what one wrote last. */
function mend(event, thread) {
  const said = thread ? (state.thread ?? []) : (state.channels.get(shownChannel()?.id)?.messages ?? []);
  const last = said.filter((one) => one.user === state.who && !one.subtype && !one.ephemeral).at(-1);
  if (last) {
    event.preventDefault();
    edit(last, shownChannel().id);
  }
}

/** Why Slack's own client would not send it. */
function refusal(text, thread) {
  const typed = text.startsWith('/') ? command(text) : null;
  if (!typed) {
    return '';
  }
  if (thread) {
    return 'Commands do not work in threads. Type it in the channel.';
  }
  const known = state.boot.commands.map((one) => one.command);
  return known.includes(typed.name) ? '' : `${typed.name} is not a command here. There are ${known.join(', ')}.`;
}

function say(text, channel, thread) {
  const typed = command(text);
  if (typed) {
    return act('command', { channel, command: typed.name, text: typed.text });
  }
  return act('post', { channel, text: written(text), ...(thread ? { thread_ts: thread } : {}) });
}

function offers(area) {
  const shortcuts = state.boot.shortcuts
    .filter((one) => one.type === 'global')
    .map((one) => ({
      label: one.name,
      icon: 'next',
      hint: state.boot.bot.real_name,
      run: () => trying(() => act('shortcut', { callback_id: one.callback_id })),
    }));
  const commands = state.boot.commands.map((one) => ({
    label: `${one.command} ${one.usage_hint ?? ''}`.trim(),
    hint: one.description,
    run: () => {
      area.value = `${one.command} `;
      area.dispatchEvent(new Event('input', { bubbles: true }));
      area.focus();
    },
  }));
  return [...(shortcuts.length ? ['Shortcuts', ...shortcuts] : []), 'Commands', ...commands];
}

/** How a place is called in "Message …". */
export const placeName = (channel) =>
  !channel || channel.kind === 'dm' ? user(channel?.with ?? state.boot.bot.user_id).real_name : `#${channel.name}`;
