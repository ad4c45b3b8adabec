package dev.steward.playground.limits;

import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import dev.steward.playground.stage.Stage;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Writes a timeline as long as one wants into the home of a bot that is not running, as the store and the ledger do. */
final class LongTimeline {
    private static final long STEP_MILLIS = 5_000;
    /** One of ten is an update, two are what Steward did, one is only in the full view; the rest is what people said. */
    private static final List<String> KINDS = List.of("update", "status", "run", "note", "message", "message", "note",
            "message", "note", "message");
    private static final String WORDS = """
            Entry %d: one of the pools of connections to the database is full again; half of the payments of the last five \
            minutes were answered with 503, and most of them went through when they were tried again.""";

    private LongTimeline() {}

    /** Makes the timeline of that incident so long. */
    static void write(Stage stage, long incident, int entries, List<Actor> people) {
        try (Database database = Database.open(stage.home().resolve("steward.db"))) {
            Ledger ledger = new Ledger(InstantSource.system());
            database.writing(h -> {
                long first = InstantSource.system().millis() - entries * STEP_MILLIS;
                int there = h.createQuery("SELECT count(*) FROM timeline_entry WHERE incident = :incident")
                        .bind("incident", incident).mapTo(Integer.class).one();
                for (int i = there + 1; i <= entries; i++) {
                    Actor by = people.get(i % people.size());
                    long entry = entry(h, incident, i, first + i * STEP_MILLIS, by);
                    ledger.append(h, by, "incident.note", "INC-" + incident, Map.of("entry", entry));
                }
            });
        }
    }

    private static long entry(Handle handle, long incident, int number, long at, Actor by) {
        String kind = KINDS.get(number % KINDS.size());
        handle.createUpdate("""
                INSERT INTO timeline_entry (incident, kind, at, recorded_at, actor, text, curated, source)
                VALUES (:incident, :kind, :at, :at, :actor, :text, :curated, :source)""").bind("incident", incident)
                .bind("kind", kind).bind("at", at).bind("actor", by.text()).bind("text", WORDS.formatted(number))
                .bind("curated", number % KINDS.size() != 3)
                .bind("source", kind.equals("message") ? "message:C0LONG/" + number + ".000000" : "own:" + number)
                .execute();
        long entry = Database.lastId(handle);
        if (kind.equals("update")) {
            handle.createUpdate("""
                    INSERT INTO incident_update (entry, conditions, actions, needs) VALUES (:entry, :text, '', '')""")
                    .bind("entry", entry).bind("text", WORDS.formatted(number)).execute();
        }
        return entry;
    }
}
