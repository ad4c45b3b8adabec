package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.DANA;
import static dev.steward.bot.slack.views.Samples.FAILURE;
import static dev.steward.bot.slack.views.Samples.NOON;
import static dev.steward.bot.slack.views.Samples.OMAR;

import dev.steward.access.BreakGlassView;
import dev.steward.approvals.NewProposal;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalId;
import dev.steward.approvals.ProposalState;
import dev.steward.approvals.Stage;
import dev.steward.approvals.Verdict;
import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.EntityKind;
import dev.steward.catalog.Lifecycle;
import dev.steward.catalog.Principal;
import dev.steward.catalog.Profile;
import dev.steward.catalog.Responsibility;
import dev.steward.ledger.Actor;
import dev.steward.requests.ExtensionView;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestState;
import dev.steward.requests.RequestView;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.PlanView;
import dev.steward.terraform.RunState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Access and sandboxes in every state, as views see them. */
final class LeaseSamples {
    static final Instant END = NOON.plus(Duration.ofHours(8));
    private static final Actor BY_OMAR = new Actor.SlackUser("T1", "UOMAR");
    private static final LeaseState.Word TIME = new LeaseState.Word(LeaseState.Cause.EXPIRED, Actor.STEWARD);
    private static final LeaseState.Word REVOKED = new LeaseState.Word(LeaseState.Cause.REVOKED, BY_OMAR);
    private static final Stage OWNER = new Stage("Owner", Principal.team("payments"), 1,
            "Ending it would do more than remove what was approved");

    private LeaseSamples() {}

    static LeaseView pending() {
        return lease(new LeaseState.Pending(), Optional.empty());
    }

    static LeaseView active() {
        return lease(new LeaseState.Active(NOON, END, Optional.empty()), Optional.empty());
    }

    static LeaseView ending() {
        return lease(new LeaseState.Ending(NOON, END, REVOKED, Optional.of(43L), 0, Optional.empty(),
                Optional.empty()), Optional.of(new LeaseView.End(new RequestId(43), new RunState.Planning(1), false)));
    }

    static LeaseView asking() {
        return lease(new LeaseState.Ending(NOON, END, TIME, Optional.of(43L), 0, Optional.empty(), Optional.empty()),
                Optional.of(new LeaseView.End(new RequestId(43), new RunState.AwaitingApproval(1), true)));
    }

    static LeaseView troubled() {
        return lease(new LeaseState.Ending(NOON, END, TIME, Optional.of(43L), 3,
                Optional.of(END.plus(Duration.ofMinutes(11))), Optional.of("Terraform could not reach the cloud.")),
                Optional.of(new LeaseView.End(new RequestId(43), new RunState.ApplyFailed(1, FAILURE), false)));
    }

    static LeaseView refused() {
        return lease(new LeaseState.Ending(NOON, END, REVOKED, Optional.of(43L), 1, Optional.empty(),
                Optional.of("Its ending was rejected.")),
                Optional.of(new LeaseView.End(new RequestId(43), new RunState.Planning(1), false)));
    }

    static LeaseView ended() {
        return lease(new LeaseState.Ended(NOON, END, REVOKED), Optional.empty());
    }

    static LeaseView expired() {
        return lease(new LeaseState.Ended(NOON, END, TIME), Optional.empty());
    }

    static LeaseView incidentOver() {
        return lease(
                new LeaseState.Ended(NOON, END, new LeaseState.Word(LeaseState.Cause.INCIDENT_OVER, Actor.STEWARD)),
                Optional.empty()).forIncident(7);
    }

    static LeaseView suspended() {
        return unconfirmed(true, Optional.empty());
    }

    static LeaseView givenBack() {
        return unconfirmed(false, Optional.of(new LeaseView.Back(new RequestId(50), "Omar Owner")));
    }

    private static LeaseView unconfirmed(boolean open, Optional<LeaseView.Back> back) {
        return lease(new LeaseState.Ended(NOON, END, new LeaseState.Word(LeaseState.Cause.UNCONFIRMED, Actor.STEWARD)),
                Optional.empty()).suspended(
                        new LeaseView.Suspended(END.plus(Duration.ofDays(14)), Duration.ofDays(3),
                                open, back));
    }

    static LeaseView never() {
        return lease(new LeaseState.Never(), Optional.empty());
    }

    static LeaseView sandbox() {
        return new LeaseView(new RequestId(44), "Sandbox", "idea-box", "platform-requests", DANA, Optional.empty(),
                Duration.ofDays(3), new LeaseState.Active(NOON, NOON.plus(Duration.ofDays(3)), Optional.empty()),
                Optional.empty(), Optional.empty(), Optional.of("new-service"));
    }

    /** Everything as long as it can be, and hostile. */
    static LeaseView monstrous() {
        String evil = "<!channel> & <https://evil.example|x> `*_~ ".repeat(200);
        return new LeaseView(new RequestId(Long.MAX_VALUE / 10), evil, evil, evil, Samples.person(1, "dana", evil),
                Optional.of(new LeaseView.Granted(entity(evil), evil)), Duration.ofMinutes(Long.MAX_VALUE / 1_000_000),
                new LeaseState.Ending(NOON, END, REVOKED, Optional.of(43L), Integer.MAX_VALUE, Optional.of(END),
                        Optional.of(evil)),
                Optional.of(evil), Optional.of(new LeaseView.End(new RequestId(43),
                        new RunState.ApplyFailed(1, FAILURE), false)),
                Optional.of(evil));
    }

