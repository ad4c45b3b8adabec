package dev.steward.bot.slack.views;

import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalState;
import dev.steward.approvals.Signature;
import dev.steward.approvals.Stage;
import dev.steward.approvals.Verdict;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.catalog.Person;
import dev.steward.catalog.Teams;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** What there is to say about a request, in pieces that the card and the direct messages are made from. */
final class RequestWords {
    /** How many deletes are named on the card. */
    static final int DELETES_NAMED = 20;
    /** How many that are created, and how many that are changed. */
    static final int MADE_NAMED = 6;

    /** How somebody reads of themselves. */
    static final Mrkdwn YOU = Mrkdwn.of("You");

    private static final int NAMES_MAX = 10;
    private static final int ANSWERS_MAX = 2200;

    private RequestWords() {}

    /** What it is: {@code REQ-42: New service payments}. */
    static String title(RequestView view) {
        String what = view.title() + " " + view.subject();
        return view.id().text() + ": " + view.origin().map(of -> "End of " + of.text() + ", " + what)
                .or(() -> view.circumstances().removes().map(of -> "Removal of " + what + " (" + of.text() + ")"))
                .or(() -> view.circumstances().change().map(change -> change.back()
                        .map(back -> "Revert of " + back.from().text() + ", " + view.subject())
                        .orElse("Change of " + view.subject() + " (" + change.origin().text() + ")")))
                .orElse(what);
    }

    /** The title as it stands in a line of text. */
    static Mrkdwn name(RequestView view) {
        Mrkdwn what = Mrkdwn.of("{} {}", Mrkdwn.text(view.title(), 100), Mrkdwn.code(view.subject(), 150));
        return Mrkdwn.of("{} ({})", view.id().text(),
                view.origin().map(of -> Mrkdwn.of("end of {}, {}", of.text(), what))
                        .or(() -> view.circumstances().removes()
                                .map(of -> Mrkdwn.of("removal of {}, {}", of.text(), what)))
                        .or(() -> view.circumstances().change().map(change -> changing(change, view.subject())))
                        .orElse(what));
    }

    private static Mrkdwn changing(RequestView.Change change, String subject) {
        Mrkdwn name = Mrkdwn.code(subject, 150);
        return change.back().map(back -> Mrkdwn.of("revert of {}, {}", back.from().text(), name))
                .orElse(Mrkdwn.of("change of {}", name));
    }

    /** Who began it, and when. */
    static Mrkdwn from(RequestView view) {
        return view.origin().isPresent()
                ? Mrkdwn.of("Begun by Steward, {}", Mrkdwn.when(view.createdAt()))
                : Mrkdwn.of("Asked for by {}{}, {}", asker(view),
                        view.circumstances().incident().map(incident -> Mrkdwn.of(" for INC-{}", incident))
                                .orElse(Mrkdwn.EMPTY),
                        Mrkdwn.when(view.createdAt()));
    }

    /** Who asks. */
    static Mrkdwn asker(RequestView view) {
        return person(view.requester());
    }

    static Mrkdwn person(Person person) {
        return person.slack().map(account -> Mrkdwn.user(account.user()))
                .orElseGet(() -> Mrkdwn.text(person.displayName(), 100));
    }

    /** Where it stands, in a few words. */
    static Mrkdwn status(RequestView view) {
        return LeaseWords.of(view).map(LeaseWords::status).orElseGet(() -> ofRequest(view));
    }

