package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.Sealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeKeyTest {
    @TempDir
    Path folder;

    private Home home;
    private Database database;

    @BeforeEach
    void open() {
        home = Home.create(folder);
        database = FreshDatabase.open(home.database());
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void opensWithTheKeyThatInitMade() throws IOException {
        Sealer made = bound(Optional.empty());

        byte[] sealed = made.sealText("plan", "plan:1");

        assertThat(Files.getPosixFilePermissions(home.key())).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        assertThat(ready(HomeKey.open(home, Optional.empty(), database)).openText(sealed, "plan:1")).isEqualTo("plan");
    }

    @Test
    void opensWithTheKeyOfTheEnvironmentAndMakesNoFile() {
        Secret key = key((byte) 7);

        bound(Optional.of(key));

        assertThat(home.key()).doesNotExist();
        assertThat(HomeKey.open(home, Optional.of(key), database)).isInstanceOf(HomeKey.Outcome.Ready.class);
    }

    /** A crash leaves the file as others see it at that moment. */
    @Test
    void makesAKeyFileThatIsNeverSeenHalfWritten() throws Exception {
        for (int round = 0; round < 50; round++) {
            Home fresh = Home.create(folder.resolve("home-" + round));
            try (ExecutorService watcher = Executors.newSingleThreadExecutor()) {
                Future<byte[]> first = watcher.submit(() -> firstSeen(fresh.key()));
                HomeKey.findOrMake(fresh, Optional.empty());
                assertThat(first.get()).hasSize(45);
            }
        }
    }

    private static byte[] firstSeen(Path file) throws IOException {
        while (true) {
            try {
                return Files.readAllBytes(file);
            } catch (NoSuchFileException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void refusesAMissingKeyAndMakesNoNewOne() throws IOException {
        bound(Optional.empty());
        Files.delete(home.key());

        assertThat(refused(Optional.empty())).startsWith("The encryption key is missing: there is no " + home.key());
        assertThat(home.key()).doesNotExist();
    }

    @Test
    void refusesAnotherKeyAndNamesBoth() {
        Sealer right = bound(Optional.of(key((byte) 7)));
        Sealer wrong = new Sealer(bytes((byte) 8));

        assertThat(refused(Optional.of(key((byte) 8)))).contains("was sealed with key " + right.keyId())
                .contains("this is key " + wrong.keyId());
    }

    @Test
    void refusesACheckValueThatWasSealedWithAnotherKey() {
        bound(Optional.of(key((byte) 7)));
        String forged = Base64.getEncoder()
                .encodeToString(new Sealer(bytes((byte) 8)).sealText("steward", "installation:key"));
        database.writing(h -> h.createUpdate("UPDATE installation SET value = :v WHERE name = 'key.check'")
                .bind("v", forged).execute());

        assertThat(refused(Optional.of(key((byte) 7)))).startsWith("The encryption key is another one");
    }

    @Test
    void refusesAKeyFileThatOthersMayRead() throws IOException {
        bound(Optional.empty());
        Files.setPosixFilePermissions(home.key(), PosixFilePermissions.fromString("rw-r-----"));

        assertThat(refused(Optional.empty())).contains("chmod 600 " + home.key());
    }

    @Test
    void refusesAKeyThatIsNoneWithoutQuotingIt() {
        bound(Optional.empty());

        assertThat(refused(Optional.of(new Secret("canary")))).contains("STEWARD_KEY is not 32 bytes as base64")
                .doesNotContain("canary");
        assertThat(refused(Optional.of(new Secret("c2hvcnQ=")))).contains("is not 32 bytes");
    }

    @Test
    void refusesADatabaseThatWasNeverBound() {
        assertThat(refused(Optional.of(key((byte) 7)))).contains("steward init --admin");
    }

    private Sealer bound(Optional<Secret> environment) {
        Sealer sealer = ready(HomeKey.findOrMake(home, environment));
        database.writing(h -> HomeKey.bind(h, sealer));
        return sealer;
    }

    private String refused(Optional<Secret> environment) {
        HomeKey.Outcome outcome = HomeKey.open(home, environment, database);
        assertThat(outcome).isInstanceOf(HomeKey.Outcome.Refused.class);
        return ((HomeKey.Outcome.Refused) outcome).why();
    }

    private static Sealer ready(HomeKey.Outcome outcome) {
        assertThat(outcome).isInstanceOf(HomeKey.Outcome.Ready.class);
        return ((HomeKey.Outcome.Ready) outcome).sealer();
    }

    private static Secret key(byte fill) {
        return new Secret(Base64.getEncoder().encodeToString(bytes(fill)));
    }

    private static byte[] bytes(byte fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, fill);
        return bytes;
    }
}
