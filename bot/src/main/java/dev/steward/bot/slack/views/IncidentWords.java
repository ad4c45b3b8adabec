package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.catalog.Entity;
import dev.steward.definitions.Durations;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentRole;
import dev.steward.incidents.IncidentState;
import dev.steward.incidents.IncidentView;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Words that all messages about incidents share: short enough for somebody who was just woken. */
final class IncidentWords {
    private static final int ITEMS_MAX = 2000;
    private static final int LIST_MAX = 2500;

    private IncidentWords() {}

    /** {@code INC-7 Checkout errors}. */
    static Mrkdwn name(Incident incident) {
        return Mrkdwn.of("{} {}", incident.id().text(), Mrkdwn.text(incident.title(), 150));
    }

    /** Where it stands, with when and by whom where it has ended. */
    static Mrkdwn status(Incident incident) {
        return switch (incident.state()) {
            case IncidentState.Open(IncidentState.Progress progress) -> Mrkdwn.of("*{}*, *{}*",
                    incident.severity().text(), progress.text());
            case IncidentState.Resolved(Instant at) -> Mrkdwn.of("{}, *resolved* {} after {}",
                    incident.severity().text(), Mrkdwn.when(at), lasted(incident, at));
            case IncidentState.Closed closed -> Mrkdwn.of("{}, *closed* {}; it lasted {}", incident.severity().text(),
                    Mrkdwn.when(closed.at()), lasted(incident, closed.resolvedAt()));
            case IncidentState.Declined declined -> Mrkdwn.of("*declined* {}: {}", Mrkdwn.when(declined.at()),
                    Mrkdwn.text(declined.reason(), 300));
            case IncidentState.Merged merged -> Mrkdwn.of("*merged* into {} {}: go on there", merged.into().text(),
                    Mrkdwn.when(merged.at()));
        };
    }

    /** How long it went on: {@code 2 hours 5 minutes}. */
    static String lasted(Incident incident, Instant end) {
        return Durations.lasted(Duration.between(incident.times().declared(), end));
    }

    /** What it is on. */
    static Mrkdwn on(Optional<Entity> entity) {
        return entity.map(e -> Mrkdwn.of("{} (team {})", Mrkdwn.code(e.name(), 100), Mrkdwn.text(e.owner(), 60)))
                .orElse(Mrkdwn.of("something not known yet"));
    }

    /** Who does what, of one role. */
    static Mrkdwn role(IncidentView view, IncidentRole role) {
        return Optional.ofNullable(view.roles().get(role)).map(RequestWords::person).orElse(Mrkdwn.of("nobody yet"));
    }

    /** What was told last. */
    static Mrkdwn update(IncidentView view) {
        return view.update()
                .map(update -> part("Conditions", update.conditions()).line(part("Actions", update.actions()))
                        .line(part("Needs", update.needs()))
                        .line(Mrkdwn.of("_{}, {}_", Mrkdwn.text(update.by(), 60), Mrkdwn.when(update.at()))))
                .orElse(Mrkdwn.EMPTY);
    }

    private static Mrkdwn part(String label, String text) {
        return text.isBlank() ? Mrkdwn.EMPTY : Mrkdwn.of("*{}:* {}", label, Mrkdwn.text(text, 600));
    }

    /** What is to be done and was not, each with its number. */
    static Mrkdwn items(IncidentView view) {
        List<Mrkdwn> open = view.items().stream().filter(IncidentView.Item::open).map(IncidentWords::item).toList();
        return RequestWords.bounded(open, ITEMS_MAX);
    }

    /** Something to be done: {@code #12 Restart the pool (@omar, by ...)}. */
    static Mrkdwn item(IncidentView.Item item) {
        Mrkdwn what = Mrkdwn.of(item.followup() ? "`#{}` Follow-up: {}" : "`#{}` {}", item.id(),
                Mrkdwn.text(item.text(), 200));
        Mrkdwn request = item.request().map(made -> Mrkdwn.of(item.requestDone() ? "; {} is done" : "; {}",
                made.text())).orElse(Mrkdwn.EMPTY);
        Mrkdwn owner = item.owner().map(RequestWords::person).orElse(Mrkdwn.of("no owner yet"));
        return item.due().map(at -> Mrkdwn.of("{} ({}, by {}{})", what, owner, Mrkdwn.when(at), request))
                .orElse(Mrkdwn.of("{} ({}{})", what, owner, request));
    }

    /** Where people talk about it. */
    static Mrkdwn channel(Incident incident) {
        return incident.channel().id().map(Mrkdwn::channel)
                .orElse(Mrkdwn.of("{} (being made)", Mrkdwn.text("#" + incident.channel().name(), 90)));
    }

    /** One incident of a list. */
    static Mrkdwn listed(Incident incident) {
        return Mrkdwn.of("{}: {}, in {}", name(incident), status(incident), channel(incident));
    }

    /** Several incidents, one a line; the rest is counted. */
    static Mrkdwn list(List<Incident> incidents) {
        return RequestWords.bounded(incidents.stream().map(IncidentWords::listed).toList(), LIST_MAX);
    }

    /** A button of an incident; its value is the incident's number and what else it needs. */
    static Map<String, Object> button(String action, Incident incident, String more, String label, String spoken) {
        return Blocks.button(action, incident.id().value() + (more.isEmpty() ? "" : ":" + more), label,
                spoken + ", " + incident.id().text());
    }
}