    private static Mrkdwn ofRequest(RequestView view) {
        Optional<ProposalState> ended = view.approval().map(a -> a.proposal().state());
        return switch (view.state()) {
            case REJECTED -> ended.filter(ProposalState.Rejected.class::isInstance)
                    .map(state -> rejected((ProposalState.Rejected) state)).orElse(Mrkdwn.of("*Rejected*"));
            case CANCELLED -> ended.filter(ProposalState.Cancelled.class::isInstance)
                    .flatMap(ProposalState::endedBy).map(by -> Mrkdwn.of("*Cancelled* by {}", by.name()))
                    .orElse(view.run().state() instanceof RunState.Partial
                            || view.run().state() instanceof RunState.Indeterminate
                                    ? Mrkdwn.of("*Cancelled*, after it was applied in part")
                                    : Mrkdwn.of("*Cancelled*"));
            case EXPIRED -> view.run().state() instanceof RunState.PlanFailed
                    ? Mrkdwn.of("*Expired*: its plan failed, and nobody corrected it in time")
                    : Mrkdwn.of("*Expired*: nobody decided in time");
            case DONE -> view.origin().isPresent()
                    ? Mrkdwn.of("*Done* {}", Mrkdwn.when(view.run().updatedAt()))
                    : ofRun(view);
            case PENDING, APPROVED, FAILED -> ofRun(view);
        };
    }

    private static Mrkdwn rejected(ProposalState.Rejected state) {
        return Mrkdwn.of("*Rejected* by {}, {}", state.by().name(), Mrkdwn.when(state.at()))
                .line(Mrkdwn.quote(state.reason(), 600));
    }

    private static Mrkdwn ofRun(RequestView view) {
        if (view.run().cancelling() && !view.run().state().ended()) {
            return Mrkdwn.of("*Being cancelled*: Steward stops what is running");
        }
        return switch (view.run().state()) {
            case RunState.Requested state -> Mrkdwn.of("*Waiting to be planned*");
            case RunState.Planning state -> Mrkdwn.of("*Being planned*");
            case RunState.PlanFailed(RunFailure failure) -> Mrkdwn.of("*The plan failed*: {}", what(failure));
            case RunState.NoChanges state -> Mrkdwn.of("*Nothing to change*: everything is as it should be");
            case RunState.AwaitingApproval state -> Mrkdwn.of("*Waiting for approval*");
            case RunState.Approved state -> Mrkdwn.of("*Approved*, waiting to be applied");
            case RunState.ApplyClaimed state -> Mrkdwn.of("*Approved*; the apply begins");
            case RunState.Applying state -> Mrkdwn.of("*Applying*{}", progress(view));
            case RunState.Applied state -> Mrkdwn.of("*Applied* {}", Mrkdwn.when(view.run().updatedAt()));
            case RunState.ApplyFailed(long plan, RunFailure failure) ->
                Mrkdwn.of("*The apply failed and changed nothing*: {}", what(failure));
            case RunState.Partial(long plan, RunFailure failure) ->
                Mrkdwn.of("*Applied in part only*: {}", what(failure));
            case RunState.Indeterminate(long plan, RunFailure failure) ->
                Mrkdwn.of("*Interrupted*, and nobody can say yet how much was applied: {}", what(failure));
            case RunState.Cancelled state -> Mrkdwn.of("*Cancelled* before anything was changed");
            case RunState.Expired(String why) -> why.isEmpty()
                    ? Mrkdwn.of("*Expired*: nobody decided in time")
                    : Mrkdwn.of("*Expired*: {}", Mrkdwn.text(why, 400));
            case RunState.Stale(String why) -> Mrkdwn.of("*Out of date*: {}", Mrkdwn.text(why, 400));
        };
    }

    private static Mrkdwn progress(RequestView view) {
        return view.run().progress().map(p -> {
            Mrkdwn now = p.current().isEmpty() ? Mrkdwn.EMPTY : Mrkdwn.of(", now at {}", Mrkdwn.code(p.current(), 150));
            return Mrkdwn.of(": {} of {} done{}", p.done(), p.total(), now);
        }).orElse(Mrkdwn.EMPTY);
    }

    private static Mrkdwn what(RunFailure failure) {
        return Mrkdwn.text(failure.what(), 500);
    }

    /**
     * What happens next, and who has to do it.
     *
     * @param asker
     *            how the reader knows the person who asks: by name, or as "You"
     */
    static Mrkdwn next(RequestView view, Mrkdwn asker) {
        if (view.origin().isPresent()) {
            return nextOfEnding(view);
        }
        Optional<LeaseView> lease = LeaseWords.of(view).filter(l -> view.run().notes().isEmpty() || LeaseWords.over(l));
        return lease.map(l -> LeaseWords.next(l, asker)).orElseGet(() -> nextOfRequest(view, asker));
    }

