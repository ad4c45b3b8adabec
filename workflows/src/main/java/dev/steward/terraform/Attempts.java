package dev.steward.terraform;

import dev.steward.database.Database;
import dev.steward.database.Sha256;
import java.security.SecureRandom;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of attempts. Tokens are stored hashed. */
final class Attempts {
    private static final String SELECT = "SELECT a.*, r.stack FROM attempt a JOIN run r ON r.id = a.run ";

    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    Attempts(InstantSource clock) {
        this.clock = clock;
    }

    /** Opens an attempt; every earlier one of the run is revoked, so that one token at most is valid. */
    Attempt.Opened open(Handle handle, Run run, Attempt.Kind kind) {
        revokeAll(handle, run.id());
        byte[] secret = new byte[32];
        random.nextBytes(secret);
        String token = HexFormat.of().formatHex(secret);
        handle.createUpdate("""
                INSERT INTO attempt (run, kind, token_hash, folder, host, created_at)
                VALUES (:run, :kind, :hash, '', :host, :now)""").bind("run", run.id().value())
                .bind("kind", kind.column()).bind("hash", Sha256.of(token)).bind("host", run.host())
                .bind("now", clock.millis()).execute();
        long id = Database.lastId(handle);
        String folder = run.id().text() + "-" + kind.column() + "-" + id;
        handle.createUpdate("UPDATE attempt SET folder = :folder WHERE id = :id").bind("folder", folder).bind("id", id)
                .execute();
        return new Attempt.Opened(byId(handle, id), token);
    }

    Attempt byId(Handle handle, long id) {
        return handle.createQuery(SELECT + "WHERE a.id = :id").bind("id", id).map(Attempts::attempt).one();
    }

    Optional<Attempt> byToken(Handle handle, String token) {
        return handle.createQuery(SELECT + "WHERE a.token_hash = :hash").bind("hash", Sha256.of(token))
                .map(Attempts::attempt).findOne();
    }

    List<Attempt> ofRun(Handle handle, RunId run) {
        return handle.createQuery(SELECT + "WHERE a.run = :run ORDER BY a.id").bind("run", run.value())
                .map(Attempts::attempt).list();
    }

    /** The newest attempts of runs that have ended, enough to find what a crash left of them. */
    List<Attempt> ofEndedRuns(Handle handle) {
        return handle.createQuery(SELECT + "WHERE r.ended_at IS NOT NULL ORDER BY a.id DESC LIMIT 1000")
                .map(Attempts::attempt).list();
    }

    void lockGranted(Handle handle, Attempt attempt, String lockId) {
        int rows = handle.createUpdate("""
                UPDATE attempt SET lock_id = :lock, lock_granted_at = :now WHERE id = :id AND lock_id IS NULL""")
                .bind("lock", lockId).bind("now", clock.millis()).bind("id", attempt.id()).execute();
        Database.expectOne(rows, "granting the lock to attempt " + attempt.id());
    }

    /** Ends every token of the run and frees what they held. */
    void revokeAll(Handle handle, RunId run) {
        handle.createUpdate("UPDATE attempt SET revoked_at = :now WHERE run = :run AND revoked_at IS NULL")
                .bind("now", clock.millis()).bind("run", run.value()).execute();
        handle.createUpdate("DELETE FROM state_lock WHERE attempt IN (SELECT id FROM attempt WHERE run = :run)")
                .bind("run", run.value()).execute();
    }

    /** Ends every attempt that has not ended, whoever's it is; answers how many. */
    int abandonAll(Handle handle) {
        return handle.createUpdate("""
                UPDATE attempt SET revoked_at = coalesce(revoked_at, :now), ended_at = :now
                WHERE revoked_at IS NULL OR ended_at IS NULL""").bind("now", clock.millis()).execute();
    }

    void ended(Handle handle, Attempt attempt, Optional<Integer> exitCode) {
        revokeAll(handle, attempt.run());
        handle.createUpdate("UPDATE attempt SET ended_at = :now, exit_code = :code WHERE id = :id AND ended_at IS NULL")
                .bind("now", clock.millis()).bind("code", exitCode.orElse(null)).bind("id", attempt.id()).execute();
    }

    private static Attempt attempt(ResultSet rs, StatementContext context) throws SQLException {
        return new Attempt(rs.getLong("id"), new RunId(rs.getLong("run")), new StackId(rs.getLong("stack")),
                Attempt.Kind.valueOf(rs.getString("kind").toUpperCase(Locale.ROOT)), rs.getString("folder"),
                rs.getString("host"), Optional.ofNullable(rs.getString("lock_id")), rs.getString("revoked_at") != null);
    }
}
