package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.FreshDatabase;
import dev.steward.database.Sealer;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Entry;
import dev.steward.outbox.Outbox;
import dev.steward.terraform.RunTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UpkeepTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final long OLD = NOW.minus(Duration.ofDays(400)).toEpochMilli();
    private static final long NEW = NOW.minus(Duration.ofDays(1)).toEpochMilli();

    @TempDir
    Path folder;
    private Home home;
    private Stores stores;

    @BeforeEach
    void begin() {
        home = Home.create(folder.resolve("home"));
        FreshDatabase.provide(home.database());
        stores = Stores.open(home, CLOCK);
        stores.database().writing(h -> {
            h.execute("INSERT INTO team (id, name, title, source) VALUES (1, 't', 't', 'import')");
            for (int stack = 1; stack <= 2; stack++) {
                h.execute("INSERT INTO stack (id, name, module, lineage, owner, status, created_at, updated_at)"
                        + " VALUES (?, 's' || ?, 'm', 'lin' || ?, 1, 'active', 0, 0)", stack, stack, stack);
            }
        });
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @Test
    void dropsThePlanFilesOfRunsThatEndedLongAgoAndKeepsWhatTheyWouldHaveDone() throws IOException {
        run(1, "applied", OLD);
        run(2, "applied", NEW);
        run(3, "awaiting_approval", 0);
        stores.database().writing(h -> {
            for (int run = 1; run <= 3; run++) {
                plan(h, run);
            }
        });

        upkeep("").retain();

        assertThat(numbers("SELECT length(bytes) FROM plan ORDER BY id")).containsExactly(0, 5, 5);
        assertThat(numbers("SELECT count(*) FROM plan WHERE view = '{\"x\":1}'")).containsExactly(3);
        assertThat(purges()).containsExactly("plans {\"before\":" + NOW.minus(Duration.ofDays(90)).toEpochMilli()
                + ",\"count\":1}");
    }

    @Test
    void keepsTheNewestStatesOfEachStackThoseThatAreYoungAndThoseOfRunsThatGoOn() throws IOException {
        run(1, "applying", 0);
        stores.database().writing(h -> {
            h.execute("INSERT INTO attempt (id, run, kind, token_hash, folder, host, created_at) VALUES"
                    + " (1, 1, 'apply', 'x', 'f', 'h', 0)");
            for (int serial = 1; serial <= 6; serial++) {
                state(h, 1, serial, serial == 4 ? NEW : OLD, serial == 1 ? 1 : null);
            }
            state(h, 2, 1, OLD, null);
        });

        upkeep("retention: {states_kept: 2}\n").retain();

        assertThat(numbers("SELECT serial FROM state_version WHERE stack = 1 ORDER BY serial")).containsExactly(1, 4, 5,
                6);
        assertThat(numbers("SELECT serial FROM state_version WHERE stack = 2")).containsExactly(1);
        assertThat(purges()).singleElement().asString().startsWith("states ").contains("\"count\":2");
    }

    @Test
    void dropsInSlicesEachWithItsEntry() throws IOException {
        run(1, "applied", OLD);
        stores.database().writing(h -> {
            for (int i = 0; i < 250; i++) {
                plan(h, 1);
            }
        });

        upkeep("").retain();

        assertThat(numbers("SELECT count(*) FROM plan WHERE length(bytes) > 0")).containsExactly(0);
        assertThat(purges()).hasSize(3).last().asString().contains("\"count\":50");
    }

    @Test
    void forgetsMessagesThatWereGivenUpLongAgoAndNoOthers() throws IOException {
        stores.database().writing(h -> {
            message(h, "given-up", "undeliverable", OLD);
            message(h, "given-up-lately", "undeliverable", NEW);
            message(h, "waiting", "due", OLD);
        });

        upkeep("").retain();

        List<String> left = stores.database()
                .read(h -> h.createQuery("SELECT key FROM outbox ORDER BY key").mapTo(String.class).list());
        assertThat(left).containsExactly("given-up-lately", "waiting");
    }

    @Test
    void keepsTheNewestBackupsAndNothingUnfinishedForLong() throws IOException {
        Files.createDirectories(home.backups());
        for (int day = 1; day <= 4; day++) {
            Files.writeString(home.backups().resolve("steward-2026-11-0" + day + "T10-00-00Z.backup"), "x");
        }
        Path half = Files.writeString(home.backups().resolve("steward-2026-10-01T10-00-00Z.backup.partial"), "x");
        Files.setLastModifiedTime(half, FileTime.from(NOW.minus(Duration.ofDays(3))));
        Files.writeString(home.backups().resolve("notes.txt"), "mine");

        upkeep("backup: {keep: 2}\n").retain();

        try (Stream<Path> all = Files.list(home.backups())) {
            assertThat(all.map(f -> f.getFileName().toString())).containsExactlyInAnyOrder("notes.txt",
                    "steward-2026-11-03T10-00-00Z.backup", "steward-2026-11-04T10-00-00Z.backup");
        }
        assertThat(purges()).containsExactly("backups {\"count\":3}");
    }

    @Test
    void makesBackupsByItselfWhereTheSettingsAskForThem() throws Exception {
        stores.database().writing(h -> stores.ledger().append(h, Actor.STEWARD, "steward.init", "steward", Map.of()));
        Job job = new Job(1, Upkeep.BACKUP, Upkeep.BACKUP, dev.steward.database.Json.tree("{}"), 1, 0);

        Job.Outcome none = handler("").run(job);
        Job.Outcome again = handler("backup: {every: 12h}\n").run(job);

        assertThat(none).isEqualTo(Job.Outcome.DONE);
        assertThat(again).isEqualTo(new Job.Outcome.Again(Duration.ofHours(12)));
        assertThat(BackupManifest.read(home.backups().resolve("steward-2026-11-20T10-00-00Z.backup"))).isPresent();
        assertThat(numbers("SELECT count(*) FROM ledger WHERE action = 'steward.backup'")).containsExactly(1);
    }

    @Test
    void schedulesNoBackupBeforeTheNewestIsOldEnough() throws IOException {
        Files.createDirectories(home.backups());
        Path newest = Files.writeString(home.backups().resolve("steward-2026-11-20T08-00-00Z.backup"), "x");
        Files.setLastModifiedTime(newest, FileTime.from(NOW.minus(Duration.ofHours(2))));

        stores.database()
                .writing(h -> Upkeep.schedule(h, new Jobs(CLOCK), settings("backup: {every: 1d}\n"), CLOCK));

        assertThat(numbers("SELECT due_at / 60000 - " + NOW.toEpochMilli() / 60000 + " FROM job ORDER BY kind"))
                .containsExactly(22 * 60, 10);
    }

    private Job.Handler handler(String yaml) {
        return java.util.Objects.requireNonNull(upkeep(yaml).handlers().get(Upkeep.BACKUP));
    }

    private Upkeep upkeep(String yaml) {
        Sealer sealer = new Sealer(new byte[32]);
        return new Upkeep(new Core.Ground(settings(yaml), home, stores, sealer, CLOCK, new Jobs(CLOCK),
                new Outbox(CLOCK), new RunTables(stores.ledger(), sealer, CLOCK, "here")));
    }

    private Settings settings(String yaml) {
        try {
            Files.writeString(folder.resolve("steward.yaml"), "home: " + home.folder() + "\n" + yaml);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Settings.Reading reading = Settings.read(Map.of(), folder, Settings.Purpose.OPERATE);
        assertThat(reading).isInstanceOf(Settings.Reading.Good.class);
        return ((Settings.Reading.Good) reading).settings();
    }

    private void run(int id, String state, long ended) {
        stores.database().writing(h -> h.execute("""
                INSERT INTO run (id, stack, operation, state, module, module_digest, terraform_version, inputs,
                    policy_digest, host, created_at, updated_at, ended_at)
                VALUES (?, 1, 'create', ?, 'm', 'd', '1', x'01', 'p', 'h', 0, 0, nullif(?, 0))""", id, state, ended));
    }

    private static void plan(Handle handle, int run) {
        handle.execute("""
                INSERT INTO plan (run, bytes, sha256, lineage, serial, content_digest, view, creates, updates, deletes,
                    created_at) VALUES (?, x'0102030405', 's', 'lin1', 1, 'c', '{"x":1}', 0, 0, 0, 0)""", run);
    }

    private static void state(Handle handle, int stack, int serial, long at,
            @org.jspecify.annotations.Nullable Integer attempt) {
        handle.execute("INSERT INTO state_version (stack, lineage, serial, sha256, body, attempt, created_at) VALUES"
                + " (?, 'lin' || ?, ?, 'x', x'01', ?, ?)", stack, stack, serial, attempt, at);
    }

    private static void message(Handle handle, String key, String state, long at) {
        handle.execute("INSERT INTO outbox (key, destination, view, args, priority, state, due_at, created_at) VALUES"
                + " (?, 'channel:c', 'v', '{}', 1, ?, 0, ?)", key, state, at);
    }

    private List<Integer> numbers(String sql) {
        return stores.database().read(h -> h.createQuery(sql).mapTo(Integer.class).list());
    }

    private List<String> purges() {
        List<Entry> entries = stores.database().read(h -> stores.ledger().after(h, 0, 1000));
        return entries.stream().filter(e -> e.action().equals("retention.purge"))
                .map(e -> e.subject() + " " + e.facts())
                .toList();
    }
}
