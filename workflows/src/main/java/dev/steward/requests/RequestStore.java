package dev.steward.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.catalog.Standing;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import dev.steward.terraform.RunId;
import dev.steward.terraform.StackId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** The tables of requests and their answers. */
final class RequestStore {
    static final SealedColumn SEALED = new SealedColumn("request_input", "sealed", List.of("request", "name"),
            "'answer:' || request || ':' || name");

    private final Sealer sealer;
    private final InstantSource clock;

    RequestStore(Sealer sealer, InstantSource clock) {
        this.sealer = sealer;
        this.clock = clock;
    }

    /** A request that has no row yet. */
    record New(String workflow, String workflowDigest, long requester, String channel, String subject, StackId stack,
            String idempotencyKey) {}

    /** A request to end what that one made; the person who asked for that stands for it. */
    RequestId insertEnding(Handle handle, Request origin, String idempotencyKey) {
        RequestId id = insert(handle, new New(origin.workflow(), origin.workflowDigest(), origin.requester(),
                origin.channel(), origin.subject(), origin.stack(), idempotencyKey));
        handle.createUpdate("UPDATE request SET operation = 'destroy', origin = :origin WHERE id = :id")
                .bind("origin", origin.id().value()).bind("id", id.value()).execute();
        return id;
    }

    /** A person's request to end what that one made; its answers are those of the request given. */
    RequestId insertDecommission(Handle handle, Request origin, RequestId answers, long requester,
            Optional<Long> incident, String idempotencyKey) {
        RequestId id = insert(handle, new New(origin.workflow(), origin.workflowDigest(), requester, origin.channel(),
                origin.subject(), origin.stack(), idempotencyKey));
        handle.createUpdate("""
                UPDATE request SET operation = 'destroy', origin = :origin, asked_for = 1, incident = :incident
                WHERE id = :id""").bind("origin", origin.id().value()).bind("incident", incident.orElse(null))
                .bind("id", id.value()).execute();
        handle.createUpdate("""
                INSERT INTO request_input (request, name, value, sealed)
                SELECT :id, name, value, NULL FROM request_input WHERE request = :answers AND value IS NOT NULL""")
                .bind("id", id.value()).bind("answers", answers.value()).execute();
        return id;
    }

    /** Notes for which incident something is asked for. */
    void serves(Handle handle, RequestId id, Optional<Long> incident) {
        handle.createUpdate("UPDATE request SET incident = :incident WHERE id = :id")
                .bind("incident", incident.orElse(null)).bind("id", id.value()).execute();
    }

    /** A person's request to make something else of what that one made; its answers follow. */
    RequestId insertChange(Handle handle, New change, RequestId origin, Optional<Request.Back> back,
            Optional<Long> incident) {
        RequestId id = insert(handle, change);
        handle.createUpdate("""
                UPDATE request SET operation = 'change', origin = :origin, asked_for = 1, incident = :incident,
                    reverts = :from, goes_back_to = :to WHERE id = :id""").bind("origin", origin.value())
                .bind("incident", incident.orElse(null))
                .bind("from", back.map(b -> b.from().value()).orElse(null))
                .bind("to", back.map(b -> b.to().value()).orElse(null)).bind("id", id.value()).execute();
        return id;
    }

    /** Stacks with access that is there, for incidents. */
    List<Request> grantsForIncidents(Handle handle) {
        return handle.createQuery("""
                SELECT r.* FROM lease l JOIN request r ON r.id = l.request
                WHERE l.state = 'active' AND r.incident IS NOT NULL ORDER BY r.id""").map(RequestStore::request)
                .list();
    }

    /** How often people refused to have that lease ended. */
    int refusals(Handle handle, StackId stack) {
        return handle.createQuery("""
                SELECT count(*) FROM request WHERE stack = :stack AND operation = 'destroy' AND asked_for = 0
                    AND state = 'rejected'""").bind("stack", stack.value()).mapTo(Integer.class).one();
    }

    /** How often what that lease had left was given back. */
    int givenBack(Handle handle, StackId stack) {
        return handle.createQuery("SELECT count(*) FROM request WHERE idempotency_key LIKE :keys")
                .bind("keys", "lease:" + stack.value() + ":give-back:%").mapTo(Integer.class).one();
    }

