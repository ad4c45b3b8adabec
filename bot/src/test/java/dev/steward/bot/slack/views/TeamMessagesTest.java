package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.database.Json;
import dev.steward.requests.DesertedTeam;
import dev.steward.requests.HomeView.Some;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TeamMessagesTest {
    private static final String EVIL = "<!channel> & <https://evil.example|x> `*_~ ".repeat(200);

    @Test
    void messagesAboutTeamsAreAsAgreed() {
        Golden.assertMatches("team-deserted",
                TeamMessages.deserted(view("Payments", "checkout", 3, Optional.of(NOON))));
        Golden.assertMatches("team-deserted-owning-nothing",
                TeamMessages.deserted(view("Payments", "checkout", 0, Optional.of(NOON))));
        Golden.assertMatches("team-staffed-again",
                TeamMessages.deserted(view("Payments", "checkout", 3, Optional.empty())));
        Golden.assertMatches("request-stuck", TeamMessages.stuck(Samples.nobodyCan(), Optional.of("https://x/card")));
        Golden.assertMatches("request-stuck-no-more",
                TeamMessages.stuck(Samples.waiting(), Optional.of("https://x/card")));
    }

    @Test
    void aMonstrousTeamStaysWithinSlacksLimitsAndMentionsNobody() {
        Rendered message = TeamMessages.deserted(view(EVIL, EVIL, 999, Optional.of(NOON)));
        assertThat(Json.text(message.blocks())).contains("and 984 more").doesNotContain("<!channel>")
                .doesNotContain("<https://evil");
    }

    private static DesertedTeam view(String title, String entity, int owned, Optional<Instant> since) {
        int shown = Math.min(owned, 15);
        return new DesertedTeam(
                new Team(1, "payments", title, Optional.empty(), TeamSource.slackGroup("S1"), Optional.of(NOON)), since,
                new Some<>(IntStream.range(0, shown).mapToObj(_ -> LeaseSamples.entity(entity)).toList(),
                        owned - shown));
    }
}
