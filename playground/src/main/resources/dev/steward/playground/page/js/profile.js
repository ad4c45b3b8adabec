/** Who somebody is, in a box beside their name: what they do, what time it is for them, and the ways to them. */
import { avatar } from './avatar.js';
import { el } from './dom.js';
import { popup } from './popup.js';
import { become, go } from './route.js';
import { hasHome, state, user } from './store.js';
import { writeTo } from './switcher.js';
import { clockIn } from './time.js';

/** A name that opens the box. */
export const name = (id, label, { style, tab = null }) =>
  el(
    'button',
    {
      type: 'button',
      class: style,
      tabindex: tab,
      'aria-haspopup': 'dialog',
      'data-action': `who-${id}`,
      on: { click: (event) => show(event.currentTarget, id) },
    },
    label,
  );

function show(anchor, id) {
  const who = user(id);
  const box = el(
    'div',
    { class: 'profile', role: 'dialog', 'aria-label': who.real_name },
    el(
      'div',
      { class: 'profile-head' },
      avatar(id),
      el('div', {}, el('strong', {}, who.real_name), el('small', {}, who.title || (who.deactivated ? 'Has left' : ''))),
    ),
    facts(who),
    el('div', { class: 'profile-foot' }, ways(who, () => leave())),
  );
  const close = popup(anchor, box);
  const leave = () => {
    close();
    anchor.focus();
  };
  box.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') {
      event.preventDefault();
      event.stopPropagation();
      leave();
    }
  });
  close.place();
  (box.querySelector('button') ?? anchor).focus();
}

function facts(who) {
  if (who.bot || who.unknown) {
    return el('p', {}, who.bot ? 'An app: type / to see its commands.' : 'Nobody in this workspace.');
  }
  const teams = who.groups.map((handle) => `@${handle}`).join(', ');
  return el(
    'dl',
    {},
    el('dt', {}, 'Local time'),
    el('dd', {}, `${clockIn(who.tz)} (${who.tz})`),
    el('dt', {}, 'Groups'),
    el('dd', {}, teams || 'none'),
  );
}

function ways(who, leave) {
  const way = (label, style, run) =>
    el(
      'button',
      {
        type: 'button',
        class: `button ${style}`,
        on: {
          click: () => {
            leave();
            run();
          },
        },
      },
      el('span', {}, label),
    );
  if (who.bot) {
    return hasHome() ? way('Open its home', '', () => go({ kind: 'app', tab: 'home' })) : null;
  }
  if (who.unknown || who.deactivated || who.id === state.who) {
    return null;
  }
  return [
    way('Write a message', '', () => writeTo(who.id)),
    way(`Be ${who.real_name}`, 'primary', () => become(who.id)),
  ];
}
