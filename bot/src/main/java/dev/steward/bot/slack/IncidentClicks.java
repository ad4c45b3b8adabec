package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.views.IncidentActions;
import dev.steward.bot.slack.views.IncidentChanges;
import dev.steward.bot.slack.views.IncidentModals;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.definitions.Durations;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentRole;
import dev.steward.incidents.IncidentState;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.Severity;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestView;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the buttons and lists of incidents do. A value is only what the person saw; whether they may, and whether it is
 * still to be done, is checked by the use case at that moment.
 */
final class IncidentClicks {
    private static final Pattern VALUE = Pattern.compile("([1-9]\\d{0,17})(?::(.*))?");
    private static final Pattern FAILED = Pattern.compile("r:([1-9]\\d{0,17}):(.{1,200})");
    private static final Pattern NUMBER = Pattern.compile("[1-9]\\d{0,17}");
    private static final Pattern REVERT = Pattern.compile("([1-9]\\d{0,17})(?::([1-9]\\d{0,17}))?");
    private static final Pattern PAGE = Pattern.compile("(\\d{0,7}|last)(:all)?");
    private static final Pattern WINDOW = Pattern.compile("([1-9]\\d{0,3})(:all)?");

    private final IncidentDesk desk;
    private final Outbox outbox;
    private final Answers answers;
    private final Opening opening;
    private final IncidentCommands commands;
    private final IncidentDeeds deeds;

    IncidentClicks(IncidentDesk desk, Outbox outbox, Answers answers, Opening opening, IncidentCommands commands,
            IncidentDeeds deeds) {
        this.desk = desk;
        this.outbox = outbox;
        this.answers = answers;
        this.opening = opening;
        this.commands = commands;
        this.deeds = deeds;
    }

    /** What a click names. */
    private record Named(IncidentId incident, String more) {
        static Optional<Named> parse(String value) {
            Matcher matcher = VALUE.matcher(value);
            return matcher.matches()
                    ? Optional.of(new Named(new IncidentId(Long.parseLong(matcher.group(1))),
                            Optional.ofNullable(matcher.group(2)).orElse("")))
                    : Optional.empty();
        }

        Optional<Long> number() {
            return NUMBER.matcher(more).matches() ? Optional.of(Long.parseLong(more)) : Optional.empty();
        }
    }

    Map<String, Consumer<Click>> all() {
        Incidents incidents = desk.incidents();
        Map<String, Consumer<Click>> all = new HashMap<>(forms());
        all.put(IncidentActions.DECLARE, this::declare);
        all.put(IncidentActions.CLAIM, act((named, person) -> IncidentRole.parse(named.more())
                .map(role -> incidents.claim(named.incident(), person, role))));
        all.put(IncidentActions.SEVERITY, act((named, person) -> Severity.parse(named.more())
                .map(severity -> incidents.severity(named.incident(), person, severity))));
        all.put(IncidentActions.STATUS, act((named, person) -> IncidentState.Progress.parse(named.more())
                .map(progress -> incidents.status(named.incident(), person, progress))));
        all.put(IncidentActions.SNOOZE, act((named, person) -> Durations.parse(named.more())
                .map(delay -> incidents.snooze(named.incident(), person, delay))));
        all.put(IncidentActions.DONE,
                act((named, person) -> named.number().map(item -> incidents.itemEnded(item, person, true))));
        all.put(IncidentActions.DROP,
                act((named, person) -> named.number().map(item -> incidents.itemEnded(item, person, false))));
        all.put(IncidentActions.CLOSE,
                act((named, person) -> Optional.of(incidents.close(named.incident(), person))));
        all.put(IncidentActions.REOPEN,
                act((named, person) -> Optional.of(incidents.reopen(named.incident(), person))));
        all.put(IncidentActions.REVERT, click -> named(click,
                named -> as(click, person -> tell(click, revert(named, person)))));
        all.put(IncidentActions.BACK, this::back);
        all.put(IncidentActions.TIMELINE, this::timeline);
        return Map.copyOf(all);
    }

    private Map<String, Consumer<Click>> forms() {
        return Map.of(IncidentActions.UPDATE, form((named, view) -> Optional.of(IncidentModals.update(view))),
                IncidentActions.NOTE, form((named, view) -> Optional.of(IncidentModals.note(view.incident()))),
                IncidentActions.RESOLVE, form((named, view) -> Optional.of(IncidentModals.resolve(view.incident()))),
                IncidentActions.FOLLOWUP, form((named, view) -> Optional.of(IncidentModals.followup(view.incident()))),
                IncidentActions.POSTMORTEM, form((named, view) -> Optional.of(deeds.postmortem(view.incident()))),
                IncidentActions.AMEND, form((named, view) -> named.number()
                        .flatMap(entry -> desk.database().read(
                                h -> desk.incidents().entry(h, named.incident(), entry)))
                        .map(entry -> IncidentModals.amend(view.incident(), entry))));
    }

