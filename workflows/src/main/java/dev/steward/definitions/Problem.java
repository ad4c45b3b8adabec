package dev.steward.definitions;

/**
 * Something wrong in a workflow file, for the person who wrote it.
 *
 * @param file
 *            folder and name, for example {@code workflows/new-service.yaml}
 * @param line
 *            from 1; 0 when it is about the whole file
 * @param what
 *            what is wrong, a clause without its full stop
 * @param whatToDo
 *            the way out, a clause without its full stop
 */
public record Problem(String file, int line, String what, String whatToDo) {

    /** {@code workflows/new-service.yaml:12: what. What to do.} */
    public String text() {
        return file + (line > 0 ? ":" + line : "") + ": " + what + ". " + whatToDo + ".";
    }
}
