package dev.steward.requests;

import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Half-filled forms: what was answered on the pages before, sealed, and readable to the person who fills the form in
 * and to nobody else.
 */
public final class Drafts {
    private static final Duration KEPT = Duration.ofDays(2);

    static final SealedColumn SEALED = new SealedColumn("draft", "answers", List.of("id"), "'draft:' || id");

    private final Sealer sealer;
    private final InstantSource clock;

    Drafts(Sealer sealer, InstantSource clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * A half-filled form.
     *
     * @param id
     *            hard to guess; still, it opens for its person alone
     * @param request
     *            set when it mends that request
     * @param changes
     *            set when it changes what that request made or changed last
     * @param answers
     *            field to raw answer
     */
    public record Draft(String id, String workflow, Optional<RequestId> request, Optional<RequestId> changes,
            Map<String, Object> answers) {
        public Draft {
            answers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        }

        /** The request that it is about; none for something new. */
        public Optional<RequestId> about() {
            return request.or(() -> changes);
        }
    }

    /** Begins a draft, and forgets those that were left lying for two days. */
    public Draft begin(Handle handle, Person person, String workflow, Optional<RequestId> request,
            Map<String, Object> answers) {
        return begin(handle, person,
                new Draft(UUID.randomUUID().toString(), workflow, request, Optional.empty(), answers));
    }

    /** Begins the draft of a change. */
    public Draft begin(Handle handle, Person person, ChangeForm.Open change) {
        return begin(handle, person, new Draft(UUID.randomUUID().toString(), change.workflow().name(),
                Optional.empty(), Optional.of(change.current()), change.answers()));
    }

    private Draft begin(Handle handle, Person person, Draft draft) {
        long now = clock.millis();
        handle.createUpdate("DELETE FROM draft WHERE updated_at < :old").bind("old", now - KEPT.toMillis()).execute();
        handle.createUpdate("""
                INSERT INTO draft (id, person, workflow, request, changes, answers, created_at, updated_at)
                VALUES (:id, :person, :workflow, :request, :changes, :answers, :now, :now)""").bind("id", draft.id())
                .bind("person", person.id()).bind("workflow", draft.workflow())
                .bind("request", draft.request().map(RequestId::value).orElse(null))
                .bind("changes", draft.changes().map(RequestId::value).orElse(null)).bind("answers", sealed(draft))
                .bind("now", now).execute();
        return draft;
    }

    /** The draft, if there is one and it is that person's. */
    public Optional<Draft> find(Handle handle, Person person, String id) {
        return handle.createQuery("SELECT * FROM draft WHERE id = :id AND person = :person").bind("id", id)
                .bind("person", person.id()).map((rs, c) -> {
                    return new Draft(id, rs.getString("workflow"), request(rs, "request"), request(rs, "changes"),
                            Json.map(sealer.openText(rs.getBytes("answers"), context(id))));
                }).findOne();
    }

    private static Optional<RequestId> request(ResultSet rs, String column) throws SQLException {
        long row = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(new RequestId(row));
    }

    /** Adds answers to a draft; later ones take the place of earlier ones. */
    public Draft merge(Handle handle, Draft draft, Map<String, Object> answers) {
        Map<String, Object> all = new LinkedHashMap<>(draft.answers());
        all.putAll(answers);
        Draft merged = new Draft(draft.id(), draft.workflow(), draft.request(), draft.changes(), all);
        handle.createUpdate("UPDATE draft SET answers = :answers, updated_at = :now WHERE id = :id")
                .bind("answers", sealed(merged)).bind("now", clock.millis()).bind("id", draft.id()).execute();
        return merged;
    }

    /** Forgets a draft that was submitted. */
    public void drop(Handle handle, Draft draft) {
        handle.createUpdate("DELETE FROM draft WHERE id = :id").bind("id", draft.id()).execute();
    }

    private byte[] sealed(Draft draft) {
        return sealer.sealText(Json.text(draft.answers()), context(draft.id()));
    }

    private static String context(String id) {
        return "draft:" + id;
    }
}
