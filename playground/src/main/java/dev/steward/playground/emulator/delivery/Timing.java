package dev.steward.playground.emulator.delivery;

import dev.steward.playground.emulator.faults.Fault;
import dev.steward.playground.emulator.journal.Delivery;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/** When a delivery leaves, and how often: late, overtaken by another, or twice. Safe for concurrent use. */
final class Timing implements AutoCloseable {
    private final ExecutorService copies = Executors.newVirtualThreadPerTaskExecutor();
    private final Object lock = new Object();
    private long answered;
    private int underWay;

    /** Delivers as the fault has it; answers what came of the first copy. */
    Delivery deliver(Optional<Fault> fault, Supplier<Delivery> once) {
        return switch (fault.orElse(null)) {
            case Fault.Late(Duration by) -> {
                pause(by);
                yield deliver(once);
            }
            case Fault.Reordered(Duration atMost) -> {
                awaitAnother(atMost);
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
                again(after, once);
                yield first;
            }
            case null, default -> deliver(once);
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

    private void again(Duration after, Supplier<Delivery> once) {
        synchronized (lock) {
            underWay++;
        }
        copies.execute(() -> {
            try {
                pause(after);
                deliver(once);
            } finally {
                synchronized (lock) {
                    underWay--;
                    lock.notifyAll();
                }
            }
        });
    }

    private void awaitAnother(Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (lock) {
            long before = answered;
            try {
                while (answered == before && System.nanoTime() < until) {
                    lock.wait(Math.max(1, (until - System.nanoTime()) / 1_000_000));
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until no copy is under way or to come. */
    void settle() {
        synchronized (lock) {
            try {
                while (underWay > 0) {
                    lock.wait();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void pause(Duration by) {
        try {
            Thread.sleep(by);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        copies.shutdownNow();
    }
}