    private static Mrkdwn nextOfEnding(RequestView view) {
        boolean decided = view.run().state() instanceof RunState.AwaitingApproval;
        return switch (view.state()) {
            case DONE -> Mrkdwn.of("Nothing is left of it.");
            case PENDING, APPROVED -> decided ? nextOfRun(view, asker(view)) : tried(view);
            case FAILED, REJECTED, CANCELLED, EXPIRED -> tried(view);
        };
    }

    private static Mrkdwn tried(RequestView view) {
        return view.lease().map(lease -> lease.state() instanceof LeaseState.Ending ending
                ? Mrkdwn.of("It is still there. {}", LeaseWords.again(ending))
                : LeaseWords.next(lease, person(lease.holder()))).orElse(Mrkdwn.of("Nothing more to do."));
    }

    private static Mrkdwn nextOfRequest(RequestView view, Mrkdwn asker) {
        return switch (view.state()) {
            case REJECTED -> Mrkdwn.of("Nothing was changed. {} can ask again with other answers.", asker);
            case CANCELLED -> Mrkdwn.of("Nothing more to do. It can be requested again at any time.");
            case EXPIRED -> Mrkdwn.of("Nothing was changed. It can be requested again at any time.");
            case DONE -> view.circumstances().removes().isPresent()
                    ? Mrkdwn.of("Nothing is left of it.")
                    : recorded(view);
            case PENDING, APPROVED, FAILED -> nextOfRun(view, asker);
        };
    }

    private static Mrkdwn recorded(RequestView view) {
        if (view.run().notes().isEmpty() && view.circumstances().change().isPresent()) {
            return Mrkdwn.of("Nothing more to do: the catalog shows {} as it is now.",
                    Mrkdwn.code(view.subject(), 150));
        }
        return view.run().notes().isEmpty()
                ? Mrkdwn.of("Nothing more to do: {} is in the catalog, with its owner.",
                        Mrkdwn.code(view.subject(), 150))
                : Mrkdwn.of("Some of it could not be recorded. Ask the platform team about the notes above.");
    }

    private static Mrkdwn nextOfRun(RequestView view, Mrkdwn asker) {
        return switch (view.run().state()) {
            case RunState.Requested state -> plans(view);
            case RunState.Planning state -> plans(view);
            case RunState.PlanFailed state -> view.mistakes().isEmpty()
                    ? Mrkdwn.of(
                            "Nothing was changed. The card's thread has the details; {} or the platform team can click "
                                    + "*Plan again*.",
                            inSentence(asker))
                    : Mrkdwn.of("Nothing was changed. {} can correct the form with *Fix and resubmit*, in the direct "
                            + "message about this request.", asker);
            case RunState.NoChanges state -> Mrkdwn.of("Nothing to do.");
            case RunState.AwaitingApproval state -> view.approval().map(RequestWords::waits).orElse(planFirst());
            case RunState.Approved state -> applies(view);
            case RunState.ApplyClaimed state -> applies(view);
            case RunState.Applying state -> Mrkdwn.of("Steward says here when it is done.");
            case RunState.Applied state -> Mrkdwn.of("Steward records what it made and who owns it.");
            case RunState.ApplyFailed state -> planAgain(asker);
            case RunState.Partial state -> Mrkdwn.of("""
                    What was applied stays; the card's thread has the details. {} or the platform team can click *Plan \
                    again* for the rest, which needs approval again.""", asker);
            case RunState.Indeterminate state -> Mrkdwn
                    .of("""
                            Steward does not try again by itself. The platform team looks at what is there (the card's thread \
                            has the details), then clicks *Plan again*; the new plan needs approval again.""");
            case RunState.Cancelled state -> Mrkdwn.of("Nothing more to do.");
            case RunState.Expired(String why) -> why.isEmpty()
                    ? Mrkdwn.of("Nothing was changed. It can be requested again at any time.")
                    : Mrkdwn.of(
                            """
                                    Look first whether it was applied after that backup. {} or the platform team can then click *Plan \
                                    again*; the new plan needs approval again.""",
                            asker);
            case RunState.Stale state -> Mrkdwn.of("Steward makes a new plan, which needs approval again.");
        };
    }

