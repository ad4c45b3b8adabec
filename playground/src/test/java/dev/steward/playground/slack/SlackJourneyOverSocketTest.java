package dev.steward.playground.slack;

import dev.steward.playground.stage.Stage;

/** The same over Socket Mode. */
class SlackJourneyOverSocketTest extends SlackJourneyTest {
    @Override
    Stage set(Stage fresh) {
        return fresh.socketMode();
    }
}
