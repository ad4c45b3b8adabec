package dev.steward.bot.slack.views;

import dev.steward.approvals.NewProposal;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalId;
import dev.steward.approvals.ProposalState;
import dev.steward.approvals.Signature;
import dev.steward.approvals.Stage;
import dev.steward.approvals.Verdict;
import dev.steward.catalog.Person;
import dev.steward.catalog.Principal;
import dev.steward.catalog.Standing;
import dev.steward.ledger.Actor;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.Progress;
import dev.steward.terraform.RunFailure;
import dev.steward.terraform.RunId;
import dev.steward.terraform.RunState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Requests in every state, as views see them. */
final class Samples {
    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    static final Person DANA = person(1, "dana", "Dana Developer");
    static final Person OMAR = person(2, "omar", "Omar Owner");
    static final Person PIA = person(3, "pia", "Pia Platform");
    static final RunFailure FAILURE = new RunFailure("Terraform refused an input", List.of("Error: bad name\n  on x"),
            List.of());

    private static final Stage OWNER = new Stage("Owner", Principal.owners("payments"), 1,
            "The service will be theirs");
    private static final Stage PLATFORM = new Stage("Platform", Principal.team("platform"), 2, "It is tier 1");

    private Samples() {}

    static Person person(long id, String name, String shown) {
        return new Person(id, name, shown, Optional.empty(),
                Optional.of(new Actor.SlackUser("T1", "U" + name.toUpperCase(java.util.Locale.ROOT))), Standing.MEMBER,
                false, Optional.of(NOON));
    }

    static RequestView planning() {
        return view(RequestState.PENDING, run(new RunState.Planning(1)), List.of(), Optional.empty());
    }

    static RequestView planFailed() {
        return view(RequestState.PENDING, run(new RunState.PlanFailed(FAILURE)),
                List.of(new RequestView.Mistake("service", "Service name", "use lower case, digits and dashes")),
                Optional.empty());
    }

    static RequestView waiting() {
        return view(RequestState.PENDING, planned(new RunState.AwaitingApproval(1), plan()), List.of(),
                Optional.of(approval(new ProposalState.Open(0), List.of(), List.of(OMAR))));
    }

    static RequestView halfApproved() {
        return view(RequestState.PENDING, planned(new RunState.AwaitingApproval(1), plan()), List.of(),
                Optional.of(approval(new ProposalState.Open(1), List.of(signature(OMAR, Verdict.APPROVE)),
                        List.of(PIA))));
    }

    static RequestView nobodyCan() {
        RequestView waiting = waiting();
        return view(RequestState.PENDING, waiting.run(), List.of(), Optional
                .of(new RequestView.Approval(waiting.approval().orElseThrow().proposal(), List.of(), true)));
    }

    static RequestView applying() {
        return ended(RequestState.APPROVED, new RunState.Applying(1, 2));
    }

    static RequestView ended(RequestState state, RunState run) {
        var by = new ProposalState.By(new Actor.SlackUser("T1", "UPIA"), "Pia Platform");
        return view(state, planned(run, plan()), List.of(),
                Optional.of(approval(new ProposalState.Approved(by, NOON), List.of(signature(OMAR, Verdict.APPROVE)),
                        List.of())));
    }

    static RequestView rejected(String reason) {
        var by = new ProposalState.By(new Actor.SlackUser("T1", "UOMAR"), "Omar Owner");
        return view(RequestState.REJECTED, planned(new RunState.Cancelled(by.actor()), plan()), List.of(),
                Optional.of(approval(new ProposalState.Rejected(by, NOON, reason),
                        List.of(signature(OMAR, Verdict.REJECT)), List.of())));
    }

    static RequestView deletes(int count) {
        List<PlanView.ResourceChange> changes = IntStream.range(0, count)
                .mapToObj(i -> change("module.old.terraform_data.thing[" + i + "]", PlanView.Action.DELETE)).toList();
        return view(RequestState.PENDING, planned(new RunState.AwaitingApproval(1), plan(0, 0, count, changes)),
                List.of(), Optional.of(approval(new ProposalState.Open(0), List.of(), List.of(OMAR))));
    }

