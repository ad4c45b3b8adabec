package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Database;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * The tables that runs live in, together: runs, attempts, locks, versions of state, saved plans. Whoever drives
 * Terraform and whoever answers it share one.
 */
public final class RunTables {
    /** What these tables hold sealed. */
    public static final List<SealedColumn> SEALED = List.of(Runs.SEALED, Plans.SEALED, StateVersions.SEALED,
            StatePieces.SEALED);

    /** How many sealed bytes one transaction drops, about: freeing their pages takes time. */
    static final long DROPPED_AT_ONCE = 4_000_000;

    private final Ledger ledger;
    private final Sealer sealer;
    private final Runs runs;
    private final Attempts attempts;
    private final StateLocks locks;
    private final StateVersions states;
    private final Plans plans;
    private final StatePieces pieces;
    private final ResourceIndex resources;

    /**
     * Tables over one database.
     *
     * @param host
     *            names this machine
     */
    public RunTables(Ledger ledger, Sealer sealer, InstantSource clock, String host) {
        this.ledger = ledger;
        this.sealer = sealer;
        runs = new Runs(ledger, sealer, clock, host);
        attempts = new Attempts(clock);
        locks = new StateLocks(clock);
        states = new StateVersions(sealer, clock);
        plans = new Plans(sealer, clock);
        pieces = new StatePieces(sealer, clock);
        resources = new ResourceIndex(runs, plans);
    }

    /** The runs. */
    public Runs runs() {
        return runs;
    }

    /** The saved plans. */
    public Plans plans() {
        return plans;
    }

    Attempts attempts() {
        return attempts;
    }

    StateLocks locks() {
        return locks;
    }

    StateVersions states() {
        return states;
    }

    StatePieces pieces() {
        return pieces;
    }

    /** Keys the digests of what plans contain: without it nobody can try out short secrets against them. */
    byte[] digestKey() {
        return sealer.derive("plan-content");
    }

    byte[] seal(byte[] clear, String context) {
        return sealer.seal(clear, context);
    }

    /** What a left-over state that is kept in a file of that name is sealed for. */
    public static String keptContext(String fileName) {
        return "kept:" + fileName.replace(LeftOverState.KEPT_SUFFIX, "");
    }

    /** A lineage for a new stack. */
    public static String newLineage() {
        return UUID.randomUUID().toString();
    }

    /** Gives a new stack the empty state that its first plan will fit, and no other stack's. */
    public void seed(Handle handle, StackId stack, String lineage, String terraformVersion) {
        byte[] body = SeedState.body(TerraformVersion.parse(terraformVersion), lineage);
        states.insert(handle, states.seal(stack, lineage, 1, body), null);
    }

    /** How many resources the stack's state holds. */
    public int resourceCount(Handle handle, StackId stack) {
        return handle.createQuery("SELECT count(*) FROM stack_resource WHERE stack = :stack")
                .bind("stack", stack.value()).mapTo(Integer.class).one();
    }

    /** The outputs in the stack's newest state that are not marked sensitive; of a state over 1 MB, none. */
    Map<String, JsonNode> outputs(Handle handle, StackId stack) {
        StateVersions.Version latest = states.latest(handle, stack);
        return latest.upload().isEmpty() ? StateOutputs.of(states.body(handle, latest)) : Map.of();
    }

    /** Plans whose files nobody needs any more; a bounded number, empty when there are none. */
    public List<Long> spentPlans(Handle handle, Instant endedBefore) {
        return plans.spent(handle, endedBefore);
    }

    /** Drops the files of those plans; answers how many. */
    public int dropPlanFiles(Handle handle, List<Long> ids) {
        return plans.dropFiles(handle, ids);
    }

    /** Versions of state that nobody needs any more; a bounded number, empty when there are none. */
    public List<Long> spentStates(Handle handle, Instant before, int keptPerStack) {
        return states.spent(handle, before, keptPerStack);
    }

    /** Drops those versions; answers how many. */
    public int dropStates(Handle handle, List<Long> ids) {
        return states.drop(handle, ids);
    }

    /** Pieces of large states that are of no version any more; a bounded number, empty when there are none. */
    public List<Long> spentPieces(Handle handle, Instant before) {
        return pieces.spent(handle, before);
    }

    /** Drops those pieces; answers how many. */
    public int dropPieces(Handle handle, List<Long> ids) {
        return pieces.drop(handle, ids);
    }

    /**
     * What was taken back from processes that these books no longer follow.
     *
     * @param tokens
     *            how many opened the state endpoint until now
     * @param locks
     *            how many stacks were locked until now
     */
    public record TakenBack(int tokens, int locks) {}

