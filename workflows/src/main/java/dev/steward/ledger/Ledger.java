package dev.steward.ledger;

import dev.steward.database.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Appends to the ledger, reads it and verifies its chain. */
public final class Ledger {
    private static final String COLUMNS = "SELECT seq, at, actor, action, subject, facts, prev_hash, hash FROM ledger ";

    private final InstantSource clock;

    /** A ledger that takes the time from the clock given. */
    public Ledger(InstantSource clock) {
        this.clock = clock;
    }

    /** Appends an entry in the caller's transaction, so that it stands or falls with what it records. */
    public Entry append(Handle handle, Actor actor, String action, String subject, Map<String, ?> facts) {
        Instant at = Instant.ofEpochMilli(clock.millis());
        Entry entry = Entry.following(head(handle), at, actor.text(), action, subject, Json.text(facts));
        handle.createUpdate("""
                INSERT INTO ledger (seq, at, actor, action, subject, facts, prev_hash, hash)
                VALUES (:seq, :at, :actor, :action, :subject, :facts, :prev, :hash)""").bind("seq", entry.seq())
                .bind("at", entry.at().toEpochMilli()).bind("actor", entry.actor()).bind("action", entry.action())
                .bind("subject", entry.subject()).bind("facts", entry.facts()).bind("prev", entry.previousHash())
                .bind("hash", entry.hash()).execute();
        return entry;
    }

    /** The end of the chain. */
    public Entry.Head head(Handle handle) {
        return handle.createQuery("SELECT seq, hash FROM ledger ORDER BY seq DESC LIMIT 1")
                .map((rs, ctx) -> new Entry.Head(rs.getLong("seq"), rs.getString("hash"))).findOne()
                .orElse(new Entry.Head(0, ""));
    }

    /** All entries about a subject, oldest first. */
    public List<Entry> about(Handle handle, String subject) {
        return handle.createQuery(COLUMNS + "WHERE subject = :subject ORDER BY seq").bind("subject", subject)
                .map(Ledger::entry).list();
    }

    /** The entries after a position, oldest first, at most {@code limit}. */
    public List<Entry> after(Handle handle, long seq, int limit) {
        return handle.createQuery(COLUMNS + "WHERE seq > :seq ORDER BY seq LIMIT :limit").bind("seq", seq)
                .bind("limit", limit).map(Ledger::entry).list();
    }

    /**
     * Recomputes the whole chain.
     *
     * @param witnessed
     *            a head seen earlier from outside the database, which the chain must still contain
     */
    public Verification verify(Handle handle, Optional<Entry.Head> witnessed) {
        try (var entries = handle.createQuery(COLUMNS + "ORDER BY seq").setFetchSize(1000).map(Ledger::entry)
                .iterator()) {
            return verify(entries, witnessed);
        }
    }

    private static Verification verify(Iterator<Entry> entries, Optional<Entry.Head> witnessed) {
        Entry.Head head = new Entry.Head(0, "");
        boolean seen = witnessed.isEmpty() || witnessed.get().seq() == 0;
        while (entries.hasNext()) {
            Entry entry = entries.next();
            if (entry.seq() != head.seq() + 1) {
                return new Verification.Broken(head.seq() + 1, "is missing");
            }
            if (!entry.previousHash().equals(head.hash())) {
                return new Verification.Broken(entry.seq(), "does not follow the entry before it");
            }
            if (!entry.hash().equals(entry.computedHash())) {
                return new Verification.Broken(entry.seq(), "was altered: its content does not match its hash");
            }
            head = new Entry.Head(entry.seq(), entry.hash());
            seen = seen || head.equals(witnessed.get());
        }
        return seen
                ? new Verification.Intact(head)
                : new Verification.Broken(witnessed.get().seq(), "is not the one that was witnessed");
    }

    private static Entry entry(ResultSet rs, StatementContext context) throws SQLException {
        return new Entry(rs.getLong("seq"), Instant.ofEpochMilli(rs.getLong("at")), rs.getString("actor"),
                rs.getString("action"), rs.getString("subject"), rs.getString("facts"), rs.getString("prev_hash"),
                rs.getString("hash"));
    }
}