    /** Has what was asked for one incident's sake belong to another one; answers which requests that are. */
    List<Request> follow(Handle handle, long from, long to) {
        return handle.createQuery("UPDATE request SET incident = :to WHERE incident = :from RETURNING *")
                .bind("from", from).bind("to", to).map(RequestStore::request).list();
    }

    RequestId insert(Handle handle, New request) {
        handle.createUpdate("""
                INSERT INTO request (workflow, workflow_digest, requester, channel, subject, state, stack,
                    idempotency_key, created_at, updated_at)
                VALUES (:workflow, :digest, :requester, :channel, :subject, 'pending', :stack, :key, :now, :now)""")
                .bind("workflow", request.workflow()).bind("digest", request.workflowDigest())
                .bind("requester", request.requester()).bind("channel", request.channel())
                .bind("subject", request.subject()).bind("stack", request.stack().value())
                .bind("key", request.idempotencyKey()).bind("now", clock.millis()).execute();
        return new RequestId(Database.lastId(handle));
    }

    /** Makes a run the one that serves the request now. */
    void serve(Handle handle, RequestId id, RunId run, String workflowDigest) {
        Database.expectOne(handle.createUpdate("""
                UPDATE request SET run = :run, workflow_digest = :digest, version = version + 1, updated_at = :now
                WHERE id = :id""").bind("run", run.value()).bind("digest", workflowDigest).bind("now", clock.millis())
                .bind("id", id.value()).execute(), id.text());
    }

    Request byId(Handle handle, RequestId id) {
        return find(handle, id).orElseThrow(() -> new IllegalStateException("no such request: " + id.text()));
    }

    Optional<Request> find(Handle handle, RequestId id) {
        return handle.createQuery("SELECT * FROM request WHERE id = :id").bind("id", id.value())
                .map(RequestStore::request).findOne();
    }

    Optional<RequestId> byIdempotencyKey(Handle handle, String key) {
        return handle.createQuery("SELECT id FROM request WHERE idempotency_key = :key").bind("key", key)
                .mapTo(Long.class).findOne().map(RequestId::new);
    }

    /** Notes which submission made the request what it is now. */
    void submittedAs(Handle handle, RequestId id, String key) {
        Database.expectOne(handle.createUpdate("UPDATE request SET idempotency_key = :key WHERE id = :id")
                .bind("key", key).bind("id", id.value()).execute(), id.text());
    }

    /** The request that made or is to make a stack. */
    Optional<Request> ofStack(Handle handle, StackId stack) {
        return handle.createQuery("""
                SELECT * FROM request WHERE stack = :stack AND operation = 'create' ORDER BY id DESC LIMIT 1""")
                .bind("stack", stack.value()).map(RequestStore::request).findOne();
    }

    /** Changes what the request is about. */
    void about(Handle handle, RequestId id, String subject) {
        Database.expectOne(handle.createUpdate("UPDATE request SET subject = :subject WHERE id = :id")
                .bind("subject", subject).bind("id", id.value()).execute(), id.text());
    }

    /** The newest requests of a person that are in one of these states, newest first. */
    List<Request> of(Handle handle, long person, Set<RequestState> states, int limit) {
        return handle.createQuery("""
                SELECT * FROM request WHERE id IN (SELECT id FROM request WHERE requester = :person
                    AND (operation = 'create' OR asked_for = 1) AND state IN (<states>) ORDER BY id DESC LIMIT :limit)
                ORDER BY id DESC""")
                .bind("person", person).bindList("states", columns(states)).bind("limit", limit)
                .map(RequestStore::request).list();
    }

    /** Requests that wait, to be decided on or mended, and whose requester has left or is a guest now. */
    List<Request> ofLeavers(Handle handle, int limit) {
        return handle.createQuery("""
                SELECT r.* FROM person p JOIN request r ON r.requester = p.id AND r.state IN ('pending', 'approved')
                WHERE p.standing IN (<gone>) AND (r.operation = 'create' OR r.asked_for = 1)
                    AND NOT EXISTS (SELECT 1 FROM run WHERE id = r.run AND cancel_requested IS NOT NULL)
                ORDER BY r.id LIMIT :limit""").bindList("gone", Standing.storedGone()).bind("limit", limit)
                .map(RequestStore::request).list();
    }