    private static Mrkdwn applies(RequestView view) {
        Mrkdwn once = Mrkdwn.of("Steward applies exactly this plan, once.");
        return view.run().trouble()
                .map(why -> Mrkdwn.of("{} For now it waits: {}", once, Mrkdwn.text(why, 400))).orElse(once);
    }

    private static Mrkdwn plans(RequestView view) {
        return view.run().trouble()
                .map(why -> Mrkdwn.of("{} For now it waits: {}", planFirst(), Mrkdwn.text(why, 400)))
                .orElse(planFirst());
    }

    private static Mrkdwn planFirst() {
        return Mrkdwn.of("Steward makes the plan. Nothing changes before it is approved.");
    }

    /** The same, where no sentence begins with it. */
    private static Mrkdwn inSentence(Mrkdwn asker) {
        return asker.equals(YOU) ? Mrkdwn.of("you") : asker;
    }

    private static Mrkdwn planAgain(Mrkdwn asker) {
        return Mrkdwn.of("{} or the platform team can click *Plan again*; the new plan needs approval again.", asker);
    }

    static Mrkdwn waits(RequestView.Approval approval) {
        Optional<Proposal.SignedStage> open = approval.proposal().openStage();
        if (open.isEmpty()) {
            return Mrkdwn.of("It has been decided.");
        }
        Stage stage = open.get().stage();
        if (approval.nobodyCan()) {
            return Mrkdwn.of(
                    """
                            *Nobody can decide this*: too few people may approve for *{}* ({}). Ask the platform team to check \
                            who is in that team.""",
                    Mrkdwn.text(stage.name(), 75), Teams.describe(stage.by()));
        }
        int left = stage.need() - open.get().signatures().size();
        return Mrkdwn.of("*{}* still needs {} {}, from {}{}. Open until {}.", Mrkdwn.text(stage.name(), 75), left,
                left == 1 ? "approval" : "approvals",
                approval.waitingFor().size() > left ? Mrkdwn.of("any of ") : Mrkdwn.EMPTY,
                names(approval.waitingFor()), Mrkdwn.when(approval.proposal().expiresAt()));
    }

    /** Display names: who is asked gets a direct message, and needs no mention here. */
    static Mrkdwn names(List<Person> people) {
        if (people.isEmpty()) {
            return Mrkdwn.of("nobody");
        }
        List<Mrkdwn> names = new ArrayList<>(
                people.stream().limit(NAMES_MAX).map(p -> Mrkdwn.text(p.displayName(), 60)).toList());
        if (people.size() > NAMES_MAX) {
            names.add(Mrkdwn.of("and {} more", people.size() - NAMES_MAX));
        }
        return Mrkdwn.join(", ", names);
    }

    /** The answers, each on a line. */
    static Mrkdwn answers(RequestView view) {
        Mrkdwn lines = Mrkdwn.EMPTY;
        int shown = 0;
        for (RequestView.Answer answer : view.answers()) {
            String colon = answer.label().endsWith("?") ? "" : ":";
            Mrkdwn line = Mrkdwn.of("*{}{}* {}", Mrkdwn.text(answer.label(), 100), colon,
                    Mrkdwn.text(answer.value(), 300));
            if (lines.length() + line.length() > ANSWERS_MAX) {
                return lines.line(Mrkdwn.of("and {} more answers", view.answers().size() - shown));
            }
            lines = lines.line(line);
            shown++;
        }
        return lines;
    }

    /** What the plan would do, in numbers. */
    static Mrkdwn plan(RequestView view) {
        return plan(view, plan -> Mrkdwn.of("{}", inWords(plan.counts())));
    }

