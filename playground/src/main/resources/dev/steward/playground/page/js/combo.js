/**
 * The select menus of Block Kit as an editable combobox: type to narrow down, arrows and Enter choose. An external select
 * asks the bot while one types. A select of many keeps its choices as buttons before the text, each removing itself.
 */
import { el, fill, freshId } from './dom.js';
import { icon } from './icons.js';
import { textObject } from './mrkdwn.js';
import { announce } from './announce.js';
import { heldOptions, ownOptions } from './options.js';
import { popup } from './popup.js';

const WAIT_MS = 180;

/** Makes the control; see controls.js. */
export function combo(element, options) {
  return new Combo(element, options).asControl();
}

class Combo {
  constructor(element, options) {
    this.element = element;
    this.options = options;
    this.many = element.type.startsWith('multi_');
    this.external = element.type.includes('external');
    this.chosen = heldOptions(element, options.held);
    this.offered = [];
    this.active = -1;
    this.round = 0;
    this.listId = freshId('list');
    this.input = el('input', {
      class: 'combo-text',
      id: options.id,
      role: 'combobox',
      autocomplete: 'off',
      'aria-expanded': 'false',
      'aria-autocomplete': 'list',
      'aria-controls': this.listId,
      'aria-label': options.label,
      'aria-describedby': options.describedBy,
      placeholder: element.placeholder?.text ?? 'Choose',
      on: {
        input: () => this.search(),
        keydown: (event) => this.key(event),
        click: () => this.search(true),
        blur: () => this.left(),
      },
    });
    this.input.spellcheck = false;
    this.chips = el('span', { class: 'chips' });
    this.node = el('div', { class: 'combo field' }, this.chips, this.input, icon('down'));
    this.show();
  }

  asControl() {
    return {
      node: this.node,
      focus: () => this.input.focus(),
      problem: () => '',
      set: (held) => {
        this.chosen = heldOptions(this.element, held);
        this.show();
      },
      value: () =>
        this.many ? (this.chosen.length ? this.chosen.map((one) => one.value) : null) : (this.chosen[0]?.value ?? null),
    };
  }

  /** The choice as text or chips. */
  show() {
    if (!this.many) {
      this.input.value = this.chosen[0]?.text.text ?? '';
      return;
    }
    this.input.value = '';
    fill(
      this.chips,
      this.chosen.map((one) =>
        el(
          'button',
          {
            type: 'button',
            class: 'chip',
            'aria-label': `Remove ${one.text.text}`,
            on: { click: () => this.drop(one) },
          },
          one.text.text,
          icon('close'),
        ),
      ),
    );
  }

  /** Looks for options; all of them where nothing was typed since the menu was opened. */
  search(all = false) {
    clearTimeout(this.timer);
    const query = all ? '' : this.input.value.trim();
    const round = ++this.round;
    if (!this.external) {
      this.offer(
        ownOptions(this.element).filter((one) => one.text.text.toLowerCase().includes(query.toLowerCase())),
        'Nothing matches.',
      );
      return;
    }
    const least = this.element.min_query_length ?? 3;
    if (query.length < least) {
      this.offer([], least <= 1 ? 'Type to search.' : `Type ${least} characters or more to search.`);
      return;
    }
    this.offer([], 'Searching …');
    this.timer = setTimeout(async () => {
      const found = await this.options.suggest(this.element, query);
      if (round === this.round) {
        this.offer(found, 'Nothing was found.');
      }
    }, WAIT_MS);
  }

  offer(found, otherwise) {
    this.offered = found;
    this.active = found.length
      ? Math.max(
          0,
          found.findIndex((one) => this.has(one)),
        )
      : -1;
    this.list ??= el('div', {
      role: 'listbox',
      id: this.listId,
      class: 'choices',
      'aria-label': this.options.label ?? 'Options',
      'aria-multiselectable': this.many ? 'true' : null,
    });
    this.close ??= popup(this.node, [this.list, (this.empty = el('div', { class: 'choices-none' }))], {
      wide: true,
      onClose: () => {
        this.close = null;
        this.input.setAttribute('aria-expanded', 'false');
        this.mark();
      },
    });
    fill(this.empty, found.length ? '' : otherwise);
    let last = null;
    fill(
      this.list,
      found.flatMap((one, index) => {
        const heading =
          one.group && one.group !== last
            ? el('div', { class: 'menu-heading', role: 'presentation' }, one.group)
            : null;
        last = one.group;
        return [heading, this.choice(one, index)];
      }),
    );
    this.input.setAttribute('aria-expanded', 'true');
    this.mark();
    this.close.place();
    announce(found.length ? `${found.length} option${found.length === 1 ? '' : 's'}` : otherwise);
  }

  choice(one, index) {
    return el(
      'div',
      {
        role: 'option',
        id: `${this.listId}-${index}`,
        'aria-selected': String(this.has(one)),
        class: 'choice',
        on: { pointerdown: (event) => event.preventDefault(), click: () => this.pick(one) },
      },
      el('span', {}, textObject(one.text), one.description ? el('small', {}, textObject(one.description)) : null),
      this.has(one) ? icon('tick') : null,
    );
  }

  mark() {
    const open = this.close && this.active >= 0;
    [...(this.list?.querySelectorAll('.choice') ?? [])].forEach((node, index) =>
      node.classList.toggle('active', open && index === this.active),
    );
    if (open) {
      this.input.setAttribute('aria-activedescendant', `${this.listId}-${this.active}`);
      this.list.querySelector('.active')?.scrollIntoView({ block: 'nearest' });
    } else {
      this.input.removeAttribute('aria-activedescendant');
    }
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!this.close) {
        this.search(!this.external || !this.input.value);
      } else if (this.offered.length) {
        this.active = (this.active + step + this.offered.length) % this.offered.length;
        this.mark();
      }
    } else if (event.key === 'Enter' && this.close && this.active >= 0) {
      event.preventDefault();
      event.stopPropagation();
      this.pick(this.offered[this.active]);
    } else if (event.key === 'Escape' && this.close) {
      event.preventDefault();
      event.stopPropagation();
      this.close();
      this.show();
    } else if (event.key === 'Backspace' && this.many && !this.input.value && this.chosen.length) {
      this.drop(this.chosen.at(-1));
    }
  }

  pick(one) {
    const most = this.element.max_selected_items ?? Infinity;
    this.chosen = !this.many
      ? [one]
      : this.has(one)
        ? this.chosen.filter((each) => each.value !== one.value)
        : this.chosen.length < most
          ? [...this.chosen, one]
          : this.chosen;
    this.close?.();
    this.show();
    this.options.changed?.();
  }

  drop(one) {
    this.chosen = this.chosen.filter((each) => each.value !== one.value);
    this.show();
    this.input.focus();
    this.options.changed?.();
  }

  /** What was typed and not chosen is taken back; emptied means none. */
  left() {
    clearTimeout(this.timer);
    this.round++;
    this.close?.();
    if (!this.many && !this.input.value.trim() && this.chosen.length) {
      this.chosen = [];
      this.options.changed?.();
    }
    this.show();
  }

  has(one) {
    return this.chosen.some((each) => each.value === one.value);
  }
}
