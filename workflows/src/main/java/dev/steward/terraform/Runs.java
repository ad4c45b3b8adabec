package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import dev.steward.database.Sha256;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

/**
 * The table of runs. Every change of state is guarded by the row's version and goes with its ledger entry in the
 * caller's transaction.
 */
public final class Runs {
    static final SealedColumn SEALED = new SealedColumn("run", "inputs", List.of("id"), "'inputs:' || stack");

    private final Ledger ledger;
    private final Sealer sealer;
    private final InstantSource clock;
    private final String host;

    /**
     * A store for runs of this machine.
     *
     * @param host
     *            names the machine: only it may say what became of a process of its own
     */
    public Runs(Ledger ledger, Sealer sealer, InstantSource clock, String host) {
        this.ledger = ledger;
        this.sealer = sealer;
        this.clock = clock;
        this.host = host;
    }

    /** Names this machine. */
    public String host() {
        return host;
    }

    /** Stores a new run in the state {@link RunState.Requested}. */
    public Run create(Handle handle, Actor actor, Run.Order order) {
        long now = clock.millis();
        handle.createUpdate("""
                INSERT INTO run (stack, request, operation, state, module, module_digest, terraform_version, inputs,
                    policy_digest, host, created_at, updated_at)
                VALUES (:stack, :request, :operation, 'requested', :module, :digest, :terraform, :inputs, :policy,
                    :host, :now, :now)""").bind("stack", order.stack().value()).bind("request", order.request())
                .bind("operation", order.operation().column()).bind("module", order.module())
                .bind("digest", order.moduleDigest()).bind("terraform", order.terraformVersion())
                .bind("inputs", sealer.sealText(order.inputs(), inputsContext(order.stack())))
                .bind("policy", order.policyDigest()).bind("host", host).bind("now", now).execute();
        Run run = byId(handle, new RunId(Database.lastId(handle)));
        ledger.append(handle, actor, "run.requested", run.id().text(),
                Map.of("request", order.request(), "stack", order.stack().text(), "operation",
                        order.operation().column(), "module", order.module(), "module_digest", order.moduleDigest(),
                        "inputs_sha256", Sha256.of(order.inputs()), "policy", order.policyDigest()));
        return run;
    }

    /**
     * The run of that id.
     *
     * @throws IllegalStateException if there is none
     */
    public Run byId(Handle handle, RunId id) {
        return handle.createQuery("SELECT * FROM run WHERE id = :id").bind("id", id.value()).map(Runs::run).findOne()
                .orElseThrow(() -> new IllegalStateException("no such run: " + id.text()));
    }

    /**
     * The run of that name, {@code RUN-17}.
     *
     * @throws IllegalStateException if there is none
     */
    public Run byText(Handle handle, String text) {
        return byId(handle, new RunId(Long.parseLong(text.substring("RUN-".length()))));
    }

    /** The run that served the request before that one. */
    public Optional<Run> before(Handle handle, long request, RunId run) {
        return handle.createQuery("SELECT * FROM run WHERE request = :request AND id < :id ORDER BY id DESC LIMIT 1")
                .bind("request", request).bind("id", run.value()).map(Runs::run).findOne();
    }

    /** The runs that have not ended, oldest first. */
    public List<Run> open(Handle handle) {
        return handle.createQuery("""
                SELECT * FROM run WHERE state IN ('requested', 'planning', 'awaiting_approval', 'approved',
                    'apply_claimed', 'applying') ORDER BY id""").map(Runs::run).list();
    }

    /** How many runs were asked for before that one and are not planned yet. */
    public int ahead(Handle handle, RunId run) {
        return handle.createQuery("SELECT count(*) FROM run WHERE state IN ('requested', 'planning') AND id < :id")
                .bind("id", run.value()).mapTo(Integer.class).one();
    }