    /** Ends every attempt and frees every lock: for books that were restored, whose processes are not theirs. */
    public TakenBack takeBack(Handle handle) {
        return new TakenBack(attempts.abandonAll(handle), locks.releaseAll(handle));
    }

    /**
     * Writes the newest state once more under the next serial, so that no plan made before fits any longer: this is how
     * a plan is revoked.
     */
    public void outdatePlans(Handle handle, StackId stack) {
        StateVersions.Version latest = states.latest(handle, stack);
        byte[] body = states.body(handle, latest);
        states.insert(handle, latest.upload().isEmpty()
                ? states.seal(stack, latest.lineage(), latest.serial() + 1, StateFile.withBumpedSerial(body))
                : bumped(handle, latest, StatePieces.Listed.parse(body)), null);
    }

    /** The serial stands in the first piece; the others serve both versions. */
    private StateVersions.Sealed bumped(Handle handle, StateVersions.Version latest, StatePieces.Listed list) {
        StatePieces.Ref old = list.pieces().getFirst();
        byte[] before = pieces.read(handle, old);
        byte[] after = StateFile.withBumpedSerial(before);
        var first = new StatePieces.Ref(StatePieces.newUpload(), 0);
        pieces.insert(handle, latest.stack(), first, pieces.seal(first, after));
        var all = new ArrayList<>(list.pieces());
        all.set(0, first);
        return states.seal(latest.stack(), latest.lineage(), latest.serial() + 1, "bumped:" + latest.sha256(),
                StatePieces.Uploaded.list(all, list.bytes() + after.length - before.length), first.upload());
    }

    /**
     * Stores a state that Terraform sends; the same one again changes nothing.
     *
     * @throws StateFile.Unreadable
     *             if it is not a state
     */
    StateProtocol.Reply store(Database database, Attempt attempt, Optional<String> lockId, InputStream body)
            throws IOException {
        boolean holds = database.read(h -> holds(h, attempt, lockId));
        return holds ? store(database, attempt, body, h -> holds(h, attempt, lockId)) : notHeld();
    }

    /** Stores a state that Terraform left behind, in the same way. */
    StateProtocol.Reply storeLeftOver(Database database, Attempt attempt, InputStream body) throws IOException {
        return store(database, attempt, body, h -> true);
    }

    private StateProtocol.Reply store(Database database, Attempt attempt, InputStream body, Predicate<Handle> may)
            throws IOException {
        byte[] begin = body.readNBytes(StatePieces.PIECE + 1);
        if (begin.length <= StatePieces.PIECE) {
            StateFile state = StateFile.read(begin);
            StateVersions.Sealed sealed = states.seal(attempt.stack(), state.lineage(), state.serial(), begin);
            return database.write(h -> may.test(h) ? insert(h, attempt, sealed, state) : notHeld());
        }
        StatePieces.Uploaded upload = pieces.take(database, attempt.stack(),
                new SequenceInputStream(new ByteArrayInputStream(begin), body));
        StateVersions.Sealed sealed = states.seal(attempt.stack(), upload);
        return database.write(h -> {
            StateProtocol.Reply reply = may.test(h) ? insert(h, attempt, sealed, upload.state()) : notHeld();
            pieces.forget(h, upload.upload());
            return reply;
        });
    }

    private boolean holds(Handle handle, Attempt attempt, Optional<String> lockId) {
        return locks.holder(handle, attempt.stack())
                .filter(held -> lockId.equals(Optional.of(held.lockId())) && held.attempt() == attempt.id())
                .isPresent();
    }

    private static StateProtocol.Reply notHeld() {
        return StateProtocol.Reply.of(409, "that lock is not held by this attempt: nothing was stored");
    }

    StateProtocol.Reply insert(Handle handle, Attempt attempt, StateVersions.Sealed sealed, StateFile state) {
        StateVersions.Version latest = states.latest(handle, attempt.stack());
        if (!latest.lineage().equals(state.lineage())) {
            return StateProtocol.Reply.of(409, "this stack's state has another lineage");
        }
        Optional<StateVersions.Version> there = states.bySerial(handle, state.lineage(), state.serial());
        if (there.isPresent()) {
            return there.get().sha256().equals(sealed.sha256())
                    ? StateProtocol.Reply.of(200, "")
                    : StateProtocol.Reply.of(409, "another state has that serial");
        }
        if (state.serial() < latest.serial()) {
            return StateProtocol.Reply.of(409, "a newer state is stored");
        }
        states.insert(handle, sealed, attempt.id());
        resources.replace(handle, attempt, state.resources());
        ledger.append(handle, Actor.STEWARD, "state.stored", attempt.stack().text(), Map.of("serial", state.serial(),
                "sha256", sealed.sha256(), "run", attempt.run().text(), "resources", state.resources().size()));
        return StateProtocol.Reply.of(200, "");
    }
}
