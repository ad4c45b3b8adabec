package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Person;
import dev.steward.playground.emulator.View;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Homes that are opened while the bot is away, or comes up. */
class AppHomeRestartTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void publishesTheHomeThatWasOpenedWhileItWasAwayOrCameUp(@TempDir Path folder) {
        try (Stage stage = new Stage(EndToEndTest.root(), folder).initialised()) {
            Person dana = stage.slack().person("dana");
            Person omar = stage.slack().person("omar");
            stage.slack().openHome(dana);
            BotProcess bot = stage.launch();
            stage.slack().openHome(omar);
            bot.awaitReady();
            assertThat(dana.home()).isEmpty();

            stage.slack().clock().advance(Duration.ofSeconds(61));

            assertThat(published(dana).plainText()).contains("Welcome to Steward");
            assertThat(published(omar).plainText()).contains("Welcome to Steward");
            String before = published(dana).hash();
            bot.kill();
            stage.start();
            stage.slack().openHome(dana);
            Until.isTrue("published anew over the one before the kill", LIMIT,
                    () -> !published(dana).hash().equals(before));
        }
    }

    private static View published(Person person) {
        return Until.present("the home of " + person.name(), LIMIT, person::home);
    }
}
