package dev.steward.playground;

import dev.steward.bot.Logging;
import dev.steward.playground.demo.Demo;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The playground's commands: {@code demo [--json] [--keep] [--socket]}. */
public final class Main {
    private static final Map<String, Demo.Option> OPTIONS = Map.of("--json", Demo.Option.JSON, "--keep",
            Demo.Option.KEEP, "--socket", Demo.Option.SOCKET);

    private Main() {}

    /** Exit code 0 when what was asked for truly happened, 1 when it did not, 2 for a command line that is none. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        boolean demo = !words.isEmpty() && words.getFirst().equals("demo")
                && OPTIONS.keySet().containsAll(words.subList(1, words.size()));
        if (!demo) {
            System.err.println("""
                    usage: steward demo [--json] [--keep] [--socket]

                      --json    the last line is one JSON object with what happened
                      --keep    keep the temporary home, with database and logs, and say where it is
                      --socket  let Slack and Steward speak over Socket Mode instead of HTTP""");
            System.exit(2);
        }
        Logging.quiet();
        Set<Demo.Option> options = words.stream().skip(1).map(OPTIONS::get).filter(Objects::nonNull)
                .collect(Collectors.toSet());
        System.exit(new Demo(System.out, options).play());
    }
}
