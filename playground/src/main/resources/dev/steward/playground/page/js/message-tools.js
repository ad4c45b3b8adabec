/** What one can do with a message: react, reply, pin, copy, and the shortcuts that the app offers on messages. */
import { toast, trying } from './announce.js';
import { el } from './dom.js';
import { discard, edit } from './editing.js';
import { emoji, OFFERED } from './emoji.js';
import { icon } from './icons.js';
import { menu } from './menu.js';
import { openThread } from './route.js';
import { state } from './store.js';
import { act } from './sync.js';

/** The row of tools at the message's corner: for the mouse when over it, for the keyboard when the message is chosen. */
export function tools(one, channel, inThread) {
  if (one.ephemeral) {
    return el(
      'div',
      { class: 'tools' },
      tool('close', 'Dismiss', () => trying(() => act('dismiss', { ts: one.ts, channel }))),
    );
  }
  const more = tool('dots', 'More', () => menu(more, entries(one, channel), 'What to do with this message'), 'menu');
  const smile = tool('smile', 'Add a reaction', () => palette(smile, one, channel), 'menu');
  return el(
    'div',
    { class: 'tools' },
    smile,
    inThread ? null : tool('thread', 'Reply in a thread', () => openThread(one.thread_ts ?? one.ts)),
    more,
  );
}

const tool = (name, label, run, popup) =>
  el(
    'button',
    {
      type: 'button',
      class: 'tool',
      tabindex: '-1',
      title: label,
      'aria-label': label,
      'aria-haspopup': popup,
      'aria-expanded': popup ? 'false' : null,
      'data-action': `tool-${name}`,
      on: { click: (event) => run(event.currentTarget) },
    },
    icon(name),
  );

function palette(button, one, channel) {
  menu(
    button,
    OFFERED.map((name) => ({
      label: `${emoji(name)}  ${name.replaceAll('_', ' ')}`,
      run: () => react(one, channel, name, false),
    })),
    'Reactions',
  );
}

function entries(one, channel) {
  const pin = one.pinned ? 'unpin' : 'pin';
  const shortcuts = state.boot.shortcuts
    .filter((each) => each.type === 'message')
    .map((each) => ({
      label: each.name,
      icon: 'next',
      hint: state.boot.bot.real_name,
      run: () => trying(() => act('message-action', { channel, ts: one.ts, callback_id: each.callback_id })),
    }));
  return [
    {
      label: one.pinned ? 'Unpin from this channel' : 'Pin to this channel',
      icon: 'pin',
      run: () => trying(() => act(pin, { channel, ts: one.ts })),
    },
    ...(one.user === state.who
      ? [
          { label: 'Edit the message', icon: 'pen', run: () => edit(one, channel) },
          { label: 'Delete the message', icon: 'bin', danger: true, run: () => discard(one, channel) },
        ]
      : []),
    { label: 'Copy the link', icon: 'next', run: () => copy(permalink(channel, one), 'The link is copied.') },
    { label: 'Copy the text', icon: 'archive', run: () => copy(one.text ?? '', 'The text is copied.') },
    ...(shortcuts.length ? ['Shortcuts', ...shortcuts] : []),
  ];
}

const copy = (text, said) => trying(() => navigator.clipboard.writeText(text).then(() => toast(said)));

const permalink = (channel, one) =>
  `${state.boot.workspace.url}archives/${channel}/p${one.ts.replace('.', '')}${
    one.thread_ts && one.thread_ts !== one.ts ? `?thread_ts=${one.thread_ts}&cid=${channel}` : ''
  }`;

/** Gives or takes back a reaction. */
export const react = (one, channel, name, had) =>
  trying(() => act(had ? 'unreact' : 'react', { channel, ts: one.ts, name }));
