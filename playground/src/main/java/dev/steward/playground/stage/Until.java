package dev.steward.playground.stage;

import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for something to become true, looking often. */
public final class Until {
    /** Longer than anything here takes on a machine that has much else to do. */
    public static final Duration LONG = Duration.ofMinutes(2);

    private static final Duration LOOK = Duration.ofMillis(40);

    private Until() {}

    /**
     * Waits until the condition holds.
     *
     * @param what
     *            for the message when it does not
     * @throws IllegalStateException
     *             if it does not hold in time
     */
    public static void isTrue(String what, Duration limit, BooleanSupplier condition) {
        present(what, limit, () -> condition.getAsBoolean() ? Optional.of(true) : Optional.empty());
    }

    /** Waits until the condition holds, and answers whether it did in time. */
    public static boolean holds(Duration limit, BooleanSupplier condition) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            pause();
        }
        return true;
    }

    /**
     * Waits until there is a value.
     *
     * @throws IllegalStateException
     *             if there is none in time
     */
    public static <T> T present(String what, Duration limit, Supplier<Optional<T>> value) {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> found = value.get();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("waited " + limit.toSeconds() + " s in vain: " + what);
            }
            pause();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LOOK);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting", e);
        }
    }
}
