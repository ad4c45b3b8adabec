package dev.steward.playground.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Until;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the declaration until people are in the channel and see what it is about, at Slack's rates. */
class IncidentSpeedTest extends EndToEndTest {
    /** Slack lets an app make about 20 channels a minute. */
    private static final int MANY = 16;
    private static final long LONGEST_MILLIS = 2000;

    @Test
    void peopleAreInTheChannelAndItsHeadlineStandsWithinTwoSeconds() {
        Actor dana = actor("dana");
        for (int i = 0; i < MANY; i++) {
            String title = "Quickly " + i;
            dana.opens(() -> dana.types(CHANNEL, "/incident", "SEV-4 " + title), "It is fine if");
            dana.submits(Map.of());
            dana.sees("is declared");
            dana.person().closeView();
        }
        Until.isTrue("all channels are ready", LIMIT,
                () -> number("SELECT count(*) FROM incident WHERE channel_state = 'ready'") == MANY);
        List<Long> invited = millis("""
                SELECT max(m.invited_at) - i.declared_at AS took FROM incident i JOIN incident_member m
                ON m.incident = i.id GROUP BY i.id ORDER BY took""");
        List<Long> shown = millis("""
                SELECT s.posted_at - i.declared_at AS took FROM incident i JOIN slack_message s
                ON s.key = 'incident:' || i.id || ':headline' ORDER BY took""");
        assertThat(invited.get(MANY * 95 / 100)).as("invited: %s", invited).isLessThanOrEqualTo(LONGEST_MILLIS);
        assertThat(shown.get(MANY * 95 / 100)).as("shown: %s", shown).isLessThanOrEqualTo(LONGEST_MILLIS);
    }

    private static List<Long> millis(String sql) {
        return stage.inspect(h -> h.createQuery(sql).mapTo(Long.class).list());
    }
}
