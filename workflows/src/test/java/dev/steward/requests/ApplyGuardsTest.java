package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.ledger.Actor;
import dev.steward.modules.Acceptance;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/** What is checked once more before a plan, and once more before an apply; and how an apply can go wrong. */
class ApplyGuardsTest {
    @TempDir
    Path home;
    private @Nullable Workbench open;

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void refusesAModuleThatWasAlteredBeforeThePlan() throws Exception {
        Workbench bench = bench(Workbench.Options.usual(home));
        Files.writeString(home.resolve("source/service/main.tf"), "\n# altered\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(bench.submit("dana", Workbench.answers("payments-api")))
                .isInstanceOfSatisfying(SubmitOutcome.Refused.class,
                        refused -> assertThat(refused.why()).contains("service").contains("modules accept"));
        assertThat(bench.count("SELECT count(*) FROM request")).isZero();
    }

    @Test
    void refusesAModuleThatWasAlteredBetweenPlanAndApply() throws Exception {
        Workbench bench = bench(Workbench.Options.usual(home));
        RequestId id = planned(bench, "payments-api");
        Files.writeString(home.resolve("source/service/main.tf"), "\n# altered\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.PlanFailed.class);
        assertThat(bench.view(id).run().earlier().orElseThrow()).contains("service");
        assertThat(bench.count("SELECT count(*) FROM run WHERE state IN ('applying', 'applied')")).isZero();
        assertThat(bench.count("SELECT count(*) FROM run WHERE state = 'stale'")).isEqualTo(1);
    }

    @Test
    void asksAnewWhenAnotherVersionOfTheModuleWasAcceptedMeanwhile() throws Exception {
        Workbench bench = bench(Workbench.Options.usual(home));
        RequestId id = planned(bench, "payments-api");
        Files.writeString(home.resolve("source/service/README.md"), "\nAnother word.\n",
                java.nio.file.StandardOpenOption.APPEND);
        assertThat(bench.modules.accept("service", new Actor.Operator("ops"))).isInstanceOf(Acceptance.Accepted.class);
        String before = bench.proposal(id).digest();
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.AwaitingApproval.class);
        assertThat(bench.proposal(id).digest()).isNotEqualTo(before);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Applied.class);
    }

    @Test
    void asksAnewWhenAnApproverHasLeftTheTeamBeforeTheApply() {
        Workbench bench = bench(Workbench.Options.usual(home));
        bench.slackAnswers = false;
        RequestId id = planned(bench, "payments-api");
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        bench.members("payments", "dana");
        bench.slackAnswers = true;
        await().atMost(Duration.ofSeconds(60)).until(() -> bench.count("SELECT count(*) FROM run") == 2);
        until(bench, id, RunState.AwaitingApproval.class);
        assertThat(bench.view(id).approval().orElseThrow().nobodyCan()).isTrue();
        assertThat(bench.count("SELECT count(*) FROM run WHERE state = 'applied'")).isZero();
    }