    /** Everything as long and as many as it can be, and hostile. */
    static RequestView monstrous() {
        String evil = "<!channel> & <https://evil.example|x> `*_~ \u202e ".repeat(200);
        List<PlanView.ResourceChange> changes = IntStream.range(0, 3000).mapToObj(i -> new PlanView.ResourceChange(
                evil + i, evil, PlanView.Action.DELETE, evil, "", IntStream.range(0, 100)
                        .mapToObj(j -> new PlanView.AttributeChange(evil, evil, evil, true)).toList()))
                .toList();
        List<Signature> signatures = IntStream.range(0, 60)
                .mapToObj(i -> new Signature(i, evil, Verdict.APPROVE, Optional.of(evil), NOON)).toList();
        List<Proposal.SignedStage> stages = IntStream.range(0, 40).mapToObj(i -> new Proposal.SignedStage(
                new Stage(evil, Principal.team(evil), 99, evil), signatures)).toList();
        var terms = new NewProposal("plan", "RUN-17", "d".repeat(64), 1,
                stages.stream().map(Proposal.SignedStage::stage).toList(), NOON);
        var proposal = new Proposal(new ProposalId(Long.MAX_VALUE / 10), terms, stages, new ProposalState.Open(0), NOON,
                1);
        List<Person> everybody = IntStream.range(0, 500).mapToObj(i -> person(i, "p" + i, evil)).toList();
        Map<String, String> many = new java.util.HashMap<>();
        IntStream.range(0, 200).forEach(i -> many.put(evil + i, evil));
        List<RequestView.Mistake> mistakes = IntStream.range(0, 200)
                .mapToObj(i -> new RequestView.Mistake("field" + i, evil, evil)).toList();
        var run = new RequestView.RunView(new RunId(17), new RunState.AwaitingApproval(1),
                Optional.of(plan(9, 9, 3000, changes)), Optional.of(new Progress(1, 2, evil)),
                IntStream.range(0, 300).mapToObj(i -> evil).toList(), many,
                IntStream.range(0, 300).mapToObj(i -> evil).toList(), Optional.of(evil), Optional.of(evil), false,
                NOON);
        return new RequestView(new RequestId(42), evil, evil, DANA, evil, evil, RequestState.PENDING,
                IntStream.range(0, 300).mapToObj(i -> new RequestView.Answer(evil, evil)).toList(), Optional.of(evil),
                run, mistakes, Optional.of(new RequestView.Approval(proposal, everybody, false)), Optional.empty(),
                Optional.empty(), NOON);
    }

    static RequestView withRun(RequestView view, RunState state) {
        var run = view.run();
        var other = new RequestView.RunView(run.id(), state, run.plan(), run.progress(), run.warnings(), run.outputs(),
                run.notes(), run.earlier(), run.trouble(), run.cancelling(), run.updatedAt());
        return new RequestView(view.id(), view.workflow(), view.title(), view.requester(), view.subject(),
                view.channel(), view.state(), view.answers(), view.model(), other, view.mistakes(), view.approval(),
                view.origin(), view.lease(), view.createdAt());
    }

    static RequestView inTrouble(RequestView view, String trouble) {
        var run = view.run();
        return withRun(view, new RequestView.RunView(run.id(), run.state(), run.plan(), run.progress(), run.warnings(),
                run.outputs(), run.notes(), run.earlier(), Optional.of(trouble), run.cancelling(), run.updatedAt()));
    }

    static RequestView cancelling(RequestView view) {
        var run = view.run();
        return withRun(view, new RequestView.RunView(run.id(), run.state(), run.plan(), run.progress(), run.warnings(),
                run.outputs(), run.notes(), run.earlier(), run.trouble(), true, run.updatedAt()));
    }

    static RequestView noted(RequestView view, String note) {
        var run = view.run();
        return withRun(view, new RequestView.RunView(run.id(), run.state(), run.plan(), run.progress(), run.warnings(),
                run.outputs(), List.of(note), run.earlier(), run.trouble(), run.cancelling(), run.updatedAt()));
    }

