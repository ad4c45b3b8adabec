package dev.steward.bot.slack;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.ProposalId;
import dev.steward.approvals.Verdict;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.views.CommandAnswers;
import dev.steward.bot.slack.views.DecisionWords;
import dev.steward.bot.slack.views.Modals;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.DecommissionOutcome;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestView;
import dev.steward.requests.Requests;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the buttons of cards and direct messages do. A button's value is only what the person saw: whether they may, and
 * whether it is still to be decided, is checked by the use case at the moment of the click.
 */
final class Decisions {
    private static final Pattern VALUE = Pattern.compile("([1-9]\\d{0,17}):([0-9a-f]{64})");
    private static final Pattern BLOCK = Pattern.compile("decide:([1-9]\\d{0,17})");
    private static final int NAMED_DELETES = 20;

    private final Database database;
    private final Requests requests;
    private final Workflows workflows;
    private final Forms forms;
    private final Opening opening;
    private final Speaking speaking;

    /** How the buttons speak. */
    record Speaking(CommandAnswers words, Answers answers, Directory directory) {
        /** Does it as whoever clicked, or tells them that nobody knows them. */
        void as(Click click, Consumer<Person> work) {
            switch (directory.find(click.user())) {
                case Directory.Lookup.Known(Person person) -> work.accept(person);
                case Directory.Lookup.Nobody nobody -> answers.to(click, words.unknownPerson());
                case Directory.Lookup.Unclear unclear -> directory.remembered(click.user())
                        .ifPresentOrElse(work, () -> answers.to(click, words.unknownPerson()));
            }
        }
    }

    Decisions(Database database, Requests requests, Workflows workflows, Forms forms, Opening opening,
            Speaking speaking) {
        this.database = database;
        this.requests = requests;
        this.workflows = workflows;
        this.forms = forms;
        this.opening = opening;
        this.speaking = speaking;
    }

    /** A proposal and the digest of what was shown, as a button says. */
    private record Shown(ProposalId proposal, String digest) {
        static Optional<Shown> parse(String value) {
            Matcher matcher = VALUE.matcher(value);
            return matcher.matches()
                    ? Optional.of(new Shown(new ProposalId(Long.parseLong(matcher.group(1))), matcher.group(2)))
                    : Optional.empty();
        }
    }

    /** A click on Approve. Deletes that are too many to be named are asked for by number first. */
    void approve(Click click) {
        Optional<Shown> shown = Shown.parse(click.value());
        if (shown.isEmpty()) {
            speaking.answers().to(click, ShortAnswers.unreadableButton());
            return;
        }
        int deletes = database.read(h -> requests.deletes(h, shown.get().proposal()));
        if (deletes > NAMED_DELETES) {
            RequestView view = database.read(h -> requests.view(h, shown.get().proposal())).orElseThrow();
            ask(click, "Approve",
                    person -> DecisionWords.deletesModal(click.value() + ":" + deletes, what(view), deletes));
            return;
        }
        speaking.as(click, person -> tell(click, DecisionWords.of(decide(person, shown.get(), Verdict.APPROVE, ""))));
    }

    /** The number of deletes was typed. */
    Map<String, Object> deletesTyped(Submission submission) {
        String metadata = submission.view().metadata();
        int colon = metadata.lastIndexOf(':');
        String typed = submission.view().text(DecisionWords.DELETES).strip();
        if (colon < 0 || !typed.equals(metadata.substring(colon + 1))) {
            return Map.of("response_action", "errors", "errors",
                    Map.of(DecisionWords.DELETES, ShortAnswers.wrongNumberOfDeletes()));
        }
        return decided(submission, metadata.substring(0, colon), Verdict.APPROVE, "");
    }

    /** A click on Reject: asks why. */
    void reject(Click click) {
        String what = of(click).map(Decisions::what).orElse("this request");
        ask(click, "Reject", person -> DecisionWords.rejectModal(click.value(), what));
    }

    /** The reason was given. */
    Map<String, Object> rejected(Submission submission) {
        return decided(submission, submission.view().metadata(), Verdict.REJECT,
                submission.view().text(DecisionWords.REASON));
    }

