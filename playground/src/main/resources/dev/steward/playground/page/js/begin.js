/** What stands above the first message of a channel; while there is none, also what one could begin with. */
import { el } from './dom.js';
import { icon } from './icons.js';
import { put } from './main-pane.js';
import { state, user } from './store.js';

/** The beginning of a channel, or of the direct messages with the app where there are none yet. */
export function begin(channel, empty) {
  const direct = !channel || channel.kind === 'dm';
  const writable = direct || (channel.member && !channel.archived);
  return el(
    'div',
    { class: 'begin' },
    ...(direct ? person(channel) : room(channel)),
    empty && writable ? offers() : null,
  );
}

function person(channel) {
  const other = user(channel?.with ?? state.boot.bot.user_id);
  const words = other.bot
    ? `What ${other.real_name} tells only you stands here. Ask it in words, or by its commands.`
    : `The beginning of your messages with ${other.real_name}.`;
  return [el('h3', {}, other.real_name), el('p', {}, words)];
}

const room = (channel) => [
  el('h3', {}, icon(channel.kind === 'private' ? 'lock' : 'hash'), channel.name),
  el('p', {}, channel.purpose || `The beginning of #${channel.name}.`),
];

/** The app's commands, each of which can be put into the composer. */
const offers = () =>
  el(
    'ul',
    { class: 'offers', 'aria-label': 'What you could begin with' },
    state.boot.commands.map((one) =>
      el(
        'li',
        {},
        el(
          'button',
          { type: 'button', class: 'offer', on: { click: () => put(`${one.command} `) } },
          el('img', { class: 'avatar bot', src: 'icon.svg', alt: '' }),
          el('span', {}, el('strong', {}, one.command), el('small', {}, one.description)),
        ),
      ),
    ),
  );
