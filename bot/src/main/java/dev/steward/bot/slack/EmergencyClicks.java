package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.access.BreakGlassReviews;
import dev.steward.access.BreakGlassView;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.views.EmergencyMessages;
import dev.steward.bot.slack.views.Modals;
import dev.steward.bot.slack.views.RequestCard;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import dev.steward.outbox.Outbox;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.Notices;
import dev.steward.requests.RequestId;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Emergency access and frozen applies in Slack: their messages, and what their buttons and modals do. */
final class EmergencyClicks {
    private static final Pattern FROZEN = Pattern.compile("([1-9]\\d{0,17}):([1-9]\\d{0,17})");

    private final Database database;
    private final Asking asking;
    private final Opening opening;
    private final Decisions.Speaking speaking;

    /** What there is to ask. */
    record Asking(BreakGlassReviews reviews, Incidents incidents) {}

    EmergencyClicks(Database database, Asking asking, Opening opening, Decisions.Speaking speaking) {
        this.database = database;
        this.asking = asking;
        this.opening = opening;
        this.speaking = speaking;
    }

    /** The messages, rendered from the rows that are there when they are sent. */
    static MessageViews register(MessageViews views, Database database, Outbox outbox, Workspace workspace,
            BreakGlassReviews reviews) {
        BiFunction<JsonNode, Function<BreakGlassView, Rendered>, Optional<Rendered>> of = (args, message) -> database
                .read(h -> reviews.view(h, new RequestId(args.path("request").asLong()))).map(message);
        return views
                .with(BreakGlassReviews.VIEW, args -> of.apply(args, view -> EmergencyMessages.loud(view,
                        link(database, outbox, workspace, Notices.cardKey(view.request())))))
                .with(BreakGlassReviews.PASSED_OVER, args -> of.apply(args, view -> EmergencyMessages.passedOver(view,
                        link(database, outbox, workspace, BreakGlassReviews.key(view.request())))))
                .with(BreakGlassReviews.OVERDUE, args -> of.apply(args, view -> EmergencyMessages.overdue(view,
                        link(database, outbox, workspace, BreakGlassReviews.key(view.request())))));
    }

    private static Optional<String> link(Database database, Outbox outbox, Workspace workspace, String key) {
        return database.read(h -> outbox.posted(h, key))
                .map(posted -> workspace.permalink(posted.channel(), posted.ts()));
    }

    /** What their buttons do. */
    Map<String, Consumer<Click>> clicks() {
        return Map.of(EmergencyMessages.SIGN, this::sign, RequestCard.LET_THROUGH, this::letThrough);
    }

    /** What their modals do. */
    Map<String, Function<Submission, Map<String, Object>>> submissions() {
        return Map.of(EmergencyMessages.SIGN_MODAL, this::signed, EmergencyMessages.LET_THROUGH_MODAL,
                this::letThrough);
    }

    private void sign(Click click) {
        Optional<BreakGlassView> view = RequestId.parse("REQ-" + click.value())
                .flatMap(id -> database.read(h -> asking.reviews().view(h, id)));
        ask(click, "Sign", view.filter(v -> v.signed().isEmpty()).map(EmergencyMessages::signModal));
    }

    private Map<String, Object> signed(Submission submission) {
        Optional<RequestId> request = RequestId.parse("REQ-" + submission.view().metadata());
        Optional<Person> person = speaking.directory().remembered(submission.user());
        if (request.isEmpty() || person.isEmpty()) {
            return updated("Sign", ShortAnswers.unreadableButton().text());
        }
        boolean right = EmergencyMessages.RIGHT.equals(submission.view().text(EmergencyMessages.VERDICT));
        return outcome("Sign", asking.reviews().sign(request.get(), person.get(), right,
                submission.view().text(EmergencyMessages.WORDS)));
    }

    private void letThrough(Click click) {
        Matcher value = FROZEN.matcher(click.value());
        ask(click, "Apply all the same", value.matches()
                ? Optional.of(EmergencyMessages.letThroughModal(click.value(),
                        new RequestId(Long.parseLong(value.group(1))), "INC-" + value.group(2)))
                : Optional.empty());
    }

    private Map<String, Object> letThrough(Submission submission) {
        Matcher value = FROZEN.matcher(submission.view().metadata());
        Optional<Person> person = speaking.directory().remembered(submission.user());
        if (!value.matches() || person.isEmpty()) {
            return updated("Apply all the same", ShortAnswers.unreadableButton().text());
        }
        return outcome("Apply all the same", asking.incidents().letThrough(
                new IncidentId(Long.parseLong(value.group(2))), person.get(),
                new RequestId(Long.parseLong(value.group(1))), submission.view().text(EmergencyMessages.REASON)));
    }

    private void ask(Click click, String title, Optional<Map<String, Object>> modal) {
        if (modal.isEmpty()) {
            speaking.answers().to(click, ShortAnswers.oldButton());
        } else if (!opening.open(click.trigger(), click.user(), title, _ -> modal.get())) {
            speaking.answers().to(click, ShortAnswers.notOpen());
        }
    }

    private static Map<String, Object> outcome(String title, ActOutcome outcome) {
        return updated(title, Mrkdwn.text(switch (outcome) {
            case ActOutcome.Done(String message) -> message;
            case ActOutcome.Refused(String why) -> why;
        }, 2000));
    }

    private static Map<String, Object> updated(String title, Mrkdwn text) {
        return Map.of("response_action", "update", "view", Modals.notice(title, text));
    }
}
