package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No Terraform, and modules that are not what was accepted. */
class TerraformTroubleTest extends EndToEndTest {
    private static final String ADDED = "\n# Added after somebody had looked at it\n";

    @AfterEach
    void restoreTheModule() throws IOException {
        Files.writeString(module(), Files.readString(module()).replace(ADDED, ""));
    }

    @Test
    void refusesToServeWithoutTerraformAndSaysWhatToInstall(@TempDir Path folder) {
        try (Stage without = new Stage(root(), folder).with("STEWARD_TERRAFORM", folder + "/no-such-terraform")) {
            assertThatThrownBy(without::start).hasMessageFindingMatch("ended with exit code [1-9]")
                    .hasMessageContaining("STEWARD_TERRAFORM").hasMessageContaining("install Terraform")
                    .hasMessageNotContaining("\tat ");
        }
    }

    @Test
    void refusesANewRequestWhenTheModuleWasAltered() throws IOException {
        alterTheModule();
        Actor dana = actor("dana");
        dana.types(CHANNEL, "/request", "new-service");
        dana.sees("Service name");
        dana.submits(basics("altered-before"));
        dana.sees("Tier");

        dana.submits(Map.of());

        assertThat(dana.sees("Not submitted").plainText()).contains("module `service` was changed since")
                .contains("./steward modules accept service");
        assertThat(standing("altered-before")).isEqualTo("nothing");
        dana.person().closeView();
    }

    @Test
    void appliesNothingWhenTheModuleWasAlteredAfterThePlan() throws IOException {
        Message card = asked(actor("dana"), "altered-between", Map.of());
        alterTheModule();

        assertThat(actor("omar").clicksAndIsTold(card, "approve")).contains("Your approval was the last one needed");

        Message after = posted("altered-between", message -> message.plainText().contains("was changed since"));
        assertThat(labels(after)).doesNotContain("Approve", "Reject");
        assertThat(number("""
                SELECT count(*) FROM attempt JOIN run ON run.id = attempt.run JOIN request ON request.id = run.request
                WHERE attempt.kind = 'apply' AND request.subject = 'altered-between'""")).isZero();
        assertThat(number("SELECT count(*) FROM entity WHERE name = 'altered-between'")).isZero();
        told(actor("dana"), "altered-between", message -> message.plainText().contains("was changed since"));
    }

    @Test
    void plansAgainOnceTheModuleIsWhatWasAccepted() throws IOException {
        Message card = asked(actor("dana"), "altered-and-back", Map.of());
        alterTheModule();
        actor("omar").clicksAndIsTold(card, "approve");
        posted("altered-and-back", message -> message.plainText().contains("was changed since"));
        restoreTheModule();
        Message mine = told(actor("dana"), "altered-and-back", message -> labels(message).contains("Plan again"));

        actor("dana").clicksAndIsTold(mine, "plan-again");

        Message again = card("altered-and-back");
        assertThat(again.ts()).as("the same card").isEqualTo(card.ts());
        assertThat(value(again)).as("new plan, new approvals").isNotEqualTo(value(card));
        assertThat(actor("omar").forgesAndIsTold(again, "approve", value(card))).contains("changed nothing");
        assertThat(actor("omar").clicksAndIsTold(again, "approve")).contains("Your approval was the last one needed");
        awaitState("altered-and-back", "done");
    }

    private static void alterTheModule() throws IOException {
        Files.writeString(module(), Files.readString(module()) + ADDED);
    }

    private static Path module() {
        return stage.modules().resolve("service/main.tf");
    }
}
