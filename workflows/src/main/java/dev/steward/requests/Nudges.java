package dev.steward.requests;

import dev.steward.approvals.ProposalId;
import dev.steward.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was done about plans on which nobody decides. */
final class Nudges {
    private static final String WAITING = """
            SELECT p.id, p.stage, p.subject, n.reminders, n.reminded_at, n.escalated_at,
                coalesce((SELECT max(d.at) FROM decision d WHERE d.proposal = p.id AND d.stage = p.stage - 1),
                    p.created_at) AS since
            FROM proposal p LEFT JOIN nudge n ON n.proposal = p.id AND n.stage = p.stage
            WHERE p.state = 'open' AND p.kind = 'plan' AND p.expires_at > :now\s""";

    private Nudges() {}

    /**
     * A stage that waits.
     *
     * @param run
     *            whose plan is to be decided on
     * @param since
     *            when the stage came to be the one that waits
     */
    record Waiting(ProposalId proposal, int stage, String run, Instant since, int reminders, Optional<Instant> reminded,
            Optional<Instant> escalated) {}

    static List<Waiting> all(Handle handle, Instant now) {
        return handle.createQuery(WAITING + "ORDER BY p.id").bind("now", now.toEpochMilli()).map((rs, c) -> row(rs))
                .list();
    }

    static Optional<Waiting> find(Handle handle, ProposalId id, Instant now) {
        return handle.createQuery(WAITING + "AND p.id = :id").bind("now", now.toEpochMilli()).bind("id", id.value())
                .map((rs, c) -> row(rs)).findOne();
    }

    private static Waiting row(ResultSet rs) throws SQLException {
        return new Waiting(new ProposalId(rs.getLong("id")), rs.getInt("stage"), rs.getString("subject"),
                Instant.ofEpochMilli(rs.getLong("since")), rs.getInt("reminders"), at(rs, "reminded_at"),
                at(rs, "escalated_at"));
    }

    private static Optional<Instant> at(ResultSet rs, String column) throws SQLException {
        long millis = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }

    static void reminded(Handle handle, Waiting seen, Instant now) {
        change(handle, seen, "reminders = reminders + 1, reminded_at = :now", now);
    }

    static void escalated(Handle handle, Waiting seen, Instant now) {
        change(handle, seen, "escalated_at = :now", now);
    }

    private static void change(Handle handle, Waiting seen, String what, Instant now) {
        handle.createUpdate("INSERT OR IGNORE INTO nudge (proposal, stage) VALUES (:proposal, :stage)")
                .bind("proposal", seen.proposal().value()).bind("stage", seen.stage()).execute();
        Database.expectOne(handle.createUpdate("UPDATE nudge SET " + what
                + " WHERE proposal = :proposal AND stage = :stage AND reminders >= :seen")
                .bind("proposal", seen.proposal().value()).bind("stage", seen.stage()).bind("seen", seen.reminders())
                .bind("now", now.toEpochMilli()).execute(), "nudge of " + seen.proposal().text());
    }
}
