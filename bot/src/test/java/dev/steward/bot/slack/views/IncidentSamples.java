package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.DANA;
import static dev.steward.bot.slack.views.Samples.NOON;
import static dev.steward.bot.slack.views.Samples.OMAR;

import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.Person;
import dev.steward.incidents.Change;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentRole;
import dev.steward.incidents.IncidentState;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Severity;
import dev.steward.incidents.TimelineEntry;
import dev.steward.ledger.Actor;
import dev.steward.requests.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** Incidents as views see them. */
final class IncidentSamples {
    static final Entity CHECKOUT = LeaseSamples.entity("checkout");
    static final String EVIL = "<!channel> <https://evil.example|x> \u202e`*_~&".repeat(60);
    static final IncidentState INVESTIGATING = new IncidentState.Open(IncidentState.Progress.INVESTIGATING);
    static final IncidentState RESOLVED = new IncidentState.Resolved(NOON.plus(Duration.ofMinutes(125)));

    private IncidentSamples() {}

    static Incident incident(Severity severity, IncidentState state, boolean channel) {
        return incident("Checkout errors", severity, state, channel ? Optional.of("C0INC00007") : Optional.empty());
    }

    static Incident incident(String title, Severity severity, IncidentState state, Optional<String> channel) {
        boolean over = !state.open();
        return new Incident(new IncidentId(7), title, severity, state,
                new Incident.About(Optional.of(new EntityId(1)), "Half of all payments fail since 11:50", false,
                        "command", DANA.id(), OptionalLong.empty()),
                new Incident.Times(NOON, Optional.empty(),
                        over ? Optional.empty() : severity.updateEvery().map(NOON::plus),
                        over ? Optional.of(NOON.plus(Duration.ofMinutes(125))) : Optional.empty()),
                new Incident.Channel(channel, "inc-7-checkout-errors", Optional.empty()), 3);
    }

    static IncidentView fresh() {
        return view(incident(Severity.SEV1, INVESTIGATING, true), Map.of(), Optional.empty(), List.of(), true);
    }

    static IncidentView unplaced() {
        Incident incident = new Incident(new IncidentId(8), "Something is slow", Severity.SEV3,
                new IncidentState.Open(IncidentState.Progress.TRIAGE),
                new Incident.About(Optional.empty(), "", false, "command", DANA.id(), OptionalLong.empty()),
                new Incident.Times(NOON, Optional.empty(), Optional.empty(), Optional.empty()),
                new Incident.Channel(Optional.empty(), "inc-8-something-is-slow",
                        Optional.of("Its channel was archived. Unarchive it in Slack, or go on elsewhere.")),
                1);
        return new IncidentView(incident, Optional.empty(), DANA, Map.of(), Optional.empty(), List.of(), List.of(),
                List.of(incident(Severity.SEV1, INVESTIGATING, true)), false);
    }

    static IncidentView busy() {
        return view(incident(Severity.SEV2, new IncidentState.Open(IncidentState.Progress.IDENTIFIED), true),
                Map.of(IncidentRole.LEAD, OMAR),
                Optional.of(new IncidentView.Update("Half of all payments fail", "Taking the last change back", "",
                        "Omar Owner", NOON)),
                items(), false);
    }

    static IncidentView ended(IncidentState state) {
        return view(incident(Severity.SEV2, state, true), Map.of(IncidentRole.LEAD, OMAR), Optional.empty(), items(),
                false);
    }

    static IncidentView monstrous() {
        List<IncidentView.Item> many = java.util.stream.LongStream.range(0, 60).mapToObj(
                i -> new IncidentView.Item(1_000_000 + i, true, EVIL, Optional.of(OMAR), Optional.of(NOON), true,
                        Optional.empty(), false))
                .toList();
        Incident incident = incident(EVIL, Severity.SEV1, INVESTIGATING, Optional.of("C0INC00007"));
        return new IncidentView(incident, Optional.of(LeaseSamples.entity(EVIL)), DANA, Map.of(IncidentRole.LEAD, OMAR),
                Optional.of(new IncidentView.Update(EVIL, EVIL, EVIL, EVIL, NOON)), many,
                List.of(new IncidentView.Link(EVIL, "https://example.com/")), List.of(incident, incident), true);
    }

    static IncidentView view(Incident incident, Map<IncidentRole, Person> roles,
            Optional<IncidentView.Update> update, List<IncidentView.Item> items, boolean frozen) {
        return new IncidentView(incident, Optional.of(CHECKOUT), DANA, roles, update, items,
                List.of(new IncidentView.Link("Dashboard", "https://grafana.example/d/1")), List.of(), frozen);
    }

    static List<IncidentView.Item> items() {
        return List.of(
                new IncidentView.Item(12, false, "Restart the pool", Optional.empty(), Optional.empty(), true,
                        Optional.empty(), false),
                new IncidentView.Item(13, true, "Add an alert on failed payments", Optional.of(OMAR),
                        Optional.of(Instant.parse("2026-12-01T12:00:00Z")), true, Optional.empty(), false),
                new IncidentView.Item(11, false, "Call the bank", Optional.of(DANA), Optional.empty(), false,
                        Optional.empty(), false));
    }

    /** With a follow-up that became a request. */
    static IncidentView requested(boolean done) {
        return view(incident(Severity.SEV2, RESOLVED, true), Map.of(IncidentRole.LEAD, OMAR), Optional.empty(),
                List.of(new IncidentView.Item(13, true, "Add an alert on failed payments", Optional.of(OMAR),
                        Optional.empty(), true, Optional.of(new RequestId(21)), done)),
                false);
    }

    static TimelineEntry entry(long id, TimelineEntry.Kind kind, String text) {
        return new TimelineEntry(id, kind, NOON.plusSeconds(id), "Omar Owner", text, true, "own:" + id, 1);
    }

    static Change change(long request, int distance, boolean grant, boolean revertible) {
        return new Change(new RequestId(request), "RUN-" + request, LeaseSamples.entity("checkout"), distance,
                grant ? "Access" : "Change a service", grant ? "access to checkout (Operate)" : "+0 ~1 -0", grant,
                "applied", NOON.minus(Duration.ofHours(request)), "Dana Developer", List.of("Omar Owner"),
                request == 41 ? Optional.of("REQ-50") : Optional.empty(), revertible);
    }

    static IncidentState closed() {
        return new IncidentState.Closed(NOON.plus(Duration.ofMinutes(125)), NOON.plus(Duration.ofDays(3)),
                Actor.STEWARD);
    }
}
