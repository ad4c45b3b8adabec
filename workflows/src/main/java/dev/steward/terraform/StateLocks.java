package dev.steward.terraform;

import java.time.InstantSource;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who holds the state of a stack now. A lock belongs to an attempt and ends with it. */
final class StateLocks {
    private final InstantSource clock;

    StateLocks(InstantSource clock) {
        this.clock = clock;
    }

    /**
     * A lock that is held.
     *
     * @param info
     *            what Terraform said of itself, as JSON text
     */
    record Held(String lockId, long attempt, String info) {}

    Optional<Held> holder(Handle handle, StackId stack) {
        return handle.createQuery("SELECT lock_id, attempt, info FROM state_lock WHERE stack = :stack")
                .bind("stack", stack.value())
                .map((rs, c) -> new Held(rs.getString("lock_id"), rs.getLong("attempt"), rs.getString("info")))
                .findOne();
    }

    void take(Handle handle, StackId stack, Held lock, String operation) {
        handle.createUpdate("""
                INSERT INTO state_lock (stack, lock_id, attempt, operation, info, locked_at)
                VALUES (:stack, :lock, :attempt, :operation, :info, :now)""").bind("stack", stack.value())
                .bind("lock", lock.lockId()).bind("attempt", lock.attempt()).bind("operation", operation)
                .bind("info", lock.info()).bind("now", clock.millis()).execute();
    }

    /** Frees all stacks; answers how many were locked. */
    int releaseAll(Handle handle) {
        return handle.createUpdate("DELETE FROM state_lock").execute();
    }

    void release(Handle handle, StackId stack) {
        handle.createUpdate("DELETE FROM state_lock WHERE stack = :stack").bind("stack", stack.value()).execute();
    }
}
