package dev.steward.catalog;

/**
 * Something in a catalog file that keeps what it says from being imported.
 *
 * @param file
 *            relative to the folder that is imported
 * @param line
 *            from 1
 * @param text
 *            for people: what is wrong and what to do
 */
public record Problem(String file, int line, String text) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + text;
    }
}
