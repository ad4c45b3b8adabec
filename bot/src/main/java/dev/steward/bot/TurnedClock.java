package dev.steward.bot;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/**
 * A clock that somebody turns by hand, for the playground and for demonstrations: the machine's, and as many
 * milliseconds as a file says. A file that is missing or says no number turns nothing. It is looked at ten times a second
 * at most. Safe for concurrent use.
 */
public final class TurnedClock implements InstantSource {
    /** Names the file. Not a setting: whoever can turn Steward's clock can end or lengthen any access. */
    public static final String VARIABLE = "STEWARD_CLOCK_FILE";

    private static final long FRESH = Duration.ofMillis(100).toNanos();

    private final Path file;
    private final InstantSource machine = Clock.systemUTC();
    private volatile Look look;

    /** What the file said, and when it was looked at. */
    private record Look(long nanos, Duration turned) {}

    private TurnedClock(Path file) {
        this.file = file;
        look = new Look(System.nanoTime(), read());
    }

    /** The machine's clock, or one that is turned where the environment names the file for it. */
    public static InstantSource of(Map<String, String> environment) {
        String named = environment.getOrDefault(VARIABLE, "");
        return named.isBlank() ? Clock.systemUTC() : new TurnedClock(Path.of(named));
    }

    /** The file that it is turned by. */
    public Path file() {
        return file;
    }

    @Override
    public Instant instant() {
        Look last = look;
        long now = System.nanoTime();
        if (now - last.nanos() > FRESH) {
            last = new Look(now, read());
            look = last;
        }
        return machine.instant().plus(last.turned());
    }

    private Duration read() {
        try {
            return Duration.ofMillis(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException turnsNothing) {
            return Duration.ZERO;
        }
    }
}
