/** The tools at the right of the head: tour, behind the scenes, help, theme; and the sidebar on narrow screens. */
import { el } from './dom.js';
import { icon } from './icons.js';
import { help } from './keys.js';
import { togglePanel } from './panel.js';
import { chosen, chooseTheme } from './theme.js';
import { menu } from './menu.js';
import { toggleTour } from './tour.js';

/** The row of tools. */
export function tools() {
  const theme = el(
    'button',
    {
      type: 'button',
      class: 'plain-icon',
      'aria-label': 'Colours',
      title: 'Colours',
      'aria-haspopup': 'menu',
      'aria-expanded': 'false',
      on: {
        click: () =>
          menu(
            theme,
            [
              ['light', 'Light', 'sun'],
              ['dark', 'Dark', 'moon'],
              ['system', 'As the system', 'screen'],
            ].map(([name, label, symbol]) => ({
              label,
              icon: symbol,
              hint: chosen() === name ? 'chosen' : null,
              run: () => chooseTheme(name),
            })),
            'Colours',
          ),
      },
    },
    icon('sun'),
  );
  return el(
    'div',
    { class: 'head-tools' },
    el(
      'button',
      { type: 'button', class: 'plain', title: 'Guided tour (Alt+T)', on: { click: toggleTour } },
      icon('map'),
      el('span', {}, 'Tour'),
    ),
    el(
      'button',
      {
        type: 'button',
        class: 'plain',
        id: 'panel-opener',
        title: 'Behind the scenes (Alt+B)',
        on: { click: () => togglePanel() },
      },
      icon('scenes'),
      el('span', {}, 'Behind the scenes'),
    ),
    theme,
    el(
      'button',
      {
        type: 'button',
        class: 'plain-icon',
        'aria-label': 'Help and keys',
        title: 'Help and keys (?)',
        on: { click: help },
      },
      icon('help'),
    ),
  );
}

/** Shows or hides the sidebar where the window is too narrow for it. */
export function showSidebar(show) {
  document.getElementById('app').classList.toggle('sidebar-open', show);
  if (show) {
    document.querySelector('#sidebar .person-switch')?.focus();
  }
}
