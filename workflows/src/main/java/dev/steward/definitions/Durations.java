package dev.steward.definitions;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Durations as people write them: {@code 3d}, {@code 4h}, {@code 30m}; from a minute to ten years. */
final class Durations {
    private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,6})([dhm])");
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Durations() {}

    static Optional<Duration> parse(String text) {
        var written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return Optional.empty();
        }
        long amount = Long.parseLong(written.group(1));
        Duration duration = switch (written.group(2)) {
            case "d" -> Duration.ofDays(amount);
            case "h" -> Duration.ofHours(amount);
            default -> Duration.ofMinutes(amount);
        };
        return Optional.of(duration).filter(d -> d.compareTo(LONGEST) <= 0);
    }
}
