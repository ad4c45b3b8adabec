/** The middle: the composer of the place where one is, and the banner above the messages. */
import { trying } from './announce.js';
import { composer, placeName } from './composer.js';
import { el, fill } from './dom.js';
import { icon } from './icons.js';
import { go } from './route.js';
import { actChannel, on, shownChannel, state } from './store.js';
import { act } from './sync.js';

let current = null;
let composed = null;
let waiting = null;

export function start() {
  on('place', compose);
  on('person', compose);
  on('bot', banner);
  on('online', banner);
  on('people', banner);
}

/** Puts a text into the composer, from the tour; goes to a channel first where there is no composer. */
export function put(text) {
  if (!current) {
    const first = state.person.channels.find((one) => one.member && one.kind !== 'dm');
    waiting = text;
    go({ kind: 'channel', id: first?.id });
    return;
  }
  current.put(text);
}

/** Puts the cursor into the composer. */
export const write = () => current?.area.focus();

/** The composer of the place; it stays the same node while the place does. */
function compose() {
  if (!state.place) {
    return;
  }
  const channel = shownChannel();
  const place = `${state.who}/${state.place.kind}/${state.place.tab ?? ''}/${channel?.id ?? ''}/${channel?.member}/${channel?.archived}`;
  if (place === composed) {
    return;
  }
  const focused = document.getElementById('composer').contains(document.activeElement);
  composed = place;
  current = null;
  const box = document.getElementById('composer');
  if (state.place.kind === 'app' && state.place.tab === 'home') {
    fill(box);
  } else if (state.place.kind === 'app' && state.boot.bot.writable === false) {
    fill(box, el('p', { class: 'closed' }, 'Sending messages to this app has been turned off.'));
  } else if (channel?.archived) {
    fill(
      box,
      el(
        'p',
        { class: 'closed' },
        icon('archive'),
        'This channel is archived. It can be read, and nobody can write in it.',
      ),
    );
  } else if (channel && channel.kind !== 'dm' && !channel.member) {
    fill(
      box,
      el(
        'p',
        { class: 'closed' },
        `You are looking at #${channel.name} without being in it.`,
        el(
          'button',
          {
            type: 'button',
            class: 'button',
            on: { click: () => trying(() => act('join-channel', { channel: channel.id })) },
          },
          el('span', {}, 'Join'),
        ),
      ),
    );
  } else {
    current = composer({ place: channel?.id ?? 'bot', channel: actChannel(), name: placeName(channel) });
    fill(box, current.node);
    if (waiting !== null) {
      current.put(waiting);
      waiting = null;
    } else if (focused || document.activeElement === document.body) {
      current.area.focus();
    }
  }
}

const doing = () => ({ starting: 'is starting', stopping: 'is stopping' })[state.boot.bot.state] ?? 'is not running';

function banner() {
  const box = document.getElementById('banner');
  const trouble = !state.online
    ? 'The playground does not answer. The page tries again by itself.'
    : !state.boot.bot.up
      ? `${state.boot.bot.real_name} ${doing()}. People can still write to each other; commands and buttons get no answer.`
      : '';
  fill(box, trouble ? [icon('warn'), el('span', {}, trouble)] : '');
}
