package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.ledger.Actor;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The other end of Terraform's http backend: reads, locks and versions of a stack's state, and the gate through which a
 * run is applied once.
 *
 * <p>
 * Each call names an attempt by its token. A lock for applying is granted once per run, by the transaction that moves
 * the run to {@link RunState.Applying}. LOCK, POST and UNLOCK are idempotent by Terraform's lock id, since Terraform
 * repeats a call whose answer it did not get. Thread-safe. Protocol:
 * https://developer.hashicorp.com/terraform/language/backend/http
 */
public final class StateProtocol {
    /** The largest state that is taken, in bytes. */
    public static final int MAX_STATE_BYTES = 256 * 1024 * 1024;
    private static final int MAX_LOCK_BYTES = 64 * 1024;
    private static final Logger LOG = LoggerFactory.getLogger(StateProtocol.class);

    private final Database database;
    private final RunTables tables;

    /** A protocol over the tables of that database. */
    public StateProtocol(Database database, RunTables tables) {
        this.database = database;
        this.tables = tables;
    }

    /**
     * One request of Terraform's.
     *
     * @param stack
     *            the path's last part
     * @param lockId
     *            the query's {@code ID}
     * @param authorization
     *            the header
     * @param body
     *            not read yet
     */
    public record Call(String method, String stack, Optional<String> lockId, Optional<String> authorization,
            InputStream body) {}

    /** A body that is too large to be held in memory. */
    public interface Content {
        /** How long it is. */
        long bytes();

        /** Writes all of it. */
        void writeTo(OutputStream out);
    }

    /**
     * What Terraform gets back.
     *
     * @param large
     *            the body instead, when it is large
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, only handed on
    public record Reply(int status, byte[] body, Optional<Content> large) {
        /** A reply with a small body. */
        public Reply(int status, byte[] body) {
            this(status, body, Optional.empty());
        }