    /** How many requests of a person are in one of these states. */
    int count(Handle handle, long person, Set<RequestState> states) {
        return handle.createQuery("""
                SELECT count(*) FROM request WHERE requester = :person AND (operation = 'create' OR asked_for = 1)
                    AND state IN (<states>)""")
                .bind("person", person).bindList("states", columns(states)).mapTo(Integer.class).one();
    }

    private static List<String> columns(Set<RequestState> states) {
        return states.stream().map(RequestState::column).toList();
    }

    /** Moves the request on, if nobody was first. */
    Optional<Request> move(Handle handle, Request seen, RequestState to) {
        int rows = handle.createUpdate("""
                UPDATE request SET state = :state, version = version + 1, updated_at = :now
                WHERE id = :id AND version = :seen""").bind("state", to.column()).bind("now", clock.millis())
                .bind("id", seen.id().value()).bind("seen", seen.version()).execute();
        return rows == 0 ? Optional.empty() : find(handle, seen.id());
    }

    /** Replaces the answers; those to sensitive fields are sealed. */
    void answers(Handle handle, RequestId id, Map<String, Object> answers, Set<String> sensitive) {
        handle.createUpdate("DELETE FROM request_input WHERE request = :id").bind("id", id.value()).execute();
        answers.forEach((name, value) -> {
            boolean secret = sensitive.contains(name);
            String text = Json.text(value);
            handle.createUpdate("""
                    INSERT INTO request_input (request, name, value, sealed) VALUES (:id, :name, :value, :sealed)""")
                    .bind("id", id.value()).bind("name", name).bind("value", secret ? null : text)
                    .bind("sealed", secret ? sealer.sealText(text, context(id, name)) : null).execute();
        });
    }

    /** Replaces one answer, to a field that is not sensitive. */
    void answer(Handle handle, RequestId id, String name, Object value) {
        Database.expectOne(handle.createUpdate("""
                UPDATE request_input SET value = :value WHERE request = :id AND name = :name AND sealed IS NULL""")
                .bind("value", Json.text(value)).bind("id", id.value()).bind("name", name).execute(), name);
    }

    /** The answers by field, in clear: for use inside, never for showing. */
    Map<String, Object> answers(Handle handle, RequestId id) {
        Map<String, Object> answers = new LinkedHashMap<>();
        handle.createQuery("SELECT name, value, sealed FROM request_input WHERE request = :id").bind("id", id.value())
                .map((rs, c) -> Map.entry(rs.getString("name"), answer(rs, id))).list()
                .forEach(e -> answers.put(e.getKey(), Json.read(e.getValue().toString(), Object.class)));
        return answers;
    }

    private JsonNode answer(ResultSet rs, RequestId id) throws SQLException {
        String value = rs.getString("value");
        return Json.tree(value != null
                ? value
                : sealer.openText(rs.getBytes("sealed"), context(id, rs.getString("name"))));
    }

    private static Optional<Long> row(ResultSet rs, String column) throws SQLException {
        long row = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(row);
    }

    private static Optional<Request.Back> back(ResultSet rs) throws SQLException {
        Optional<Long> from = row(rs, "reverts");
        Optional<Long> to = row(rs, "goes_back_to");
        return from.map(request -> new Request.Back(new RequestId(request), new RequestId(to.orElseThrow())));
    }

    private static String context(RequestId id, String name) {
        return "answer:" + id.value() + ":" + name;
    }

    static Request request(ResultSet rs, StatementContext context) throws SQLException {
        return new Request(new RequestId(rs.getLong("id")), rs.getString("workflow"), rs.getString("workflow_digest"),
                rs.getLong("requester"), rs.getString("channel"), rs.getString("subject"),
                Request.Operation.ofColumn(rs.getString("operation")), row(rs, "origin").map(RequestId::new),
                back(rs), row(rs, "incident"), rs.getBoolean("asked_for"),
                RequestState.ofColumn(rs.getString("state")), rs.getLong("version"), new StackId(rs.getLong("stack")),
                new RunId(rs.getLong("run")), Instant.ofEpochMilli(rs.getLong("created_at")),
                Instant.ofEpochMilli(rs.getLong("updated_at")));
    }
}
