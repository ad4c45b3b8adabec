package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.database.Database;
import dev.steward.database.DatabaseFile;
import dev.steward.database.FreshDatabase;
import dev.steward.database.SealedColumn;
import dev.steward.database.Sealer;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Verification;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyRotationTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));
    private static final Actor OPS = new Actor.Operator("ops");
    private static final int PLANS = 250;

    @TempDir
    Path folder;
    private Home home;
    private Sealer first;

    @BeforeEach
    void begin() throws IOException {
        home = Home.create(folder.resolve("home"));
        first = ready(HomeKey.findOrMake(home, Optional.empty()));
        fill(first);
    }

    @Test
    void knowsEveryColumnThatHoldsBytes() {
        Set<String> known = KeyRotation.columns().stream().map(c -> c.table() + "." + c.column())
                .collect(Collectors.toSet());
        List<String> there = DatabaseFile.read(home.database(), h -> h.createQuery("""
                SELECT t.name || '.' || c.name FROM sqlite_schema t JOIN pragma_table_info(t.name) c
                WHERE t.type = 'table' AND c.type = 'BLOB'""").mapTo(String.class).list());
        assertThat(known).containsExactlyInAnyOrderElementsOf(there);
    }

    @Test
    void sealsEverythingAnewAndKeepsTheOldKeyAside() throws IOException {
        KeyRotation.Outcome.Rotated rotated = rotated(Optional.empty(), Optional.empty());

        assertThat(rotated.from()).isEqualTo(first.keyId());
        assertThat(rotated.values()).isEqualTo(PLANS + 5);
        assertThat(rotated.old()).contains(home.oldKey(first.keyId()));
        assertThat(Files.getPosixFilePermissions(home.key())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(ready(HomeKey.readFile(home.oldKey(first.keyId()))).keyId()).isEqualTo(first.keyId());
        assertThat(home.nextKey()).doesNotExist();
        everythingOpensWith(opened(Optional.empty()));
    }

    @Test
    void mayBeKilledAtAnyPointAndIsFinishedByTheNextRun() throws IOException {
        int steps = steps();
        assertThat(steps).isGreaterThan(8);
        for (int point = 1; point <= steps; point++) {
            Sealer before = opened(Optional.empty());
            int killedAt = point;
            AtomicInteger step = new AtomicInteger();
            KeyRotation killed = new KeyRotation(home, CLOCK, OPS, () -> {
                if (step.incrementAndGet() == killedAt) {
                    throw new IllegalStateException("killed");
                }
            });
            assertThatThrownBy(() -> killed.rotate(Optional.empty(), Optional.empty())).hasMessage("killed");
            if (killedAt > 1) {
                refusesToServe();
            }

            KeyRotation.Outcome.Rotated rotated = rotated(Optional.empty(), Optional.empty());

            assertThat(rotated.to()).as("killed at step %d", killedAt).isNotEqualTo(before.keyId());
            everythingOpensWith(opened(Optional.empty()));
            assertThat(ready(HomeKey.readFile(home.oldKey(before.keyId()))).keyId()).isEqualTo(before.keyId());
            assertThat(home.nextKey()).doesNotExist();
        }
    }

    @Test
    void takesTheNewKeyFromTheEnvironmentAndSaysSo() throws IOException {
        Optional<Secret> current = Optional.of(new Secret(Files.readString(home.key()).strip()));
        Files.delete(home.key());
        Secret next = key((byte) 9);

        assertThat(new KeyRotation(home, CLOCK, OPS, () -> {}).rotate(current, Optional.empty()))
                .isInstanceOfSatisfying(KeyRotation.Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("--new-key-env NAME"));
        rotated(current, Optional.of(next));

        assertThat(home.key()).doesNotExist();
        everythingOpensWith(opened(Optional.of(next)));
        assertThat(new KeyRotation(home, CLOCK, OPS, () -> {}).rotate(current, Optional.of(next)))
                .as("done before").isInstanceOf(KeyRotation.Outcome.Rotated.class);
    }

    @Test
    void refusesToFinishWithAnotherNewKeyThanItBegan() throws IOException {
        Optional<Secret> current = Optional.of(new Secret(Files.readString(home.key()).strip()));
        KeyRotation killed = new KeyRotation(home, CLOCK, OPS, () -> {
            throw new IllegalStateException("killed");
        });
        assertThatThrownBy(() -> killed.rotate(current, Optional.of(key((byte) 9)))).hasMessage("killed");

        assertThat(new KeyRotation(home, CLOCK, OPS, () -> {}).rotate(current, Optional.of(key((byte) 8))))
                .isInstanceOfSatisfying(KeyRotation.Outcome.Refused.class, refused -> assertThat(refused.why())
                        .contains("Give the one that it was begun with"));
        assertThat(new KeyRotation(home, CLOCK, OPS, () -> {}).rotate(current, Optional.of(key((byte) 9))))
                .isInstanceOf(KeyRotation.Outcome.Rotated.class);
    }

    @Test
    void refusesWhileAStewardServesAndWithTheWrongKey() {
        try (HomeLock _ = ((HomeLock.Outcome.Taken) HomeLock.take(home, CLOCK)).lock()) {
            assertThat(new KeyRotation(home, CLOCK, OPS, () -> {}).rotate(Optional.empty(), Optional.empty()))
                    .isInstanceOfSatisfying(KeyRotation.Outcome.Refused.class,
                            refused -> assertThat(refused.why()).contains("Stop it first"));
        }
        assertThat(new KeyRotation(home, CLOCK, OPS, () -> {}).rotate(Optional.of(key((byte) 7)),
                Optional.of(key((byte) 8)))).isInstanceOfSatisfying(KeyRotation.Outcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("was sealed with key " + first.keyId()));
    }

    @Test
    void makesNoBackupThatWouldNeedTwoKeys() {
        AtomicInteger step = new AtomicInteger();
        KeyRotation killed = new KeyRotation(home, CLOCK, OPS, () -> {
            if (step.incrementAndGet() == 3) {
                throw new IllegalStateException("killed");
            }
        });
        assertThatThrownBy(() -> killed.rotate(Optional.empty(), Optional.empty())).hasMessage("killed");

        assertThat(new Backup(home, CLOCK).write(folder.resolve("a.backup"))).isInstanceOfSatisfying(
                Backup.Outcome.Refused.class, refused -> assertThat(refused.why()).contains("steward key rotate"));
    }

    private int steps() {
        AtomicInteger steps = new AtomicInteger();
        assertThat(new KeyRotation(home, CLOCK, OPS, steps::incrementAndGet).rotate(Optional.empty(), Optional.empty()))
                .isInstanceOf(KeyRotation.Outcome.Rotated.class);
        return steps.get();
    }

    private void refusesToServe() {
        try (Database database = Database.open(home.database())) {
            assertThat(HomeKey.open(home, Optional.empty(), database)).isInstanceOfSatisfying(
                    HomeKey.Outcome.Refused.class,
                    refused -> assertThat(refused.why()).contains("Finish it with: steward key rotate"));
        }
    }

    private KeyRotation.Outcome.Rotated rotated(Optional<Secret> current, Optional<Secret> next) {
        KeyRotation.Outcome outcome = new KeyRotation(home, CLOCK, OPS, () -> {}).rotate(current, next);
        assertThat(outcome).isInstanceOf(KeyRotation.Outcome.Rotated.class);
        return (KeyRotation.Outcome.Rotated) outcome;
    }

    private Sealer opened(Optional<Secret> environment) {
        try (Database database = Database.open(home.database())) {
            return ready(HomeKey.open(home, environment, database));
        }
    }

    /** One value in each sealed column, more of them in one; and a kept state. */
    private void fill(Sealer sealer) throws IOException {
        FreshDatabase.provide(home.database());
        try (Stores stores = Stores.open(home, CLOCK)) {
            stores.database().writing(h -> {
                stores.ledger().append(h, OPS, "steward.init", "steward", Map.of());
                HomeKey.bind(h, sealer);
                h.execute("PRAGMA defer_foreign_keys = ON");
                h.execute("INSERT INTO team (id, name, title, source) VALUES (1, 't', 't', 'import')");
                h.execute("INSERT INTO person (id, name, display_name, standing) VALUES (1, 'p', 'p', 'member')");
                h.execute("""
                        INSERT INTO stack (id, name, module, lineage, owner, status, created_at, updated_at)
                        VALUES (1, 's', 'm', 'lin', 1, 'active', 0, 0)""");
                h.execute("""
                        INSERT INTO run (id, stack, operation, state, module, module_digest, terraform_version, inputs,
                            policy_digest, host, created_at, updated_at)
                        VALUES (1, 1, 'create', 'applied', 'm', 'd', '1', ?, 'p', 'h', 0, 0)""",
                        (Object) sealer.sealText("v", "inputs:1"));
                h.execute(
                        """
                                INSERT INTO request (id, workflow, workflow_digest, requester, channel, subject, state, stack, run,
                                    idempotency_key, created_at, updated_at)
                                VALUES (1, 'w', 'd', 1, 'c', 's', 'done', 1, 1, 'k', 0, 0)""");
                h.execute("INSERT INTO request_input (request, name, sealed) VALUES (1, 'secret', ?)",
                        (Object) sealer.sealText("v", "answer:1:secret"));
                h.execute("INSERT INTO request_input (request, name, value) VALUES (1, 'open', '1')");
                h.execute("INSERT INTO draft (id, person, workflow, answers, created_at, updated_at) VALUES "
                        + "('x', 1, 'w', ?, 0, 0)", (Object) sealer.sealText("v", "draft:x"));
                h.execute("INSERT INTO state_version (stack, lineage, serial, sha256, body, created_at) VALUES "
                        + "(1, 'lin', 1, 'x', ?, 0)", (Object) sealer.sealText("v", "state:lin:1"));
                for (int i = 0; i < PLANS; i++) {
                    h.execute(
                            """
                                    INSERT INTO plan (run, bytes, sha256, lineage, serial, content_digest, view, creates, updates,
                                        deletes, created_at) VALUES (1, ?, ?, 'lin', 1, 'c', '{}', 0, 0, 0, 0)""",
                            sealer.sealText("v", "plan:1:sha" + i), "sha" + i);
                }
            });
        }
        Files.createDirectories(home.kept());
        Files.write(home.kept().resolve("RUN-1-apply-2.tfstate.sealed"),
                sealer.sealText("v", "kept:RUN-1-apply-2"));
    }

    private void everythingOpensWith(Sealer sealer) throws IOException {
        TreeSet<String> closed = new TreeSet<>();
        for (SealedColumn column : KeyRotation.columns()) {
            DatabaseFile.read(home.database(), h -> rows(h, column)).forEach((context, sealed) -> {
                if (!sealer.opens(sealed, context)) {
                    closed.add(context);
                }
            });
        }
        assertThat(closed).isEmpty();
        byte[] kept = Files.readAllBytes(home.kept().resolve("RUN-1-apply-2.tfstate.sealed"));
        assertThat(sealer.openText(kept, "kept:RUN-1-apply-2")).isEqualTo("v");
        try (Stores stores = Stores.open(home, CLOCK)) {
            Verification verification = stores.database().read(h -> stores.ledger().verify(h, Optional.empty()));
            assertThat(verification).isInstanceOf(Verification.Intact.class);
        }
    }

    private static Map<String, byte[]> rows(Handle handle, SealedColumn column) {
        return handle.createQuery("SELECT " + column.context() + " AS context, " + column.column() + " AS sealed FROM "
                + column.table() + " WHERE length(" + column.column() + ") > 0")
                .map((rs, c) -> Map.entry(rs.getString("context"), rs.getBytes("sealed"))).list().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Sealer ready(HomeKey.Outcome outcome) {
        assertThat(outcome).isInstanceOf(HomeKey.Outcome.Ready.class);
        return ((HomeKey.Outcome.Ready) outcome).sealer();
    }

    private static Secret key(byte fill) {
        byte[] bytes = new byte[32];
        java.util.Arrays.fill(bytes, fill);
        return new Secret(Base64.getEncoder().encodeToString(bytes));
    }
}
