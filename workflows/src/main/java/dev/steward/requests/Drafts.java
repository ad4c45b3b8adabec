package dev.steward.requests;

import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
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
     * @param answers
     *            field to raw answer
     */
    public record Draft(String id, String workflow, Optional<RequestId> request, Map<String, Object> answers) {
        public Draft {
            answers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(answers));
        }
    }

    /** Begins a draft, and forgets those that were left lying for two days. */
    public Draft begin(Handle handle, Person person, String workflow, Optional<RequestId> request,
            Map<String, Object> answers) {
        long now = clock.millis();
        handle.createUpdate("DELETE FROM draft WHERE updated_at < :old").bind("old", now - KEPT.toMillis()).execute();
        Draft draft = new Draft(UUID.randomUUID().toString(), workflow, request, answers);
        handle.createUpdate("""
                INSERT INTO draft (id, person, workflow, request, answers, created_at, updated_at)
                VALUES (:id, :person, :workflow, :request, :answers, :now, :now)""").bind("id", draft.id())
                .bind("person", person.id()).bind("workflow", workflow)
                .bind("request", request.map(RequestId::value).orElse(null)).bind("answers", sealed(draft))
                .bind("now", now).execute();
        return draft;
    }

    /** The draft, if there is one and it is that person's. */
    public Optional<Draft> find(Handle handle, Person person, String id) {
        return handle.createQuery("SELECT * FROM draft WHERE id = :id AND person = :person").bind("id", id)
                .bind("person", person.id()).map((rs, c) -> {
                    long row = rs.getLong("request");
                    Optional<RequestId> request = rs.wasNull() ? Optional.empty() : Optional.of(new RequestId(row));
                    return new Draft(id, rs.getString("workflow"), request,
                            Json.map(sealer.openText(rs.getBytes("answers"), context(id))));
                }).findOne();
    }

    /** Adds answers to a draft; later ones take the place of earlier ones. */
    public Draft merge(Handle handle, Draft draft, Map<String, Object> answers) {
        Map<String, Object> all = new LinkedHashMap<>(draft.answers());
        all.putAll(answers);
        Draft merged = new Draft(draft.id(), draft.workflow(), draft.request(), all);
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
