package dev.steward.playground.emulator.faults;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** A fault that strikes one call or one delivery. What it waits for ends with the order that it came from. */
public final class Strike {
    private final Fault fault;
    private final Object lock;
    private final BooleanSupplier withdrawn;

    /**
     * A strike.
     *
     * @param lock      notified when an order is withdrawn
     * @param withdrawn whether the order was; asked with the lock held
     */
    Strike(Fault fault, Object lock, BooleanSupplier withdrawn) {
        this.fault = fault;
        this.lock = lock;
        this.withdrawn = withdrawn;
    }

    public Fault fault() {
        return fault;
    }

    public String label() {
        return fault.label();
    }

    /** Whether somebody withdrew the order meanwhile. */
    public boolean withdrawn() {
        synchronized (lock) {
            return withdrawn.getAsBoolean();
        }
    }

    /** Waits for that much wall time, or until the order is withdrawn; answers whether all of the time passed. */
    public boolean pause(Duration by) {
        long until = System.nanoTime() + by.toNanos();
        synchronized (lock) {
            try {
                for (long left = by.toNanos(); left > 0 && !withdrawn.getAsBoolean(); left = until
                        - System.nanoTime()) {
                    lock.wait(left / 1_000_000, (int) (left % 1_000_000));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
            return !withdrawn.getAsBoolean();
        }
    }
}
