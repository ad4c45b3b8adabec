/** Making a channel: its name, and whether only its members see it. */
import { trying } from './announce.js';
import { button, dialog } from './dialogs.js';
import { busy, el, freshId } from './dom.js';
import { go } from './route.js';
import { act } from './sync.js';

/** Asks for the name, makes the channel and goes there. */
export function makeChannel() {
  const opened = dialog({ title: 'New channel', kind: 'small' });
  const id = freshId('channel');
  const field = el('input', { class: 'field', id, type: 'text', maxlength: '80', autocomplete: 'off' });
  const secret = el('input', { type: 'checkbox' });
  const make = button('Make it', 'primary', () =>
    busy(make, async () => {
      const name = field.value.trim().replace(/^#/, '').replaceAll(' ', '-').toLowerCase();
      if (await trying(() => act('create-channel', { name, private: secret.checked }))) {
        opened.close();
        go({ kind: 'channel', id: name });
      }
    }),
  );
  field.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.isComposing) {
      event.preventDefault();
      make.click();
    }
  });
  opened.body.append(
    el('label', { class: 'field-label', for: id }, 'Name'),
    field,
    el('label', { class: 'choice-line' }, secret, ' Private: only who is invited sees it'),
  );
  opened.foot.append(
    button('Cancel', '', () => opened.close()),
    make,
  );
  field.focus();
}
