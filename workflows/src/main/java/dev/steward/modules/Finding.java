package dev.steward.modules;

/**
 * A reason to refuse a module: where, what, and what to do about it.
 *
 * @param file
 *            path relative to the module's folder; {@code .} for the folder itself
 * @param line
 *            counted from 1; 0 when no line can be named
 * @param what
 *            what is wrong, without a full stop
 * @param advice
 *            what to do, without a full stop
 */
public record Finding(String file, int line, String what, String advice) {

    static Finding at(String file, int line, String what, String advice) {
        return new Finding(file, line, what, advice);
    }

    static Finding of(String file, String what, String advice) {
        return new Finding(file, 0, what, advice);
    }

    /** The finding on one line: {@code file:line: what: what to do}. */
    public String text() {
        return file + (line > 0 ? ":" + line : "") + ": " + what + ": " + advice;
    }
}
