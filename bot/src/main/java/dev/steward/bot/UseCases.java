package dev.steward.bot;

import dev.steward.access.Access;
import dev.steward.access.BreakGlassReviews;
import dev.steward.access.Reviews;
import dev.steward.approvals.Approvals;
import dev.steward.bot.slack.IncidentSeams;
import dev.steward.bot.slack.SlackAdapter;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.incidents.IncidentEmergencies;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.alerts.AlertParts;
import dev.steward.incidents.alerts.Alerts;
import dev.steward.jobs.Job;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.Shift;
import dev.steward.outbox.Priority;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import dev.steward.requests.RevertOutcome;
import dev.steward.requests.Undoing;
import dev.steward.stacks.Leases;
import dev.steward.stacks.Stacks;
import dev.steward.terraform.Runner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jdbi.v3.core.Handle;

/** The use cases over one home, wired in the order of their packages. */
record UseCases(Stores stores, Optional<Settings.Webhook> webhook, Requests requests, Access access, Reviews reviews,
        BreakGlassReviews breakGlass,
        OnCall onCall, Incidents incidents, Alerts alerts) {

    static UseCases over(Core.Ground ground, RequestParts.Rules rules, Runner runner) {
        Stores stores = ground.stores();
        Settings settings = ground.settings();
        var store = new RequestParts.Store(stores.database(), ground.sealer(), stores.ledger(), ground.jobs(),
                ground.outbox(), ground.runs(), new Stacks(ground.clock()), new Leases(stores.ledger(), ground.clock()),
                ground.clock());
        var catalog = new RequestParts.Catalog(stores.people(), stores.teams(), stores.entities());
        OnCall onCall = OnCallSetup.of(ground);
        // Requests ask incidents, which stand on requests: what they ask knows of requests only once they are asked.
        AtomicReference<Requests> later = new AtomicReference<>();
        BreakGlassReviews breakGlass = new BreakGlassReviews(store, catalog, rules.platformTeam(),
                () -> Objects.requireNonNull(later.get(), "asked while it is being wired"));
        var emergencies = new IncidentEmergencies(store, catalog, settings.incidents(),
                (h, entity) -> onCallFor(onCall, h, entity), breakGlass);
        Requests requests = new Requests(new RequestParts(store, catalog, rules,
                new Approvals(stores.people(), stores.teams(), stores.ledger(), ground.clock()), runner, emergencies));
        later.set(requests);
        onCall.onChange((h, people) -> requests.homes().changed(h, people, Priority.HOME));
        Incidents incidents = new Incidents(store, catalog, requests, onCall, settings.incidents());
        return new UseCases(stores, settings.onDuty().webhook(), requests, new Access(requests, store.leases()),
                new Reviews(store, catalog, requests, settings.reviews()), breakGlass, onCall, incidents,
                alerts(ground, incidents, onCall));
    }

    private static Alerts alerts(Core.Ground ground, Incidents incidents, OnCall onCall) {
        Stores stores = ground.stores();
        return new Alerts(new AlertParts(
                new AlertParts.Store(stores.database(), stores.ledger(), ground.jobs(), ground.outbox(),
                        ground.clock()),
                new AlertParts.Catalog(stores.people(), stores.teams(), stores.entities()), incidents,
                ground.settings().webhooks().rules(), new AlertPager(stores, ground.settings(), onCall)));
    }

    /** Everybody who is on call for that thing, in whichever layer. */
    private static List<Person> onCallFor(OnCall onCall, Handle handle, Entity entity) {
        return onCall.paged(handle, entity).stream().flatMap(team -> onCall.now(handle, team.name()).stream())
                .map(Shift::person).flatMap(Optional::stream).toList();
    }

    /** What Slack offers to do. */
    SlackAdapter.UseCases inSlack() {
        return new SlackAdapter.UseCases(requests, access, reviews, breakGlass, onCall,
                new IncidentSeams(incidents, this::page, this::revert), alerts);
    }

    private ActOutcome page(IncidentId incident, Person by, String whom) {
        Optional<Team> team = stores.database().read(h -> paged(h, whom));
        return team.map(found -> incidents.page(incident, by, found)).orElseGet(() -> new ActOutcome.Refused(
                "There is no service and no team " + whom + " to page. /owner " + whom + " says what is like it."));
    }

    private Optional<Team> paged(Handle handle, String whom) {
        return stores.teams().byName(handle, whom)
                .or(() -> stores.owners().ownership(handle, whom) instanceof Ownership.Found found
                        ? onCall.paged(handle, found.entity()).stream().findFirst()
                        : Optional.empty());
    }

    private IncidentSeams.Reverting.Answer revert(IncidentId incident, RequestId change, Optional<RequestId> instead,
            Person by) {
        RevertOutcome outcome = requests.revert(change, by, new Undoing(Optional.of(incident.value()), instead));
        if (outcome instanceof RevertOutcome.Removal || outcome instanceof RevertOutcome.Back) {
            stores.database().writing(h -> incidents.causedBy(h, incident, change, OptionalLong.empty()));
        }
        String withdrawn = instead
                .map(pending -> " " + pending.text() + " is withdrawn, and its people are told.").orElse("");
        return switch (outcome) {
            case RevertOutcome.Removal(RequestId request, String channel) ->
                done(request.text() + " asks to take away what " + change.text()
                        + " made. Whoever approved that decides in #" + channel + "." + withdrawn);
            case RevertOutcome.Back(RequestId request, RequestId to, String channel) ->
                done(request.text() + " asks to go back from " + change.text() + " to what " + to.text()
                        + " asked for. Whoever approves such a change decides in #" + channel + "." + withdrawn);
            case RevertOutcome.Already(RequestId request, String channel) -> refused(
                    request.text() + " asks for that already; see its card in #" + channel + ".");
            case RevertOutcome.InTheWay(RequestId pending) -> new IncidentSeams.Reverting.Answer.InTheWay(
                    stores.database().read(h -> requests.view(h, pending)).orElseThrow());
            case RevertOutcome.Refused(String why) -> refused(why);
        };
    }

    private static IncidentSeams.Reverting.Answer done(String message) {
        return new IncidentSeams.Reverting.Answer.Said(new ActOutcome.Done(message));
    }

    private static IncidentSeams.Reverting.Answer refused(String why) {
        return new IncidentSeams.Reverting.Answer.Said(new ActOutcome.Refused(why));
    }

    /** All their background work, by kind of job. */
    Map<String, Job.Handler> handlers() {
        Map<String, Job.Handler> handlers = new HashMap<>(requests.handlers());
        handlers.putAll(reviews.handlers());
        handlers.putAll(breakGlass.handlers());
        handlers.putAll(onCall.handlers());
        handlers.put(OnCall.WEBHOOK_JOB, new PageWebhook(stores.database(), onCall, webhook));
        handlers.putAll(incidents.handlers());
        handlers.putAll(alerts.handlers());
        return handlers;
    }

    /** Sees to it that what was begun goes on. */
    void recover() {
        requests.recover();
        reviews.recover();
        breakGlass.recover();
        incidents.recover();
        alerts.recover();
    }
}