    /** How many runs there are in each state. */
    public Map<String, Integer> byState(Handle handle) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        handle.createQuery("SELECT state, count(*) AS n FROM run GROUP BY state")
                .map((rs, c) -> Map.entry(rs.getString("state"), rs.getInt("n"))).list()
                .forEach(e -> counts.put(e.getKey(), e.getValue()));
        return counts;
    }

    /** The inputs that the run was asked for with: module variable to value. */
    public JsonNode inputs(Handle handle, Run run) {
        byte[] sealed = handle.createQuery("SELECT inputs FROM run WHERE id = :id").bind("id", run.id().value())
                .mapTo(byte[].class).one();
        return Json.tree(sealer.openText(sealed, inputsContext(run.stack())));
    }

    /**
     * Moves the run on, if nobody was first and it has not ended.
     *
     * @param facts
     *            for the ledger: ids and hashes only
     * @return the run as it is now, or nothing when its row has changed since it was read
     */
    public Optional<Run> move(Handle handle, Run seen, RunState to, Actor actor, Map<String, ?> facts) {
        long now = clock.millis();
        int rows = handle.createUpdate("""
                UPDATE run SET state = :state, version = version + 1, plan = :plan, attempt = :attempt,
                    detail = :detail, updated_at = :now, ended_at = CASE WHEN :ended THEN :now END
                WHERE id = :id AND version = :seen AND ended_at IS NULL""").bind("state", to.column())
                .bind("plan", planOf(to))
                .bind("attempt", attemptOf(to)).bind("detail", Json.text(detailOf(seen, to))).bind("now", now)
                .bind("ended", to.ended()).bind("id", seen.id().value()).bind("seen", seen.version()).execute();
        if (rows == 0) {
            return Optional.empty();
        }
        Map<String, Object> all = new LinkedHashMap<>(facts);
        all.put("from", seen.state().column());
        ledger.append(handle, actor, "run." + to.column(), seen.id().text(), all);
        return Optional.of(byId(handle, seen.id()));
    }

    /** Asks for the run to be stopped; whoever watches its process acts on it. */
    public void requestCancel(Handle handle, Run run, Actor actor) {
        handle.createUpdate("""
                UPDATE run SET cancel_requested = coalesce(cancel_requested, :actor) WHERE id = :id""")
                .bind("actor", actor.text()).bind("id", run.id().value()).execute();
        ledger.append(handle, actor, "run.cancel_requested", run.id().text(), Map.of());
    }

    /** Whether somebody asked for the run to be stopped. */
    public Optional<Actor> cancelRequested(Handle handle, RunId id) {
        return handle.createQuery("SELECT cancel_requested FROM run WHERE id = :id AND cancel_requested IS NOT NULL")
                .bind("id", id.value()).mapTo(String.class).findOne().map(Actor::parse);
    }

    /** Keeps something for views with the run; it is neither a state nor a fact. */
    public void annotate(Handle handle, RunId id, String name, JsonNode value) {
        handle.createUpdate("UPDATE run SET detail = json_set(detail, '$.' || :name, json(:value)) WHERE id = :id")
                .bind("name", name).bind("value", Json.text(value)).bind("id", id.value()).execute();
    }

    static String inputsContext(StackId stack) {
        return "inputs:" + stack.value();
    }

    private static @Nullable Long planOf(RunState state) {
        return switch (state) {
            case RunState.AwaitingApproval(var plan) -> plan;
            case RunState.Approved(var plan) -> plan;
            case RunState.ApplyClaimed(var plan, var a) -> plan;
            case RunState.Applying(var plan, var a) -> plan;
            case RunState.Applied(var plan) -> plan;
            case RunState.ApplyFailed(var plan, var f) -> plan;
            case RunState.Partial(var plan, var f) -> plan;
            case RunState.Indeterminate(var plan, var f) -> plan;
            case RunState.Requested _,RunState.Planning _,RunState.PlanFailed _,RunState.NoChanges _,RunState.Cancelled _,RunState.Expired _,RunState.Stale _ ->
                null;
        };
    }

    private static @Nullable Long attemptOf(RunState state) {
        return switch (state) {
            case RunState.Planning(var attempt) -> attempt;
            case RunState.ApplyClaimed(var p, var attempt) -> attempt;
            case RunState.Applying(var p, var attempt) -> attempt;
            case RunState.Requested _,RunState.PlanFailed _,RunState.NoChanges _,RunState.AwaitingApproval _,RunState.Approved _,RunState.Applied _,RunState.ApplyFailed _,RunState.Partial _,RunState.Indeterminate _,RunState.Cancelled _,RunState.Expired _,RunState.Stale _ ->
                null;
        };
    }

    private static ObjectNode detailOf(Run seen, RunState to) {
        ObjectNode detail = seen.detail().deepCopy();
        switch (to) {
            case RunState.PlanFailed(var failure) -> detail.set("failure", Json.toTree(failure));
            case RunState.ApplyFailed(var p, var failure) -> detail.set("failure", Json.toTree(failure));
            case RunState.Partial(var p, var failure) -> detail.set("failure", Json.toTree(failure));
            case RunState.Indeterminate(var p, var failure) -> detail.set("failure", Json.toTree(failure));
            case RunState.Cancelled(var by) -> detail.put("by", by.text());
            case RunState.Stale(var why) -> detail.put("why", why);
            case RunState.Expired(var why) -> detail.put("why", why);
            case RunState.Requested _,RunState.Planning _,RunState.NoChanges _,RunState.AwaitingApproval _,RunState.Approved _,RunState.ApplyClaimed _,RunState.Applying _,RunState.Applied _ ->
                {
                }
        }
        return detail;
    }

    private static Run run(ResultSet rs, StatementContext context) throws SQLException {
        JsonNode detail = Json.tree(rs.getString("detail"));
        String cancel = rs.getString("cancel_requested");
        return new Run(new RunId(rs.getLong("id")), new StackId(rs.getLong("stack")), rs.getLong("request"),
                RunOperation.of(rs.getString("operation")), state(rs, detail),
                rs.getLong("version"), rs.getString("module"), rs.getString("module_digest"),
                rs.getString("terraform_version"), rs.getString("policy_digest"), rs.getString("host"),
                Optional.ofNullable(cancel).map(Actor::parse), detail, Instant.ofEpochMilli(rs.getLong("created_at")),
                Instant.ofEpochMilli(rs.getLong("updated_at")));
    }

    private static RunState state(ResultSet rs, JsonNode detail) throws SQLException {
        long plan = rs.getLong("plan");
        long attempt = rs.getLong("attempt");
        String state = rs.getString("state");
        return switch (state) {
            case "requested" -> new RunState.Requested();
            case "planning" -> new RunState.Planning(attempt);
            case "plan_failed" -> new RunState.PlanFailed(failure(detail));
            case "no_changes" -> new RunState.NoChanges();
            case "awaiting_approval" -> new RunState.AwaitingApproval(plan);
            case "approved" -> new RunState.Approved(plan);
            case "apply_claimed" -> new RunState.ApplyClaimed(plan, attempt);
            case "applying" -> new RunState.Applying(plan, attempt);
            case "applied" -> new RunState.Applied(plan);
            case "apply_failed" -> new RunState.ApplyFailed(plan, failure(detail));
            case "partial" -> new RunState.Partial(plan, failure(detail));
            case "indeterminate" -> new RunState.Indeterminate(plan, failure(detail));
            case "cancelled" -> new RunState.Cancelled(Actor.parse(detail.path("by").asText("steward")));
            case "expired" -> new RunState.Expired(detail.path("why").asText());
            case "stale" -> new RunState.Stale(detail.path("why").asText());
            default -> throw new IllegalStateException("unknown state of a run: " + state);
        };
    }

    private static RunFailure failure(JsonNode detail) {
        return Json.read(detail.path("failure").toString(), RunFailure.class);
    }
}
