package dev.steward.playground;

import dev.steward.bot.Logging;
import dev.steward.playground.demo.Demo;
import java.util.List;
import java.util.Set;

/** The playground's commands: {@code demo [--json]}. */
public final class Main {
    private Main() {}

    /** Exit code 0 when what was asked for truly happened, 1 when it did not, 2 for a command line that is none. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        boolean demo = !words.isEmpty() && words.getFirst().equals("demo")
                && Set.of("demo", "--json", "--keep").containsAll(words);
        if (!demo) {
            System.err.println("""
                    usage: steward demo [--json] [--keep]

                      --json   the last line is one JSON object with what happened
                      --keep   keep the temporary home, with database and logs, and say where it is""");
            System.exit(2);
        }
        Logging.quiet();
        System.exit(new Demo(System.out, words.contains("--json"), words.contains("--keep")).play());
    }
}
