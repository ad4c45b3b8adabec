package dev.steward.playground.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A Terraform that does not end, does not listen, says too much, or is not the one that it was. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HangingTerraformTest extends LimitsTest {
    private Stage stage;
    private Terraform terraform;
    private Path folder;

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        terraform = new Terraform(folder);
        stage = new Stage(root(), folder).with("STEWARD_TERRAFORM", terraform.path().toString()).slowApplies(16);
        Path settings = folder.resolve("steward.yaml");
        Files.writeString(settings, Files.readString(settings) + "apply: { limit: 5s, grace: 1s }\n");
        stage.initialised();
        stage.startHere();
    }

    @AfterEach
    void passOn() {
        terraform.letGo();
    }

    @AfterAll
    void stop() {
        stage.close();
    }

    @Override
    Stage stage() {
        return stage;
    }

    @Test
    void stopsAPlanThatHangsWithOneSignalAndSaysWhy() throws IOException {
        terraform.does("""
                [ "$1" = plan ] && {
                    trap 'echo TERM >> "$folder/signals"; exit 1' TERM
                    touch "$folder/hanging"
                    while :; do sleep 0.1; done
                }""");
        submitted(actor("dana"), "hanging-plan");
        Until.isTrue("it hangs", LIMIT, () -> Files.exists(folder.resolve("hanging")));
        assertThat(saying("hanging-plan", "The plan failed").plainText())
                .contains("Terraform ran longer than 5 seconds, so it was stopped. Nothing was changed.");
        assertThat(Files.readAllLines(folder.resolve("signals"))).containsExactly("TERM");
        nothingIsLeft();
    }

    @Test
    void killsAnApplyThatDoesNotListenWithAllThatItStartedAndDoesNotClaimToKnow() {
        submitted(actor("dana"), "deaf-apply");
        toDecide("deaf-apply");
        // The signal goes to the script alone, which does not listen; Terraform works on as its child.
        terraform.does("""
                [ "$1" = apply ] && {
                    trap '' TERM
                    "$real" "$@" &
                    sleep 600 &
                    while :; do sleep 0.1; done
                }""");
        approved("deaf-apply");
        awaitGate("deaf-apply");
        assertThat(saying("deaf-apply", "so it was stopped").plainText())
                .contains("Terraform ran longer than 5 seconds")
                .contains("Plan again");
        assertThat(state("deaf-apply")).as("killed in the middle, or after its last operation")
                .isIn("indeterminate", "partial");
        nothingIsLeft();
    }

    @Test
    void saysOfAnApplyThatNeverAskedForItsLockThatNothingWasDone() {
        submitted(actor("dana"), "lockless-apply");
        toDecide("lockless-apply");
        terraform.does("[ \"$1\" = apply ] && { while :; do sleep 0.1; done; }");
        approved("lockless-apply");
        assertThat(saying("lockless-apply", "changed nothing").plainText())
                .contains("Terraform ran longer than 5 seconds");
        assertThat(state("lockless-apply")).isEqualTo("apply_failed");
        nothingIsLeft();
    }

    @Test
    void stopsATerraformThatPrintsWithoutEnd() {
        terraform.does("[ \"$1\" = plan ] && { yes again and again; }");
        submitted(actor("dana"), "endless-plan");
        assertThat(saying("endless-plan", "The plan failed").plainText())
                .contains("Terraform printed more than 128 MB");
        assertThat(actor("dana").asks(CHANNEL, "/owner", "nothing-like-it")).as("its memory lasts")
                .contains("Nothing in the catalog");
        nothingIsLeft();
    }

    @Test
    void trustsNoPlanOfATerraformThatWasReplacedMeanwhile() {
        terraform.does("""
                [ "$1" = plan ] && {
                    "$real" "$@" | sed 's/"terraform":"[0-9.]*"/"terraform":"1.99.0"/'
                    exit 2
                }""");
        submitted(actor("dana"), "replaced-terraform");
        assertThat(saying("replaced-terraform", "The plan failed").plainText())
                .contains("Terraform was replaced by version 1.99.0 while Steward serves");
        nothingIsLeft();
    }

    @Test
    void saysWhatToInstallWhenTerraformIsGoneMeanwhile() throws IOException {
        Files.delete(terraform.path());
        submitted(actor("dana"), "gone-terraform");
        assertThat(saying("gone-terraform", "The plan failed").plainText()).contains("install Terraform");
        nothingIsLeft();
    }
}
