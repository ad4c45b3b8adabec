/** What a person typed, as Slack's client sends it: escaped, with names as references and addresses as links. */
import { state } from './store.js';

const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escaped = (text) => text.replace(/[&<>]/g, (character) => ESCAPES[character]);

/** Every name that can follow an @ or #, with what stands for it, longest first. */
function names() {
  const people = state.boot.people.flatMap((one) => [
    [`@${one.real_name}`, `<@${one.id}>`],
    [`@${one.name}`, `<@${one.id}>`],
  ]);
  const { bot } = state.boot;
  const bots = [
    [`@${bot.real_name}`, `<@${bot.user_id}>`],
    [`@${bot.name}`, `<@${bot.user_id}>`],
  ];
  const groups = state.boot.groups.map((one) => [`@${one.handle}`, `<!subteam^${one.id}>`]);
  const ranges = ['here', 'channel', 'everyone'].map((range) => [`@${range}`, `<!${range}>`]);
  const rooms = state.person.channels.filter((one) => one.kind !== 'dm').map((one) => [`#${one.name}`, `<#${one.id}>`]);
  return [...people, ...bots, ...groups, ...ranges, ...rooms].sort((one, other) => other[0].length - one[0].length);
}

const quoted = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** The text of a message. */
export function written(text) {
  const known = new Map(names().map(([name, reference]) => [name.toLowerCase(), reference]));
  const pattern = new RegExp(
    `(?<![\\w@#])(?:${[...known.keys()].map(quoted).join('|')})(?![\\w-])|https?://[^\\s<>|]+`,
    'gi',
  );
  let from = 0;
  let sent = '';
  for (const match of text.matchAll(pattern)) {
    sent += escaped(text.slice(from, match.index));
    sent += known.get(match[0].toLowerCase()) ?? `<${escaped(match[0])}>`;
    from = match.index + match[0].length;
  }
  return sent + escaped(text.slice(from));
}

/** A slash command and its text, or null for a text that is none. The text goes as it was typed. */
export function command(text) {
  const match = text.match(/^\/([\w-]+)(?:\s+([\s\S]*))?$/);
  return match && { name: `/${match[1]}`, text: (match[2] ?? '').trim() };
}

const MARKS = { b: '*', i: '_', x: '~', c: '`' };

/** Puts the marks of bold, italic, struck out or code around what is chosen, by Slack's keys; answers whether it did. */
export function marked(event, area) {
  const key = event.key.toLowerCase();
  const mark = (event.ctrlKey || event.metaKey) && event.shiftKey === 'xc'.includes(key) ? MARKS[key] : null;
  if (!mark || event.altKey) {
    return false;
  }
  event.preventDefault();
  const { selectionStart: from, selectionEnd: to } = area;
  area.setRangeText(`${mark}${area.value.slice(from, to)}${mark}`, from, to, 'end');
  if (from === to) {
    area.setSelectionRange(from + 1, from + 1);
  }
  area.dispatchEvent(new Event('input', { bubbles: true }));
  return true;
}
