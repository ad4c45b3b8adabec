/** The options that a select menu offers by itself, and those that it holds, all as `{text, value, description?, group?}`. */
import { state, user } from './store.js';

const plain = (text) => ({ type: 'plain_text', text, emoji: false });
const person = (id) => ({
  text: plain(user(id).real_name),
  value: id,
  description: user(id).title ? plain(user(id).title) : undefined,
});
const channel = (one) => ({ text: plain(`#${one.name}`), value: one.id });
const room = (id) => channel(state.person.channels.find((one) => one.id === id) ?? { id, name: id });

/** All that a select offers without asking the bot. */
export function ownOptions(element) {
  if (element.type.includes('users')) {
    return state.boot.people.filter((one) => !one.deactivated).map((one) => person(one.id));
  }
  if (/^(conversations|channels)_select$/.test(element.type)) {
    return state.person.channels.filter((one) => one.kind !== 'dm' && !one.archived).map(channel);
  }
  const groups = (element.option_groups ?? []).flatMap((group) =>
    group.options.map((option) => ({ ...option, group: group.label.text })),
  );
  return [...(element.options ?? []), ...groups];
}

/** What an element holds: its entry in state.values, or what it starts with. */
export function heldOptions(element, held) {
  const from = held ?? {
    selected_option: element.initial_option,
    selected_options: element.initial_options,
    selected_user: element.initial_user,
    selected_users: element.initial_users,
    selected_conversation: element.initial_conversation,
    selected_channel: element.initial_channel,
  };
  const ids = [from.selected_user, ...(from.selected_users ?? [])].filter(Boolean).map(person);
  const rooms = [from.selected_conversation, from.selected_channel].filter(Boolean).map(room);
  return [from.selected_option, ...(from.selected_options ?? []), ...ids, ...rooms].filter(Boolean);
}
