/** Keeps a list of rows on the page: a row that is the same stays the same node, so that focus and selection stay too. */

/**
 * Makes the container show these rows, each `{key, sign, make}`.
 *
 * @param kept key to `{sign, node}` of what the container shows; changed
 */
export function show(container, rows, kept) {
  const focused = [...kept.values()].find(({ node }) => node.contains(document.activeElement))?.node;
  const inside = focused && (document.activeElement.dataset.action ?? document.activeElement.textContent);
  const keys = new Set(rows.map((row) => row.key));
  [...kept.keys()]
    .filter((key) => !keys.has(key))
    .forEach((key) => {
      kept.get(key).node.remove();
      kept.delete(key);
    });
  let after = null;
  rows.forEach((row) => {
    const before = kept.get(row.key);
    let node = before?.node;
    if (before?.sign !== row.sign) {
      node = row.make();
      before?.node.replaceWith(node);
      kept.set(row.key, { sign: row.sign, node });
      refocus(before?.node, node, focused, inside);
    }
    const next = after ? after.nextSibling : container.firstChild;
    if (node !== next) {
      container.insertBefore(node, next);
    }
    after = node;
  });
}

/** Gives the focus back to the same control of a row that was made anew, else to the row. */
function refocus(before, node, focused, inside) {
  if (before && before === focused) {
    const again = [...node.querySelectorAll('button, a, input')].find(
      (one) => one.dataset.action === inside || one.textContent === inside,
    );
    (again ?? node).focus({ preventScroll: true });
  }
}

/** Lets arrows, Home and End move between the articles of a list; the tools of the one that has the focus can be tabbed to. */
export function roving(container) {
  container.addEventListener('keydown', (event) => {
    const articles = [...container.querySelectorAll('article')];
    const at = articles.indexOf(event.target);
    if (at < 0 || event.altKey || event.ctrlKey || event.metaKey) {
      return;
    }
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: articles.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      articles[Math.max(0, Math.min(articles.length - 1, to))].focus();
    }
  });
  container.addEventListener('focusin', (event) => {
    const article = event.target.closest('article');
    container.querySelectorAll('article').forEach((one) => choose(one, one === article));
  });
}

function choose(article, chosen) {
  article.tabIndex = chosen ? 0 : -1;
  article.querySelectorAll('.tool, .author').forEach((tool) => {
    tool.tabIndex = chosen ? 0 : -1;
  });
}

/** Lets Tab reach the list: its last article, unless one was chosen. */
export function reachable(container) {
  const articles = [...container.querySelectorAll('article')];
  if (articles.length && !articles.some((one) => one.tabIndex === 0)) {
    articles.at(-1).tabIndex = 0;
  }
}
