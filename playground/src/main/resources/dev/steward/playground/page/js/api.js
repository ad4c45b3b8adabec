/** Speaks with the playground's server: JSON over the page's own origin, nothing else. */

/**
 * Why the server, or Slack's own rules, did not do what was asked; the message is for people. `fields` says of each field
 * what is wrong with it, where that is known.
 */
export class Refused extends Error {
  constructor(message, fields = {}) {
    super(message);
    this.fields = fields;
  }
}

/** That the server did not answer at all. */
export class Unreachable extends Refused {}

async function ask(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Unreachable('The playground does not answer. Is it still running?');
  }
  const text = await response.text();
  const body = parse(text);
  if (!response.ok) {
    throw new Refused(body.error ?? `The playground answered with status ${response.status}.`, body.fields);
  }
  return body;
}

function parse(text) {
  try {
    return text ? JSON.parse(text) : {};
  } catch {
    return {};
  }
}

export const get = (path) => ask(path, { cache: 'no-store' });

export const post = (path, body = {}) =>
  ask(path, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });

export const remove = (path) => ask(path, { method: 'DELETE' });

/** A path of these parts, each escaped. */
export const path = (...parts) => parts.map((part) => `/${encodeURIComponent(part)}`).join('');
