package dev.steward.oncall;

import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The messages about an override. The argument of each, {@code override}, is its number. */
public final class OverrideNotices {
    /** The view of the question to whoever is to be on call. */
    public static final String ASKED = "override.asked";
    /** The view of the answer to whoever asked for it. */
    public static final String ANSWERED = "override.answered";
    /** The view of the message in the team's channel. */
    public static final String CARD = "override.card";

    private final OnCallParts parts;
    private final Outbox outbox;

    OverrideNotices(OnCallParts parts) {
        this.parts = parts;
        this.outbox = parts.store().outbox();
    }

    void asked(Handle handle, ShiftOverride override) {
        put(handle, override, "asked", new Destination.Person(override.person().id()), ASKED, Priority.DECISION);
    }

    void answered(Handle handle, ShiftOverride override) {
        put(handle, override, "answered", new Destination.Person(override.askedBy().id()), ANSWERED, Priority.NOTICE);
    }

    void card(Handle handle, ShiftOverride override) {
        parts.catalog().teams().byName(handle, override.team()).flatMap(team -> parts.channel(handle, team))
                .ifPresent(channel -> put(handle, override, "card", new Destination.Channel(channel), CARD,
                        Priority.NOTICE));
    }

    /** Renews what was said about it. */
    void changed(Handle handle, ShiftOverride override) {
        if (outbox.knows(handle, key(override, "asked"))) {
            asked(handle, override);
        }
        if (outbox.knows(handle, key(override, "card"))) {
            card(handle, override);
        }
    }

    private void put(Handle handle, ShiftOverride override, String part, Destination to, String view,
            Priority priority) {
        outbox.put(handle, new Message(key(override, part), to, view, Map.of("override", override.id().value()),
                priority));
    }

    private static String key(ShiftOverride override, String part) {
        return "override:" + override.id().value() + ":" + part;
    }
}
