package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Hands out ids and timestamps. Ids count from 1 per prefix, so that a run can be repeated; timestamps only grow. */
final class Ids {
    private static final int GAP = 1_000;

    private final InstantSource clock;
    private final Map<String, Integer> last = new HashMap<>();
    private int begin;
    private long lastMicros;

    Ids(InstantSource clock) {
        this.clock = clock;
    }

    /** For example {@code V0000000001}. */
    String next(String prefix) {
        return prefix + String.format(Locale.ROOT, "%0" + (11 - prefix.length()) + "d", count(prefix));
    }

    int count(String prefix) {
        return last.merge(prefix, begin + 1, (before, ignored) -> before + 1);
    }

    /** Hands out only what no earlier workspace did. */
    void skip(Instant now) {
        begin = Math.floorMod(now.getEpochSecond(), 1_000_000_000);
        last.clear();
    }

    ObjectNode saved() {
        ObjectNode saved = Json.object().put("begin", begin).put("last_micros", lastMicros);
        saved.set("counts", Json.tree(last));
        return saved;
    }

    /** Leaves a gap for what may have been handed out after the last save. */
    void load(JsonNode saved) {
        begin = Math.toIntExact(Saved.number(saved, "begin"));
        lastMicros = Saved.number(saved, "last_micros");
        last.putAll(Saved.map(saved.required("counts"), count -> count.intValue() + GAP));
    }

    /** A message timestamp: seconds and six digits, later than any before. */
    String nextTs() {
        Instant now = clock.instant();
        lastMicros = Math.max(lastMicros + 1, now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
        return String.format(Locale.ROOT, "%d.%06d", lastMicros / 1_000_000, lastMicros % 1_000_000);
    }
}