    /** The same with the names of what is created and changed, up to {@value #MADE_NAMED} of each. */
    static Mrkdwn planByName(RequestView view) {
        return plan(view, plan -> {
            List<Mrkdwn> words = new ArrayList<>();
            if (plan.counts().deletes() > 0) {
                words.add(Mrkdwn.of("deletes {}", plan.counts().deletes()));
            }
            made("creates", PlanView.Action.CREATE, plan).ifPresent(words::add);
            made("changes", PlanView.Action.UPDATE, plan).ifPresent(words::add);
            return words.size() == kinds(plan.counts()) && !words.isEmpty()
                    ? Mrkdwn.join("; ", words)
                    : Mrkdwn.of("{}", inWords(plan.counts()));
        });
    }

    private static Mrkdwn plan(RequestView view, Function<PlanView, Mrkdwn> words) {
        return view.run().plan().map(plan -> {
            Mrkdwn summary = Mrkdwn.of("*Plan* {}: {}", Mrkdwn.code(plan.counts().toString()), words.apply(plan));
            return view.run().earlier()
                    .map(why -> summary.line(Mrkdwn.of("Planned again: {}", Mrkdwn.text(why, 300)))).orElse(summary);
        }).orElse(Mrkdwn.EMPTY);
    }

    private static Optional<Mrkdwn> made(String verb, PlanView.Action action, PlanView plan) {
        List<Mrkdwn> all = plan.changes().stream().filter(one -> one.action() == action)
                .map(one -> Mrkdwn.code(one.address(), 110)).toList();
        Mrkdwn more = all.size() > MADE_NAMED ? Mrkdwn.of(" and {} more", all.size() - MADE_NAMED) : Mrkdwn.EMPTY;
        return all.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        Mrkdwn.of("{} {}{}", verb, Mrkdwn.join(", ", all.stream().limit(MADE_NAMED).toList()), more));
    }

    private static int kinds(PlanView.Counts counts) {
        return (int) Stream.of(counts.deletes(), counts.creates(), counts.updates()).filter(count -> count > 0).count();
    }

    /** Only what there is: nobody needs to read that nothing is deleted twice. */
    private static String inWords(PlanView.Counts counts) {
        List<String> words = new ArrayList<>();
        add(words, "deletes", counts.deletes());
        add(words, "creates", counts.creates());
        add(words, "changes", counts.updates());
        return words.isEmpty() ? "no resource is created, changed or deleted" : String.join(", ", words);
    }

    private static void add(List<String> words, String verb, int count) {
        if (count > 0) {
            words.add(verb + " " + count);
        }
    }

    /** The deletes, up to {@value #DELETES_NAMED} by name with the total; nothing when there are none. */
    static Mrkdwn deletes(PlanView plan) {
        List<Mrkdwn> named = plan.changes().stream().filter(RequestWords::deletes).limit(DELETES_NAMED)
                .map(change -> Mrkdwn.of("{}{}", Mrkdwn.code(change.address(), 110),
                        change.action() == PlanView.Action.REPLACE ? " (replaced)" : ""))
                .toList();
        if (plan.counts().deletes() == 0 && named.isEmpty()) {
            return Mrkdwn.EMPTY;
        }
        Mrkdwn head = Mrkdwn.of("*Deletes {}*", plan.counts().deletes());
        Mrkdwn more = plan.counts().deletes() > named.size()
                ? Mrkdwn.of("and {} more: the thread has all of them", plan.counts().deletes() - named.size())
                : Mrkdwn.EMPTY;
        return head.line(Mrkdwn.join("\n", named)).line(more);
    }

    private static boolean deletes(PlanView.ResourceChange change) {
        return change.action() == PlanView.Action.DELETE || change.action() == PlanView.Action.REPLACE;
    }

    /** What the guard rails warn of. */
    static Mrkdwn warnings(RequestView view) {
        return bounded(view.run().warnings().stream()
                .map(warning -> Mrkdwn.of("*Warning:* {}", Mrkdwn.text(warning, 300))).toList(), 1200);
    }

    /** What is wrong with which answer. */
    static Mrkdwn mistakes(List<RequestView.Mistake> mistakes) {
        return bounded(mistakes.stream()
                .map(m -> Mrkdwn.of("*Please correct {}*: {}", Mrkdwn.text(m.label(), 60),
                        Mrkdwn.text(m.message(), 300)))
                .toList(),
                1200);
    }

    /** The stages, what they want and why, who has signed and when. */
    static Mrkdwn stages(RequestView.Approval approval) {
        Optional<String> rule = approval.proposal().terms().rule();
        if (rule.isPresent()) {
            return Mrkdwn.of("Approved by the rule \"{}\"", Mrkdwn.text(rule.get(), 150));
        }
        List<Mrkdwn> lines = new ArrayList<>();
        int number = 0;
        for (Proposal.SignedStage signed : approval.proposal().stages()) {
            lines.add(stage(++number, signed, approval.proposal()));
        }
        return bounded(lines, 2400);
    }

    private static Mrkdwn stage(int number, Proposal.SignedStage signed, Proposal proposal) {
        Stage stage = signed.stage();
        long approved = signed.signatures().stream().filter(s -> s.verdict() == Verdict.APPROVE).count();
        boolean open = proposal.openStage().filter(signed::equals).isPresent();
        boolean rejected = signed.signatures().size() > approved;
        String state = rejected
                ? "rejected"
                : approved >= stage.need()
                        ? "approved"
                        : open
                                ? "open"
                                : proposal.state().ended() ? "not decided" : "comes later";
        Mrkdwn line = Mrkdwn.of("*{}. {}* ({}, {} of {}): {}", number, Mrkdwn.text(stage.name(), 75), state, approved,
                stage.need(), Mrkdwn.text(Teams.describe(stage.by()), 120));
        if (!stage.why().isBlank()) {
            line = Mrkdwn.of("{}. Why: {}", line, Mrkdwn.text(stage.why(), 200));
        }
        // Who rejected it stands at the top of whatever shows this.
        for (Signature signature : signed.signatures().stream().filter(s -> s.verdict() == Verdict.APPROVE)
                .limit(NAMES_MAX).toList()) {
            line = line.line(Mrkdwn.of("• {} approved, {}", Mrkdwn.text(signature.name(), 60),
                    Mrkdwn.when(signature.at())));
        }
        return line;
    }

    /** The outputs; secret ones are not among them. */
    static Mrkdwn outputs(RequestView view) {
        List<Mrkdwn> lines = view.run().outputs().entrySet().stream().sorted(Map.Entry.comparingByKey())
                .map(e -> Mrkdwn.of("{} = {}", Mrkdwn.code(e.getKey(), 60), Mrkdwn.code(e.getValue(), 300))).toList();
        return lines.isEmpty() ? Mrkdwn.EMPTY : Mrkdwn.of("*Outputs*").line(bounded(lines, 1500));
    }

    /** What could not be recorded. */
    static Mrkdwn notes(RequestView view) {
        return bounded(view.run().notes().stream().map(note -> Mrkdwn.of("*Note:* {}", Mrkdwn.text(note, 300)))
                .toList(), 1000);
    }

    /** As many lines as fit, with how many do not. */
    static Mrkdwn bounded(List<Mrkdwn> lines, int max) {
        Mrkdwn text = Mrkdwn.EMPTY;
        for (int i = 0; i < lines.size(); i++) {
            if (text.length() + lines.get(i).length() > max) {
                return text.line(Mrkdwn.of("and {} more", lines.size() - i));
            }
            text = text.line(lines.get(i));
        }
        return text;
    }

    /** Whether the plan is final, the proposal open and nothing under way that would end it. */
    static boolean decidable(RequestView view) {
        return view.state() == RequestState.PENDING && view.run().state() instanceof RunState.AwaitingApproval
                && !view.run().cancelling()
                && view.approval().filter(a -> a.proposal().state() instanceof ProposalState.Open).isPresent();
    }
}
