package dev.steward.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.channels.SlackText;
import dev.steward.bot.slack.views.IncidentModals;
import dev.steward.bot.slack.views.IncidentVerb;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people type after {@code /incident}. */
class IncidentLinesTest {
    /** A Saturday. */
    private static final Instant NOW = Instant.parse("2026-11-28T13:00:00Z");

    @ParameterizedTest
    @CsvSource(delimiter = ';', value = {
            "@omar by friday add an alert; add an alert; @omar; 2026-12-04T12:00:00Z",
            "add an alert @omar by 2026-12-01; add an alert; @omar; 2026-12-01T12:00:00Z",
            "<@U1OMAR|omar> in 3d write it up; write it up; <@U1OMAR|omar>; 2026-12-01T13:00:00Z",
            "stand by me; stand by me;;",
            "by tomorrow call them; call them;; 2026-11-29T12:00:00Z",
            "by sat look again; look again;; 2026-12-05T12:00:00Z",
            "failed in the pool; failed in the pool;;",
            "mail omar@example.com; mail omar@example.com;;"})
    void whoAndByWhenMayStandAnywhere(String typed, String text, String who, Instant due) {
        assertThat(ItemLine.parse(typed, NOW))
                .isEqualTo(new ItemLine(text, Optional.ofNullable(who), Optional.ofNullable(due)));
    }

    @Test
    void aDayThatIsNoneIsNoDay() {
        assertThat(ItemLine.day("2026-13-40", NOW)).isEmpty();
        assertThat(ItemLine.day("fr", NOW)).isEmpty();
        assertThat(ItemLine.day("", NOW)).isEmpty();
        assertThat(ItemLine.day("today", NOW)).contains(Instant.parse("2026-11-28T23:00:00Z"));
    }

    @Test
    void updatesHaveUpToThreePartsAndTheTimeUntilTheNext() {
        assertThat(IncidentDeeds.update("half fail")).isEqualTo(
                new Incidents.Update("half fail", "", "", Optional.empty()));
        assertThat(IncidentDeeds.update("half fail | next in 30m | we revert|more hands | now")).isEqualTo(
                new Incidents.Update("half fail", "we revert", "more hands | now",
                        Optional.of(Duration.ofMinutes(30))));
        assertThat(IncidentDeeds.update("| reverting")).isEqualTo(
                new Incidents.Update("", "reverting", "", Optional.empty()));
    }

    @Test
    void aTitleMayBeginWithItsSeverity() {
        assertThat(IncidentCommands.filled("SEV-1 checkout errors")).isEqualTo(new IncidentModals.Prefill(
                "checkout errors", Optional.of(Severity.SEV1), Optional.empty(), Optional.empty(), ""));
        assertThat(IncidentCommands.filled("sev2").severity()).contains(Severity.SEV2);
        assertThat(IncidentCommands.filled("5 payments failed").severity()).isEmpty();
        assertThat(IncidentCommands.filled("SEV-9 checkout").title()).isEqualTo("SEV-9 checkout");
        assertThat(IncidentCommands.filled("several things").title()).isEqualTo("several things");
    }

    @Test
    void aMistypedVerbIsRecognised() {
        assertThat(IncidentVerb.nearest("resolv")).contains(IncidentVerb.RESOLVE);
        assertThat(IncidentVerb.nearest("sevrity")).contains(IncidentVerb.SEVERITY);
        assertThat(IncidentVerb.nearest("post")).contains(IncidentVerb.POSTMORTEM);
        assertThat(IncidentVerb.nearest("banana")).isEmpty();
        assertThat(IncidentVerb.parse("Follow-Up")).contains(IncidentVerb.FOLLOWUP);
    }

    @Test
    void slacksMarkupBecomesWhatOneReads() {
        assertThat(SlackText.plain("<@U1> and <@U2|omar>: see <#C1|payments> &amp; <https://x.example/a|the page> "
                + "<https://y.example> <!here> 1 &lt; 2 <!date^1^{date}|noon>", user -> "Dana"))
                .isEqualTo("@Dana and @omar: see #payments & the page (https://x.example/a) https://y.example @here "
                        + "1 < 2 noon");
    }

    @Test
    void aLongTextIsCutAtItsHeadingsAndPutTogetherUnchanged() {
        String text = "\n# Title\n\n" + IntStream.range(0, 30)
                .mapToObj(i -> "## Part " + i + "\n\n" + "a line of words\n".repeat(60))
                .collect(Collectors.joining("\n"));
        List<String> parts = LongText.parts(text).orElseThrow();
        assertThat(parts).hasSizeGreaterThan(5).allMatch(part -> part.length() <= 3000);
        assertThat(LongText.joined(parts)).isEqualTo(text);
        assertThat(LongText.parts("")).contains(List.of(""));
        assertThat(LongText.parts("x".repeat(5000))).isEmpty();
        assertThat(LongText.parts("line\n".repeat(100_000))).isEmpty();
    }
}
