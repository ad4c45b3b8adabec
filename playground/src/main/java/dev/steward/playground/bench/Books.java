package dev.steward.playground.bench;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;

/** Looks into the database of a bot that runs, through one connection that is kept and cannot write. */
final class Books implements AutoCloseable {
    private final Handle handle;

    Books(Path file) {
        handle = Jdbi.create(() -> DriverManager.getConnection("jdbc:sqlite:" + file)).open();
        handle.execute("PRAGMA query_only = ON");
        handle.execute("PRAGMA busy_timeout = 5000");
    }

    /** The run of the newest request, if that is about this subject. */
    Optional<Long> run(String subject) {
        return handle.createQuery("""
                SELECT run FROM request WHERE id = (SELECT max(id) FROM request) AND subject = :subject
                    AND run IS NOT NULL""").bind("subject", subject).mapTo(Long.class).findOne();
    }

    /** When the run's plan was stored, in milliseconds since the epoch. */
    Optional<Long> plannedAt(long run) {
        return handle.createQuery("SELECT max(created_at) FROM plan WHERE run = :run").bind("run", run)
                .mapTo(Long.class).findOne();
    }

    /** When the run came into a state, by the ledger. */
    Optional<Long> cameTo(long run, String state) {
        return handle.createQuery("SELECT at FROM ledger WHERE subject = :subject AND action = :action")
                .bind("subject", "RUN-" + run).bind("action", "run." + state).mapTo(Long.class).findOne();
    }

    /** How many jobs and messages are due. */
    int due() {
        return handle.createQuery("""
                SELECT (SELECT count(*) FROM job WHERE due_at <= :now OR claimed_by IS NOT NULL)
                    + (SELECT count(*) FROM outbox WHERE state = 'due')""").bind("now", System.currentTimeMillis())
                .mapTo(Integer.class).one();
    }

    @Override
    public void close() {
        handle.close();
    }
}
