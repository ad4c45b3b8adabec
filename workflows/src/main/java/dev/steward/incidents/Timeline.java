package dev.steward.incidents;

import dev.steward.catalog.People;
import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The tables of what happened in incidents. What was changed or removed is kept as a revision. */
final class Timeline {
    /** How long before its incident was declared something may have happened. */
    static final Duration EARLIER = Duration.ofDays(30);
    /** Clocks differ. */
    static final Duration LATER = Duration.ofMinutes(1);
    /** As much as is kept of a text. */
    static final int LONGEST = 4000;

    private static final String MESSAGE = "message:";

    private final People people;
    private final InstantSource clock;

    Timeline(People people, InstantSource clock) {
        this.people = people;
        this.clock = clock;
    }

    /** Something that has no entry yet. */
    record New(TimelineEntry.Kind kind, Instant at, Actor by, String text, boolean curated, String source) {}

    /** An entry as it is stored. */
    record Stored(long id, IncidentId incident, TimelineEntry.Kind kind, String text, boolean removed, long version) {}

    /** A key for something that stands for nothing else. */
    static String ownSource() {
        return "own:" + UUID.randomUUID();
    }

    static String message(String channel, String ts) {
        return MESSAGE + channel + "/" + ts;
    }

    /** Adds an entry, unless there is one with its source; a time out of bounds counts as the bound. */
    Optional<Long> add(Handle handle, Incident incident, New entry) {
        int rows = handle.createUpdate("""
                INSERT INTO timeline_entry (incident, kind, at, recorded_at, actor, text, curated, source)
                VALUES (:incident, :kind, :at, :now, :actor, :text, :curated, :source)
                ON CONFLICT (incident, source) DO NOTHING""").bind("incident", incident.id().value())
                .bind("kind", entry.kind().text()).bind("at", bounded(incident, entry.at()).toEpochMilli())
                .bind("now", clock.millis()).bind("actor", entry.by().text())
                .bind("text", Phrases.beginning(entry.text(), LONGEST)).bind("curated", entry.curated())
                .bind("source", entry.source()).execute();
        return rows == 0 ? Optional.empty() : Optional.of(Database.lastId(handle));
    }

    private Instant bounded(Incident incident, Instant at) {
        Instant first = incident.times().declared().minus(EARLIER);
        Instant last = clock.instant().plus(LATER);
        return at.isBefore(first) ? first : at.isAfter(last) ? last : at;
    }

    /** Changes the text, or removes the entry; false when somebody was first. */
    boolean rewrite(Handle handle, Stored seen, Optional<String> text, Actor by) {
        handle.createUpdate("""
                INSERT INTO timeline_revision (entry, version, text, at, actor)
                VALUES (:entry, :version, :text, :now, :actor)""").bind("entry", seen.id())
                .bind("version", seen.version()).bind("text", seen.text()).bind("now", clock.millis())
                .bind("actor", by.text()).execute();
        return handle.createUpdate("""
                UPDATE timeline_entry SET text = :text, removed_at = nullif(:removed, 0), version = version + 1
                WHERE id = :id AND version = :seen""")
                .bind("text", Phrases.beginning(text.orElse(""), LONGEST))
                .bind("removed", text.isPresent() ? 0 : clock.millis()).bind("id", seen.id())
                .bind("seen", seen.version()).execute() == 1;
    }

    Optional<Stored> stored(Handle handle, IncidentId id, long entry) {
        return handle.createQuery("SELECT * FROM timeline_entry WHERE id = :entry AND incident = :incident")
                .bind("entry", entry).bind("incident", id.value()).map((rs, c) -> stored(rs)).findOne();
    }

    /** The entries that stand for a message, in whichever incident. */
    List<Stored> ofMessage(Handle handle, String channel, String ts) {
        return handle.createQuery("SELECT * FROM timeline_entry WHERE source = :source")
                .bind("source", message(channel, ts)).map((rs, c) -> stored(rs)).list();
    }