    @Test
    void plansAnOldPlanAgainAndAppliesItWhenItIsEqual() {
        Workbench bench = bench(Workbench.Options.usual(home).withPlanMaxAge(Duration.ofMillis(1)));
        RequestId id = planned(bench, "payments-api");
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Applied.class);
        assertThat(bench.count("SELECT count(*) FROM plan WHERE equal_to IS NOT NULL")).isEqualTo(1);
        assertThat(bench.count("SELECT count(*) FROM decision")).isEqualTo(1);
    }

    @Test
    void neverRevivesARunThatHasEnded() {
        Workbench bench = bench(Workbench.Options.usual(home));
        RequestId id = planned(bench, "payments-api");
        assertThat(bench.requests.cancel(id, bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);
        Run ended = bench.read(h -> bench.runs.runs().byId(h, bench.view(id).run().id()));
        Optional<Run> revived = bench.database.write(h -> bench.runs.runs().move(h, ended, new RunState.Stale("x"),
                Actor.STEWARD, Map.of()));
        assertThat(revived).isEmpty();
        assertThat(bench.view(id).state()).isEqualTo(RequestState.CANCELLED);
    }

    @Test
    void recordsTheOwnerWhenALaterPlanFindsThatEverythingIsThere() {
        Workbench bench = bench(Workbench.Options.usual(home));
        RequestId id = planned(bench, "payments-api");
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Applied.class);
        bench.database.writing(h -> {
            h.execute("DELETE FROM stack_entity");
            h.execute("DELETE FROM entity");
            h.execute("UPDATE request SET state = 'failed'");
            h.execute("""
                    UPDATE run SET state = 'indeterminate',
                        detail = '{"failure":{"what":"vanished","details":[],"fields":[]}}'""");
        });
        assertThat(bench.requests.planAgain(id, bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);
        until(bench, id, RunState.NoChanges.class);
        assertThat(bench.view(id).state()).isEqualTo(RequestState.DONE);
        assertThat(bench.count("SELECT count(*) FROM stack_entity")).isEqualTo(1);
        assertThat(bench.count("SELECT count(*) FROM entity WHERE name = 'payments-api'")).isEqualTo(1);
    }

    @Test
    void saysAfterThreeTriesThatTerraformNeverAskedForItsLock() throws Exception {
        Path binary = home.resolve("terraform");
        script(binary, "exec \"" + Workbench.terraform() + "\" \"$@\"");
        Workbench bench = bench(Workbench.Options.usual(home).withTerraform(binary));
        RequestId id = planned(bench, "payments-api");
        script(binary, "case \"$1\" in apply) exit 1;; *) exec \"" + Workbench.terraform() + "\" \"$@\";; esac");
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.ApplyFailed.class);
        assertThat(((RunState.ApplyFailed) bench.state(id)).failure().what())
                .contains("before it asked for the state's lock");
        assertThat(bench.view(id).state()).isEqualTo(RequestState.FAILED);
    }

    @Test
    void saysWhichResourceFailedHalfWayAndCanPlanAgain() throws Exception {
        Path modules = Workbench.copy(Workbench.root().resolve("workflows/src/test/modules"), home.resolve("source"));
        Path workflows = Files.createDirectories(home.resolve("workflows"));
        Files.writeString(workflows.resolve("new-service.yaml"), HALF_WAY);
        Files.writeString(modules.resolve("modules.lock"), "");
        Workbench bench = acceptedThenStarted(modules, workflows);
        RequestId id = bench.submitted("dana", Map.of("service", "thing", "secret", CANARY));
        until(bench, id, RunState.AwaitingApproval.class);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Partial.class);
        assertThat(bench.view(id).state()).isEqualTo(RequestState.FAILED);
        assertThat(((RunState.Partial) bench.state(id)).failure().toString()).contains("asked for")
                .doesNotContain(CANARY);
        assertThat(bench.count("SELECT count(*) FROM stack WHERE status = 'active'")).isEqualTo(1);
        assertThat(bench.count("SELECT count(*) FROM stack_resource")).isPositive();
        assertThat(bench.requests.cancel(id, bench.person("dana"))).isInstanceOf(ActOutcome.Refused.class);
        assertThat(bench.requests.planAgain(id, bench.person("olga"))).isInstanceOf(ActOutcome.Refused.class);
        assertThat(bench.requests.planAgain(id, bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);
        until(bench, id, RunState.PlanFailed.class);
        assertThat(((RunState.PlanFailed) bench.state(id)).failure().details()).singleElement().asString()
                .contains("postcondition failed").contains("asked for");
        assertThat(databaseBytes()).doesNotContain(CANARY);
    }

    @Test
    void saysWhatToDoWhenTerraformIsMissing() throws Exception {
        Path binary = Files.createSymbolicLink(home.resolve("terraform"), Workbench.terraform());
        Workbench bench = bench(Workbench.Options.usual(home).withTerraform(binary));
        Files.delete(binary);
        RequestId id = bench.submitted("dana", Workbench.answers("payments-api"));
        until(bench, id, RunState.PlanFailed.class);
        assertThat(((RunState.PlanFailed) bench.state(id)).failure().what()).contains("Terraform")
                .contains("install");
        Files.createSymbolicLink(binary, Workbench.terraform());
        assertThat(bench.requests.planAgain(id, bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);
        until(bench, id, RunState.AwaitingApproval.class);
        Files.delete(binary);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        await().atMost(Duration.ofSeconds(20)).until(() -> bench.view(id).run().trouble().isPresent());
        assertThat(bench.view(id).run().trouble().orElseThrow()).contains("Terraform");
        assertThat(bench.state(id)).isInstanceOf(RunState.Approved.class);
    }

    @Test
    void failsHonestlyWhenTerraformFailsBeforeItChangesAnything() throws Exception {
        Path binary = home.resolve("terraform");
        script(binary, "exec \"" + Workbench.terraform() + "\" \"$@\"");
        Workbench bench = bench(Workbench.Options.usual(home).withTerraform(binary));
        RequestId id = planned(bench, "payments-api");
        script(binary,
                "case \"$1\" in apply) echo '{\"@level\":\"error\",\"type\":\"diagnostic\"}'; exit 1;; *) exec \""
                        + Workbench.terraform() + "\" \"$@\";; esac");
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        await().atMost(Duration.ofSeconds(30)).until(
                () -> bench.count("SELECT count(*) FROM attempt WHERE kind = 'apply'") >= 2);
        assertThat(bench.count("SELECT count(*) FROM ledger WHERE action = 'run.applying'")).isZero();
        script(binary, "exec \"" + Workbench.terraform() + "\" \"$@\"");
        until(bench, id, RunState.Applied.class);
        assertThat(bench.count("SELECT count(*) FROM ledger WHERE action = 'run.applying'")).isEqualTo(1);
    }

    @Test
    void stopsAnApplyWhenItsRequesterCancels() throws Exception {
        Workbench bench = bench(Workbench.Options.usual(home).withWorkflows(slowWorkflows(home, 16)));
        RequestId id = planned(bench, "payments-api");
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Applying.class);
        assertThat(bench.requests.cancel(id, bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);
        await().atMost(Duration.ofSeconds(60)).until(() -> bench.state(id).ended());
        assertThat(bench.state(id).column()).isIn("cancelled", "partial", "applied");
        assertThat(bench.count("SELECT count(*) FROM state_lock")).isZero();
    }

    static final String CANARY = "canary-3f9d0c77";

    private static final String HALF_WAY = """
            name: new-service
            kind: provision
            title: Half-way
            description: For tests
            allow: everyone
            channel: platform-requests
            form:
              - page: Basics
                fields:
                  - { name: service, type: text, label: Name }
                  - { name: secret, type: text, label: Secret, sensitive: true }
            module: half-way
            inputs:
              name: form.service
              secret: form.secret
            approval:
              stages:
                - { name: Owner, by: 'group("payments")' }
            records:
              - { kind: Service, name: form.service, owner: '"payments"' }
            """;

    /** The shipped workflow, with a settling step that takes seconds. */
    static Path slowWorkflows(Path home, int cost) throws IOException {
        Path folder = Files.createDirectories(home.resolve("workflows"));
        String shipped = Files.readString(Workbench.root().resolve("workflows/definitions/new-service.yaml"));
        Files.writeString(folder.resolve("new-service.yaml"),
                shipped.replace("\ninputs:\n", "\ninputs:\n  settle_cost: \"" + cost + " + 0\"\n"));
        return folder;
    }

    private Workbench acceptedThenStarted(Path modules, Path workflows) throws Exception {
        Workbench.Options options = Workbench.Options.usual(home).withModules(modules).withWorkflows(workflows);
        try (Workbench first = new Workbench(home,
                options.withWorkflows(Files.createDirectories(home.resolve("none"))))) {
            assertThat(first.modules.accept("half-way", new Actor.Operator("ops")))
                    .isInstanceOf(Acceptance.Accepted.class);
        }
        return bench(options);
    }

    private String databaseBytes() throws IOException {
        return Files.readString(home.resolve("steward.db"), java.nio.charset.StandardCharsets.ISO_8859_1)
                + Files.readString(home.resolve("steward.db-wal"), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    private static void script(Path file, String body) throws IOException {
        Path next = file.resolveSibling("next");
        Files.writeString(next, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(next, PosixFilePermissions.fromString("rwx------"));
        Files.move(next, file, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    private Workbench bench(Workbench.Options options) {
        open = Workbench.started(home, options);
        return open;
    }

    private static RequestId planned(Workbench bench, String name) {
        RequestId id = bench.submitted("dana", Workbench.answers(name));
        until(bench, id, RunState.AwaitingApproval.class);
        return id;
    }

    private static void until(Workbench bench, RequestId id, Class<? extends RunState> state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> state.isInstance(bench.state(id)));
    }
}
