package dev.steward.definitions;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Durations as people write them: {@code 3d}, {@code 4h}, {@code 30m}; from a minute to ten years. */
public final class Durations {
    private static final Pattern WRITTEN = Pattern.compile("([1-9][0-9]{0,6})([dhm])");
    private static final Duration LONGEST = Duration.ofDays(3650);

    private Durations() {}

    /** The duration that the text says; empty when it says none, or one out of bounds. */
    public static Optional<Duration> parse(String text) {
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

    /** As it is written: {@code 8h}; the largest unit of which it is a whole number. */
    public static String written(Duration duration) {
        if (duration.toMinutes() % (24 * 60) == 0) {
            return duration.toDays() + "d";
        }
        return duration.toMinutes() % 60 == 0 ? duration.toHours() + "h" : duration.toMinutes() + "m";
    }

    /** For people, what is left of a time: {@code 3 hours}; less than a minute counts as one. */
    public static String about(Duration left) {
        if (left.toDays() >= 2) {
            return words(Duration.ofDays(left.toDays()));
        }
        return left.toHours() >= 2
                ? words(Duration.ofHours(left.toHours()))
                : words(Duration.ofMinutes(Math.max(1, left.toMinutes())));
    }

    /** For people: {@code 8 hours}. */
    public static String words(Duration duration) {
        String written = written(duration);
        String amount = written.substring(0, written.length() - 1);
        String unit = switch (written.charAt(written.length() - 1)) {
            case 'd' -> "day";
            case 'h' -> "hour";
            default -> "minute";
        };
        return amount + " " + unit + (amount.equals("1") ? "" : "s");
    }

    /** For people, how long something took: {@code 2 hours 5 minutes}, and without minutes from a day on. */
    public static String lasted(Duration duration) {
        if (duration.toMinutes() < 1) {
            return "less than a minute";
        }
        return duration.toDays() > 0
                ? both(Duration.ofDays(duration.toDays()), Duration.ofHours(duration.toHoursPart()))
                : both(Duration.ofHours(duration.toHours()), Duration.ofMinutes(duration.toMinutesPart()));
    }

    private static String both(Duration more, Duration less) {
        return Stream.of(more, less).filter(Duration::isPositive).map(Durations::words)
                .collect(Collectors.joining(" "));
    }
}
