/** The emoji that the page knows by Slack's names: those that people react with, and those that bots write. */
export const EMOJI = {
  '+1': '👍', '-1': '👎', thumbsup: '👍', thumbsdown: '👎', white_check_mark: '✅', heavy_check_mark: '✔️', x: '❌',
  eyes: '👀', tada: '🎉', heart: '❤️', pushpin: '📌', pray: '🙏', raised_hands: '🙌', clap: '👏', ok_hand: '👌',
  wave: '👋', rocket: '🚀', fire: '🔥', warning: '⚠️', rotating_light: '🚨', lock: '🔒', unlock: '🔓', key: '🔑',
  hourglass: '⌛', hourglass_flowing_sand: '⏳', stopwatch: '⏱️', clock3: '🕒', bell: '🔔', no_bell: '🔕', bulb: '💡',
  memo: '📝', mag: '🔍', link: '🔗', hammer_and_wrench: '🛠️', wrench: '🔧', gear: '⚙️', package: '📦', bug: '🐛',
  construction: '🚧', no_entry: '⛔', stop_sign: '🛑', question: '❓', exclamation: '❗', information_source: 'ℹ️',
  arrow_right: '➡️', arrow_left: '⬅️', arrow_up: '⬆️', arrow_down: '⬇️', red_circle: '🔴', large_yellow_circle: '🟡',
  large_green_circle: '🟢', large_blue_circle: '🔵', white_circle: '⚪', smile: '😄', slightly_smiling_face: '🙂',
  thinking_face: '🤔', sweat_smile: '😅', joy: '😂', sob: '😭', cry: '😢', scream: '😱', robot_face: '🤖',
  sunny: '☀️', zap: '⚡', star: '⭐', '100': '💯', coffee: '☕', beers: '🍻', seedling: '🌱', wastebasket: '🗑️',
};

/** Those that the reaction menu offers. */
export const OFFERED = ['+1', 'white_check_mark', 'eyes', 'tada', 'pushpin', 'heart', 'pray', 'rocket', 'thinking_face',
  '-1', 'x', 'warning'];

/** The character of a name, skin tones left out; the name in colons for one the page does not know. */
export function emoji(name) {
  const plain = name.split('::')[0];
  return Object.hasOwn(EMOJI, plain) ? EMOJI[plain] : `:${plain}:`;
}

/** A text with its `:names:` replaced, as in plain text objects. */
export const withEmoji = (text) => text.replace(/:([a-z0-9_+-]+):/g, (whole, name) => emoji(name));
