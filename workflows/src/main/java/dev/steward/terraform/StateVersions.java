package dev.steward.terraform;

import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import dev.steward.database.Sha256;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/** Every state that Terraform ever stored with us, sealed; nothing is overwritten. */
final class StateVersions {
    static final SealedColumn SEALED = new SealedColumn("state_version", "body", List.of("id"),
            "'state:' || lineage || ':' || serial");

    private final Sealer sealer;
    private final InstantSource clock;

    StateVersions(Sealer sealer, InstantSource clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * One version, without its body.
     *
     * @param sha256
     *            of the state in clear
     * @param upload
     *            present when the state is in pieces; the body then lists them
     */
    record Version(long id, StackId stack, String lineage, long serial, String sha256, Optional<String> upload) {}

    /** A body ready to be stored; sealing it takes time and needs no transaction. */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
    record Sealed(StackId stack, String lineage, long serial, String sha256, byte[] body, @Nullable String upload) {}

    Sealed seal(StackId stack, String lineage, long serial, byte[] body) {
        return new Sealed(stack, lineage, serial, Sha256.of(body), sealer.seal(body, context(lineage, serial)),
                null);
    }

    /** The version of a state whose pieces are stored. */
    Sealed seal(StackId stack, StatePieces.Uploaded state) {
        return seal(stack, state.state().lineage(), state.state().serial(), state.sha256(), state.list(),
                state.upload());
    }

    Sealed seal(StackId stack, String lineage, long serial, String sha256, byte[] list, String upload) {
        return new Sealed(stack, lineage, serial, sha256, sealer.seal(list, context(lineage, serial)), upload);
    }

    void insert(Handle handle, Sealed state, @Nullable Long attempt) {
        handle.createUpdate("""
                INSERT INTO state_version (stack, lineage, serial, sha256, body, upload, attempt, created_at)
                VALUES (:stack, :lineage, :serial, :sha, :body, :upload, :attempt, :now)""")
                .bind("upload", state.upload())
                .bind("stack", state.stack().value()).bind("lineage", state.lineage()).bind("serial", state.serial())
                .bind("sha", state.sha256()).bind("body", state.body()).bind("attempt", attempt)
                .bind("now", clock.millis()).execute();
    }

    /** The newest version; every stack has one, since its state is seeded. */
    Version latest(Handle handle, StackId stack) {
        return handle.createQuery("""
                SELECT id, stack, lineage, serial, sha256, upload FROM state_version WHERE stack = :stack
                ORDER BY serial DESC LIMIT 1""").bind("stack", stack.value()).map(StateVersions::version).findOne()
                .orElseThrow(() -> new IllegalStateException(stack.text() + " has no state"));
    }

    Optional<Version> bySerial(Handle handle, String lineage, long serial) {
        return handle.createQuery("""
                SELECT id, stack, lineage, serial, sha256, upload FROM state_version
                WHERE lineage = :lineage AND serial = :serial""").bind("lineage", lineage).bind("serial", serial)
                .map(StateVersions::version).findOne();
    }

    /** The state in clear, or the list of its pieces. */
    byte[] body(Handle handle, Version version) {
        byte[] sealed = handle.createQuery("SELECT body FROM state_version WHERE id = :id").bind("id", version.id())
                .mapTo(byte[].class).one();
        return sealer.open(sealed, context(version.lineage(), version.serial()));
    }

    /**
     * Versions that are older than that, not among the newest of their stack, and not of a run that goes on: the oldest,
     * as many as are dropped at once. A version in pieces stays as long as one that Steward wrote with a raised serial is
     * there: that one has pieces of the earlier.
     */
    List<Long> spent(Handle handle, Instant before, int keptPerStack) {
        return handle.createQuery("""
                SELECT id FROM (SELECT id, bytes, sum(bytes) OVER (ORDER BY id) - bytes AS before FROM (
                    SELECT v.id, v.attempt, v.created_at, length(v.body) AS bytes,
                        v.upload IS NOT NULL AND EXISTS (SELECT 1 FROM state_version raised
                            WHERE raised.stack = v.stack AND raised.serial > v.serial AND raised.attempt IS NULL
                                AND raised.upload IS NOT NULL) AS shared,
                        row_number() OVER (PARTITION BY v.stack ORDER BY v.serial DESC) AS rank
                    FROM state_version v) spent
                    WHERE rank > :kept AND NOT shared AND created_at < :before AND NOT EXISTS (SELECT 1 FROM attempt a
                        JOIN run r ON r.id = a.run WHERE a.id = spent.attempt AND r.ended_at IS NULL))
                WHERE before < :most ORDER BY id LIMIT 100""").bind("kept", keptPerStack)
                .bind("before", before.toEpochMilli()).bind("most", RunTables.DROPPED_AT_ONCE).mapTo(Long.class)
                .list();
    }

    /** Drops versions. */
    int drop(Handle handle, List<Long> ids) {
        return handle.createUpdate("DELETE FROM state_version WHERE id IN (<ids>)").bindList("ids", ids).execute();
    }

    /** Whether the attempt has stored a state. */
    boolean advancedBy(Handle handle, Attempt attempt) {
        return handle.createQuery("SELECT count(*) FROM state_version WHERE stack = :stack AND attempt = :attempt")
                .bind("stack", attempt.stack().value()).bind("attempt", attempt.id()).mapTo(Integer.class).one() > 0;
    }

    private static String context(String lineage, long serial) {
        return "state:" + lineage + ":" + serial;
    }

    private static Version version(ResultSet rs, StatementContext context) throws SQLException {
        return new Version(rs.getLong("id"), new StackId(rs.getLong("stack")), rs.getString("lineage"),
                rs.getLong("serial"), rs.getString("sha256"), Optional.ofNullable(rs.getString("upload")));
    }
}
