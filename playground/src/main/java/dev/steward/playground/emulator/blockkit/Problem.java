package dev.steward.playground.emulator.blockkit;

/**
 * One thing Slack refuses in a block, in Slack's own words.
 *
 * @param text    what is wrong, for example {@code must be less than 151 characters}
 * @param pointer where, as a JSON pointer from the argument's name, for example {@code /blocks/0/text/text}
 */
public record Problem(String text, String pointer) {
    @Override
    public String toString() {
        return text + " [json-pointer:" + pointer + "]";
    }
}
