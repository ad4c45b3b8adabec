package dev.steward.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DatabaseTest {
    @TempDir
    Path home;

    @Test
    void keepsWhatWasWrittenAfterClosingAndOpeningAgain() {
        Path file = home.resolve("steward.db");
        try (Database database = Database.open(file)) {
            put(database, "a", "1");
        }
        try (Database database = Database.open(file)) {
            assertThat(count(database)).isEqualTo(1);
            assertThat(database.answers()).isTrue();
        }
    }

    @Test
    void rollsBackEverythingWhenTheCallbackFails() {
        try (Database database = Database.open(home.resolve("steward.db"))) {
            assertThatThrownBy(() -> database.writing(h -> {
                h.execute("INSERT INTO installation (name, value) VALUES ('a', '1')");
                throw new IllegalStateException("no");
            })).hasMessage("no");
            assertThat(count(database)).isZero();
        }
    }

    @Test
    void refusesToWriteThroughAReader() {
        try (Database database = Database.open(home.resolve("steward.db"))) {
            assertThatThrownBy(() -> database.read(h -> h.execute("INSERT INTO installation VALUES ('a', '1')")))
                    .hasMessageContaining("readonly");
        }
    }

    @Test
    void holdsToForeignKeysWalAndFullSync() {
        try (Database database = Database.open(home.resolve("steward.db"))) {
            assertThat(pragma(database, "foreign_keys")).isEqualTo("1");
            assertThat(pragma(database, "journal_mode")).isEqualTo("wal");
            assertThat(pragma(database, "synchronous")).isEqualTo("2");
            assertThatThrownBy(() -> database.writing(h -> h.execute("""
                    INSERT INTO team_member (team, person) VALUES (7, 7)"""))).hasMessageContaining("FOREIGN KEY");
        }
    }

    @Test
    void servesManyWritersAndReadersAtOnce() throws Exception {
        try (Database database = Database.open(home.resolve("steward.db"));
                var threads = Executors.newFixedThreadPool(16)) {
            var work = IntStream.range(0, 400).<Future<?>>mapToObj(i -> threads.submit(() -> {
                put(database, "n" + i, "1");
                count(database);
            })).toList();
            for (Future<?> each : work) {
                each.get();
            }
            assertThat(count(database)).isEqualTo(400);
        }
    }

    @Test
    void writesEqualValuesAsEqualText() {
        assertThat(Json.text(java.util.Map.of("b", 1, "a", java.util.Map.of("d", 1, "c", 2))))
                .isEqualTo("{\"a\":{\"c\":2,\"d\":1},\"b\":1}")
                .isEqualTo(Json.text(Json.tree("{\"b\":1, \"a\":{\"d\":1,\"c\":2}}")));
    }

    private static String pragma(Database database, String name) {
        return database.write(h -> h.createQuery("PRAGMA " + name).mapTo(String.class).one());
    }

    private static void put(Database database, String name, String value) {
        database.writing(h -> h.execute("INSERT INTO installation (name, value) VALUES (?, ?)", name, value));
    }

    private static int count(Database database) {
        return database.read(h -> h.createQuery("SELECT count(*) FROM installation").mapTo(Integer.class).one());
    }
}
