/** The page's own line icons, drawn on a grid of 20. They decorate: whoever uses one names the control in words. */
const SVG = 'http://www.w3.org/2000/svg';

const PATHS = {
  hash: 'M7.5 3 6 17M14 3l-1.5 14M3.5 7.5h14M2.5 12.5h14',
  lock: 'M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9',
  plus: 'M10 4v12M4 10h12',
  send: 'M3.5 10 16.5 4l-3.4 12.5-3.6-5zM9.5 11.5 16.5 4',
  dots: 'M4.5 10h.01M10 10h.01M15.5 10h.01',
  thread: 'M3.5 4.5h13v8.5H9l-4 3.5V13H3.5zM7 8h6M7 10.5h4',
  smile: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM7 11.5c.7 1.4 1.7 2 3 2s2.3-.6 3-2M7.6 8h.01M12.4 8h.01',
  pin: 'M7 3h6l-.8 5 2.8 3H5l2.8-3zM10 11v6',
  close: 'M5 5l10 10M15 5 5 15',
  back: 'M12 4 6 10l6 6',
  next: 'M8 4l6 6-6 6',
  down: 'M5 8l5 5 5-5',
  menu: 'M3.5 5.5h13M3.5 10h13M3.5 14.5h13',
  sun: 'M10 6.5a3.5 3.5 0 1 0 0 7 3.5 3.5 0 0 0 0-7ZM10 2.5v1.2M10 16.3v1.2M2.5 10h1.2M16.3 10h1.2M4.7 4.7l.9.9M14.4 14.4l.9.9M4.7 15.3l.9-.9M14.4 5.6l.9-.9',
  moon: 'M16 12.2A6.5 6.5 0 0 1 7.8 4 6.5 6.5 0 1 0 16 12.2Z',
  screen: 'M3 4.5h14v9H3zM7 16.5h6M10 13.5v3',
  help: 'M10 3a7 7 0 1 0 0 14 7 7 0 0 0 0-14ZM8 8.2a2 2 0 1 1 3 1.7c-.7.4-1 .8-1 1.6M10 14h.01',
  scenes: 'M4 6h5M13 6h3M9 4v4h4V4zM4 14h2M10 14h6M6 12v4h4v-4z',
  eye: 'M2.5 10S5 5 10 5s7.5 5 7.5 5-2.5 5-7.5 5-7.5-5-7.5-5ZM10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4Z',
  map: 'M3 5.5 7.5 3.5l5 2 4.5-2v11l-4.5 2-5-2L3 16.5zM7.5 3.5v11M12.5 5.5v11',
  tick: 'M4 10.5 8 14.5l8-9',
  warn: 'M10 3.5 17.5 16.5h-15zM10 8v4M10 14.2h.01',
  archive: 'M3 4h14v3.5H3zM4.5 7.5V16h11V7.5M8 10.5h4',
  pen: 'M4 16l1-4 8.5-8.5 3 3L8 15zM11.5 5.5l3 3',
  bin: 'M4 6h12M8 6V4h4v2M5.5 6l.8 11h7.4l.8-11M8.5 9v5M11.5 9v5',
  book: 'M5.5 3.5h9v13L10 13l-4.5 3.5z',
  home: 'M3.5 9.5 10 4l6.5 5.5M5.5 8.5V16h9V8.5',
};

/** An icon by name. */
export function icon(name) {
  const svg = document.createElementNS(SVG, 'svg');
  svg.setAttribute('viewBox', '0 0 20 20');
  svg.setAttribute('class', 'icon');
  svg.setAttribute('aria-hidden', 'true');
  const path = document.createElementNS(SVG, 'path');
  path.setAttribute('d', PATHS[name]);
  svg.append(path);
  return svg;
}
