package dev.steward.bot.cli;

import java.io.Serial;
import java.util.List;

/** Ends a command: it cannot be done, and the lines say why and what to do. Known to {@link Cli}, which prints them. */
final class Refused extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> lines;

    private Refused(int exitCode, List<String> lines) {
        super(String.join("\n", lines), null, false, false);
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** What was asked for, or checked, is wrong. */
    static Refused wrong(String... lines) {
        return new Refused(Exit.WRONG, List.of(lines));
    }

    /** The command was not used as it can be: arguments, settings, an installation that is not there. */
    static Refused usage(List<String> lines) {
        return new Refused(Exit.USAGE, lines);
    }

    int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }
}
