package dev.steward.playground;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The commands, each with how it is used. */
enum Usage {
    /** The workspace in a browser. */
    PLAYGROUND("[--fresh] [--socket] [--port N] [--home FOLDER]",
            """
                    Opens a Slack workspace in the browser, with the real bot in it, and goes on from last time. Ctrl-C stops it.
                      --fresh   begin anew
                      --socket  let Slack and Steward speak over Socket Mode instead of HTTP
                      --port    where the page is, 8090 unless told otherwise; the bot takes the next two
                      --home    where everything is kept, .playground beside the launcher unless told otherwise"""),
    /** A story with the real bot. */
    DEMO("[--json] [--keep] [--socket]",
            """
                    Plays a story with the real bot, and ends with what happened.
                      --json    the last line is one JSON object with what happened
                      --keep    keep the temporary home, with database and logs, and say where it is
                      --socket  let Slack and Steward speak over Socket Mode instead of HTTP"""),
    /** Figures. */
    BENCH("[--quick] [--json]", """
            Measures the bot beside honest floors and prints a table, within eight minutes.
              --quick   a first impression within two minutes
              --json    the last line is one JSON object with all figures""");

    private final String options;
    private final String about;

    Usage(String options, String about) {
        this.options = options;
        this.about = about;
    }

    /** The command of that name. */
    static Optional<Usage> of(String word) {
        return Arrays.stream(values()).filter(one -> one.word().equals(word)).findFirst();
    }

    /** How this one is used. */
    String text() {
        return "usage: steward " + word() + " " + options + "\n\n" + about;
    }

    /** How all are used. */
    static String all() {
        return Arrays.stream(values()).map(Usage::text).collect(Collectors.joining("\n\n"));
    }

    private String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