    private Map<String, Object> decided(Submission submission, String value, Verdict verdict, String reason) {
        Optional<Person> person = speaking.directory().remembered(submission.user());
        Optional<Shown> shown = Shown.parse(value);
        if (person.isEmpty() || shown.isEmpty()) {
            return updated(ShortAnswers.unreadableButton().text());
        }
        DecisionOutcome outcome = decide(person.get(), shown.get(), verdict, reason);
        return outcome instanceof DecisionOutcome.Refusal ? updated(DecisionWords.of(outcome)) : Map.of();
    }

    private DecisionOutcome decide(Person person, Shown shown, Verdict verdict, String reason) {
        return requests.decide(new Requests.Click(person, shown.proposal(), verdict, shown.digest(),
                Optional.of(reason).filter(text -> !text.isBlank())));
    }

    /** A click on Cancel. */
    void cancel(Click click) {
        act(click, requests::cancel);
    }

    /** A click on Plan again. */
    void planAgain(Click click) {
        act(click, requests::planAgain);
    }

    /** A click on Remove. */
    void remove(Click click) {
        act(click, (request, person) -> switch (requests.decommission(request, person, Optional.empty())) {
            case DecommissionOutcome.Asked(RequestId id, String channel) -> new ActOutcome.Done(id.text()
                    + " asks for that. Its card in #" + channel + " says who decides, and what would go.");
            case DecommissionOutcome.Already(RequestId id, String channel) -> new ActOutcome.Refused(
                    id.text() + " asks for that already; see its card in #" + channel + ".");
            case DecommissionOutcome.InTheWay(RequestId pending) -> new ActOutcome.Refused(
                    pending.text() + " asks for a change of it. That has to end first.");
            case DecommissionOutcome.Refused(String why) -> new ActOutcome.Refused(why);
        });
    }

    /** A click on End now. */
    void endLease(Click click) {
        act(click, requests::endLease);
    }

    private void act(Click click, BiFunction<RequestId, Person, ActOutcome> deed) {
        Optional<RequestId> request = RequestId.parse("REQ-" + click.value());
        if (request.isEmpty()) {
            speaking.answers().to(click, ShortAnswers.unreadableButton());
            return;
        }
        speaking.as(click, person -> tell(click, switch (deed.apply(request.get(), person)) {
            case ActOutcome.Done(String message) -> Mrkdwn.text(message, 2000);
            case ActOutcome.Refused(String why) -> Mrkdwn.text(why, 2000);
        }));
    }

    /** A click on Fix and resubmit: the form of that request, for the person who asked and nobody else. */
    void fix(Click click) {
        Optional<RequestView> view = RequestId.parse("REQ-" + click.value())
                .flatMap(id -> database.read(h -> requests.view(h, id)));
        ask(click, "Fix and resubmit", person -> view.filter(v -> v.requester().id() == person.id())
                .flatMap(v -> workflows.named(v.workflow())
                        .map(workflow -> forms.mend(person, workflow, v.id(), mistakes(v))))
                .orElseGet(ShortAnswers::notToCorrect));
    }

    private static Map<String, String> mistakes(RequestView view) {
        return view.mistakes().stream()
                .collect(Collectors.toMap(RequestView.Mistake::field, RequestView.Mistake::message));
    }

    private void ask(Click click, String title, java.util.function.Function<Person, Map<String, Object>> modal) {
        if (!opening.open(click.trigger(), click.user(), title, modal)) {
            speaking.answers().to(click, ShortAnswers.notOpen());
        }
    }

    private Optional<RequestView> of(Click click) {
        Matcher block = BLOCK.matcher(click.block());
        return block.matches()
                ? database.read(h -> requests.view(h, new RequestId(Long.parseLong(block.group(1)))))
                : Optional.empty();
    }

    private static String what(RequestView view) {
        return view.id().text() + ", " + view.title() + " " + view.subject();
    }

    private void tell(Click click, Mrkdwn text) {
        speaking.answers().to(click, Rendered.paragraph(text));
    }

    private static Map<String, Object> updated(Mrkdwn text) {
        return Map.of("response_action", "update", "view", Modals.notice("Steward", text));
    }
}
