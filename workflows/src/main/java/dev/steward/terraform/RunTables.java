package dev.steward.terraform;

import dev.steward.database.Database;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * The tables that runs live in, together: runs, attempts, locks, versions of state, saved plans. Whoever drives
 * Terraform and whoever answers it share one.
 */
public final class RunTables {
    /** What these tables hold sealed. */
    public static final List<SealedColumn> SEALED = List.of(Runs.SEALED, Plans.SEALED, StateVersions.SEALED,
            StateVersions.SEALED_PIECES);

    /** How many sealed bytes one transaction drops, about: freeing their pages takes time. */
    static final long DROPPED_AT_ONCE = 4_000_000;

    private final Ledger ledger;
    private final Sealer sealer;
    private final Runs runs;
    private final Attempts attempts;
    private final StateLocks locks;
    private final StateVersions states;
    private final Plans plans;

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
        byte[] bumped = StateFile.withBumpedSerial(states.body(handle, latest));
        states.insert(handle, states.seal(stack, latest.lineage(), latest.serial() + 1, bumped), null);
    }

    /** Stores a state that Terraform sent or left behind; the same one again changes nothing. */
    StateProtocol.Reply store(Database database, Attempt attempt, String lockId, StateFile state, byte[] body) {
        StateVersions.Sealed sealed = states.seal(attempt.stack(), state.lineage(), state.serial(), body);
        return database.write(h -> {
            Optional<StateLocks.Held> holder = locks.holder(h, attempt.stack());
            boolean holds = holder.isPresent() && holder.get().lockId().equals(lockId)
                    && holder.get().attempt() == attempt.id();
            if (!holds) {
                return StateProtocol.Reply.of(409, "that lock is not held by this attempt: nothing was stored");
            }
            return insert(h, attempt, sealed, state);
        });
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
        StateVersions.index(handle, attempt.stack(), state.resources());
        ledger.append(handle, Actor.STEWARD, "state.stored", attempt.stack().text(), Map.of("serial", state.serial(),
                "sha256", sealed.sha256(), "run", attempt.run().text(), "resources", state.resources().size()));
        return StateProtocol.Reply.of(200, "");
    }
}
