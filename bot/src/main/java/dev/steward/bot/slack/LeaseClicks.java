package dev.steward.bot.slack;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.views.ExtensionMessages;
import dev.steward.bot.slack.views.Modals;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.definitions.Durations;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestView;
import dev.steward.requests.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the buttons of access and sandboxes open: how much longer, and the form once more. */
final class LeaseClicks {
    private static final Pattern METADATA = Pattern.compile("([1-9]\\d{0,17}):(\\d{1,15})");

    private final Database database;
    private final Requests requests;
    private final Workflows workflows;
    private final Forms forms;
    private final Opening opening;
    private final Decisions.Speaking speaking;

    LeaseClicks(Database database, Requests requests, Workflows workflows, Forms forms, Opening opening,
            Decisions.Speaking speaking) {
        this.database = database;
        this.requests = requests;
        this.workflows = workflows;
        this.forms = forms;
        this.opening = opening;
        this.speaking = speaking;
    }

    /** A click on Extend: asks for how much longer. */
    void extend(Click click) {
        ask(click, "Extend", person -> request(click.value()).flatMap(RequestView::lease)
                .filter(lease -> lease.holder().id() == person.id()).map(this::howMuchLonger)
                .orElseGet(ShortAnswers::notToExtend));
    }

    private Map<String, Object> howMuchLonger(LeaseView lease) {
        List<Duration> choices = database.read(h -> requests.extensions(h, lease.request()));
        Optional<Instant> end = ExtensionMessages.extendable(lease);
        if (end.isEmpty()) {
            return ShortAnswers.overAlready(lease.request());
        }
        return choices.isEmpty()
                ? ShortAnswers.longestAlready(lease.request(), end.get())
                : ExtensionMessages.modal(lease, end.get(), choices);
    }

    /** How much longer was chosen. */
    Map<String, Object> extended(Submission submission) {
        Matcher metadata = METADATA.matcher(submission.view().metadata());
        Optional<Person> person = speaking.directory().remembered(submission.user());
        Optional<Duration> more = Durations.parse(submission.view().text(ExtensionMessages.MORE));
        if (!metadata.matches() || person.isEmpty() || more.isEmpty()) {
            return updated(ShortAnswers.notToExtend());
        }
        RequestId id = new RequestId(Long.parseLong(metadata.group(1)));
        Instant seen = Instant.ofEpochMilli(Long.parseLong(metadata.group(2)));
        Optional<Instant> end = request(metadata.group(1)).flatMap(RequestView::lease)
                .flatMap(ExtensionMessages::extendable);
        if (end.filter(seen::equals).isEmpty()) {
            return updated(end.map(now -> ShortAnswers.otherEnd(id, now)).orElseGet(
                    () -> ShortAnswers.overAlready(id)));
        }
        return switch (requests.extendLease(id, person.get(), more.get())) {
            case ActOutcome.Done(String message) -> updated(Modals.notice("Extend", Mrkdwn.text(message, 2000)));
            case ActOutcome.Refused(String why) -> Map.of("response_action", "errors", "errors",
                    Map.of(ExtensionMessages.MORE, why));
        };
    }

    /** A click on Ask again: the form as it was filled in, for the person who asked and nobody else. */
    void again(Click click) {
        ask(click, "Ask again", person -> request(click.value()).filter(v -> v.requester().id() == person.id())
                .flatMap(v -> workflows.named(v.workflow()).map(workflow -> forms.again(person, workflow, v.id())))
                .orElseGet(ShortAnswers::notToCorrect));
    }

    /** A click on Promote: the form of the real thing, with the same answers, for the person who has it. */
    void promote(Click click) {
        ask(click, "Promote", person -> request(click.value()).filter(v -> v.requester().id() == person.id())
                .flatMap(v -> v.lease().flatMap(LeaseView::promote).flatMap(workflows::named)
                        .map(workflow -> forms.again(person, workflow, v.id())))
                .orElseGet(ShortAnswers::notToPromote));
    }

    private Optional<RequestView> request(String value) {
        return RequestId.parse("REQ-" + value).flatMap(id -> database.read(h -> requests.view(h, id)));
    }

    private void ask(Click click, String title, Function<Person, Map<String, Object>> modal) {
        if (!opening.open(click.trigger(), click.user(), title, modal)) {
            speaking.answers().to(click, ShortAnswers.notOpen());
        }
    }

    private static Map<String, Object> updated(Map<String, Object> view) {
        return Map.of("response_action", "update", "view", view);
    }
}
