package dev.steward.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.TerraformProcesses;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real process, killed with SIGKILL at the worst moments of a run. Terraform is real, too; a script before it waits
 * where the test wants it to, so that each moment is hit every time.
 */
class KilledBotTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);
    private static final String CHANNEL = "platform-requests";

    @TempDir
    Path folder;
    private Stage stage;
    private Actor dana;
    private Actor omar;

    @BeforeEach
    void set() throws IOException {
        script("exec \"$real\" \"$@\"");
        stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder)
                .with("STEWARD_TERRAFORM", folder.resolve("terraform").toString()).initialised();
        dana = new Actor(stage.slack().person("dana"));
        omar = new Actor(stage.slack().person("omar"));
    }

    @AfterEach
    void strike() throws IOException {
        Files.writeString(folder.resolve("go"), "");
        stage.close();
    }

    @Test
    void claimsAgainWhatWasKilledBetweenTheClaimAndTheLock() throws IOException {
        BotProcess bot = stage.start();
        Message card = planned();
        script("""
                [ "$1" = apply ] && { touch "$folder/waiting"; while [ ! -e "$folder/go" ]; do sleep 0.05; done; }
                exec "$real" "$@"
                """);
        omar.clicksAndIsTold(card, "approve");
        Until.isTrue("Terraform is started", LIMIT, () -> Files.exists(folder.resolve("waiting")));
        assertThat(state()).isEqualTo("apply_claimed");
        bot.kill();
        script("exec \"$real\" \"$@\"");
        stage.start();
        Files.writeString(folder.resolve("go"), "");
        applied(card, 1);
        assertThat(entries("run.apply_claimed")).isEqualTo(2);
    }

    @Test
    void findsTheApplyThatWentOnWhileItWasDead() {
        stage.slowApplies(14);
        BotProcess bot = stage.start();
        Message card = planned();
        omar.clicksAndIsTold(card, "approve");
        Until.isTrue("Terraform has its lock", LIMIT, () -> state().equals("applying"));
        long terraform = Until.present("Terraform applies", LIMIT, () -> TerraformProcesses.applying(stage.home()));
        TerraformProcesses.standStill(terraform);
        bot.kill();
        assertThat(TerraformProcesses.alive(terraform)).as("Terraform survives").isTrue();
        stage.start();
        assertThat(state()).as("it goes on").isEqualTo("applying");
        TerraformProcesses.goOn(terraform);
        applied(card, 1);
        assertThat(entries("run.apply_claimed")).isEqualTo(1);
    }

    @Test
    void takesInAnApplyThatEndedWhileItWasDead() throws IOException {
        script("""
                "$real" "$@"
                code=$?
                [ "$1" = apply ] && { touch "$folder/ended"; while [ ! -e "$folder/go" ]; do sleep 0.05; done; }
                exit $code
                """);
        BotProcess bot = stage.start();
        Message card = planned();
        omar.clicksAndIsTold(card, "approve");
        Until.isTrue("Terraform has ended", LIMIT, () -> Files.exists(folder.resolve("ended")));
        bot.kill();
        Files.writeString(folder.resolve("go"), "");
        stage.start();
        applied(card, 1);
        assertThat(entries("run.apply_claimed")).isEqualTo(1);
    }

    @Test
    void saysHonestlyThatItDoesNotKnowWhenTerraformDiedToo() {
        stage.slowApplies(14);
        BotProcess bot = stage.start();
        Message card = planned();
        omar.clicksAndIsTold(card, "approve");
        Until.isTrue("Terraform has its lock", LIMIT, () -> state().equals("applying"));
        Until.present("Terraform applies", LIMIT, () -> TerraformProcesses.applying(stage.home()));
        bot.kill();
        TerraformProcesses.killAll(stage.home());
        stage.start();
        Until.isTrue("the run is indeterminate", LIMIT, () -> state().equals("indeterminate"));
        Message after = Until.present("the card says so", LIMIT,
                () -> message(card).filter(m -> m.plainText().contains("nobody can say")));
        assertThat(after.buttons()).noneMatch(b -> b.actionId().equals("approve"));
        assertThat(entries("run.applying")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM state_lock")).isZero();
        int serials = count("SELECT count(*) FROM state_version");
        assertThat(serials).as("the serial was raised, so that the old plan fits nowhere").isGreaterThan(1);
        Actor pia = new Actor(stage.slack().person("pia"));
        offersAnIncidentOnce(after, pia);
        assertThat(omar.clicksAndIsTold(after, "plan-again")).contains("Only the person who asked, or the platform");
        assertThat(pia.clicksAndIsTold(after, "plan-again")).contains("planned again as RUN-2");
        omar.clicksAndIsTold(card(), "approve");
        applied(card, 2);
    }

    private void offersAnIncidentOnce(Message after, Actor pia) {
        for (int i = 0; i < 2; i++) {
            Actor who = i == 0 ? omar : pia;
            who.opens(() -> who.person().click(after, "incident-declare:run"), "It is fine if this is incomplete");
            who.submits(Map.of("severity", "SEV-3"));
            who.sees("INC-1");
            who.person().closeView();
        }
        assertThat(count("SELECT count(*) FROM incident WHERE origin = 'run:1' AND status = 'triage'")).isEqualTo(1);
    }

    @Test
    void plansAgainWhatWasKilledWhilePlanning() throws IOException {
        script("""
                [ "$1" = plan ] && { touch "$folder/waiting"; while [ ! -e "$folder/go" ]; do sleep 0.05; done; }
                exec "$real" "$@"
                """);
        BotProcess bot = stage.start();
        submit();
        Until.isTrue("Terraform plans", LIMIT, () -> Files.exists(folder.resolve("waiting")));
        bot.kill();
        Files.writeString(folder.resolve("go"), "");
        stage.start();
        Message card = card();
        omar.clicksAndIsTold(card, "approve");
        applied(card, 1);
    }

    @Test
    void losesNeitherTheRequestNorItsMessagesWhenKilledRightAfterTheSubmission() {
        BotProcess bot = stage.start();
        submit();
        bot.kill();
        assertThat(count("SELECT count(*) FROM request")).isEqualTo(1);
        stage.start();
        Message card = card();
        omar.clicksAndIsTold(card, "approve");
        applied(card, 1);
        assertThat(stage.slack().channel(CHANNEL).messages().stream()
                .filter(m -> m.plainText().contains("payments-api"))).as("one card").hasSize(1);
        assertThat(dana.person().directMessages()).as("one message to the requester").hasSize(1);
    }

    private void submit() {
        dana.types(CHANNEL, "/request", "new-service");
        dana.sees("Service name");
        dana.submits(Map.of("service", "payments-api", "purpose", "Takes card payments for the shop"));
        dana.sees("Tier");
        dana.finishes(Map.of());
    }

    private Message planned() {
        submit();
        return card();
    }

    private Message card() {
        return Until.present("a card to decide on", LIMIT, () -> stage.slack().channel(CHANNEL).messages().stream()
                .filter(m -> m.buttons().stream().anyMatch(b -> b.actionId().equals("approve"))).findFirst());
    }

    private void applied(Message card, int gates) {
        Until.isTrue("the run is applied", LIMIT, () -> state().equals("applied"));
        Until.present("the card says that it is applied", LIMIT,
                () -> message(card).filter(m -> m.plainText().contains("*Applied*") && m.buttons().isEmpty()));
        assertThat(entries("run.applying")).as("Terraform was let through").isEqualTo(gates);
        assertThat(count("SELECT count(*) FROM entity WHERE name = 'payments-api'")).isEqualTo(1);
        assertThat(count("SELECT count(*) FROM state_lock")).isZero();
        assertThat(count("SELECT count(*) FROM attempt WHERE revoked_at IS NULL")).isZero();
        Until.isTrue("no process is left", LIMIT, () -> !TerraformProcesses.anyAlive(stage.home()));
        verified();
    }

    private void verified() {
        Verification verification = stage.inspect(h -> new Ledger(InstantSource.system()).verify(h, Optional.empty()));
        assertThat(verification).isInstanceOf(Verification.Intact.class);
    }

    private Optional<Message> message(Message card) {
        return stage.slack().channel(CHANNEL).message(card.ts());
    }

    private String state() {
        return stage.inspect(h -> h.createQuery("SELECT state FROM run ORDER BY id DESC LIMIT 1").mapTo(String.class)
                .findOne().orElse(""));
    }

    private int entries(String action) {
        return stage.inspect(h -> h.createQuery("SELECT count(*) FROM ledger WHERE action = :action")
                .bind("action", action).mapTo(Integer.class).one());
    }

    private int count(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Integer.class).one());
    }

    private void script(String body) throws IOException {
        Path next = folder.resolve("terraform.next");
        Files.writeString(next, "#!/bin/sh\nreal=\"" + terraform() + "\"\nfolder=\"" + folder + "\"\n" + body + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
        Files.move(next, folder.resolve("terraform"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path terraform() {
        return Stream.of(System.getenv("PATH").split(":", -1)).map(dir -> Path.of(dir, "terraform"))
                .filter(Files::isExecutable).findFirst()
                .orElseThrow(() -> new IllegalStateException("Terraform is not on the PATH"));
    }
}
