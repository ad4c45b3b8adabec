/** Becoming somebody else: a dialog with everybody in the workspace, as a list that arrows move in. */
import { avatar } from './avatar.js';
import { dialog } from './dialogs.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { become } from './route.js';
import { state } from './store.js';

/** Asks who to be. */
export function choosePerson() {
  const opened = dialog({ title: 'Who do you want to be?', kind: 'small' });
  const find = el('input', {
    class: 'field',
    type: 'search',
    'aria-label': 'Find somebody',
    placeholder: 'Name or role',
    on: { input: () => narrow() },
  });
  const people = state.boot.people.map((one) => ({ one, node: entry(one, opened) }));
  opened.body.append(
    find,
    el(
      'ul',
      { class: 'people' },
      people.map(({ node }) => el('li', {}, node)),
    ),
  );
  opened.foot.remove();
  const narrow = () =>
    people.forEach(({ one, node }) => {
      const text = `${one.real_name} ${one.name} ${one.title}`.toLowerCase();
      node.parentNode.hidden = !text.includes(find.value.trim().toLowerCase());
    });
  opened.node.addEventListener('keydown', (event) => {
    const shown = people.filter(({ node }) => !node.parentNode.hidden && !node.disabled).map(({ node }) => node);
    const at = shown.indexOf(document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && shown.length) {
      event.preventDefault();
      shown[at < 0 ? 0 : (at + step + shown.length) % shown.length].focus();
    } else if (event.key === 'Enter' && document.activeElement === find && shown.length) {
      event.preventDefault();
      shown[0].click();
    }
  });
  find.focus();
}

function entry(one, opened) {
  const here = one.id === state.who;
  return el(
    'button',
    {
      type: 'button',
      class: 'person',
      disabled: one.deactivated ?? false,
      'aria-current': here ? 'true' : null,
      on: {
        click: () => {
          opened.close();
          become(one.id);
        },
      },
    },
    avatar(one.id),
    el(
      'span',
      { class: 'person-name' },
      el('strong', {}, one.real_name),
      el('small', {}, one.title || (one.deactivated ? 'Has left' : '')),
    ),
    here ? icon('tick') : null,
  );
}