    /** The messages of a channel that have an entry, even one that was removed, by ts. */
    Set<String> messagesOf(Handle handle, String channel) {
        String prefix = message(channel, "");
        // '0' follows '/' in the order of characters.
        return handle.createQuery("SELECT source FROM timeline_entry WHERE source >= :from AND source < :to")
                .bind("from", prefix).bind("to", MESSAGE + channel + "0").mapTo(String.class).list().stream()
                .map(source -> source.substring(prefix.length())).collect(Collectors.toSet());
    }

    List<TimelineEntry> list(Handle handle, IncidentId id, boolean all, int limit, int offset) {
        Map<String, String> names = new HashMap<>();
        return handle.createQuery("""
                SELECT * FROM timeline_entry WHERE incident = :incident AND removed_at IS NULL AND (curated = 1 OR :all)
                ORDER BY at, id LIMIT :limit OFFSET :offset""").bind("incident", id.value()).bind("all", all)
                .bind("limit", limit).bind("offset", offset).map((rs, c) -> new Row(rs)).list().stream()
                .map(row -> row.named(names.computeIfAbsent(row.actor(), actor -> name(handle, actor)))).toList();
    }

    int size(Handle handle, IncidentId id, boolean all) {
        return handle.createQuery("""
                SELECT count(*) FROM timeline_entry
                WHERE incident = :incident AND removed_at IS NULL AND (curated = 1 OR :all)""")
                .bind("incident", id.value()).bind("all", all).mapTo(Integer.class).one();
    }

    Optional<TimelineEntry> find(Handle handle, IncidentId id, long entry) {
        return handle.createQuery("""
                SELECT * FROM timeline_entry WHERE incident = :incident AND id = :entry AND removed_at IS NULL""")
                .bind("incident", id.value()).bind("entry", entry).map((rs, c) -> new Row(rs)).findOne()
                .map(row -> row.named(name(handle, row.actor())));
    }

    /** Has another incident take over all entries; what it has itself is not taken twice. */
    void move(Handle handle, IncidentId from, IncidentId to) {
        handle.createUpdate("UPDATE OR IGNORE timeline_entry SET incident = :to WHERE incident = :from")
                .bind("to", to.value()).bind("from", from.value()).execute();
        for (String table : List.of("timeline_revision", "incident_update")) {
            handle.createUpdate("DELETE FROM " + table
                    + " WHERE entry IN (SELECT id FROM timeline_entry WHERE incident = :from)")
                    .bind("from", from.value()).execute();
        }
        handle.createUpdate("DELETE FROM timeline_entry WHERE incident = :from").bind("from", from.value()).execute();
    }

    private String name(Handle handle, String actor) {
        return people.nameOf(handle, Actor.parse(actor));
    }

    private static Stored stored(ResultSet rs) throws SQLException {
        rs.getLong("removed_at");
        boolean removed = !rs.wasNull();
        return new Stored(rs.getLong("id"), new IncidentId(rs.getLong("incident")), kind(rs), rs.getString("text"),
                removed, rs.getLong("version"));
    }

    private static TimelineEntry.Kind kind(ResultSet rs) throws SQLException {
        return TimelineEntry.Kind.valueOf(rs.getString("kind").toUpperCase(Locale.ROOT));
    }

    /** An entry whose author has no name yet. */
    private record Row(TimelineEntry entry, String actor) {
        Row(ResultSet rs) throws SQLException {
            this(new TimelineEntry(rs.getLong("id"), kind(rs), Instant.ofEpochMilli(rs.getLong("at")), "",
                    rs.getString("text"), rs.getInt("curated") == 1, rs.getString("source"), rs.getLong("version")),
                    rs.getString("actor"));
        }

        TimelineEntry named(String name) {
            return new TimelineEntry(entry.id(), entry.kind(), entry.at(), name, entry.text(), entry.curated(),
                    entry.source(), entry.version());
        }
    }
}
