/** Starts the page: fetches the workspace, then each part listens to the store. */
import { el } from './dom.js';
import * as details from './details.js';
import * as head from './head.js';
import * as home from './home.js';
import * as keys from './keys.js';
import * as mainPane from './main-pane.js';
import * as modal from './modal.js';
import * as notices from './notices.js';
import * as panel from './panel.js';
import * as route from './route.js';
import * as sidebar from './sidebar.js';
import * as stream from './stream.js';
import { refreshBoot, restWhileHidden } from './sync.js';
import * as theme from './theme.js';
import * as thread from './thread.js';
import * as tour from './tour.js';

theme.apply();

async function start() {
  await refreshBoot();
  [sidebar, head, details, mainPane, stream, thread, home, modal, notices, tour, panel, keys].forEach((part) => part.start());
  restWhileHidden();
  await route.start();
  document.getElementById('app').classList.add('ready');
}

start().catch((error) => {
  document
    .getElementById('banner')
    .replaceChildren(
      el('span', {}, `The page could not be opened: ${error.message}`),
      el(
        'button',
        { type: 'button', class: 'button', on: { click: () => location.reload() } },
        el('span', {}, 'Try again'),
      ),
    );
  throw error;
});