    private static LeaseView lease(LeaseState state, Optional<LeaseView.End> end) {
        Optional<String> by = switch (state) {
            case LeaseState.Ending ending -> Optional.of(ending.word().equals(REVOKED) ? "Omar Owner" : "Steward");
            case LeaseState.Ended ended -> Optional.of(ended.word().equals(REVOKED) ? "Omar Owner" : "Steward");
            case LeaseState.Pending _ -> Optional.empty();
            case LeaseState.Active _ -> Optional.empty();
            case LeaseState.Never _ -> Optional.empty();
        };
        return new LeaseView(new RequestId(42), "Access", "checkout as reader", "platform-requests", DANA,
                Optional.of(new LeaseView.Granted(entity("checkout"), "Read")), Duration.ofHours(8), state, by, end,
                Optional.empty());
    }

    /** Access that nobody approved, and that nobody has signed for. */
    static BreakGlassView emergency(LeaseView lease) {
        return new BreakGlassView(new RequestId(42), 7, entity("checkout"), DANA, "Orders are stuck", lease,
                List.of(OMAR),
                NOON, NOON.plus(Duration.ofDays(1)), false, Optional.empty());
    }

    static Entity entity(String name) {
        return new Entity(new EntityId(1), EntityKind.SERVICE, name,
                new Responsibility("payments", "platform", Lifecycle.APPLICATION_BOUND), Profile.titled(name),
                new Entity.Origin("request:1", 1, NOON, Optional.empty()));
    }

    /** The request that made it. */
    static RequestView request(RequestState state, RunState run, LeaseView lease) {
        return view(new RequestId(42), state, run, Optional.empty(), Optional.of(approvedByRule()), lease);
    }

    /** The request that ends it. */
    static RequestView end(RequestState state, RunState run, LeaseView lease, ProposalState decided) {
        return view(new RequestId(43), state, run, Optional.of(new RequestId(42)),
                Optional.of(approval("plan", decided, OWNER)), lease);
    }

    private static RequestView view(RequestId id, RequestState state, RunState run, Optional<RequestId> origin,
            Optional<RequestView.Approval> approval, LeaseView lease) {
        PlanView plan = origin.isPresent()
                ? Samples.plan(0, 0, 2, List.of(
                        Samples.change("terraform_data.grant", PlanView.Action.DELETE),
                        Samples.change("terraform_data.by_hand", PlanView.Action.DELETE)))
                : Samples.plan(1, 0, 0, List.of(Samples.change("terraform_data.grant", PlanView.Action.CREATE)));
        var planned = Samples.planned(run, plan);
        var quiet = new RequestView.RunView(planned.id(), planned.state(), planned.plan(), planned.progress(),
                origin.isPresent()
                        ? List.of("`terraform_data.by_hand` was not part of what REQ-42 was approved for.")
                        : List.of(),
                java.util.Map.of(), List.of(), Optional.empty(), Optional.empty(), false, NOON);
        return new RequestView(id, "service-access", "Access", DANA, "checkout as reader", "platform-requests", state,
                List.of(new RequestView.Answer("What", "checkout"), new RequestView.Answer("Role", "Read"),
                        new RequestView.Answer("For how long", "8 hours"),
                        new RequestView.Answer("Why", "To read the logs of last night")),
                Optional.of("you-build-it-you-run-it"), quiet, List.of(), approval, origin, Optional.of(lease), NOON);
    }

    private static RequestView.Approval approvedByRule() {
        var terms = new NewProposal("plan", "RUN-17", "a".repeat(64), DANA.id(), List.of(),
                Optional.of("Own team, not production, up to 8 hours"), END);
        var by = new ProposalState.By(Actor.STEWARD, "Steward");
        return new RequestView.Approval(new Proposal(new ProposalId(7), terms, List.of(),
                new ProposalState.Approved(by, NOON), NOON, 1), List.of(), false);
    }

    static RequestView.Approval approval(String kind, ProposalState state, Stage stage) {
        var terms = new NewProposal(kind, kind.equals("plan") ? "RUN-18" : "REQ-42", "e".repeat(64), DANA.id(),
                List.of(stage), END);
        boolean approved = state instanceof ProposalState.Approved;
        boolean rejected = state instanceof ProposalState.Rejected;
        var signed = approved || rejected
                ? List.of(Samples.signature(OMAR, approved ? Verdict.APPROVE : Verdict.REJECT))
                : List.<dev.steward.approvals.Signature>of();
        var proposal = new Proposal(new ProposalId(9), terms, List.of(new Proposal.SignedStage(stage, signed)), state,
                NOON, 1);
        return new RequestView.Approval(proposal,
                state instanceof ProposalState.Open ? List.of(OMAR) : List.of(), false);
    }

    static ExtensionView extension(LeaseView lease, ProposalState state) {
        Stage stage = new Stage("Owner", Principal.team("payments"), 1, "They answer for it");
        return new ExtensionView(lease, approval("extension", state, stage),
                state instanceof ProposalState.Superseded
                        ? Optional.empty()
                        : Optional.of(END.plus(Duration.ofHours(8))));
    }
}
