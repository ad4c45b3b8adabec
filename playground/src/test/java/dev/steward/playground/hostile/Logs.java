package dev.steward.playground.hostile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** All that the bot and its commands printed: every log of a stage, and of each only what is new since it was read last. */
final class Logs {
    /** Every payload has that token in it; where a forger moved it, it stands alone. */
    private static final Pattern PAYLOAD = Pattern
            .compile("token(\"|%22)?\\s*(:|=|%3A)\\s*(\"|%22)?verification-token");
    /** The bot's, and Java's own. */
    private static final Pattern LINE = Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT|\\[\\d+[.,]\\d+s]\\[).*");

    private final Path folder;
    private final Leaks leaks;
    private final Map<Path, Integer> read = new HashMap<>();

    /**
     * The logs in a folder.
     *
     * @param secrets
     *            what no line may say
     */
    Logs(Path folder, List<String> secrets) {
        this.folder = folder;
        this.leaks = new Leaks(secrets);
    }

    /** The new lines that are a failure, part of a stack trace or not the bot's own, or hold a secret or a payload. */
    List<String> failures() throws IOException {
        List<String> failures = new ArrayList<>();
        for (Path log : files()) {
            String text = Files.readString(log);
            List<String> lines = text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
            int from = read.getOrDefault(log, 0);
            boolean serves = String.valueOf(log.getFileName()).startsWith("serve-");
            lines.subList(from, lines.size()).stream()
                    .filter(line -> isFailure(line) || (serves && !LINE.matcher(line).matches()))
                    .map(line -> log.getFileName() + ": " + line).forEach(failures::add);
            read.put(log, lines.size());
        }
        return failures;
    }

    private boolean isFailure(String line) {
        return line.contains(" ERROR ") || line.startsWith("\tat ") || line.startsWith("Exception in")
                || line.startsWith("Caused by: ") || leaks.secretIn(line).isPresent()
                || PAYLOAD.matcher(line).find();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(file -> file.toString().endsWith(".log")).sorted().toList();
        }
    }
}
