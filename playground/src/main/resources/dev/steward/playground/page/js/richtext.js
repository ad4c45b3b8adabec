/** Block Kit's rich text as nodes, see https://docs.slack.dev/reference/block-kit/blocks/rich-text-block. */
import { el } from './dom.js';
import { emoji } from './emoji.js';
import { broadcast, group, link, person, room } from './references.js';
import { slackDate } from './time.js';

const SHAPES = {
  rich_text_section: (part) => el('div', {}, inside(part)),
  rich_text_preformatted: (part) => el('pre', {}, inside(part)),
  rich_text_quote: (part) => el('blockquote', {}, inside(part)),
  rich_text_list: (part) =>
    el(
      part.style === 'ordered' ? 'ol' : 'ul',
      { class: part.indent ? 'deep' : null, start: part.style === 'ordered' && part.offset ? part.offset + 1 : null },
      (part.elements ?? []).map((item) => el('li', {}, inside(item))),
    ),
};

const ELEMENTS = {
  text: (element) => styled(element.style, lines(element.text ?? '')),
  link: (element) => styled(element.style, [link(element.url ?? '', element.text)]),
  emoji: (element) => [emoji(element.name ?? '')],
  user: (element) => [person(element.user_id)],
  channel: (element) => [room(element.channel_id)],
  usergroup: (element) => [group(element.usergroup_id)],
  broadcast: (element) => [broadcast(element.range)],
  date: (element) => [slackDate(element.timestamp, element.format ?? '', element.fallback ?? '')],
  color: (element) => [element.value ?? ''],
};

const MARKS = { bold: 'strong', italic: 'em', strike: 's', code: 'code', underline: 'u' };

/** The nodes of a rich text block. */
export const richText = (block) => (block.elements ?? []).map((part) => SHAPES[part.type]?.(part) ?? '');

const inside = (part) =>
  (part.elements ?? []).flatMap((element) => ELEMENTS[element.type]?.(element) ?? [`[${element.type}]`]);

function lines(text) {
  return text.split('\n').flatMap((line, index) => (index ? [el('br'), line] : [line]));
}

function styled(style, nodes) {
  return Object.keys(MARKS)
    .filter((mark) => style?.[mark])
    .reduce((inner, mark) => [el(MARKS[mark], {}, inner)], nodes);
}
