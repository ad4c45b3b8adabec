package dev.steward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseFileTest {
    private static final int PER_SECOND = 200;

    @TempDir
    Path folder;

    @Test
    void copiesOneMomentWhileSomebodyWrites() throws Exception {
        Path file = folder.resolve("steward.db");
        Path copy = folder.resolve("copy");
        try (Database database = Database.open(file)) {
            fill(database, 20);
            try (Writer writer = new Writer(database)) {
                writer.started.await();
                int before = count(database);
                DatabaseFile.copy(file, copy);
                assertThat(pairs(copy)).as("each transaction is in it whole, or not").isEqualTo(0);
                int inCopy = DatabaseFile.read(copy, h -> h.createQuery("SELECT count(*) FROM processed_event")
                        .mapTo(Integer.class).one());
                assertThat(inCopy).isBetween(before, count(database));
            }
        }
        assertThat(DatabaseFile.problems(copy)).isEmpty();
        assertThat(Files.exists(folder.resolve("copy-wal"))).as("looking at it left nothing beside it").isFalse();
    }

    @Test
    void neverWritesOverAFile() throws Exception {
        Path file = folder.resolve("steward.db");
        Database.open(file).close();
        Path there = Files.writeString(folder.resolve("there"), "mine");

        assertThatThrownBy(() -> DatabaseFile.copy(file, there)).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(there).hasContent("mine");
    }

    @Test
    void findsADatabaseDamaged() throws Exception {
        Path file = folder.resolve("steward.db");
        try (Database database = Database.open(file)) {
            fill(database, 1);
        }
        byte[] bytes = Files.readAllBytes(file);
        for (int i = bytes.length / 2; i < bytes.length; i += 100) {
            bytes[i] ^= 0x55;
        }
        Files.write(file, bytes);

        assertThat(DatabaseFile.problems(file)).isNotEmpty();
        assertThat(DatabaseFile.problems(Files.writeString(folder.resolve("text"), "no database"))).isNotEmpty();
    }

    /** Measures; its figures are in docs/reliability.md. */
    @Test
    @Tag("bench")
    @Tag("backup")
    void delaysAWriterOf200TransactionsASecond() throws Exception {
        Path file = folder.resolve("steward.db");
        try (Database database = Database.open(file)) {
            fill(database, 500);
            for (int round = 1; round <= 3; round++) {
                Path copy = folder.resolve("copy-" + round);
                try (Writer writer = new Writer(database)) {
                    writer.started.await();
                    Thread.sleep(4000);
                    List<Double> alone = writer.taken();
                    long begin = System.nanoTime();
                    DatabaseFile.copy(file, copy);
                    double seconds = (System.nanoTime() - begin) / 1e9;
                    List<Double> meanwhile = writer.taken();
                    Thread.sleep(2000);
                    List<Double> after = writer.taken();
                    long check = System.nanoTime();
                    assertThat(DatabaseFile.problems(copy)).isEmpty();
                    System.out.printf(
                            "backup round %d: %d MB in %.1f s, checked in %.1f s; commits ms p50/p99/max: alone %s, meanwhile %s, after %s%n",
                            round, Files.size(copy) / 1_000_000, seconds, (System.nanoTime() - check) / 1e9,
                            figures(alone), figures(meanwhile), figures(after));
                }
            }
        }
    }

    private static String figures(List<Double> millis) {
        List<Double> sorted = millis.stream().sorted().toList();
        return sorted.isEmpty()
                ? "none"
                : "%.1f/%.1f/%.1f".formatted(sorted.get(sorted.size() / 2), sorted.get((int) (sorted.size() * .99)),
                        sorted.getLast());
    }

    private static int pairs(Path copy) {
        return DatabaseFile.read(copy, h -> h.createQuery("""
                SELECT (SELECT count(*) FROM processed_event WHERE id LIKE 'a:%')
                    - (SELECT count(*) FROM processed_event WHERE id LIKE 'b:%')""").mapTo(Integer.class).one());
    }

    private static int count(Database database) {
        return database.read(h -> h.createQuery("SELECT count(*) FROM processed_event").mapTo(Integer.class).one());
    }

    private static void fill(Database database, int megabytes) {
        Random random = new Random(1);
        for (int at = 0; at < megabytes; at++) {
            database.writing(h -> {
                byte[] body = new byte[1_000_000];
                random.nextBytes(body);
                h.execute("INSERT INTO installation (name, value) VALUES (hex(randomblob(16)), hex(?))",
                        (Object) java.util.Arrays
                                .copyOf(body, body.length / 2));
            });
        }
    }

    /** Commits pairs of rows, {@value #PER_SECOND} a second, until it is closed. */
    private static final class Writer implements AutoCloseable {
        private final CountDownLatch started = new CountDownLatch(20);
        private final AtomicBoolean done = new AtomicBoolean();
        private final List<Double> millis = new ArrayList<>();
        private final java.util.concurrent.ExecutorService thread = Executors.newSingleThreadExecutor();
        private final Future<?> work;

        Writer(Database database) {
            work = thread.submit(() -> write(database));
        }

        private void write(Database database) {
            long next = System.nanoTime();
            while (!done.get()) {
                String id = java.util.UUID.randomUUID().toString();
                long begin = System.nanoTime();
                database.writing(h -> {
                    h.execute("INSERT INTO processed_event (id, received_at) VALUES (?, 1)", "a:" + id);
                    h.execute("INSERT INTO processed_event (id, received_at) VALUES (?, 1)", "b:" + id);
                });
                synchronized (millis) {
                    millis.add((System.nanoTime() - begin) / 1e6);
                }
                started.countDown();
                next += 1_000_000_000L / PER_SECOND;
                java.util.concurrent.locks.LockSupport.parkNanos(next - System.nanoTime());
            }
        }

        /** How long each commit took since this was asked last. */
        List<Double> taken() {
            synchronized (millis) {
                List<Double> taken = List.copyOf(millis);
                millis.clear();
                return taken;
            }
        }

        @Override
        public void close() {
            done.set(true);
            thread.close();
            assertThat(work.state()).isEqualTo(Future.State.SUCCESS);
        }
    }
}
