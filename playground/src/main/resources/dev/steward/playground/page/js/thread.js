/** The right: one thread, with its own composer. */
import { composer } from './composer.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { message } from './message.js';
import { closeThread } from './route.js';
import { reachable, roving, show } from './rows.js';
import { actChannel, on, shownChannel, state } from './store.js';

const pane = document.getElementById('thread');
const list = el('div', { class: 'messages' });
const scroll = el('div', { class: 'thread-messages', tabindex: '-1' }, list);
const foot = el('div', { class: 'composer-place' });
const kept = new Map();
let shown = null;
let opener = null;

export function start() {
  roving(list);
  pane.append(
    el(
      'header',
      { class: 'head' },
      el('h2', {}, 'Thread'),
      el('span', { class: 'head-about' }),
      el(
        'button',
        {
          type: 'button',
          class: 'plain-icon',
          'aria-label': 'Close the thread',
          title: 'Close (Escape)',
          on: { click: closeThread },
        },
        icon('close'),
      ),
    ),
    scroll,
    foot,
  );
  pane.addEventListener('keydown', (event) => event.key === 'Escape' && !event.defaultPrevented && closeThread());
  on('place', render);
  on('thread', render);
  on('people', () => {
    shown = null;
  });
}

function render() {
  const ts = state.place?.thread;
  document.getElementById('app').classList.toggle('with-thread', Boolean(ts));
  const was = !pane.hidden;
  pane.hidden = !ts;
  if (!ts) {
    if (was && shown) {
      (opener?.isConnected ? opener : document.querySelector(`#stream [data-ts="${CSS.escape(shown.ts)}"]`))?.focus({
        preventScroll: true,
      });
    }
    shown = null;
    return;
  }
  const channel = actChannel();
  const fresh = shown?.ts !== ts || shown.who !== state.who;
  if (fresh) {
    opener = document.activeElement;
    shown = { ts, who: state.who };
    kept.clear();
    list.replaceChildren();
    const writing = composer({ place: `${channel}/${ts}`, channel, thread: ts });
    const archived = shownChannel()?.archived;
    fill(foot, archived ? null : writing.node);
    fill(
      pane.querySelector('.head-about'),
      state.place.kind === 'app' ? state.boot.bot.real_name : `#${shownChannel()?.name ?? ''}`,
    );
    writing.area.focus();
  }
  const end = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight;
  show(list, rows(state.thread ?? [], shownChannel()?.id ?? channel), kept);
  reachable(list);
  if (fresh || end < 90) {
    scroll.scrollTop = fresh ? 0 : scroll.scrollHeight;
  }
}

function rows(messages, channel) {
  const rows = messages.map((one, index) => {
    const before = messages[index - 1];
    const grouped =
      index > 1 &&
      before.user === one.user &&
      !one.blocks?.length &&
      !before.blocks?.length &&
      one.ts - before.ts < 300;
    return {
      key: one.ts,
      sign: JSON.stringify([one, grouped]),
      make: () => message(one, channel, { grouped, inThread: true }),
    };
  });
  const replies = messages.length - 1;
  if (replies > 0) {
    const text = `${replies} ${replies === 1 ? 'reply' : 'replies'}`;
    rows.splice(1, 0, {
      key: 'replies',
      sign: text,
      make: () => el('div', { class: 'divider left' }, el('h3', {}, text)),
    });
  }
  return rows;
}
