package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.ProposalId;
import dev.steward.approvals.Stage;
import dev.steward.approvals.Verdict;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.EntityKind;
import dev.steward.catalog.Lifecycle;
import dev.steward.catalog.Link;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Person;
import dev.steward.catalog.Principal;
import dev.steward.catalog.Profile;
import dev.steward.catalog.Responsibility;
import dev.steward.catalog.Standing;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.database.CannotStore;
import dev.steward.database.Json;
import dev.steward.definitions.Workflow;
import dev.steward.requests.RequestId;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerMessagesTest {
    private static final Team PAYMENTS = new Team(1, "payments", "Payments", Optional.of("payments"),
            TeamSource.slackGroup("S1"), Optional.of(NOON));
    private static final Stage STAGE = new Stage("Owner", Principal.team("payments"), 2, "");

    private final CommandAnswers answers = new CommandAnswers(new CommandNames("acme-"));

    @Test
    void ownersAreAsAgreed() {
        Golden.assertMatches("owner-service", OwnerCard.of("checkout", found(entity("checkout"))));
        Golden.assertMatches("owner-team",
                OwnerCard.of("payments", new Ownership.TeamFound(PAYMENTS, List.of(entity("checkout")))));
        Golden.assertMatches("owner-unknown",
                OwnerCard.of("chekout <!here>", new Ownership.Unknown(List.of("checkout", "checkout-api"))));
    }

    @Test
    void helpNamesTheCommandsAsThisInstallationDoes() {
        Golden.assertMatches("help", answers.help());
        Golden.assertMatches("asked-help", answers.spokenHelp());
        Golden.assertMatches("asked-not-understood", answers.notUnderstood());
        assertThat(answers.ownerOfWhat().text().markup()).contains("/acme-owner");
        assertThat(new CommandNames("acme-").plain("/acme-request")).isEqualTo("request");
        assertThat(new CommandNames("").plain("/request")).isEqualTo("request");
    }

    @Test
    void answersToCommandsAreAsAgreed() {
        var service = workflow("new-service", "New service", new Workflow.Allow.Everyone());
        var bucket = workflow("new-bucket", "New <!here> bucket", new Workflow.Allow.Groups(List.of("payments")));
        Golden.assertMatches("command-workflows", answers.workflows(List.of(service, bucket)));
        Golden.assertMatches("command-no-workflows", answers.workflows(List.of()));
        Golden.assertMatches("command-unknown-workflow", answers.unknownWorkflow("new-servise", List.of(service)));
        Golden.assertMatches("command-unlike-any-workflow", answers.unknownWorkflow("<!channel>", List.of()));
        Golden.assertMatches("command-open-again", answers.openAgain(service, "new-service payments"));
        Golden.assertMatches("command-not-allowed", answers.notAllowed(bucket));
        Golden.assertMatches("command-unknown-word", answers.unknownWord("frobnicate"));
        Golden.assertMatches("command-unknown-person", answers.unknownPerson());
        Golden.assertMatches("command-owner-of-what", answers.ownerOfWhat());
        Golden.assertMatches("owner-unlike-anything", OwnerCard.of("zzz", new Ownership.Unknown(List.of())));
        for (Standing standing : List.of(Standing.GUEST, Standing.STRANGER, Standing.DEACTIVATED, Standing.UNLINKED)) {
            Golden.assertMatches("not-a-member-" + standing.name().toLowerCase(Locale.ROOT),
                    answers.notAMember(new Person(1, "x", "X", Optional.empty(), Optional.empty(), standing, false,
                            Optional.empty())));
        }
    }

    @Test
    void shortAnswersAreAsAgreed() {
        RequestId request = new RequestId(42);
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("busy", ShortAnswers.busy().text().markup());
        said.put("old-button", ShortAnswers.oldButton().text().markup());
        said.put("restarting", ShortAnswers.restarting().text().markup());
        said.put("unreadable-button", ShortAnswers.unreadableButton().text().markup());
        said.put("not-open", ShortAnswers.notOpen().text().markup());
        said.put("bug", ShortAnswers.bug("1f2e3d4c").text().markup());
        for (CannotStore.Reason reason : CannotStore.Reason.values()) {
            said.put("not-stored-" + reason.name().toLowerCase(Locale.ROOT),
                    ShortAnswers.notStored(reason).text().markup());
        }
        said.put("late", ShortAnswers.LATE.markup());
        said.put("wrong-number-of-deletes", ShortAnswers.wrongNumberOfDeletes());
        said.put("form-gone", ShortAnswers.formGone());
        said.put("old-form", ShortAnswers.oldForm());
        said.put("submitted-already", ShortAnswers.submittedAlready(request));
        said.put("stored-and-late", ShortAnswers.storedAndLate(request, "platform-requests"));
        said.put("not-submitted", ShortAnswers.notSubmitted("Your teams may not use `new-service`. <!channel>"));
        said.put("not-to-correct", ShortAnswers.notToCorrect());
        said.put("loading", Modals.loading("New service"));
        Golden.assertSame("short-answers", said);
    }

    @Test
    void everyDecisionThatCountsSaysWhatComesOfIt() {
        var proposal = Samples.waiting().approval().orElseThrow().proposal();
        Stage next = new Stage("Platform", Principal.team("platform"), 1, "");
        Map<String, Object> said = new LinkedHashMap<>();
        for (DecisionOutcome outcome : List.of(new DecisionOutcome.Counted(proposal, STAGE, 1),
                new DecisionOutcome.StageMet(proposal, STAGE, next), new DecisionOutcome.Approved(proposal),
                new DecisionOutcome.Rejected(proposal))) {
            said.put(said.size() + "-" + outcome.getClass().getSimpleName(), DecisionWords.of(outcome).markup());
        }
        Golden.assertSame("counted-clicks", said);
    }

    @Test
    void everyRefusalOfAClickSaysWhy() {
        Map<String, Object> said = new LinkedHashMap<>();
        for (DecisionOutcome outcome : List.of(
                new DecisionOutcome.AlreadyEnded(Samples.rejected("no").approval().orElseThrow().proposal()),
                new DecisionOutcome.AlreadySigned(NOON, STAGE, Verdict.APPROVE), new DecisionOutcome.Expired(NOON),
                new DecisionOutcome.IsRequester(), new DecisionOutcome.MayNotAct(Standing.GUEST),
                new DecisionOutcome.NotAnApprover(STAGE, List.of("Omar <!here>", "Pia")),
                new DecisionOutcome.NotAnApprover(STAGE, List.of()), new DecisionOutcome.NotFound(new ProposalId(9)),
                new DecisionOutcome.OtherDigest(Samples.waiting().approval().orElseThrow().proposal()),
                new DecisionOutcome.ReasonMissing())) {
            said.put(said.size() + "-" + outcome.getClass().getSimpleName(), DecisionWords.of(outcome).markup());
        }
        Golden.assertSame("refused-clicks", said);
    }

    @Test
    void decisionModalsAreAsAgreed() {
        Golden.assertSame("reject-modal", DecisionWords.rejectModal("7:" + "a".repeat(64), "REQ-42 <!here>"));
        Golden.assertSame("deletes-modal", DecisionWords.deletesModal("7:" + "a".repeat(64) + ":25", "REQ-42", 25));
    }

    @Test
    void aCrowdedOwnerCardStaysWithinSlacksLimits() {
        List<Entity> many = IntStream.range(0, 5000).mapToObj(i -> entity("e".repeat(140) + i)).toList();
        var changes = IntStream.range(0, 500).mapToObj(i -> new Ownership.Change(NOON, "x".repeat(999), "y")).toList();
        var stacks = IntStream.range(0, 500).mapToObj(i -> new Ownership.StackLine("s".repeat(500), "active", "m"))
                .toList();
        var links = IntStream.range(0, 500).mapToObj(i -> new Link("<!here>", "https://x.example/" + i)).toList();
        Rendered card = OwnerCard.of("x", new Ownership.Found(entity("e".repeat(500)), PAYMENTS,
                IntStream.range(0, 500).mapToObj(i -> "tag" + i).toList(), links, new Ownership.Around(many, many),
                new Ownership.Activity(stacks, changes)));
        assertThat(Json.text(card.blocks())).doesNotContain("<!here>");
        assertThat(OwnerCard.of("x", new Ownership.TeamFound(PAYMENTS, many)).blocks()).isNotEmpty();
    }

    private static Ownership.Found found(Entity entity) {
        return new Ownership.Found(entity, PAYMENTS, List.of("pci", "shop"),
                List.of(new Link("Runbook", "https://wiki.example.com/checkout")),
                new Ownership.Around(List.of(entity("ledger")), List.of(entity("shop"))),
                new Ownership.Activity(List.of(new Ownership.StackLine("service/checkout", "active", "service")),
                        List.of(new Ownership.Change(NOON, "RUN-1 (create) applied", "Dana Developer"))));
    }

    private static Workflow workflow(String name, String title, Workflow.Allow allow) {
        return new Workflow(name, Workflow.Kind.PROVISION, title, "Makes one, with its owner", allow, "requests",
                List.of(), "module", Map.of(), new Workflow.Approval(List.of(), List.of(), Duration.ofDays(3)),
                List.of(),
                List.of(), Optional.empty(), Optional.empty(), "d");
    }

    private static Entity entity(String name) {
        var profile = Profile.titled("Checkout");
        return new Entity(new EntityId(1), EntityKind.SERVICE, name,
                new Responsibility("payments", "platform", Lifecycle.SHARED), profile,
                new Entity.Origin("request:1", 1, NOON, Optional.empty()));
    }
}
