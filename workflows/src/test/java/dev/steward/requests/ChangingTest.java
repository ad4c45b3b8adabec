package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.Proposal;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Tier;
import dev.steward.definitions.FieldError;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Verification;
import dev.steward.modules.Acceptance;
import dev.steward.terraform.RunState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is there is changed, and goes back: with real Terraform, which can be made to fail half-way. */
class ChangingTest {
    private static final String SECRET = "canary-of-the-first-one";

    private static final String THING = """
            name: new-thing
            kind: provision
            title: Thing
            allow: everyone
            channel: platform-requests
            form:
              - page: Basics
                fields:
                  - { name: service, type: text, label: Name, absent_from: catalog }
                  - { name: owner, type: team, label: Owner team }
                  - { name: tier, type: choice, label: Tier, options: [tier-1, tier-2, tier-3, tier-4] }
              - page: Operation
                fields:
                  - { name: note, type: text, label: Note }
                  - { name: fails, type: yes-no, label: "Does it fail?" }
                  - { name: needs, type: lines, label: Needs, required: false }
                  - { name: secret, type: text, label: Deploy token, sensitive: true }
            module: half-way
            inputs:
              name: form.note
              fails: form.fails
              secret: form.secret
            approval:
              standing:
                - { name: Nobody waits for it, when: form.tier == "tier-4" }
              stages:
                - { name: Owner, by: owners(form.owner) }
                - { name: Platform, by: group("platform"), when: form.tier == "tier-1", why: It is tier 1 }
            records:
              - kind: Service
                name: form.service
                owner: form.owner
                tier: form.tier
                description: form.note
                tags: '[form.tier]'
                depends_on: 'has(form.needs) ? form.needs : []'
            """;

    @TempDir
    Path home;

    private Workbench.Options options;
    private Workbench bench;
    private int forms;

