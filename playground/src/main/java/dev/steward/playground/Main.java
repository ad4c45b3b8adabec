package dev.steward.playground;

import dev.steward.bot.Logging;
import dev.steward.playground.bench.Bench;
import dev.steward.playground.demo.Demo;
import dev.steward.playground.live.Playground;
import dev.steward.playground.live.Wishes;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The playground's commands: {@code playground}, {@code demo} and {@code bench}. */
public final class Main {
    private static final Map<String, Demo.Option> OPTIONS = Map.of("--json", Demo.Option.JSON, "--keep",
            Demo.Option.KEEP, "--socket", Demo.Option.SOCKET);
    private static final Set<String> HELP = Set.of("--help", "-h");

    private Main() {}

    /** Exit code 0 when what was asked for truly happened, 1 when it did not, 2 for a command line that is none. */
    public static void main(String[] arguments) {
        Logging.quiet();
        System.exit(run(List.of(arguments), System.out, System.err));
    }

    static int run(List<String> words, PrintStream out, PrintStream err) {
        Optional<Usage> command = words.stream().findFirst().flatMap(Usage::of);
        if (words.stream().anyMatch(HELP::contains)) {
            out.println(command.map(Usage::text).orElseGet(Usage::all));
            return 0;
        }
        if (command.isEmpty()) {
            err.println(Usage.all());
            return 2;
        }
        List<String> options = words.subList(1, words.size());
        return switch (command.get()) {
            case PLAYGROUND -> play(options, out, err);
            case DEMO -> unknown(options, OPTIONS.keySet())
                    .map(word -> unclear(Usage.DEMO, "There is no " + word, err))
                    .orElseGet(() -> demo(options, out));
            case BENCH -> unknown(options, Set.of("--json", "--quick"))
                    .map(word -> unclear(Usage.BENCH, "There is no " + word, err))
                    .orElseGet(() -> Bench.of(out, options.contains("--quick"), options.contains("--json")).run());
        };
    }

    private static int play(List<String> options, PrintStream out, PrintStream err) {
        Path root = Path.of(System.getenv().getOrDefault("STEWARD_ROOT", ".")).toAbsolutePath();
        try {
            return Playground.run(Wishes.read(options, root), root, out, err);
        } catch (Wishes.Unclear unclear) {
            return unclear(Usage.PLAYGROUND, String.valueOf(unclear.getMessage()), err);
        }
    }

    private static int demo(List<String> options, PrintStream out) {
        return new Demo(out, options.stream().map(OPTIONS::get).filter(Objects::nonNull).collect(Collectors.toSet()))
                .play();
    }

    private static Optional<String> unknown(List<String> options, Set<String> known) {
        return options.stream().filter(word -> !known.contains(word)).findFirst();
    }

    private static int unclear(Usage command, String why, PrintStream err) {
        err.println(why + ".\n\n" + command.text());
        return 2;
    }
}
