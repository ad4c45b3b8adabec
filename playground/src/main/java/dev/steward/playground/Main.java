package dev.steward.playground;

import dev.steward.bot.Logging;
import dev.steward.playground.bench.Bench;
import dev.steward.playground.demo.Demo;
import dev.steward.playground.live.Playground;
import dev.steward.playground.live.Wishes;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** The playground's commands: {@code playground}, {@code demo} and {@code bench}. */
public final class Main {
    private static final Map<String, Demo.Option> OPTIONS = Map.of("--json", Demo.Option.JSON, "--keep",
            Demo.Option.KEEP, "--socket", Demo.Option.SOCKET);

    private Main() {}

    /** Exit code 0 when what was asked for truly happened, 1 when it did not, 2 for a command line that is none. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        Logging.quiet();
        if (asks(words, "demo", OPTIONS.keySet())) {
            Set<Demo.Option> options = words.stream().skip(1).map(OPTIONS::get).filter(Objects::nonNull)
                    .collect(Collectors.toSet());
            System.exit(new Demo(System.out, options).play());
        }
        if (asks(words, "bench", Set.of("--json", "--quick"))) {
            System.exit(Bench.of(System.out, words.contains("--quick"), words.contains("--json")).run());
        }
        if (!words.isEmpty() && words.getFirst().equals("playground")) {
            play(words.subList(1, words.size()));
        }
        usage();
    }

    private static void play(List<String> words) {
        Path root = Path.of(System.getenv().getOrDefault("STEWARD_ROOT", ".")).toAbsolutePath();
        try {
            System.exit(Playground.run(Wishes.read(words, root), root, System.out, System.err));
        } catch (Wishes.Unclear unclear) {
            System.err.println(unclear.getMessage() + ".\n");
        }
    }

    private static void usage() {
        System.err.println("""
                usage: steward playground [--fresh] [--socket] [--port N] [--home FOLDER]
                       steward demo [--json] [--keep] [--socket]
                       steward bench [--quick] [--json]

                playground opens a Slack workspace in the browser, with the real bot in it, and goes on from last time.
                  --fresh   begin anew
                  --socket  let Slack and Steward speak over Socket Mode instead of HTTP
                  --port    where the page is; 8090, and the bot on the next two
                  --home    where everything is kept; .playground beside the launcher

                demo plays a story with the real bot.
                  --json    the last line is one JSON object with what happened
                  --keep    keep the temporary home, with database and logs, and say where it is
                  --socket  let Slack and Steward speak over Socket Mode instead of HTTP

                bench measures the bot beside honest floors and prints a table, within eight minutes.
                  --quick   a first impression within two minutes
                  --json    the last line is one JSON object with all figures""");
        System.exit(2);
    }

    private static boolean asks(List<String> words, String command, Set<String> options) {
        return !words.isEmpty() && words.getFirst().equals(command)
                && options.containsAll(words.subList(1, words.size()));
    }
}