    /** A click that does something; the deed is empty where the value makes no sense. */
    private Consumer<Click> act(BiFunction<Named, Person, Optional<ActOutcome>> deed) {
        return click -> named(click, named -> as(click, person -> tell(click, deed.apply(named, person)
                .map(IncidentDesk::said).orElseGet(ShortAnswers::unreadableButton))));
    }

    private Rendered revert(Named named, Person person) {
        Matcher value = REVERT.matcher(named.more());
        if (!value.matches()) {
            return ShortAnswers.unreadableButton();
        }
        RequestId change = new RequestId(Long.parseLong(value.group(1)));
        Optional<RequestId> instead = Optional.ofNullable(value.group(2)).map(Long::parseLong).map(RequestId::new);
        return switch (desk.seams().reverting().propose(named.incident(), change, instead, person)) {
            case IncidentSeams.Reverting.Answer.Said(ActOutcome outcome) -> IncidentDesk.said(outcome);
            case IncidentSeams.Reverting.Answer.InTheWay(RequestView pending) ->
                IncidentChanges.inTheWay(named.incident(), change, pending);
        };
    }

    private Consumer<Click> form(BiFunction<Named, IncidentView, Optional<Map<String, Object>>> form) {
        return click -> named(click, named -> {
            Function<Person, Map<String, Object>> modal = person -> desk.view(named.incident(), person)
                    .flatMap(view -> form.apply(named, view)).orElseGet(IncidentClicks::notForYou);
            if (!opening.open(click.trigger(), click.user(), named.incident().text(), modal)) {
                tell(click, ShortAnswers.notOpen());
            }
        });
    }

    private static Map<String, Object> notForYou() {
        return Forms.notice("Not possible", ShortAnswers.unreadableButton());
    }

    private void declare(Click click) {
        String value = click.value();
        String rest = value.length() > 2 ? value.substring(2) : "";
        Matcher failed = FAILED.matcher(value);
        IncidentModals.Prefill filled = failed.matches()
                ? ofRun(failed.group(1), failed.group(2))
                : value.startsWith("e:")
                        ? new IncidentModals.Prefill("", Optional.empty(),
                                Optional.of(rest).filter(name -> !name.isBlank()), Optional.empty(), "")
                        : IncidentCommands.filled(rest);
        commands.declare(click.user(), click.trigger(), filled, message -> tell(click, message));
    }

    private IncidentModals.Prefill ofRun(String run, String subject) {
        return new IncidentModals.Prefill("The apply of " + subject + " failed (RUN-" + run + ")", Optional.empty(),
                deeds.entity(subject).map(Entity::name), Optional.empty(),
                Json.text(Map.of("run", Long.parseLong(run))));
    }

    /** Looking further back in the channel changes the message there, for all; elsewhere it answers the one who looks. */
    private void back(Click click) {
        named(click, named -> as(click, person -> {
            Matcher window = WINDOW.matcher(named.more());
            Optional<IncidentView> view = desk.view(named.incident(), person);
            if (view.isEmpty() || !window.matches()) {
                tell(click, ShortAnswers.unreadableButton());
                return;
            }
            int hours = Integer.parseInt(window.group(1));
            Optional<String> channel = view.get().incident().channel().id().filter(id -> window.group(2) != null);
            if (channel.isPresent()) {
                show(view.get().incident(), channel.get(), hours);
            } else {
                tell(click, desk.changes(view.get(), Duration.ofHours(hours)));
            }
        }));
    }

    private void show(Incident incident, String channel, int hours) {
        desk.database().writing(h -> outbox.put(h,
                new Message("incident:" + incident.id().value() + ":changes", new Destination.Channel(channel),
                        Incidents.CHANGES, Map.of("incident", incident.id().value(), "hours", hours),
                        Priority.DECISION)));
    }

    private void timeline(Click click) {
        named(click, named -> as(click, person -> {
            Matcher page = PAGE.matcher(named.more());
            Optional<IncidentView> view = desk.view(named.incident(), person);
            if (view.isEmpty() || !page.matches()) {
                tell(click, ShortAnswers.unreadableButton());
                return;
            }
            String from = page.group(1);
            tell(click, desk.timeline(view.get().incident(),
                    from.isEmpty() || from.equals("last") ? -1 : Integer.parseInt(from), page.group(2) != null));
        }));
    }

    private void named(Click click, Consumer<Named> work) {
        Named.parse(click.value()).ifPresentOrElse(work, () -> tell(click, ShortAnswers.unreadableButton()));
    }

    private void as(Click click, Consumer<Person> work) {
        desk.as(click.user(), message -> tell(click, message), work);
    }

    private void tell(Click click, Rendered message) {
        answers.to(click, message);
    }
}
