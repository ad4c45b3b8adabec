/** Changing and deleting what one wrote oneself. */
import { trying } from './announce.js';
import { button, dialog, sure } from './dialogs.js';
import { busy, el } from './dom.js';
import { unescaped } from './mrkdwn.js';
import { channel as room, state, user } from './store.js';
import { act } from './sync.js';
import { written } from './writing.js';

/** Names in place of references, as they were typed. */
const typed = (text) =>
  unescaped(
    text.replace(/<([^>|]*)(\|[^>]*)?>/g, (whole, target) => {
      if (target.startsWith('@')) {
        return `@${user(target.slice(1)).real_name}`;
      }
      if (target.startsWith('#')) {
        return `#${room(target.slice(1))?.name ?? target.slice(1)}`;
      }
      if (target.startsWith('!subteam^')) {
        return `@${state.boot.groups.find((one) => one.id === target.slice(9))?.handle ?? 'group'}`;
      }
      return target.startsWith('!') ? `@${target.slice(1)}` : target;
    }),
  );

/** Asks for the new text. */
export function edit(one, channel) {
  const opened = dialog({ title: 'Edit the message', kind: 'small' });
  const area = el('textarea', { class: 'field', 'aria-label': 'What it says', value: typed(one.text ?? '') });
  const save = button('Save', 'primary', () =>
    busy(save, async () => {
      if (await trying(() => act('edit', { channel, ts: one.ts, text: written(area.value.trim()) }))) {
        opened.close();
      }
    }),
  );
  area.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      save.click();
    }
  });
  opened.body.append(area);
  opened.foot.append(
    button('Cancel', '', () => opened.close()),
    save,
  );
  area.focus();
}

/** Asks, and deletes it. */
export async function discard(one, channel) {
  if (await sure('Delete this message?', 'Nobody will see it any more.', 'Delete')) {
    await trying(() => act('delete', { channel, ts: one.ts }));
  }
}
