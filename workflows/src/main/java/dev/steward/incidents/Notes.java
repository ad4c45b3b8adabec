package dev.steward.incidents;

import dev.steward.catalog.Person;
import dev.steward.ledger.Actor;
import dev.steward.requests.ActOutcome;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/** Writes into timelines what people say: by command, by pinning a message, or by mending what is there. */
final class Notes {
    private static final Pattern TS = Pattern.compile("(\\d{1,10})\\.(\\d{6})");
    /** What people wrote may be taken out again; what Steward wrote of what was done may not. */
    private static final Set<TimelineEntry.Kind> BY_PEOPLE = EnumSet.of(TimelineEntry.Kind.NOTE,
            TimelineEntry.Kind.MESSAGE, TimelineEntry.Kind.UPDATE, TimelineEntry.Kind.ACTION, TimelineEntry.Kind.LINK);

    private final Desk desk;

    Notes(Desk desk) {
        this.desk = desk;
    }

    /** When a message was posted. */
    static Optional<Instant> posted(String ts) {
        return Optional.of(TS.matcher(ts)).filter(Matcher::matches)
                .map(m -> Instant.ofEpochSecond(Long.parseLong(m.group(1)), Long.parseLong(m.group(2)) * 1000));
    }

    /** What a message says, for one that has no words as well. */
    static String said(String text) {
        String clean = Phrases.text(text);
        return clean.isEmpty() ? "(a message without text)" : clean;
    }

    ActOutcome note(IncidentId id, Person person, String text, Optional<Instant> at) {
        return desk.act(id, person, Desk.When.NOT_MERGED, (h, incident, by) -> {
            String clean = Phrases.text(text);
            if (clean.isEmpty() || clean.length() > Desk.TEXT) {
                return new ActOutcome.Refused(clean.isEmpty()
                        ? "Nothing was written down: say what happened."
                        : tooLong("The note", clean, Desk.TEXT));
            }
            if (at.filter(moment -> !possible(incident, moment)).isPresent()) {
                return new ActOutcome.Refused("Nothing was written down: that time is in the future, or more than "
                        + Timeline.EARLIER.toDays() + " days before " + id.text() + " was declared.");
            }
            long entry = desk.timeline.add(h, incident, new Timeline.New(TimelineEntry.Kind.NOTE,
                    at.orElse(desk.now()), by, clean, true, Timeline.ownSource())).orElseThrow();
            desk.log(h, by, "note", incident, Map.of("entry", entry));
            return new ActOutcome.Done("Written into the timeline of " + id.text() + ".");
        });
    }

    static String tooLong(String what, String text, int most) {
        return what + " has " + text.length() + " characters, and at most " + most + " fit. Shorten it.";
    }

    private boolean possible(Incident incident, Instant at) {
        return !at.isBefore(incident.times().declared().minus(Timeline.EARLIER))
                && !at.isAfter(desk.now().plus(Timeline.LATER));
    }

    ActOutcome amend(IncidentId id, Person person, long entry, String text) {
        return desk.act(id, person, Desk.When.NOT_MERGED, (h, incident, by) -> {
            Optional<Timeline.Stored> stored = desk.timeline.stored(h, id, entry).filter(one -> !one.removed());
            if (stored.isEmpty()) {
                return new ActOutcome.Refused("That entry is not in the timeline of " + id.text() + " any more.");
            }
            String clean = Phrases.text(text);
            if (clean.length() > Timeline.LONGEST) {
                return new ActOutcome.Refused(tooLong("The entry", clean, Timeline.LONGEST));
            }
            return clean.isEmpty()
                    ? remove(h, incident, stored.get(), by)
                    : reword(h, incident, stored.get(), clean, by);
        });
    }

    private ActOutcome remove(Handle handle, Incident incident, Timeline.Stored entry, Actor by) {
        if (!BY_PEOPLE.contains(entry.kind())) {
            return new ActOutcome.Refused("That entry says what was done in Steward, so it stays."
                    + " You can change its words, or write another one.");
        }
        return rewritten(handle, incident, entry, Optional.empty(), by)
                ? new ActOutcome.Done("Taken out of the timeline. What it said is kept as a revision.")
                : overtaken();
    }

    private ActOutcome reword(Handle handle, Incident incident, Timeline.Stored entry, String text, Actor by) {
        if (text.equals(entry.text())) {
            return new ActOutcome.Done("It says that already.");
        }
        return rewritten(handle, incident, entry, Optional.of(text), by)
                ? new ActOutcome.Done("Changed. What it said before is kept as a revision.")
                : overtaken();
    }

    private static ActOutcome overtaken() {
        return new ActOutcome.Refused("Somebody else changed that entry at the same moment. Look at it again.");
    }

    private boolean rewritten(Handle handle, Incident incident, Timeline.Stored entry, Optional<String> text,
            Actor by) {
        boolean done = desk.timeline.rewrite(handle, entry, text, by);
        if (done) {
            retold(handle, entry, text);
            desk.log(handle, by, text.isPresent() ? "amend" : "remove", incident,
                    Map.of("entry", entry.id(), "version", entry.version()));
            desk.telling.amended(handle, incident, entry.kind(), entry.id());
            desk.telling.headline(handle, incident);
            if (entry.kind() == TimelineEntry.Kind.UPDATE) {
                desk.telling.announcement(handle, incident, false);
            }
        }
        return done;
    }

    /** What people were told is the new text from now on. */
    private static void retold(Handle handle, Timeline.Stored entry, Optional<String> text) {
        if (entry.kind() == TimelineEntry.Kind.UPDATE && text.isPresent()) {
            handle.createUpdate("""
                    UPDATE incident_update SET conditions = :text, actions = '', needs = '' WHERE entry = :entry""")
                    .bind("text", text.get()).bind("entry", entry.id()).execute();
        }
    }

    void pinned(Handle handle, IncidentId id, String channel, String ts, Actor author, String text) {
        Incident incident = desk.incidents.surviving(handle, id);
        desk.timeline.add(handle, incident, new Timeline.New(TimelineEntry.Kind.MESSAGE,
                posted(ts).orElse(desk.now()), author, said(text), true, Timeline.message(channel, ts)))
                .ifPresent(entry -> desk.log(handle, Actor.STEWARD, "pin", incident, Map.of("entry", entry)));
    }

    void messageChanged(Handle handle, String channel, String ts, Optional<String> text, Actor by) {
        for (Timeline.Stored entry : desk.timeline.ofMessage(handle, channel, ts)) {
            // What somebody took out of the timeline stays out, whatever becomes of the message.
            if (!entry.removed() && !text.map(Notes::said).equals(Optional.of(entry.text()))) {
                rewritten(handle, desk.incidents.get(handle, entry.incident()), entry, text.map(Notes::said), by);
            }
        }
    }
}
