/** Light, dark, or as the system has it; remembered. */
const KEY = 'steward.theme';

/** What the person chose: light, dark or system. */
export const chosen = () => localStorage.getItem(KEY) ?? 'system';

export function chooseTheme(name) {
  localStorage.setItem(KEY, name);
  apply();
}

/** Sets the colours of the page. */
export function apply() {
  const name = chosen();
  if (name === 'system') {
    document.documentElement.removeAttribute('data-theme');
  } else {
    document.documentElement.dataset.theme = name;
  }
}
