package dev.steward.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.DatabaseFile;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.TerraformProcesses;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup taken from the real bot while it serves and applies; the bot killed; its home lost; another home made of the
 * backup. Terraform is real, and the one of the lost home goes on.
 */
class RestoredHomeTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CHANNEL = "platform-requests";

    @TempDir
    Path folder;
    private Stage stage;
    private Actor dana;
    private Actor omar;
    private Actor pia;

    @BeforeEach
    void set() {
        stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder).slowApplies(14).initialised();
        dana = new Actor(stage.slack().person("dana"));
        omar = new Actor(stage.slack().person("omar"));
        pia = new Actor(stage.slack().person("pia"));
    }

    @AfterEach
    void strike() {
        stage.close();
    }

    @Test
    void goesOnFromABackupThatWasTakenWhileItApplied() throws IOException, InterruptedException {
        BotProcess bot = stage.start();
        Message applied = ask("payments-api");
        omar.clicksAndIsTold(applied, "approve");
        Until.isTrue("the first is applied", LIMIT, () -> state(stage.home(), 1).equals("applied"));
        Message waiting = ask("refunds-api");
        String oldValue = waiting.buttons().stream().filter(b -> b.actionId().equals("approve")).findFirst()
                .orElseThrow().value();
        Message applying = ask("ledger-api");
        omar.clicksAndIsTold(applying, "approve");
        long terraform = stoppedWhileItApplies();

        Path backup = folder.resolve("the.backup");
        String said = underLoad(() -> stage.command("backup", "--to", backup.toString()));
        assertThat(said).contains("was verified", "The key is NOT in it");
        assertThat(state(backup, 3)).as("the moment of the backup").isEqualTo("applying");
        bot.kill();
        Path home = folder.resolve("restored");
        String restored = stage.command("restore", backup.toString(), "--home", home.toString(), "--key-file",
                stage.home().resolve("key").toString());

        assertThat(restored).contains("have to be made again: 1", "nobody can say how they ended: 1",
                "Tokens revoked: 1. Locks freed: 1");
        settled(home);
        int cards = cards();
        stage.with("STEWARD_HOME", home.toString()).start();
        TerraformProcesses.goOn(terraform);
        Until.isTrue("the lost home's Terraform has ended", LIMIT, () -> !TerraformProcesses.alive(terraform));
        assertThat(number(home, "SELECT count(*) FROM state_version WHERE attempt IS NOT NULL AND stack = 3"))
                .as("it stored nothing: its token was revoked").isZero();

        Message expired = shows(waiting, "Steward was restored from a backup");
        Message unknown = shows(applying, "nobody can say");
        assertThat(expired.buttons()).noneMatch(b -> b.actionId().equals("approve"));
        assertThat(unknown.buttons()).noneMatch(b -> b.actionId().equals("approve"));
        assertThat(omar.forgesAndIsTold(expired, "approve", oldValue)).contains("expired");
        assertThat(number(home, "SELECT count(*) FROM run WHERE state = 'approved'")).isZero();

        assertThat(pia.clicksAndIsTold(expired, "plan-again")).contains("planned again as RUN-4");
        Message again = Until.present("a card to decide on", LIMIT,
                () -> message(waiting).filter(m -> m.buttons().stream().anyMatch(b -> b.actionId().equals("approve"))));
        assertThat(again.plainText()).contains("the first plan since Steward was restored");
        assertThat(number(home, "SELECT count(*) FROM stack WHERE look_since IS NOT NULL")).isEqualTo(2);
        assertThat(entries(home, "stack.looked")).isEqualTo(1);
        omar.clicksAndIsTold(again, "approve");
        Until.isTrue("it is applied", LIMIT, () -> state(home, 4).equals("applied"));
        shows(waiting, "*Applied*");
        assertThat(cards()).as("no card was posted twice").isEqualTo(cards);
        assertThat(number(home, "SELECT count(*) FROM entity")).isEqualTo(2);
        verified(home);
    }

    private void settled(Path home) {
        assertThat(state(home, 1)).isEqualTo("applied");
        assertThat(state(home, 2)).isEqualTo("expired");
        assertThat(state(home, 3)).isEqualTo("indeterminate");
        assertThat(texts(home, "SELECT state FROM request ORDER BY id")).containsExactly("done", "pending", "failed");
        assertThat(texts(home, "SELECT state FROM proposal ORDER BY id")).containsExactly("approved", "expired",
                "approved");
        assertThat(number(home, "SELECT count(*) FROM attempt WHERE revoked_at IS NULL")).isZero();
        assertThat(number(home, "SELECT count(*) FROM state_lock")).isZero();
        assertThat(number(home, "SELECT count(*) FROM stack WHERE look_since IS NOT NULL")).isEqualTo(3);
        assertThat(number(home, "SELECT max(serial) FROM state_version WHERE stack = 3"))
                .as("raised, so that the old plan fits nowhere").isEqualTo(2);
        assertThat(number(home, "SELECT count(*) FROM job WHERE kind IN ('run.apply', 'slack.click')")).isZero();
        assertThat(number(home, "SELECT count(*) FROM sqlite_schema WHERE name LIKE 'backup%'")).isZero();
        assertThat(entries(home, "steward.restore")).isEqualTo(1);
        verified(home);
    }

    private Message ask(String service) {
        dana.types(CHANNEL, "/request", "new-service");
        dana.sees("Service name");
        dana.submits(Map.of("service", service, "purpose", "Takes card payments for the shop"));
        dana.sees("Tier");
        dana.finishes(Map.of());
        return Until.present("a card to decide on " + service, LIMIT,
                () -> stage.slack().channel(CHANNEL).messages().stream().filter(m -> m.plainText().contains(service))
                        .filter(m -> m.buttons().stream().anyMatch(b -> b.actionId().equals("approve"))).findFirst());
    }

    /** Terraform with the lock in its hands, stopped so that the backup is taken in the middle of its work. */
    private long stoppedWhileItApplies() {
        Until.isTrue("Terraform has its lock", LIMIT, () -> state(stage.home(), 3).equals("applying"));
        long terraform = Until.present("Terraform applies", LIMIT, () -> TerraformProcesses.applying(stage.home()));
        TerraformProcesses.standStill(terraform);
        return terraform;
    }

    /** Runs it while people keep asking: each question is answered. */
    private String underLoad(java.util.function.Supplier<String> work) throws InterruptedException {
        AtomicBoolean done = new AtomicBoolean();
        Thread load = Thread.ofVirtual().start(() -> {
            while (!done.get()) {
                assertThat(pia.asks(CHANNEL, "/owner", "payments-api")).contains("payments");
            }
        });
        try {
            return work.get();
        } finally {
            done.set(true);
            load.join();
        }
    }

    private Message shows(Message card, String words) {
        return Until.present("the card says: " + words, LIMIT,
                () -> message(card).filter(m -> m.plainText().contains(words)));
    }

    private Optional<Message> message(Message card) {
        return stage.slack().channel(CHANNEL).message(card.ts());
    }

    private int cards() {
        return (int) stage.slack().channel(CHANNEL).messages().stream().filter(m -> m.plainText().contains("REQ-"))
                .count();
    }

    private static void verified(Path home) {
        Verification verification = look(home, h -> new Ledger(InstantSource.system()).verify(h, Optional.empty()));
        assertThat(verification).isInstanceOf(Verification.Intact.class);
    }

    private static String state(Path home, int run) {
        return String.join("", texts(home, "SELECT state FROM run WHERE id = " + run));
    }

    private static int entries(Path home, String action) {
        return number(home, "SELECT count(*) FROM ledger WHERE action = '" + action + "'");
    }

    private static int number(Path home, String sql) {
        return look(home, h -> h.createQuery(sql).mapTo(Integer.class).one());
    }

    private static List<String> texts(Path home, String sql) {
        return look(home, h -> h.createQuery(sql).mapTo(String.class).list());
    }

    private static <T> T look(Path home, java.util.function.Function<Handle, T> query) {
        Path file = home.resolve("steward.db");
        return DatabaseFile.read(java.nio.file.Files.exists(file) ? file : home, query);
    }
}
