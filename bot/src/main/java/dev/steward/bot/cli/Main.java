package dev.steward.bot.cli;

import dev.steward.bot.Logging;
import dev.steward.bot.TurnedClock;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;

/** The process's entry point. */
public final class Main {
    private Main() {}

    /** Runs one command and ends the process with its exit code. */
    public static void main(String[] arguments) {
        Logging.quiet();
        Console console = new Console(writer(System.out, "stdout.encoding"), writer(System.err, "stderr.encoding"));
        Map<String, String> environment = System.getenv();
        System.exit(new Cli(environment, Path.of(""), TurnedClock.of(environment), console).run(arguments));
    }

    private static PrintWriter writer(PrintStream stream, String encoding) {
        return new PrintWriter(stream, true, Charset.forName(System.getProperty(encoding, "UTF-8")));
    }
}
