package dev.steward.playground.emulator.workspace;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Trigger ids: each lets the bot open one view for one person, once, within three seconds of virtual time. */
public final class Triggers {
    /** How long a trigger lives. */
    public static final Duration LIFE = Duration.ofSeconds(3);

    private final InstantSource clock;
    private final Ids ids;
    private final Map<String, Trigger> issued = new HashMap<>();

    Triggers(InstantSource clock, Ids ids) {
        this.clock = clock;
        this.ids = ids;
    }

    private static final class Trigger {
        private final String personId;
        private final Instant until;
        private boolean used;

        private Trigger(String personId, Instant until) {
            this.personId = personId;
            this.until = until;
        }
    }

    /** What a trigger id is worth now. */
    public sealed interface Worth {
        /** Still good, for this person. */
        record Good(String personId) implements Worth {}

        /** Worth nothing; the error is Slack's. */
        record Bad(String error) implements Worth {}
    }

    String issue(String personId) {
        int number = ids.count("trigger");
        String id = String.format(Locale.ROOT, "%d.9000000001.%032x", 1000 + number, number * 0x9E3779B97F4A7C15L);
        issued.put(id, new Trigger(personId, clock.instant().plus(LIFE)));
        return id;
    }

    /** Looks without using up, so that a refused view leaves the trigger as it was. */
    public Worth worth(String id) {
        Trigger trigger = issued.get(id);
        if (trigger == null) {
            return new Worth.Bad("invalid_trigger_id");
        }
        if (trigger.used) {
            return new Worth.Bad("exchanged_trigger_id");
        }
        return clock.instant().isAfter(trigger.until)
                ? new Worth.Bad("expired_trigger_id")
                : new Worth.Good(trigger.personId);
    }

    /** Uses the trigger up. */
    public void exchange(String id) {
        Trigger trigger = issued.get(id);
        if (trigger != null) {
            trigger.used = true;
        }
    }
}
