package dev.steward.playground.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.database.CannotStore;
import dev.steward.database.Database;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The disk of the database and the disk of the run folders, each full at the worst moment. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FullDiskTest extends LimitsTest {
    private Stage stage;
    private SmallDisk database;
    private SmallDisk runs;
    private Terraform terraform;

    @BeforeAll
    void start(@TempDir Path folder) {
        database = new SmallDisk(folder.resolve("home"), 48);
        terraform = new Terraform(folder);
        stage = new Stage(root(), folder).with("STEWARD_TERRAFORM", terraform.path().toString()).slowApplies(14)
                .initialised();
        runs = new SmallDisk(folder.resolve("home/runs"), 48);
        stage.startHere();
    }

    @AfterEach
    void makeRoom() {
        database.empty();
        runs.empty();
        terraform.letGo();
    }

    @AfterAll
    void stop() {
        stage.close();
        runs.close();
        database.close();
    }

    @Override
    Stage stage() {
        return stage;
    }

    @Test
    void tellsThePersonAtOnceThatNothingWasStoredAndKeepsWhatWasEntered() {
        Actor dana = actor("dana");
        fillsIn(dana, "full-form");
        fillDatabase();
        dana.submits(Map.of());
        assertThat(dana.person().view().orElseThrow().errors().toString()).contains("Nothing was stored or decided")
                .contains("the disk is full");
        assertThat(actor("olga").asks(CHANNEL, "/request", "new-service full-command"))
                .contains("Nothing was stored or decided: the disk is full");
        assertThat(state("full-form")).isEqualTo("nothing");
        assertThat(get("/healthz")).contains("ok, but nothing can be stored: the disk is full");
        assertThat(get("/metrics")).contains("steward_storing 0.0").contains("steward_disk_free_bytes{place=\"home\"}");
        assertThat(actor("olga").asks(CHANNEL, "/owner", "nothing-like-it")).as("it still answers")
                .contains("Nothing in the catalog");

        database.empty();
        dana.finishes(Map.of());
        toDecide("full-form");
        assertThat(get("/healthz")).doesNotContain("nothing can be stored").contains("MB are left in");
        assertThat(get("/metrics")).contains("steward_storing 1.0");
    }

    @Test
    void saysEachTimeThatNothingCanBeStoredBeforeAnybodyTries() {
        for (int time = 1; time <= 2; time++) {
            fillDatabase();
            assertThat(get("/healthz")).contains("ok, but nothing can be stored: the disk is full");
            database.empty();
            assertThat(get("/healthz")).doesNotContain("nothing can be stored");
        }
    }

    @Test
    void countsNoDecisionThatCannotBeStored() {
        submitted(actor("dana"), "full-decision");
        Message card = toDecide("full-decision");
        fillDatabase();
        assertThat(actor("omar").clicksAndIsTold(card, "approve"))
                .contains("Nothing was stored or decided: the disk is full");
        assertThat(state("full-decision")).isEqualTo("awaiting_approval");
        database.empty();
        approved("full-decision");
        awaitState("full-decision", "applied");
        saying("full-decision", "*Applied*");
        nothingIsLeft();
    }

    @Test
    void waitsWithAPlanUntilThereIsRoomAndSaysSo() {
        terraform.holds("plan");
        submitted(actor("dana"), "full-plan");
        Until.isTrue("Terraform plans", LIMIT, terraform::isHeld);
        runs.fill();
        terraform.letGo();
        saying("full-plan", "For now it waits: The disk of Steward is full");
        assertThat(state("full-plan")).isEqualTo("planning");
        runs.empty();
        assertThat(toDecide("full-plan").plainText()).doesNotContain("The disk of Steward");
    }

    @Test
    void knowsWhatAnApplyDidThoughItsFolderWasFullMeanwhile() {
        submitted(actor("dana"), "full-folder");
        toDecide("full-folder");
        terraform.holds("apply");
        approved("full-folder");
        Until.isTrue("Terraform applies", LIMIT, terraform::isHeld);
        runs.fill();
        terraform.letGo();
        Until.isTrue("the state is stored", LIMIT, () -> count("""
                SELECT count(*) FROM state_version WHERE attempt IS NOT NULL AND stack =
                    (SELECT stack FROM request WHERE subject = 'full-folder')""") > 0);
        runs.empty();
        awaitState("full-folder", "applied");
        saying("full-folder", "*Applied*");
        nothingIsLeft();
    }

    @Test
    void letsTerraformSendItsStateAgainUntilItCanBeStored() {
        submitted(actor("dana"), "full-state");
        toDecide("full-state");
        approved("full-state");
        awaitState("full-state", "applying");
        fillDatabase();
        Until.isTrue("a state is refused", LIMIT,
                () -> get("/metrics").lines()
                        .anyMatch(l -> l.contains("method=\"POST\"") && l.contains("status=\"500\"")
                                && l.contains("/state/")));
        database.empty();
        awaitState("full-state", "applied");
        saying("full-state", "*Applied*");
        nothingIsLeft();
    }

    /** Terraform's own setting makes it give up after two tries instead of two minutes. */
    @Test
    void takesInTheStateThatTerraformLeftWhenItGaveUpSendingIt() {
        submitted(actor("dana"), "full-left");
        toDecide("full-left");
        terraform.does("[ \"$1\" = apply ] && export TF_HTTP_RETRY_MAX=1");
        approved("full-left");
        awaitState("full-left", "applying");
        fillDatabase();
        Until.isTrue("Terraform gives up and leaves its state", LIMIT, this::terraformEndedAndLeftItsState);
        assertThat(state("full-left")).as("nobody can know yet").isEqualTo("applying");

        database.empty();
        awaitState("full-left", "applied");
        assertThat(saying("full-left", "*Applied*").plainText()).doesNotContain("in part");
        assertThat(count("""
                SELECT count(*) FROM state_version WHERE attempt IS NOT NULL AND stack =
                    (SELECT stack FROM request WHERE subject = 'full-left')""")).isEqualTo(1);
        assertThat(count("""
                SELECT count(*) FROM run JOIN request ON request.run = run.id WHERE subject = 'full-left'
                    AND json_extract(run.detail, '$.outputs.summary') LIKE 'full-left %'
                    AND json_extract(run.detail, '$.outputs.deploy_token') IS NULL""")).as("its outputs are told")
                .isEqualTo(1);
        assertThat(actor("olga").asks(CHANNEL, "/owner", "full-left")).contains("payments");
        nothingIsLeft();
    }

    private boolean terraformEndedAndLeftItsState() {
        try (Stream<Path> attempts = Files.list(stage.home().resolve("runs"))) {
            return attempts.anyMatch(attempt -> Files.exists(attempt.resolve("module/errored.tfstate"))
                    && Files.exists(attempt.resolve("exit")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void refusesToServeFromAReadOnlyHomeAndSaysWhatToDo(@TempDir Path other) {
        try (SmallDisk home = new SmallDisk(other.resolve("home"), 16);
                Stage second = new Stage(root(), other).initialised()) {
            home.readOnly(true);
            assertThatThrownBy(second::start).hasMessageFindingMatch("ended with exit code [1-9]")
                    .hasMessageContaining("Nothing can be written to").hasMessageContaining("Read-only file system")
                    .hasMessageContaining("STEWARD_HOME").hasMessageNotContaining("\tat ");
            home.readOnly(false);
        }
    }

    /** SQLite can still store what fits into its log as it is: that is used up, too. */
    private void fillDatabase() {
        database.fill();
        try (Database home = Database.open(stage.home().resolve("steward.db"))) {
            for (int size : List.of(100_000, 1)) {
                fill(home, "x".repeat(size));
            }
        }
    }

    private static void fill(Database home, String value) {
        try {
            for (int i = 0; i < 10_000; i++) {
                String name = "ballast-" + value.length() + "-" + System.nanoTime();
                home.writing(
                        h -> h.execute("INSERT INTO installation (name, value) VALUES (?, ?)", name, value));
            }
        } catch (CannotStore full) {
            return;
        }
        throw new IllegalStateException("the database cannot be filled");
    }
}
