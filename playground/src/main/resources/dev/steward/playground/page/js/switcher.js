/** Becoming somebody else, and going somewhere: each a list to choose from. */
import { trying } from './announce.js';
import { avatar } from './avatar.js';
import { choose } from './chooser.js';
import { el } from './dom.js';
import { icon } from './icons.js';
import { become, go } from './route.js';
import { hasHome, shownChannel, state } from './store.js';
import { act } from './sync.js';

/** Asks who to be. */
export function choosePerson() {
  choose({
    title: 'Who do you want to be?',
    label: 'Find somebody',
    placeholder: 'Name or role',
    rows: state.boot.people.map((one) => ({
      mark: avatar(one.id),
      label: one.real_name,
      hint: roleOf(one),
      words: one.name,
      here: one.id === state.who,
      disabled: one.deactivated ?? false,
      run: () => become(one.id),
    })),
  });
}

/** Asks where to go: channels with something new first, then people and the app. */
export function choosePlace() {
  const channels = state.person.channels.filter((one) => one.kind !== 'dm' && !one.archived);
  choose({
    title: 'Go to',
    label: 'Find a channel or a person',
    placeholder: 'Channel or person',
    rows: [...channels].sort((one, other) => rank(other) - rank(one)).map(room).concat(app(), colleagues()),
  });
}

/** Asks whom to write to. */
export function chooseRecipient() {
  choose({ title: 'Write to', label: 'Find somebody', placeholder: 'Name or role', rows: colleagues() });
}

/** Opens the direct message with somebody. */
export function writeTo(id) {
  return trying(async () => {
    const { channel } = await act('open-direct', { user: id });
    go({ kind: 'channel', id: channel });
  });
}

const rank = (one) => (one.mentions ? 2 : 0) + (one.unread ? 1 : 0) + (one.member ? 0.5 : 0);
const roleOf = (one) => one.title || (one.deactivated ? 'Has left' : '');

const room = (one) => ({
  mark: el('span', { class: 'avatar bare' }, icon(one.kind === 'private' ? 'lock' : 'hash')),
  label: one.name,
  hint: [one.unread ? `${one.unread} new` : null, one.topic, one.member ? null : 'you are not in it']
    .filter(Boolean)
    .join(' · '),
  here: shownChannel() === one,
  run: () => go({ kind: 'channel', id: one.id }),
});

const app = () =>
  (hasHome() ? ['home', 'messages'] : ['messages']).map((tab) => ({
    mark: avatar(state.boot.bot.user_id),
    label: state.boot.bot.real_name,
    hint: tab === 'home' ? 'App, its home' : 'App, its messages',
    here: state.place.kind === 'app' && state.place.tab === tab,
    run: () => go({ kind: 'app', tab }),
  }));

const colleagues = () =>
  state.boot.people
    .filter((one) => one.id !== state.who && !one.deactivated)
    .map((one) => ({
      mark: avatar(one.id),
      label: one.real_name,
      hint: roleOf(one),
      words: one.name,
      run: () => writeTo(one.id),
    }));
