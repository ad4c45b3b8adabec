package dev.steward.incidents.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.CatalogKit;
import dev.steward.database.Json;
import dev.steward.incidents.AlertKit;
import dev.steward.incidents.Incident;
import dev.steward.requests.ActOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of alerts of which nothing is heard any more. */
class SilenceTest {
    private static final Instant START = CatalogKit.START.minus(Duration.ofMinutes(5));
    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration LOOK = Duration.ofMinutes(10);

    private AlertKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new AlertKit(folder);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void anAlertThatIsNotHeardOfForADayGoesQuietAndItsCardIsClosed() {
        kit.take(alert("a"));
        kit.pass(DAY.minusMillis(1));
        assertThat(state(1)).as("a moment too early").isEqualTo(AlertGroup.State.OPEN);
        kit.allSent();

        kit.pass(LOOK);

        AlertGroupView view = kit.view(1);
        assertThat(view.group().state()).isEqualTo(AlertGroup.State.QUIET);
        assertThat(view.quiet()).contains(new AlertGroupView.Quiet(1, CatalogKit.START));
        assertThat(view.group().times().cleared()).contains(CatalogKit.START);
        assertThat(kit.messages()).containsOnlyKeys("alerts:1");
        assertThat(kit.story()).containsExactly("alert.open_group", "alert.quiet_group");
        assertThat(kit.ended()).as("nobody is called any more").containsExactly("1 over");
        assertThat(kit.alerts().ack(1, kit.person("dana"))).isInstanceOfSatisfying(ActOutcome.Refused.class,
                refused -> assertThat(refused.why()).startsWith("Nothing more was heard of these alerts"));
    }

    @Test
    void whatItsSourceRepeatsStaysOnItsCard() {
        kit.take(alert("a"));
        for (int i = 0; i < 18; i++) {
            kit.pass(Duration.ofHours(4));
            kit.take(alert("a"));
        }
        assertThat(state(1)).isEqualTo(AlertGroup.State.OPEN);
        assertThat(kit.view(1).quiet()).isEmpty();
        assertThat(kit.view(1).group().total()).isEqualTo(1);
    }

    @Test
    void whatIsToldAgainAfterAllIsANewCardAndWhatIsOverAfterAllIsNone() {
        kit.take(alert("a"), alert("b"));
        kit.pass(DAY.plus(LOOK));
        assertThat(kit.view(1).quiet().orElseThrow().alerts()).isEqualTo(2);

        kit.take(alert("a"), kit.resolved("b", START, kit.catalog().instant(), "service", "checkout"));

        assertThat(state(2)).isEqualTo(AlertGroup.State.OPEN);
        assertThat(kit.view(2).firing().alerts()).isEqualTo(1);
        assertThat(kit.view(2).firing().since()).as("as its source says").contains(START);
        assertThat(kit.count("SELECT count(*) FROM alert WHERE quiet = 1")).isZero();
        assertThat(kit.count("SELECT count(*) FROM alert_group")).isEqualTo(2);
    }

    @Test
    void aCardOfWhichSomethingIsHeardGoesOnAndSaysOfWhatNot() {
        kit.take(alert("a"), alert("b"), alert("c"));
        kit.pass(Duration.ofHours(23));
        kit.take(alert("a"));
        kit.pass(Duration.ofHours(1).plus(LOOK));
        assertThat(state(1)).isEqualTo(AlertGroup.State.OPEN);
        assertThat(kit.view(1).firing().alerts()).isEqualTo(1);
        assertThat(kit.view(1).quiet().orElseThrow().alerts()).isEqualTo(2);

        kit.take(kit.resolved("a", START, kit.catalog().instant(), "service", "checkout"));
        assertThat(kit.view(1).lines()).as("what cleared, and not what went quiet").singleElement()
                .satisfies(line -> assertThat(line.count()).isEqualTo(1));
        kit.pass(Groups.QUIET);
        assertThat(state(1)).isEqualTo(AlertGroup.State.CLOSED);
    }

    @Test
    void theTimelineOfItsIncidentSaysSoOnceHoweverManyTheyAre() {
        kit.take(IntStream.range(0, 1200).mapToObj(i -> alert("f" + i)).toArray(Map<?, ?>[]::new));
        Incident incident = kit.declaredFor(1);
        kit.pass(DAY.plus(LOOK));
        assertThat(kit.told(incident)).hasSize(2).last().isEqualTo("1200 alerts went quiet: nothing was heard of them"
                + " from Alertmanager for 24 h, not even that they are over. None fires now.");
        assertThat(state(1)).isEqualTo(AlertGroup.State.QUIET);
    }

    @Test
    void aSingleOneIsToldInTheSingular() {
        kit.take(alert("a"));
        Incident incident = kit.declaredFor(1);
        kit.pass(DAY.plus(LOOK));
        assertThat(kit.told(incident)).last().isEqualTo("1 alert went quiet: nothing was heard of it from Alertmanager"
                + " for 24 h, not even that it is over. None fires now.");
    }

    @Test
    void theTimeInWhichStewardWasDownIsHeldAgainstNobody() {
        kit.take(alert("a"));
        kit.catalog().pass(Duration.ofHours(30));
        kit.restart();
        kit.pass(DAY.minusMillis(1));
        assertThat(state(1)).isEqualTo(AlertGroup.State.OPEN);
        kit.pass(LOOK);
        assertThat(state(1)).isEqualTo(AlertGroup.State.QUIET);
    }

    @Test
    void aRestartThatTakesMinutesDelaysNothing() {
        kit.take(alert("a"));
        for (int i = 0; i < 23; i++) {
            kit.pass(Duration.ofHours(1));
        }
        kit.catalog().pass(Duration.ofMinutes(59));
        kit.restart();
        kit.database().writing(h -> h.execute("DELETE FROM job WHERE kind = 'alerts.silence'"));
        kit.restart();
        kit.pass(LOOK);
        assertThat(state(1)).isEqualTo(AlertGroup.State.QUIET);
    }

    @Test
    void aSourceThatTellsOfEachOnlyOnceIsNotExpectedToRepeatIt() {
        kit.store(AlertSource.PAGERDUTY, Json.text(Map.of("event", Map.of("event_type", "incident.triggered", "data",
                Map.of("id", "P1", "type", "incident", "status", "triggered", "title", "Down")))));
        kit.crank();
        for (int day = 0; day < 40; day++) {
            kit.pass(DAY);
        }
        assertThat(state(1)).isEqualTo(AlertGroup.State.OPEN);
        assertThat(List.copyOf(AlertRules.STALE_AFTER.keySet())).doesNotContain(AlertSource.PAGERDUTY);
    }

    private AlertGroup.State state(long group) {
        return kit.view(group).group().state();
    }

    private Map<String, Object> alert(String fingerprint) {
        return kit.firing(fingerprint, START, "alertname", "HighErrorRate", "service", "checkout", "severity",
                "critical");
    }
}
