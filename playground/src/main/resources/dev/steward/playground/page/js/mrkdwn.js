/**
 * Slack's mrkdwn as nodes. Blocks first (code fences, quotes, lists), then what is inside a line. Every character of the
 * text ends up in a text node; see https://docs.slack.dev/messaging/formatting-message-text.
 */
import { el } from './dom.js';
import { emoji } from './emoji.js';
import { reference } from './references.js';

const ENTITIES = { '&lt;': '<', '&gt;': '>', '&amp;': '&' };

/** A text as it was before Slack's escaping. */
export const unescaped = (text) => text.replace(/&(?:lt|gt|amp);/g, (entity) => ENTITIES[entity]);

/** The text as nodes. */
export function mrkdwn(text) {
  const nodes = [];
  text.split(/(```[\s\S]+?```)/).forEach((part, index) => {
    if (index % 2 === 1) {
      nodes.push(el('pre', {}, verbatim(part.slice(3, -3).replace(/^\n/, ''))));
    } else {
      nodes.push(...paragraphs(index === 0 ? part : part.replace(/^\n/, '')));
    }
  });
  return nodes;
}

const QUOTE = /^(?:&gt;|>) ?/;
const BULLET = /^(\s*)(?:•|◦|▪︎|- (?=\S)) ?/;
const NUMBER = /^\s*(\d+)\. +/;

function kind(line) {
  return QUOTE.test(line) ? 'quote' : BULLET.test(line) ? 'bullets' : NUMBER.test(line) ? 'numbers' : 'text';
}

/** Lines of one kind together. */
function paragraphs(text) {
  const groups = [];
  text.split('\n').forEach((line) => {
    const last = groups.at(-1);
    if (last?.kind === kind(line)) {
      last.lines.push(line);
    } else {
      groups.push({ kind: kind(line), lines: [line] });
    }
  });
  return groups.flatMap((group, index) => SHAPES[group.kind](group.lines, index, groups));
}

const SHAPES = {
  quote: (lines) => el('blockquote', {}, mrkdwn(lines.map((line) => line.replace(QUOTE, '')).join('\n'))),
  bullets: (lines) =>
    el(
      'ul',
      {},
      lines.map((line) => el('li', { class: deep(line) }, inline(line.replace(BULLET, '')))),
    ),
  numbers: (lines) =>
    el(
      'ol',
      { start: lines[0].match(NUMBER)[1] },
      lines.map((line) => el('li', {}, inline(line.replace(NUMBER, '')))),
    ),
  text: (lines, index, groups) => {
    const last = index < groups.length - 1;
    return lines
      .flatMap((line, at) => [...indented(line), at < lines.length - 1 || (last && line === '') ? el('br') : null])
      .filter(Boolean);
  },
};

const deep = (line) => (/^(\s{2,}|\t|\s*[◦▪])/.test(line) ? 'deep' : null);

/** Leading spaces count in Slack, and would not in HTML. */
function indented(line) {
  const spaces = line.match(/^ */)[0].length;
  return [spaces ? '\u00a0'.repeat(spaces) : null, ...inline(line.slice(spaces))].filter(Boolean);
}

/** What code shows: only references and escapes mean anything there. */
function verbatim(text) {
  return text.split(/(<[^<>\n]+>)/).map((part, index) => (index % 2 ? reference(part.slice(1, -1)) : unescaped(part)));
}

/** In a line: reference, code, bold, italic, strike, emoji. The marks need a boundary before and after, as in Slack. */
const INLINE = new RegExp(
  [
    '<(?<ref>[^<>\\n]+)>',
    '`(?<code>[^`\\n]+)`',
    '(?<![\\w*])\\*(?<bold>(?=\\S)[^*\\n]*[^\\s*])\\*(?![\\w*])',
    '(?<!\\w)_(?<italic>(?=\\S)[^_\\n]*(?:_\\w[^_\\n]*)*[^\\s_])_(?!\\w)',
    '(?<![\\w~])~(?<strike>(?=\\S)[^~\\n]*[^\\s~])~(?![\\w~])',
    ':(?<emoji>[a-z0-9_+-]+(?:::skin-tone-\\d)?):',
  ].join('|'),
  'g',
);

/** The nodes of one line. */
export function inline(line) {
  const nodes = [];
  let from = 0;
  for (const match of line.matchAll(INLINE)) {
    nodes.push(unescaped(line.slice(from, match.index)), marked(match.groups));
    from = match.index + match[0].length;
  }
  nodes.push(unescaped(line.slice(from)));
  return nodes.filter((node) => node !== '');
}

function marked({ ref, code, bold, italic, strike, emoji: name }) {
  if (ref !== undefined) {
    return reference(ref);
  }
  if (code !== undefined) {
    return el('code', {}, verbatim(code));
  }
  if (bold !== undefined) {
    return el('strong', {}, inline(bold));
  }
  if (italic !== undefined) {
    return el('em', {}, inline(italic));
  }
  return strike !== undefined ? el('s', {}, inline(strike)) : emoji(name);
}

/** A text object of Block Kit as nodes. */
export function textObject(object) {
  if (object?.type === 'mrkdwn') {
    return mrkdwn(object.text);
  }
  return plainLines(object?.emoji === false ? object.text : withNames(object?.text ?? ''));
}

const withNames = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name));

function plainLines(text) {
  return text.split('\n').flatMap((line, index) => (index ? [el('br'), line] : [line]));
}
