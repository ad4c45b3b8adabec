package dev.steward.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real process, told to stop with SIGTERM, as by {@code docker stop} or {@code systemctl stop}. */
class StoppedBotTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String CHANNEL = "platform-requests";

    @TempDir
    Path folder;
    private Stage stage;

    @BeforeEach
    void set() {
        stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder).initialised();
    }

    @AfterEach
    void strike() {
        stage.close();
    }

    @Test
    void endsWithExitCodeZeroWhenToldToStop() {
        assertThat(stage.start().stop()).isZero();
    }

    @Test
    void endsWithExitCodeZeroWhenToldToStopWhileItBegins() throws IOException {
        Path script = Files.writeString(folder.resolve("terraform"), """
                #!/bin/sh
                touch "%s"
                exec terraform "$@"
                """.formatted(folder.resolve("begins")));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        stage.with("STEWARD_TERRAFORM", script.toString());

        BotProcess bot = stage.launch();
        Until.isTrue("it asks Terraform for its version", LIMIT, () -> Files.exists(folder.resolve("begins")));

        assertThat(bot.stop()).isZero();
    }

    @Test
    void finishesTheApplyThatRunsBeforeItStops() {
        stage.slowApplies(14);
        BotProcess bot = stage.start();
        Message card = planned();
        new Actor(stage.slack().person("omar")).clicksAndIsTold(card, "approve");
        Until.isTrue("Terraform has its lock", LIMIT, () -> state().equals("applying"));

        assertThat(bot.stop()).isZero();

        assertThat(state()).isEqualTo("applied");
        assertThat(TerraformProcesses.anyAlive(stage.home())).isFalse();
        stage.start();
        Until.present("the card says that it is applied", LIMIT, () -> stage.slack().channel(CHANNEL)
                .message(card.ts()).filter(m -> m.plainText().contains("*Applied*") && m.buttons().isEmpty()));
    }

    private Message planned() {
        Actor dana = new Actor(stage.slack().person("dana"));
        dana.types(CHANNEL, "/request", "new-service");
        dana.sees("Service name");
        dana.submits(Map.of("service", "payments-api", "purpose", "Takes card payments for the shop"));
        dana.sees("Tier");
        dana.finishes(Map.of());
        return Until.present("a card to decide on", LIMIT, () -> stage.slack().channel(CHANNEL).messages().stream()
                .filter(m -> m.buttons().stream().anyMatch(b -> b.actionId().equals("approve"))).findFirst());
    }

    private String state() {
        return stage.inspect(h -> h.createQuery("SELECT state FROM run ORDER BY id DESC LIMIT 1").mapTo(String.class)
                .findOne().orElse(""));
    }
}
