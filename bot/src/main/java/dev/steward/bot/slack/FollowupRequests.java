package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.views.IncidentModals;
import dev.steward.bot.slack.views.Modals;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.definitions.Workflow;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.IncidentView;
import dev.steward.incidents.Incidents;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes requests of follow-ups: which kind is chosen first, and then its form opens with what is known. */
final class FollowupRequests {
    private static final Pattern VALUE = Pattern.compile("([1-9]\\d{0,17})(?::([1-9]\\d{0,17}))?");

    private final Database database;
    private final Incidents incidents;
    private final Workflows workflows;
    private final Forms forms;
    private final Opening opening;
    private final Decisions.Speaking speaking;

    FollowupRequests(Database database, Incidents incidents, Workflows workflows, Forms forms, Opening opening,
            Decisions.Speaking speaking) {
        this.database = database;
        this.incidents = incidents;
        this.workflows = workflows;
        this.forms = forms;
        this.opening = opening;
        this.speaking = speaking;
    }

    /** The button: opens the choice. */
    void clicked(Click click) {
        Matcher value = VALUE.matcher(click.value());
        if (!value.matches()) {
            speaking.answers().to(click, ShortAnswers.unreadableButton());
            return;
        }
        IncidentId id = new IncidentId(Long.parseLong(value.group(1)));
        Optional<Long> item = Optional.ofNullable(value.group(2)).map(Long::parseLong);
        if (!opening.open(click.trigger(), click.user(), id.text(), person -> choice(person, id, item))) {
            speaking.answers().to(click, ShortAnswers.notOpen());
        }
    }

    private Map<String, Object> choice(Person person, IncidentId id, Optional<Long> item) {
        Optional<IncidentView> view = database.read(h -> incidents.view(h, id, Optional.of(person)));
        List<IncidentView.Item> items = view.stream().flatMap(seen -> seen.items().stream())
                .filter(one -> one.followup() && one.open() && item.filter(named -> named != one.id()).isEmpty())
                .toList();
        List<IncidentView.Item> left = items.stream().filter(one -> one.request().isEmpty()).toList();
        if (left.isEmpty()) {
            return notPossible(items.stream().flatMap(one -> one.request().stream()).findFirst()
                    .map(made -> made.text() + " was made for it already. See its card.")
                    .orElse("That is done or dropped already, or you may not see it."));
        }
        List<Workflow> permitted = database.read(
                h -> workflows.all().stream().filter(one -> workflows.permits(h, one, person)).toList());
        return permitted.isEmpty()
                ? notPossible("You may not ask for anything here. Ask the platform team.")
                : IncidentModals.request(view.orElseThrow().incident(), left, permitted);
    }

    /** What was chosen: its form is shown in the same modal. */
    Map<String, Object> chosen(Submission submission) {
        return Map.of("response_action", "update", "view", form(submission));
    }

    private Map<String, Object> form(Submission submission) {
        OpenView modal = submission.view();
        Optional<Person> person = speaking.directory().remembered(submission.user()).filter(Person::mayAct);
        Optional<Workflow> workflow = workflows.named(modal.text(IncidentModals.WORKFLOW));
        if (!VALUE.matcher(modal.metadata()).matches() || modal.metadata().contains(":") || person.isEmpty()
                || workflow.isEmpty()) {
            return Forms.notice("Not possible", ShortAnswers.unreadableButton());
        }
        if (!database.read(h -> workflows.permits(h, workflow.get(), person.get()))) {
            return Forms.notice("Not for you", speaking.words().notAllowed(workflow.get()));
        }
        IncidentId id = new IncidentId(Long.parseLong(modal.metadata()));
        return database.read(h -> incidents.view(h, id, person))
                .flatMap(view -> view.items().stream()
                        .filter(item -> Long.toString(item.id()).equals(modal.text(IncidentModals.ITEM)))
                        .filter(item -> item.followup() && item.open() && item.request().isEmpty()).findFirst()
                        .map(item -> forms.followup(person.get(), workflow.get(), about(view, item))))
                .orElseGet(() -> notPossible("That has its request already, or is not to be done any more."));
    }

    /** A request can be read by all: of a confidential incident, nothing is put into its form. */
    private static Forms.Followup about(IncidentView view, IncidentView.Item item) {
        Incident incident = view.incident();
        return new Forms.Followup(item.id(), view.entity().map(Entity::name), incident.about().confidential()
                ? ""
                : incident.id().text() + ": " + item.text());
    }

    private static Map<String, Object> notPossible(String why) {
        return Modals.notice("Not possible", Rendered.paragraph(Mrkdwn.text(why, 500)).text());
    }
}
