package dev.steward.playground.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Calls a server. Every time is taken from the moment at which the call was meant to be made, whether or not the server
 * was still busy with those before it: otherwise a server that stalls would be asked less just then.
 */
final class Load {
    private static final int SENDERS = 32;

    private Load() {}

    /** One call that is waited for, on a connection of its own. */
    static double one(int port, byte[] request) {
        return burst(port, List.of(request)).worst();
    }

    /** Calls at a steady rate over connections that are kept. */
    static Samples steady(int port, List<byte[]> requests, int perSecond) {
        long[] took = new long[requests.size()];
        AtomicInteger refused = new AtomicInteger();
        Deque<Connection> idle = new ConcurrentLinkedDeque<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            long interval = 1_000_000_000L / perSecond;
            long begin = System.nanoTime() + 20_000_000;
            for (int i = 0; i < took.length; i++) {
                int call = i;
                long at = begin + call * interval;
                waitUntil(at);
                senders.execute(() -> {
                    if (send(port, requests.get(call), idle) != 200) {
                        refused.incrementAndGet();
                    }
                    took[call] = System.nanoTime() - at;
                });
            }
        } finally {
            idle.forEach(Load::close);
        }
        return samples(took, refused);
    }

    /** All calls at once, each on a new connection. */
    static Samples burst(int port, List<byte[]> requests) {
        long[] took = new long[requests.size()];
        AtomicInteger refused = new AtomicInteger();
        CountDownLatch all = new CountDownLatch(1);
        try (ExecutorService senders = Executors.newVirtualThreadPerTaskExecutor()) {
            long[] begin = new long[1];
            for (int i = 0; i < took.length; i++) {
                int call = i;
                Future<?> started = senders.submit(() -> {
                    all.await();
                    try (Connection connection = new Connection(port)) {
                        if (connection.call(requests.get(call)) != 200) {
                            refused.incrementAndGet();
                        }
                    } catch (IOException e) {
                        refused.incrementAndGet();
                    }
                    took[call] = System.nanoTime() - begin[0];
                    return call;
                });
                if (started.isCancelled()) {
                    throw new IllegalStateException("a call was not begun");
                }
            }
            begin[0] = System.nanoTime();
            all.countDown();
        }
        return samples(took, refused);
    }

    private static Samples samples(long[] took, AtomicInteger refused) {
        if (refused.get() > 0) {
            throw new IllegalStateException(refused.get() + " of " + took.length + " calls were not acknowledged");
        }
        return Samples.ofNanos(took);
    }

    private static int send(int port, byte[] request, Deque<Connection> idle) {
        try {
            Connection kept = idle.pollFirst();
            Connection connection = kept == null ? new Connection(port) : kept;
            int status = connection.call(request);
            idle.addFirst(connection);
            return status;
        } catch (IOException e) {
            return 0;
        }
    }

    private static void waitUntil(long nanoTime) {
        for (long left = nanoTime - System.nanoTime(); left > 0; left = nanoTime - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