    /** A second stage that wants two of twelve people. */
    static RequestView manyCan() {
        RequestView half = halfApproved();
        List<Person> twelve = IntStream.rangeClosed(1, 12).mapToObj(i -> person(i, "p" + i, "Person " + i)).toList();
        return view(RequestState.PENDING, half.run(), List.of(), Optional
                .of(new RequestView.Approval(half.approval().orElseThrow().proposal(), twelve, false)));
    }

    private static RequestView withRun(RequestView view, RequestView.RunView run) {
        return new RequestView(view.id(), view.workflow(), view.title(), view.requester(), view.subject(),
                view.channel(), view.state(), view.answers(), view.model(), run, view.mistakes(), view.approval(),
                view.origin(), view.lease(), view.createdAt());
    }

    static RequestView withState(RequestView view, RequestState state) {
        return view(state, view.run(), List.of(), view.approval());
    }

    private static RequestView view(RequestState state, RequestView.RunView run, List<RequestView.Mistake> mistakes,
            Optional<RequestView.Approval> approval) {
        return new RequestView(new RequestId(42), "new-service", "New service", DANA, "checkout-api",
                "platform-requests", state,
                List.of(new RequestView.Answer("Service name", "checkout-api"),
                        new RequestView.Answer("What is it for?", "Takes orders & <payments>"),
                        new RequestView.Answer("Owner team", "payments"), new RequestView.Answer("Tier", "tier-1")),
                Optional.of("you-build-it-you-run-it"), run, mistakes, approval, Optional.empty(),
                Optional.empty(), NOON);
    }

    static RequestView.RunView run(RunState state) {
        return new RequestView.RunView(new RunId(17), state, Optional.empty(), Optional.empty(), List.of(), Map.of(),
                List.of(), Optional.empty(), Optional.empty(), false, NOON);
    }

    static RequestView.RunView planned(RunState state, PlanView plan) {
        boolean applied = state instanceof RunState.Applied;
        return new RequestView.RunView(new RunId(17), state, Optional.of(plan),
                state instanceof RunState.Applying
                        ? Optional.of(new Progress(2, 3, "terraform_data.service"))
                        : Optional.empty(),
                List.of("Tier 1 without a runbook"),
                applied ? Map.of("id", "svc-checkout-api", "url", "https://checkout.example.com") : Map.of(), List.of(),
                Optional.empty(), state instanceof RunState.Approved
                        ? Optional.of("Slack does not say who is in team platform")
                        : Optional.empty(),
                false, NOON);
    }

    private static PlanView plan() {
        return plan(3, 0, 0, List.of(change("terraform_data.service", PlanView.Action.CREATE),
                change("terraform_data.owner", PlanView.Action.CREATE),
                change("terraform_data.tier", PlanView.Action.CREATE)));
    }

    static PlanView plan(int creates, int updates, int deletes, List<PlanView.ResourceChange> changes) {
        return new PlanView("1.11.4", true, false, new PlanView.Counts(creates, updates, deletes, 0, 0), changes,
                List.of(), List.of(), "c".repeat(64));
    }

    static PlanView.ResourceChange change(String address, PlanView.Action action) {
        return new PlanView.ResourceChange(address, "terraform_data", action, "", "",
                List.of(new PlanView.AttributeChange("input", "", "checkout-api", false)));
    }

    private static RequestView.Approval approval(ProposalState state, List<Signature> signed, List<Person> waiting) {
        var terms = new NewProposal("plan", "RUN-17", "a".repeat(64), DANA.id(), List.of(OWNER, PLATFORM),
                NOON.plusSeconds(259_200));
        var proposal = new Proposal(new ProposalId(7), terms, List.of(new Proposal.SignedStage(OWNER, signed),
                new Proposal.SignedStage(PLATFORM, List.of())), state, NOON, 1);
        return new RequestView.Approval(proposal, waiting, false);
    }

    static Signature signature(Person person, Verdict verdict) {
        return new Signature(person.id(), person.displayName(), verdict, Optional.empty(), NOON);
    }
}
