package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.IncidentSamples.CHECKOUT;
import static dev.steward.bot.slack.views.IncidentSamples.EVIL;
import static dev.steward.bot.slack.views.Samples.DANA;
import static dev.steward.bot.slack.views.Samples.NOON;
import static dev.steward.bot.slack.views.Samples.OMAR;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.database.Json;
import dev.steward.incidents.Incident;
import dev.steward.incidents.Severity;
import dev.steward.incidents.alerts.AlertEvent;
import dev.steward.incidents.alerts.AlertGroup;
import dev.steward.incidents.alerts.AlertGroup.State;
import dev.steward.incidents.alerts.AlertGroupView;
import dev.steward.incidents.alerts.AlertGroupView.Firing;
import dev.steward.incidents.alerts.AlertGroupView.Line;
import dev.steward.incidents.alerts.AlertSeverity;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlertMessagesTest {
    private static final AlertEvent.Links NOWHERE = new AlertEvent.Links("", "", "");
    private static final Firing NOTHING = new Firing(0, 0, Optional.empty());
    private static final AlertGroup.Act BY_OMAR = new AlertGroup.Act(OMAR.id(), NOON.plus(Duration.ofMinutes(4)));
    private static final Incident INCIDENT = IncidentSamples.incident(Severity.SEV2, IncidentSamples.INVESTIGATING,
            true);
    private static final AlertGroup.Handling NOBODY = handling(Optional.empty(), Optional.empty());

    @Test
    void cardsAreAsAgreed() {
        Golden.assertMatches("alerts-firing", AlertCard.of(firing()));
        Golden.assertMatches("alerts-acknowledged", AlertCard.of(acknowledged()));
        Golden.assertMatches("alerts-with-incident", AlertCard.of(withIncident()));
        Golden.assertMatches("alerts-snoozed", AlertCard.of(snoozed()));
        Golden.assertMatches("alerts-cleared", AlertCard.of(cleared()));
        Golden.assertMatches("alerts-over", AlertCard.of(over()));
        Golden.assertMatches("alerts-of-no-service", AlertCard.of(unassigned()));
        Golden.assertMatches("alerts-storm", AlertCard.of(storm()));
        Golden.assertMatches("alerts-quiet", AlertCard.of(quiet()));
        Golden.assertMatches("alerts-partly-quiet", AlertCard.of(partlyQuiet()));
        Golden.assertMatches("alerts-unowned", AlertCard.unowned("Platform"));
    }

    @Test
    void formsAreAsAgreed() {
        Golden.assertSame("alerts-attach", AlertCard.attach(firing(), List.of(INCIDENT)));
        Golden.assertSame("alerts-attach-nothing", AlertCard.attach(firing(), List.of()));
    }

    @Test
    void textOfOthersIsOnlyEverText() {
        String long1000 = EVIL.substring(0, 1000);
        List<Line> lines = IntStream.range(0, 10).mapToObj(i -> new Line(EVIL.substring(0, 200),
                AlertSeverity.CRITICAL, 1, NOON, Optional.empty(), long1000,
                new AlertEvent.Links("https://e.example/?" + "&".repeat(900), "javascript:alert(1)",
                        "https://e.example/" + "x".repeat(500))))
                .toList();
        Rendered card = AlertCard.of(view(State.OPEN, new Firing(2_000_000, 10, Optional.of(NOON)), lines, NOBODY,
                Optional.of(CHECKOUT), Optional.empty()));

        assertThat(Json.text(card.blocks())).doesNotContain("<!channel>", "<https://evil", "javascript:", "\u202e");
        assertThat(card.text().markup()).contains("2,000,000");
    }

    @Test
    void aCardThatIsOverHasNoButtons() {
        assertThat(Json.text(AlertCard.of(over()).blocks())).doesNotContain("action_id");
        assertThat(Json.text(AlertCard.of(quiet()).blocks())).doesNotContain("action_id");
    }

    private static AlertGroupView firing() {
        return view(State.OPEN, new Firing(3, 1, Optional.of(NOON)), lines(), NOBODY, Optional.of(CHECKOUT),
                Optional.empty());
    }

    private static AlertGroupView acknowledged() {
        return view(State.OPEN, new Firing(3, 1, Optional.of(NOON)), lines(),
                handling(Optional.of(BY_OMAR), Optional.empty()), Optional.of(CHECKOUT), Optional.empty());
    }

    private static AlertGroupView withIncident() {
        return view(State.OPEN, new Firing(3, 1, Optional.of(NOON)), lines(),
                handling(Optional.of(BY_OMAR), Optional.empty()), Optional.of(CHECKOUT), Optional.of(INCIDENT));
    }

    private static AlertGroupView snoozed() {
        return view(State.OPEN, new Firing(1, 0, Optional.of(NOON)), lines().subList(1, 2),
                handling(Optional.empty(), Optional.of(new AlertGroup.Act(DANA.id(), NOON.plus(Duration.ofHours(1))))),
                Optional.of(CHECKOUT), Optional.empty());
    }

    private static AlertGroupView cleared() {
        Line line = new Line("HighErrorRate", AlertSeverity.CRITICAL, 1, NOON,
                Optional.of(NOON.plus(Duration.ofMinutes(20))), "5% of the requests fail", NOWHERE);
        return view(State.CLEARED, NOTHING, List.of(line), handling(Optional.of(BY_OMAR), Optional.empty()),
                Optional.of(CHECKOUT), Optional.of(INCIDENT));
    }

    private static AlertGroupView over() {
        return view(State.CLOSED, NOTHING, cleared().lines(), handling(Optional.of(BY_OMAR), Optional.empty()),
                Optional.of(CHECKOUT), Optional.empty());
    }

    private static AlertGroupView quiet() {
        return with(new AlertGroupView.Quiet(2, NOON.plus(Duration.ofMinutes(20))),
                view(State.QUIET, NOTHING, List.of(),
                        handling(Optional.of(BY_OMAR), Optional.empty()), Optional.of(CHECKOUT), Optional.empty()));
    }

    private static AlertGroupView partlyQuiet() {
        return with(new AlertGroupView.Quiet(1, NOON.plus(Duration.ofMinutes(20))), firing());
    }

    private static AlertGroupView with(AlertGroupView.Quiet quiet, AlertGroupView view) {
        return new AlertGroupView(view.group(), view.entity(), view.owner(), view.firing(), Optional.of(quiet),
                view.lines(), view.ackedBy(), view.snoozedBy(), view.incident());
    }

    private static AlertGroupView unassigned() {
        return view(State.OPEN, new Firing(1, 0, Optional.of(NOON)), lines().subList(2, 3), NOBODY, Optional.empty(),
                Optional.empty());
    }

    private static AlertGroupView storm() {
        List<Line> lines = IntStream.range(0, 10).mapToObj(i -> new Line("PodDown" + i, AlertSeverity.CRITICAL,
                i == 0 ? 9_000 : 1, NOON.plusSeconds(i), Optional.empty(), "", NOWHERE)).toList();
        return view(State.OPEN, new Firing(10_000, 9_009, Optional.of(NOON)), lines, NOBODY, Optional.of(CHECKOUT),
                Optional.empty());
    }

    private static List<Line> lines() {
        return List.of(
                new Line("HighErrorRate", AlertSeverity.CRITICAL, 1, NOON.plusSeconds(60), Optional.empty(),
                        "5% of the requests fail & <!channel> should not be called",
                        new AlertEvent.Links("https://prometheus.example.com/graph?g0=1&g1=2",
                                "https://grafana.example.com/d/checkout", "https://runbooks.example.com/errors")),
                new Line("HighLatency", AlertSeverity.WARNING, 1, NOON, Optional.empty(), "", NOWHERE),
                new Line("Disk almost full", AlertSeverity.INFO, 1, NOON.plusSeconds(90), Optional.empty(),
                        "Less than 5% is free", new AlertEvent.Links("https://grafana.example.com/a", "", "")));
    }

    private static AlertGroup.Handling handling(Optional<AlertGroup.Act> acked, Optional<AlertGroup.Act> snoozed) {
        return new AlertGroup.Handling(acked, snoozed, Optional.empty(), Optional.empty());
    }

    private static AlertGroupView view(State state, Firing firing, List<Line> lines, AlertGroup.Handling handling,
            Optional<Entity> entity, Optional<Incident> incident) {
        Optional<Instant> cleared = state == State.OPEN
                ? Optional.empty()
                : Optional.of(NOON.plus(Duration.ofMinutes(20)));
        Optional<Instant> closed = state == State.CLOSED || state == State.QUIET
                ? Optional.of(NOON.plus(Duration.ofMinutes(35)))
                : Optional.empty();
        var group = new AlertGroup(12, entity.map(Entity::id), "team-payments", state, 5,
                new AlertGroup.Times(NOON, cleared, closed), handling,
                new AlertGroup.Told(Instant.EPOCH, Instant.EPOCH, 0, 0), 3);
        var team = new Team(1, entity.isPresent() ? "payments" : "platform",
                entity.isPresent() ? "Payments" : "Platform", Optional.of("team-payments"),
                TeamSource.parse("import"), Optional.empty());
        return new AlertGroupView(group, entity, Optional.of(team), firing, Optional.empty(), lines,
                person(handling.acked(), OMAR),
                person(handling.snoozed(), DANA), incident);
    }

    private static Optional<Person> person(Optional<AlertGroup.Act> act, Person who) {
        return act.map(any -> who);
    }
}