    @BeforeEach
    void open() throws Exception {
        Workbench.Options usual = Workbench.Options.usual(home);
        Path main = Workbench.copy(Workbench.root().resolve("workflows/src/test/modules/half-way"),
                home.resolve("source/half-way")).resolve("main.tf");
        Files.writeString(main, Files.readString(main).replace("input = terraform_data.first.output",
                "input            = terraform_data.first.output\n  triggers_replace = var.name"));
        try (Workbench first = new Workbench(home,
                usual.withWorkflows(Files.createDirectories(home.resolve("none"))))) {
            assertThat(first.modules.accept("half-way", new Actor.Operator("ops")))
                    .isInstanceOf(Acceptance.Accepted.class);
        }
        Path workflows = Files.createDirectories(home.resolve("workflows"));
        Files.copy(Workbench.root().resolve("workflows/definitions/sandbox.yaml"), workflows.resolve("sandbox.yaml"));
        Files.copy(Workbench.root().resolve("workflows/definitions/new-service.yaml"),
                workflows.resolve("new-service.yaml"));
        Files.writeString(workflows.resolve("new-thing.yaml"), THING);
        options = usual.withWorkflows(workflows);
        bench = Workbench.started(home, options);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void changesWhatIsThereOnTheWordOfItsOwnersAndLeavesItsNameAndOwner() {
        RequestId made = made("thing", Map.of("tier", "tier-4"));
        made("other", Map.of("tier", "tier-4"));
        RequestId change = planned(change("omar", "thing", Map.of("tier", "tier-2", "note", "second", "needs",
                List.of("other"))));
        RequestView.Change seen = bench.view(change).circumstances().change().orElseThrow();
        assertThat(seen.origin()).isEqualTo(made);
        assertThat(seen.differences()).containsExactly(
                new RequestView.Difference("Tier", "tier-4", "tier-2", false),
                new RequestView.Difference("Note", "first", "second", false),
                new RequestView.Difference("Needs", "", "other", false));
        assertThat(bench.approve("dana", change)).isInstanceOf(DecisionOutcome.Approved.class);
        bench.close();
        bench = Workbench.started(home, options);
        until(change, RunState.Applied.class);
        assertThat(bench.view(change).state()).isEqualTo(RequestState.DONE);
        assertThat(bench.view(change).run().outputs()).containsEntry("name", "second");
        assertThat(entity("thing").profile().tier()).isEqualTo(Tier.TIER_2);
        assertThat(entity("thing").profile().description()).isEqualTo("second");
        assertThat(entity("thing").owner()).isEqualTo("payments");
        assertThat(bench.<List<String>>read(h -> bench.entities.tags(h, entity("thing").id())))
                .containsExactly("tier-2");
        assertThat(needs("thing")).containsExactly("other");
        assertThat(bench.count("SELECT count(*) FROM stack")).isEqualTo(2);
        assertThat(refusal(ask("dana", "thing", Map.of()))).startsWith("Nothing is different: `thing` has these");
        assertThat(refusal(ask("dana", form("dana", "thing"), made, Map.of("note", "third"), "stale")))
                .isEqualTo("`thing` was changed by " + change.text()
                        + " while this form was open. Open the form anew: it shows how it is now.");
        RequestId without = planned(change("omar", "thing", Map.of("note", "third", "needs", "")));
        bench.approve("dana", without);
        until(without, RunState.Applied.class);
        assertThat(needs("thing")).isEmpty();
        assertThat(bench.<Verification>read(h -> bench.ledger.verify(h, Optional.empty())))
                .isInstanceOf(Verification.Intact.class);
    }

    @Test
    void whoeverDecidesOnItAsItIsDecidesOnItsChangeToo() {
        made("thing", Map.of("tier", "tier-1"));
        RequestId lower = planned(change("dana", "thing", Map.of("tier", "tier-4", "note", "second")));
        Proposal proposal = bench.proposal(lower);
        assertThat(proposal.terms().rule()).as("no rule approves what it would not have approved before").isEmpty();
        assertThat(proposal.stages()).extracting(stage -> stage.stage().name() + ": " + stage.stage().why())
                .containsExactly("Owner: ", "Platform: As it is today: It is tier 1");
        assertThat(bench.approve("omar", lower)).isInstanceOf(DecisionOutcome.StageMet.class);
        assertThat(bench.state(lower)).isInstanceOf(RunState.AwaitingApproval.class);
        bench.requests.cancel(lower, bench.person("dana"));
        assertThat(bench.view(lower).state()).isEqualTo(RequestState.CANCELLED);

        assertThat(error(ask("dana", "thing", Map.of("owner", "checkout"))))
                .isEqualTo(new FieldError("owner", "The owner stays `payments`: a change does not transfer it."));
        assertThat(error(ask("dana", "thing", Map.of("service", "another"))))
                .isEqualTo(new FieldError("service", "The name stays `thing`: a change does not rename anything."));
        assertThat(ask("gus", "thing", Map.of("note", "x"))).isInstanceOf(SubmitOutcome.Refused.class);

        RequestId silent = change("dana", "thing", Map.of("tier", "tier-4"));
        until(silent, RunState.PlanFailed.class);
        assertThat(entity("thing").profile().tier()).as("nothing for Terraform to do is no way round the approvers")
                .isEqualTo(Tier.TIER_1);
        RequestId mended = silent;
        assertThat(bench.requests.resubmit(mended, bench.person("dana"),
                with(answers(silent), Map.of("owner", "checkout")), "mend-1"))
                .isInstanceOf(SubmitOutcome.Invalid.class);
        assertThat(bench.requests.resubmit(mended, bench.person("dana"),
                with(answers(silent), Map.of("note", "second")), "mend-2"))
                .isInstanceOf(SubmitOutcome.Accepted.class);
        planned(mended);
        assertThat(bench.proposal(mended).stages()).hasSize(2);
    }

    @Test
    void oneAtATimeAndNotWhatEndsByItself() {
        RequestId made = made("thing", Map.of("tier", "tier-4"));
        Map<String, Object> form = form("dana", "thing");
        SubmitOutcome first = ask("dana", form, made, Map.of("note", "second"), "key");
        assertThat(ask("dana", form, made, Map.of("note", "second"), "key")).as("sent twice").isEqualTo(first);
        RequestId change = ((SubmitOutcome.Accepted) first).id();
        String busy = change.text() + " asks for a change of `thing` already. That has to end first: its card is in"
                + " #platform-requests.";
        assertThat(refusal(ask("omar", form, made, Map.of("note", "third"), "other"))).isEqualTo(busy);
        assertThat(opened("omar", "thing")).isEqualTo(new ChangeForm.Refused(busy));
        assertThat(bench.requests.decommission(made, bench.person("omar"), Optional.empty()))
                .isInstanceOf(DecommissionOutcome.Refused.class);
        until(change, RunState.Applied.class);
        RequestId removal = ((DecommissionOutcome.Asked) bench.requests.decommission(made, bench.person("omar"),
                Optional.empty())).request();
        assertThat(opened("dana", "thing")).isInstanceOfSatisfying(ChangeForm.Refused.class,
                refused -> assertThat(refused.why()).startsWith(removal.text() + " asks to remove `thing`."));
        planned(removal);
        bench.approve("dana", removal);
        until(removal, RunState.Applied.class);
        assertThat(refusal(ask("dana", form, change, Map.of("note", "third"), "late")))
                .isEqualTo("Nothing of `thing` is left to change.");

        RequestId box = ((SubmitOutcome.Accepted) bench.requests.submit(new Requests.Submission("sandbox",
                bench.person("dana"), Map.of("service", "probe", "purpose", "To try something out", "owner", "payments",
                        "duration", "4h"),
                "box"))).id();
        until(box, RunState.Applied.class);
        assertThat(opened("dana", "probe-sandbox")).isInstanceOfSatisfying(ChangeForm.Refused.class,
                refused -> assertThat(refused.why()).contains("ends by itself and is not changed", box.text()));
    }

    @Test
    void anotherPersonsSecretIsKeptAndNeverShown() {
        made("thing", Map.of("tier", "tier-4"));
        RequestId keeps = change("omar", "thing", Map.of("note", "second"));
        until(keeps, RunState.Applied.class);
        assertThat(bench.<Map<String, Object>>read(h -> bench.requests.answers(h, keeps))).containsEntry("secret",
                SECRET);
        assertThat(bench.view(keeps).toString()).doesNotContain(SECRET);
        assertThat(opened("omar", "thing").toString()).doesNotContain(SECRET);
        assertThat(bench.count("SELECT count(*) FROM request_input WHERE name = 'secret' AND value IS NOT NULL"))
                .isZero();
        RequestId another = change("omar", "thing", Map.of("secret", "canary-of-the-second-one", "note", "third"));
        assertThat(bench.view(another).circumstances().change().orElseThrow().differences())
                .contains(new RequestView.Difference("Deploy token", "", "", true));
        assertThat(bench.view(another).toString()).doesNotContain("canary");
    }

    @Test
    void goesBackToTheInputsFromBeforeAlsoAfterAChangeThatStoppedHalfWay() {
        RequestId made = made("thing", Map.of("tier", "tier-1"));
        RequestId second = planned(change("dana", "thing", Map.of("note", "second", "tier", "tier-3")));
        bench.approve("omar", second);
        bench.approve("pia", second);
        until(second, RunState.Applied.class);
        RequestId broken = planned(change("dana", "thing", Map.of("note", "third", "fails", true)));
        bench.approve("omar", broken);
        until(broken, RunState.Partial.class);
        assertThat(bench.view(broken).state()).isEqualTo(RequestState.FAILED);
        assertThat(entity("thing").profile().description()).isEqualTo("second");
        RevertOutcome.Back back = (RevertOutcome.Back) bench.requests.revert(broken, bench.person("olga"),
                Undoing.PLAIN);
        assertThat(back.to()).isEqualTo(second);
        assertThat(bench.requests.revert(broken, bench.person("omar"), Undoing.PLAIN))
                .isEqualTo(new RevertOutcome.Already(back.request(), "platform-requests"));
        assertThat(bench.view(broken).state()).as("nobody puts it right any more").isEqualTo(RequestState.CANCELLED);
        assertThat(bench.view(broken).run().notes()).containsExactly(back.request().text() + " replaces it.");
        planned(back.request());
        assertThat(bench.view(back.request()).circumstances().change().orElseThrow().differences())
                .as("the answers never became those of the broken one").isEmpty();
        assertThat(bench.approve("olga", back.request())).isInstanceOf(DecisionOutcome.IsRequester.class);
        assertThat(bench.approve("omar", back.request())).isInstanceOf(DecisionOutcome.Approved.class);
        until(back.request(), RunState.Applied.class);
        assertThat(bench.view(back.request()).run().outputs()).containsEntry("name", "second");
        assertThat(bench.requests.revert(broken, bench.person("olga"), Undoing.PLAIN))
                .isInstanceOf(RevertOutcome.Refused.class);

        RevertOutcome.Back further = (RevertOutcome.Back) bench.requests.revert(second, bench.person("olga"),
                Undoing.PLAIN);
        planned(further.request());
        RequestView.Change seen = bench.view(further.request()).circumstances().change().orElseThrow();
        assertThat(seen.back()).contains(new Request.Back(second, made));
        assertThat(seen.undone()).isEmpty();
        assertThat(seen.differences()).extracting(RequestView.Difference::label).containsExactly("Tier", "Note");
        assertThat(bench.proposal(further.request()).stages()).extracting(stage -> stage.stage().name())
                .containsExactly("Owner", "Platform");
        assertThat(bench.requests.resubmit(further.request(), bench.person("olga"), answers(second), "mend"))
                .isInstanceOf(SubmitOutcome.Refused.class);
        bench.approve("omar", further.request());
        bench.approve("paul", further.request());
        until(further.request(), RunState.Applied.class);
        assertThat(bench.view(further.request()).run().outputs()).containsEntry("name", "first");
        assertThat(entity("thing").profile().tier()).isEqualTo(Tier.TIER_1);
        assertThat(bench.requests.revert(made, bench.person("olga"), Undoing.PLAIN))
                .isInstanceOf(RevertOutcome.Removal.class);
    }

    @Test
    void whatStoppedHalfWayCanBePlannedAgainOrWithdrawnAndStillGoesBack() {
        made("thing", Map.of("tier", "tier-4"));
        RequestId broken = change("dana", "thing", Map.of("note", "second", "fails", true));
        until(broken, RunState.Partial.class);
        assertThat(bench.requests.cancel(broken, bench.person("dana"))).isInstanceOfSatisfying(
                ActOutcome.Refused.class, refused -> assertThat(refused.why()).contains("ask for another change"));
        assertThat(bench.requests.planAgain(broken, bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);
        until(broken, RunState.PlanFailed.class);
        assertThat(bench.count("SELECT count(*) FROM run WHERE operation = 'change'")).isEqualTo(2);
        assertThat(bench.requests.revert(broken, bench.person("olga"), Undoing.PLAIN))
                .isInstanceOfSatisfying(RevertOutcome.Refused.class,
                        refused -> assertThat(refused.why()).startsWith(broken.text() + " asks for a change"));
        assertThat(bench.requests.cancel(broken, bench.person("dana"))).isEqualTo(new ActOutcome.Done(
                broken.text() + " is cancelled. What of it was applied earlier stays as it is."));
        RevertOutcome.Back back = (RevertOutcome.Back) bench.requests.revert(broken, bench.person("olga"),
                Undoing.PLAIN);
        until(back.request(), RunState.Applied.class);
        assertThat(bench.view(back.request()).run().outputs()).containsEntry("name", "first");
    }

    private RequestId made(String name, Map<String, Object> answers) {
        Map<String, Object> all = with(Map.of("service", name, "owner", "payments", "tier", "tier-3", "note", "first",
                "fails", false, "secret", SECRET), answers);
        RequestId id = ((SubmitOutcome.Accepted) bench.requests
                .submit(new Requests.Submission("new-thing", bench.person("dana"), all, "form-" + forms++))).id();
        if (!answers.containsValue("tier-4")) {
            planned(id);
            bench.approve("omar", id);
        }
        if (answers.containsValue("tier-1")) {
            bench.approve("pia", id);
        }
        until(id, RunState.Applied.class);
        return id;
    }

    private ChangeForm opened(String who, String name) {
        return bench.<ChangeForm>read(h -> bench.requests.changeForm(h, entity(name), bench.person(who)));
    }

    private Map<String, Object> form(String who, String name) {
        return ((ChangeForm.Open) opened(who, name)).answers();
    }

    private Map<String, Object> answers(RequestId request) {
        return bench.<Map<String, Object>>read(h -> bench.requests.answers(h, request));
    }

    private SubmitOutcome ask(String who, String name, Map<String, Object> answers) {
        return opened("dana", name) instanceof ChangeForm.Open open
                ? ask(who, open.answers(), open.current(), answers, "form-" + forms++)
                : new SubmitOutcome.Refused("");
    }

    private SubmitOutcome ask(String who, Map<String, Object> form, RequestId of, Map<String, Object> answers,
            String key) {
        return bench.requests.change(of, bench.person(who), with(form, answers), key);
    }

    private RequestId change(String who, String name, Map<String, Object> answers) {
        SubmitOutcome outcome = ask(who, name, answers);
        if (outcome instanceof SubmitOutcome.Accepted accepted) {
            return accepted.id();
        }
        throw new AssertionError("not accepted: " + outcome);
    }

    private static Map<String, Object> with(Map<String, Object> form, Map<String, Object> answers) {
        Map<String, Object> all = new HashMap<>(form);
        all.putAll(answers);
        return all;
    }

    private static String refusal(SubmitOutcome outcome) {
        return ((SubmitOutcome.Refused) outcome).why();
    }

    private static FieldError error(SubmitOutcome outcome) {
        return ((SubmitOutcome.Invalid) outcome).errors().getFirst();
    }

    private RequestId planned(RequestId id) {
        until(id, RunState.AwaitingApproval.class);
        return id;
    }

    private void until(RequestId id, Class<? extends RunState> state) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> bench.state(id).ended() || state.isInstance(bench.state(id)));
        assertThat(bench.state(id)).isInstanceOf(state);
    }

    private Entity entity(String name) {
        return bench.<Optional<Entity>>read(h -> bench.entities.byName(h, name)
                .or(() -> bench.entities.nameTaken(h, dev.steward.catalog.EntityKind.SERVICE, name))).orElseThrow();
    }

    private List<String> needs(String name) {
        return bench.<List<Entity>>read(h -> bench.entities.dependenciesOf(h, entity(name).id())).stream()
                .map(Entity::name).toList();
    }
}
