/** Completion in a composer: commands after a slash at the beginning, people and groups after @, channels after #, emoji after a colon. */
import { announce } from './announce.js';
import { avatar } from './avatar.js';
import { el, fill, freshId } from './dom.js';
import { EMOJI } from './emoji.js';
import { icon } from './icons.js';
import { popup } from './popup.js';
import { state } from './store.js';

const MOST = 8;

/** Attaches completion to a text area. */
export class Completion {
  constructor(area, { commands }) {
    this.area = area;
    this.commands = commands;
    this.id = freshId('complete');
    this.found = [];
    this.at = 0;
    area.setAttribute('aria-autocomplete', 'list');
    area.addEventListener('input', () => this.look());
    area.addEventListener('blur', () => this.hide());
  }

  look() {
    const before = this.area.value.slice(0, this.area.selectionStart);
    const word = (before.match(/(^|[\s(])([@#][\w.-]*)$/)?.[2] ?? before.match(/(^|\s)(:[a-z0-9_+-]{2,})$/)?.[2]) ?? (this.commands && before.match(/^\/[\w-]*$/)?.[0]);
    this.word = word;
    this.found = word ? SOURCES[word[0]](word.slice(1).toLowerCase()).slice(0, MOST) : [];
    this.at = 0;
    if (this.found.length) {
      this.showList();
    } else {
      this.hide();
    }
  }

  showList() {
    this.list ??= el('div', { role: 'listbox', id: this.id, class: 'choices', 'aria-label': 'Suggestions' });
    fill(
      this.list,
      this.found.map((one, index) =>
        el(
          'div',
          {
            role: 'option',
            class: index === this.at ? 'choice active' : 'choice',
            id: `${this.id}-${index}`,
            'aria-selected': String(index === this.at),
            on: {
              pointerdown: (event) => {
                event.preventDefault();
                this.pick(one);
              },
            },
          },
          one.mark,
          el(
            'span',
            {},
            el('strong', {}, one.label),
            one.more ? el('span', { class: 'more' }, ` ${one.more}`) : null,
            one.hint ? el('small', {}, one.hint) : null,
          ),
        ),
      ),
    );
    this.close ??= popup(this.area, this.list, {
      onClose: () => {
        this.close = null;
      },
    });
    this.close.place();
    this.area.setAttribute('aria-controls', this.id);
    this.area.setAttribute('aria-activedescendant', `${this.id}-${this.at}`);
    this.list.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
    announce(`${this.found[this.at].label} ${this.found[this.at].hint ?? ''}, ${this.at + 1} of ${this.found.length}`);
  }

  hide() {
    this.close?.();
    this.found = [];
    this.area.removeAttribute('aria-controls');
    this.area.removeAttribute('aria-activedescendant');
  }

  /** Takes a key where a list is shown; answers whether it did. */
  key(event) {
    if (!this.found.length) {
      return false;
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.at = (this.at + step + this.found.length) % this.found.length;
      this.showList();
    } else if (event.key === 'Tab' || (event.key === 'Enter' && !this.complete())) {
      this.pick(this.found[this.at]);
    } else if (event.key === 'Escape') {
      this.hide();
    } else {
      return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  /** Whether the word is already the chosen one in full, so that Enter means sending. */
  complete() {
    return this.word === this.found[this.at].insert;
  }

  pick(one) {
    const to = this.area.selectionStart;
    const from = to - this.word.length;
    this.area.setRangeText(`${one.insert} `, from, to, 'end');
    this.hide();
    this.area.focus();
    this.area.dispatchEvent(new Event('input', { bubbles: true }));
  }
}

const has = (query, ...texts) =>
  texts.some(
    (text) =>
      text
        .toLowerCase()
        .split(/[\s-]/)
        .some((word) => word.startsWith(query)) || text.toLowerCase().startsWith(query),
  );

const SOURCES = {
  '/': (query) =>
    state.boot.commands
      .filter((one) => one.command.slice(1).startsWith(query))
      .map((one) => ({
        mark: el('img', { class: 'avatar bot small', src: 'icon.svg', alt: '' }),
        insert: one.command,
        label: one.command,
        more: one.usage_hint,
        hint: one.description,
      })),
  '@': (query) => [
    ...state.boot.people
      .filter((one) => !one.deactivated && has(query, one.real_name, one.name))
      .map((one) => ({
        mark: avatar(one.id, 'small'),
        insert: `@${one.real_name}`,
        label: one.real_name,
        hint: one.title,
      })),
    ...(has(query, state.boot.bot.real_name)
      ? [
          {
            mark: avatar(state.boot.bot.user_id, 'small'),
            insert: `@${state.boot.bot.real_name}`,
            label: state.boot.bot.real_name,
            hint: 'App',
          },
        ]
      : []),
    ...state.boot.groups
      .filter((one) => has(query, one.handle, one.name))
      .map((one) => ({
        mark: icon('hash'),
        insert: `@${one.handle}`,
        label: `@${one.handle}`,
        hint: `${one.name}, ${one.members.length} ${one.members.length === 1 ? 'person' : 'people'}`,
      })),
    ...['here', 'channel']
      .filter((range) => range.startsWith(query))
      .map((range) => ({
        mark: icon('warn'),
        insert: `@${range}`,
        label: `@${range}`,
        hint: range === 'here' ? 'Everybody who is here now' : 'Everybody in this channel',
      })),
  ],
  ':': (query) =>
    Object.entries(EMOJI)
      .filter(([name]) => name.includes(query))
      .sort(([one], [other]) => other.startsWith(query) - one.startsWith(query))
      .map(([name, character]) => ({
        mark: el('span', { class: 'avatar small bare', 'aria-hidden': 'true' }, character),
        insert: `:${name}:`,
        label: `:${name}:`,
      })),
  '#': (query) =>
    state.person.channels
      .filter((one) => one.kind !== 'dm' && has(query, one.name))
      .map((one) => ({
        mark: icon(one.kind === 'private' ? 'lock' : 'hash'),
        insert: `#${one.name}`,
        label: one.name,
        hint: one.topic,
      })),
};
