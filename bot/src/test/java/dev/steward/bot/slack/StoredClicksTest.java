package dev.steward.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.views.AlertCard;
import dev.steward.bot.slack.views.HomeTab;
import dev.steward.bot.slack.views.PageMessages;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which clicks are stored before Slack is told that they came. */
class StoredClicksTest {
    @ParameterizedTest
    @ValueSource(strings = {AlertCard.ACK + ":12", AlertCard.ACK_MINE + ":12", AlertCard.SNOOZE + ":12:",
            PageMessages.ACKNOWLEDGE})
    void whatDecidesSomethingAboutAlertsAndPagesIsStored(String action) {
        assertThat(StoredClicks.decides(click(action, Optional.empty()))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {AlertCard.DECLARE + ":12", AlertCard.ATTACH + ":12", AlertCard.OWNER + ":12"})
    void whatOpensAFormOrOnlyTellsIsNot(String action) {
        assertThat(StoredClicks.decides(click(action, Optional.empty()))).isFalse();
    }

    @Test
    void aPageIsAcknowledgedAtHomeAsWellAsInAMessage() {
        OpenView home = new OpenView("", "", HomeTab.CALLBACK, "", Map.of());
        assertThat(StoredClicks.decides(click(PageMessages.ACKNOWLEDGE, Optional.of(home)))).isTrue();
    }

    private static Click click(String action, Optional<OpenView> view) {
        return new Click("U1", action, "block", "12", "trigger", Optional.empty(), view);
    }
}
