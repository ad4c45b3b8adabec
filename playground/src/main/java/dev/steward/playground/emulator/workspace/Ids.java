package dev.steward.playground.emulator.workspace;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Hands out ids and timestamps. Ids count from 1 per prefix, so that a run can be repeated; timestamps only grow. */
final class Ids {
    private final InstantSource clock;
    private final Map<String, Integer> last = new HashMap<>();
    private long lastMicros;

    Ids(InstantSource clock) {
        this.clock = clock;
    }

    /** For example {@code V0000000001}. */
    String next(String prefix) {
        return prefix + String.format(Locale.ROOT, "%0" + (11 - prefix.length()) + "d", count(prefix));
    }

    int count(String prefix) {
        return last.merge(prefix, 1, Integer::sum);
    }

    /** A message timestamp: seconds and six digits, later than any before. */
    String nextTs() {
        Instant now = clock.instant();
        lastMicros = Math.max(lastMicros + 1, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
        return String.format(Locale.ROOT, "%d.%06d", lastMicros / 1_000_000, lastMicros % 1_000_000);
    }
}
