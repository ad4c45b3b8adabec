package dev.steward.access;

import dev.steward.catalog.EntityId;
import dev.steward.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The table of reviews. */
final class ReviewStore {
    ReviewId insert(Handle handle, EntityId entity, String channel, Instant openedAt, Instant dueAt) {
        handle.createUpdate("""
                INSERT INTO access_review (entity, channel, state, opened_at, due_at)
                VALUES (:entity, :channel, 'open', :opened, :due)""").bind("entity", entity.value())
                .bind("channel", channel).bind("opened", openedAt.toEpochMilli()).bind("due", dueAt.toEpochMilli())
                .execute();
        return new ReviewId(Database.lastId(handle));
    }

    Optional<Review> find(Handle handle, ReviewId id) {
        return handle.createQuery("SELECT * FROM access_review WHERE id = :id").bind("id", id.value())
                .map(ReviewStore::review).findOne();
    }

    Optional<Review> openOn(Handle handle, EntityId entity) {
        return handle.createQuery("SELECT * FROM access_review WHERE entity = :entity AND state = 'open'")
                .bind("entity", entity.value()).map(ReviewStore::review).findOne();
    }

    Optional<Review> lastOverdue(Handle handle, EntityId entity) {
        return handle.createQuery("""
                SELECT * FROM access_review WHERE entity = :entity AND state = 'overdue' ORDER BY id DESC LIMIT 1""")
                .bind("entity", entity.value()).map(ReviewStore::review).findOne();
    }

    /** All that are open, the first to be due first. */
    List<Review> open(Handle handle) {
        return handle.createQuery("SELECT * FROM access_review WHERE state = 'open' ORDER BY due_at, id")
                .map(ReviewStore::review).list();
    }

    /** Notes what its message was told to show. */
    void shown(Handle handle, Review seen, String digest) {
        change(handle, seen, "shown = :value", digest);
    }

    void done(Handle handle, Review seen, Instant at) {
        change(handle, seen, "state = 'done', ended_at = :value", at.toEpochMilli());
    }

    void overdue(Handle handle, Review seen, Instant at) {
        change(handle, seen, "state = 'overdue', ended_at = :value", at.toEpochMilli());
    }

    /** In the caller's transaction nobody can have been first. */
    private static void change(Handle handle, Review seen, String set, Object value) {
        Database.expectOne(handle
                .createUpdate("UPDATE access_review SET " + set
                        + ", version = version + 1 WHERE id = :id AND version = :seen AND state = 'open'")
                .bind("value", value).bind("id", seen.id().value()).bind("seen", seen.version()).execute(),
                seen.id().text());
    }

    private static Review review(ResultSet rs, StatementContext context) throws SQLException {
        return new Review(new ReviewId(rs.getLong("id")), new EntityId(rs.getLong("entity")), rs.getString("channel"),
                state(rs), Instant.ofEpochMilli(rs.getLong("opened_at")), Instant.ofEpochMilli(rs.getLong("due_at")),
                rs.getString("shown"), rs.getLong("version"));
    }

    private static ReviewState state(ResultSet rs) throws SQLException {
        Instant ended = Instant.ofEpochMilli(rs.getLong("ended_at"));
        return switch (rs.getString("state")) {
            case "open" -> new ReviewState.Open();
            case "done" -> new ReviewState.Done(ended);
            default -> new ReviewState.Overdue(ended);
        };
    }
}
