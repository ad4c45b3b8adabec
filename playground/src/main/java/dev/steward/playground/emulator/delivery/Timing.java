package dev.steward.playground.emulator.delivery;

import dev.steward.playground.emulator.faults.Fault;
import dev.steward.playground.emulator.faults.Strike;
import dev.steward.playground.emulator.journal.Delivery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** When a delivery leaves, and how often: late, overtaken by another, or twice. Safe for concurrent use. */
final class Timing implements AutoCloseable {
    /** How often one that waits for another looks whether it still has to. */
    private static final long OFTEN_MS = 100;

    private final ExecutorService copies = Executors.newVirtualThreadPerTaskExecutor();
    private final Object lock = new Object();
    private long answered;
    private int underWay;

    /** Delivers as the fault has it; answers what came of the first copy. */
    Delivery deliver(Optional<Strike> strike, Supplier<Delivery> once) {
        return strike.map(one -> struck(one, once)).orElseGet(() -> deliver(once));
    }

    private Delivery struck(Strike strike, Supplier<Delivery> once) {
        return switch (strike.fault()) {
            case Fault.Late(Duration by) -> {
                strike.pause(by);
                yield deliver(once);
            }
            case Fault.Reordered(Duration atMost) -> {
                awaitAnother(strike, atMost);
                yield deliver(once);
            }
            case Fault.Duplicated(Duration after) when after.isZero() -> {
                CompletableFuture<Delivery> copy = CompletableFuture.supplyAsync(() -> deliver(once), copies);
                Delivery first = deliver(once);
                copy.join();
                yield first;
            }
            case Fault.Duplicated(Duration after) -> {
                Delivery first = deliver(once);
                again(strike, after, once);
                yield first;
            }
            default -> deliver(once);
        };
    }

    private Delivery deliver(Supplier<Delivery> once) {
        Delivery delivery = once.get();
        synchronized (lock) {
            answered++;
            lock.notifyAll();
        }
        return delivery;
    }

    private void again(Strike strike, Duration after, Supplier<Delivery> once) {
        synchronized (lock) {
            underWay++;
        }
        copies.execute(() -> {
            try {
                if (strike.pause(after)) {
                    deliver(once);
                }
            } finally {
                synchronized (lock) {
                    underWay--;
                    lock.notifyAll();
                }
            }
        });
    }

    private void awaitAnother(Strike strike, Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            long before = answered;
            try {
                while (answered == before && System.nanoTime() < until && !strike.withdrawn()) {
                    lock.wait(Math.clamp((until - System.nanoTime()) / 1_000_000, 1, OFTEN_MS));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until no copy is under way or to come, at most that long. */
    void settle(Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            try {
                for (long left = atMost.toMillis(); underWay > 0 && left > 0; left = (until - System.nanoTime())
                        / 1_000_000) {
                    lock.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        copies.shutdownNow();
    }
}
