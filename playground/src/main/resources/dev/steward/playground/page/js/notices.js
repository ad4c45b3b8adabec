/** What Slack itself tells the person: that a command failed, that a form could not connect. Grey lines in the stream. */
import { toast } from './announce.js';
import { on, shownChannel, state } from './store.js';

const places = new Map();
let seen = null;

/** Hears of notices. What was there before the page was opened is not said again. */
export function start() {
  on('notices', () => {
    const mine = state.person.notices ?? [];
    if (seen?.who === state.who) {
      mine.filter((one) => !seen.ids.has(one.id)).forEach(arrived);
    }
    seen = { who: state.who, ids: new Set(mine.map((one) => one.id)) };
  });
}

/** Slack does not say where it happened for clicks and forms: then it stands where the person was. */
function arrived(notice) {
  places.set(`${state.who}/${notice.id}`, notice.channel ?? shownChannel()?.id ?? 'none');
  toast(notice.text, 'trouble');
}

/** The notices to show in a channel. */
export const noticesIn = (channel) =>
  (state.person.notices ?? []).filter(
    (one) => (one.channel ?? places.get(`${state.who}/${one.id}`)) === (channel ?? 'none'),
  );
