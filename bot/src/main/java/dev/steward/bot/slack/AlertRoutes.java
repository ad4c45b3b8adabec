package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.views.AlertCard;
import dev.steward.bot.slack.views.IncidentModals;
import dev.steward.bot.slack.views.Modals;
import dev.steward.bot.slack.views.OwnerCard;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Owners;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.definitions.Durations;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.alerts.AlertGroupView;
import dev.steward.incidents.alerts.Alerts;
import dev.steward.requests.ActOutcome;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All of alerts in Slack: the card, and what its buttons do. A value is only what the person saw; whether they may, and
 * whether it is still to be done, is checked by the use case at that moment.
 */
final class AlertRoutes {
    private static final Pattern GROUP = Pattern.compile("([1-9]\\d{0,17})(?::([0-9]{1,3}[mh]))?");

    private final Database database;
    private final Domain domain;
    private final Opening opening;
    private final Decisions.Speaking speaking;
    private final Declaring declaring;

    /** What there is to ask and to do. */
    record Domain(Alerts alerts, Incidents incidents, Owners owners) {}

    /** Opens the form that declares an incident. */
    @FunctionalInterface
    interface Declaring {
        void open(Click click, IncidentModals.Prefill filled);
    }

    AlertRoutes(Database database, Domain domain, Opening opening, Decisions.Speaking speaking, Declaring declaring) {
        this.database = database;
        this.domain = domain;
        this.opening = opening;
        this.speaking = speaking;
        this.declaring = declaring;
    }

    /** Adds the card; it needs nothing but the use cases. */
    static MessageViews register(MessageViews views, Database database, Alerts alerts) {
        return views.with(Alerts.CARD, args -> database
                .read(h -> alerts.view(h, args.path("group").asLong())).map(AlertCard::of));
    }

    Map<String, Consumer<Click>> clicks() {
        return Map.of(AlertCard.ACK, act((shown, person) -> domain.alerts().ack(shown.group(), person)),
                AlertCard.ACK_MINE, act((shown, person) -> domain.alerts().ackMine(person)),
                AlertCard.SNOOZE, act((shown, person) -> domain.alerts().snooze(shown.group(), person,
                        shown.time().orElse(Duration.ZERO))),
                AlertCard.DECLARE, this::declare, AlertCard.ATTACH, this::attach, AlertCard.OWNER, this::owner);
    }

    Map<String, Function<Submission, Map<String, Object>>> submissions() {
        return Map.of(AlertCard.ATTACH_MODAL, this::attached);
    }

    /** What a button or a choice says: the group, and a time where there is one. */
    private record Shown(long group, Optional<Duration> time) {
        static Optional<Shown> parse(String value) {
            Matcher matcher = GROUP.matcher(value);
            return matcher.matches()
                    ? Optional.of(new Shown(Long.parseLong(matcher.group(1)),
                            Optional.ofNullable(matcher.group(2)).flatMap(Durations::parse)))
                    : Optional.empty();
        }
    }

    private Consumer<Click> act(BiFunction<Shown, Person, ActOutcome> deed) {
        return click -> shown(click, shown -> speaking.as(click,
                person -> tell(click, words(deed.apply(shown, person)))));
    }

    private static Mrkdwn words(ActOutcome outcome) {
        return switch (outcome) {
            case ActOutcome.Done(String message) -> Mrkdwn.text(message, 2000);
            case ActOutcome.Refused(String why) -> Mrkdwn.text(why, 2000);
        };
    }

    private void shown(Click click, Consumer<Shown> work) {
        Shown.parse(click.value()).ifPresentOrElse(work,
                () -> speaking.answers().to(click, ShortAnswers.unreadableButton()));
    }

    private void tell(Click click, Mrkdwn text) {
        speaking.answers().to(click, Rendered.paragraph(text));
    }

    private void declare(Click click) {
        shown(click, shown -> database.read(h -> domain.alerts().proposed(h, shown.group()))
                .ifPresentOrElse(proposed -> declaring.open(click, new IncidentModals.Prefill(proposed.title(),
                        Optional.of(proposed.severity()), proposed.service(), Optional.empty(),
                        proposed.first() ? Json.text(Map.of("alerts", shown.group())) : "")),
                        () -> tell(click, AlertCard.over())));
    }

    private void attach(Click click) {
        shown(click, shown -> {
            Optional<AlertGroupView> view = view(shown.group()).filter(group -> group.group().live());
            if (view.isEmpty()) {
                tell(click, AlertCard.over());
            } else if (!opening.open(click.trigger(), click.user(), "Attach to an incident", person -> AlertCard
                    .attach(view.get(), database.read(h -> domain.incidents().open(h, person))))) {
                speaking.answers().to(click, ShortAnswers.notOpen());
            }
        });
    }

    private Optional<AlertGroupView> view(long group) {
        return database.read(h -> domain.alerts().view(h, group));
    }

    private Map<String, Object> attached(Submission submission) {
        Optional<Person> person = speaking.directory().remembered(submission.user());
        Optional<Shown> shown = Shown.parse(submission.view().metadata());
        Optional<IncidentId> incident = IncidentId.parse(submission.view().text(AlertCard.INCIDENT));
        if (person.isEmpty() || shown.isEmpty() || incident.isEmpty()) {
            return updated(ShortAnswers.unreadableButton().text());
        }
        return switch (domain.alerts().attach(shown.get().group(), person.get(), incident.get())) {
            case ActOutcome.Done(String message) -> updated(Mrkdwn.text(message, 2000));
            case ActOutcome.Refused(String why) -> Map.of("response_action", "errors", "errors",
                    Map.of(AlertCard.INCIDENT, why));
        };
    }

    private static Map<String, Object> updated(Mrkdwn text) {
        return Map.of("response_action", "update", "view", Modals.notice("Attach", text));
    }

    private void owner(Click click) {
        shown(click, shown -> view(shown.group()).ifPresentOrElse(view -> speaking.answers().to(click, view.entity()
                .map(entity -> OwnerCard.of(entity.name(),
                        database.read(h -> domain.owners().ownership(h, entity.name()))))
                .orElseGet(() -> AlertCard.unowned(view.owner().map(Team::title).orElse("platform")))),
                () -> tell(click, AlertCard.over())));
    }
}