        static Reply of(int status, String text) {
            return new Reply(status, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** Answers one call. */
    public Reply answer(Call call) throws IOException {
        Optional<Attempt> caller = token(call).flatMap(t -> database.read(h -> tables.attempts().byToken(h, t)));
        if (caller.isEmpty()) {
            return Reply.of(401, "this endpoint answers running attempts only");
        }
        Attempt attempt = caller.get();
        if (attempt.revoked() || !attempt.stack().text().equals(call.stack())) {
            LOG.warn("{} {} refused: attempt {} is revoked or of another stack", call.method(), call.stack(),
                    attempt.id());
            return Reply.of(403, "this attempt's token was revoked, or is for another stack");
        }
        return switch (call.method()) {
            case "GET" -> get(attempt);
            case "LOCK" -> lock(attempt, call.body());
            case "UNLOCK" -> unlock(attempt, call.body());
            case "POST" -> post(attempt, call);
            default -> Reply.of(405, "GET, POST, LOCK and UNLOCK are understood");
        };
    }

    private Reply get(Attempt attempt) {
        return database.read(h -> {
            StateVersions.Version latest = tables.states().latest(h, attempt.stack());
            byte[] body = tables.states().body(h, latest);
            return latest.upload().isEmpty()
                    ? new Reply(200, body)
                    : new Reply(200, new byte[0], Optional.of(new StatePieces.Content(database, tables.pieces(),
                            StatePieces.Listed.parse(body))));
        });
    }

    private Reply lock(Attempt attempt, InputStream body) throws IOException {
        Optional<JsonNode> info = lockInfo(body);
        if (info.isEmpty()) {
            return Reply.of(400, "a lock names its ID and its Operation");
        }
        String lockId = info.get().path("ID").asText();
        String operation = info.get().path("Operation").asText();
        return database.write(h -> grant(h, attempt.id(),
                new StateLocks.Held(lockId, attempt.id(), Json.text(info.get())), operation));
    }

    /** The gate. Everything is read again inside the transaction. */
    private Reply grant(Handle handle, long attemptId, StateLocks.Held wanted, String operation) {
        Attempt attempt = tables.attempts().byId(handle, attemptId);
        Optional<StateLocks.Held> holder = tables.locks().holder(handle, attempt.stack());
        if (holder.isPresent()) {
            boolean same = holder.get().lockId().equals(wanted.lockId()) && holder.get().attempt() == attemptId;
            return same ? Reply.of(200, "") : Reply.of(423, holder.get().info());
        }
        if (attempt.revoked() || attempt.lockId().isPresent()) {
            return Reply.of(403, "a lock is granted once to an attempt");
        }
        Run run = tables.runs().byId(handle, attempt.run());
        Optional<String> refusal = switch (attempt.kind()) {
            case PLAN -> planRefusal(run, operation);
            case APPLY -> moveToApplying(handle, run, attempt, operation);
        };
        if (refusal.isPresent()) {
            LOG.warn("{}: lock refused to attempt {}: {}", run.id().text(), attemptId, refusal.get());
            return Reply.of(403, refusal.get());
        }
        tables.attempts().lockGranted(handle, attempt, wanted.lockId());
        tables.locks().take(handle, attempt.stack(), wanted, operation);
        return Reply.of(200, "");
    }

    private static Optional<String> planRefusal(Run run, String operation) {
        boolean plans = switch (run.state()) {
            case RunState.Planning p -> true;
            case RunState.Approved a -> true; // planned again because the plan has aged
            case RunState.Requested _,RunState.PlanFailed _,RunState.NoChanges _,RunState.AwaitingApproval _,RunState.ApplyClaimed _,RunState.Applying _,RunState.Applied _,RunState.ApplyFailed _,RunState.Partial _,RunState.Indeterminate _,RunState.Cancelled _,RunState.Expired _,RunState.Stale _ ->
                false;
        };
        return plans && operation.equals("OperationTypePlan")
                ? Optional.empty()
                : Optional.of("this token is for planning a run that is being planned");
    }

    private Optional<String> moveToApplying(Handle handle, Run run, Attempt attempt, String operation) {
        if (!operation.equals("OperationTypeApply")
                || !(run.state() instanceof RunState.ApplyClaimed(long plan, long claimed))
                || claimed != attempt.id()) {
            return Optional.of("this token is for applying a run that was claimed for it");
        }
        boolean moved = tables.runs().move(handle, run, new RunState.Applying(plan, attempt.id()), Actor.STEWARD,
                Map.of("attempt", attempt.id(), "plan", plan)).isPresent();
        return moved ? Optional.empty() : Optional.of("the run has changed");
    }

    private Reply unlock(Attempt attempt, InputStream body) throws IOException {
        Optional<JsonNode> info = lockInfo(body);
        if (info.isEmpty()) {
            return Reply.of(403, "a lock is ended by its holder, or by a request in Steward, never by force");
        }
        String lockId = info.get().path("ID").asText();
        return database.write(h -> {
            Optional<StateLocks.Held> holder = tables.locks().holder(h, attempt.stack());
            if (holder.isPresent() && holder.get().lockId().equals(lockId)
                    && holder.get().attempt() == attempt.id()) {
                tables.locks().release(h, attempt.stack());
                return Reply.of(200, "");
            }
            boolean endedBefore = tables.attempts().byId(h, attempt.id()).lockId().equals(Optional.of(lockId));
            return endedBefore ? Reply.of(200, "") : Reply.of(409, "that lock is not held by this attempt");
        });
    }

    private Reply post(Attempt attempt, Call call) throws IOException {
        if (attempt.kind() != Attempt.Kind.APPLY) {
            return Reply.of(403, "a plan stores no state");
        }
        try {
            return tables.store(database, attempt, call.lockId(), call.body());
        } catch (StateFile.Unreadable e) {
            return Reply.of(400, "not a Terraform state");
        }
    }

    private static Optional<JsonNode> lockInfo(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(MAX_LOCK_BYTES + 1);
        if (bytes.length == 0 || bytes.length > MAX_LOCK_BYTES) {
            return Optional.empty();
        }
        try {
            JsonNode info = Json.tree(new String(bytes, StandardCharsets.UTF_8));
            return Optional.of(info).filter(i -> !i.path("ID").asText().isBlank());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> token(Call call) {
        return call.authorization().filter(a -> a.regionMatches(true, 0, "Basic ", 0, 6)).flatMap(a -> {
            try {
                String pair = new String(Base64.getDecoder().decode(a.substring(6).strip()), StandardCharsets.UTF_8);
                return pair.contains(":") ? Optional.of(pair.substring(pair.indexOf(':') + 1)) : Optional.empty();
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        });
    }
}
