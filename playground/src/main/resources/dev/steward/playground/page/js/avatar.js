/** A person's initials on a colour of their own, or the bot's sign. It decorates: the name stands beside it. */
import { el } from './dom.js';
import { user } from './store.js';

const COLOURS = 8;

/** The avatar of somebody by id. */
export function avatar(id, size = '') {
  const who = user(id);
  const colour = [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % COLOURS;
  if (who.bot) {
    return el('img', { class: `avatar bot ${size}`, src: 'icon.svg', alt: '' });
  }
  return el('span', { class: `avatar tint-${colour} ${size}`, 'aria-hidden': 'true' }, initials(who.real_name));
}

function initials(name) {
  const words = name.split(/\s+/).filter(Boolean);
  return (words.length > 1 ? words[0][0] + words.at(-1)[0] : name.slice(0, 2)).toUpperCase();
}
