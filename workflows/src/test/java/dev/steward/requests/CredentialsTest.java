package dev.steward.requests;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.ledger.Actor;
import dev.steward.modules.Acceptance;
import dev.steward.terraform.EnvironmentPolicy;
import dev.steward.terraform.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/** Which account a module sees: the one of the profile that it names, and nothing else. */
class CredentialsTest {
    private static final String SECRET = "canary-a1c7-staging";
    private static final String OTHER = "canary-b2d8-production";
    private static final String INHERITED = "canary-c3e9-inherited";
    private static final CredentialProfiles BOTH = new CredentialProfiles(
            Map.of("staging", Map.of("AWS_ACCESS_KEY_ID", SECRET + "-id", "AWS_SECRET_ACCESS_KEY", SECRET),
                    "production", Map.of("DNS_TOKEN", OTHER)));
    private static final CredentialProfiles WITHOUT = new CredentialProfiles(
            Map.of("production", Map.of("DNS_TOKEN", OTHER)));

    @TempDir
    Path home;
    private @Nullable Workbench open;
    private Workbench.Options options;

    /** A module that names a profile and one that names none, both accepted; Terraform writes down what it sees. */
    @BeforeEach
    void acceptTheModules() throws Exception {
        Path workflows = Files.createDirectories(home.resolve("workflows"));
        Files.copy(Workbench.root().resolve("workflows/definitions/new-service.yaml"),
                workflows.resolve("new-service.yaml"));
        Files.writeString(workflows.resolve("new-thing.yaml"), THING);
        Files.writeString(workflows.resolve("new-whole-thing.yaml"), THING.replace("new-thing", "new-whole-thing")
                .replace("\ninputs:\n", "\ninputs:\n  fails: \"form.service == ''\"\n"));
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.putAll(Map.of("AWS_PROFILE", INHERITED, "AWS_SESSION_TOKEN", INHERITED));
        options = Workbench.Options.usual(home).withTerraform(tellingTerraform())
                .withEnvironment(new EnvironmentPolicy(environment, "512MiB"));
        Path module = Workbench.copy(Workbench.root().resolve("workflows/src/test/modules/half-way"),
                home.resolve("source/half-way"));
        Path manifest = module.resolve("module.yaml");
        Files.writeString(manifest, "credentials: staging\n" + Files.readString(manifest));
        try (Workbench first = new Workbench(home,
                options.withWorkflows(Files.createDirectories(home.resolve("none"))))) {
            assertThat(first.modules.accept("half-way", new Actor.Operator("ops")))
                    .isInstanceOf(Acceptance.Accepted.class);
        }
        options = options.withWorkflows(workflows);
    }

    @AfterEach
    void close() {
        if (open != null) {
            open.close();
        }
    }

    @Test
    void givesTerraformTheVariablesOfTheModulesProfileAlone() throws Exception {
        Workbench bench = bench(BOTH);
        RequestId id = planned(bench);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Partial.class);
        for (String command : new String[]{"plan", "apply"}) {
            assertThat(seen(command)).containsEntry("AWS_ACCESS_KEY_ID", SECRET + "-id")
                    .containsEntry("AWS_SECRET_ACCESS_KEY", SECRET)
                    .doesNotContainKeys("DNS_TOKEN", "AWS_PROFILE", "AWS_SESSION_TOKEN");
        }
        assertThat(seen("init")).isNotEmpty().doesNotContainKeys("AWS_SECRET_ACCESS_KEY", "DNS_TOKEN", "AWS_PROFILE");
    }

    @Test
    void givesAModuleWithoutAProfileNothing() throws Exception {
        Workbench bench = bench(BOTH);
        RequestId id = bench.submitted("dana", Workbench.answers("payments-api"));
        until(bench, id, RunState.AwaitingApproval.class);
        assertThat(seen("plan").keySet()).contains("TF_HTTP_ADDRESS")
                .noneMatch(name -> name.startsWith("AWS_") || name.equals("DNS_TOKEN"));
    }

    @Test
    void showsAndStoresNoCredentialEvenIfAProviderPrintsIt() throws Exception {
        Workbench bench = bench(BOTH);
        RequestId id = planned(bench);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Partial.class);
        assertThat(((RunState.Partial) bench.state(id)).failure().details())
                .contains("Access denied. The key (sensitive) may not do this.");
        assertThat(bench.requests.planAgain(id, bench.person("dana"))).isInstanceOf(ActOutcome.Done.class);
        until(bench, id, RunState.PlanFailed.class);
        assertThat(((RunState.PlanFailed) bench.state(id)).failure().details())
                .contains("Access denied. The key (sensitive) may not do this.");
        assertThat(bench.view(id).toString()).doesNotContain(SECRET);
        assertThat(databaseBytes()).contains("Access denied").doesNotContain(SECRET, OTHER, INHERITED);
        assertThat(BOTH.toString()).isEqualTo("CredentialProfiles[production, staging]");
    }

    @Test
    void masksACredentialInTheOutputsOfAnApply() {
        Workbench bench = bench(BOTH);
        RequestId id = ((SubmitOutcome.Accepted) bench.requests.submit(new Requests.Submission("new-whole-thing",
                bench.person("dana"), Map.of("service", SECRET, "secret", "never mind"), "form-2"))).id();
        until(bench, id, RunState.AwaitingApproval.class);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.Applied.class);
        assertThat(bench.view(id).run().outputs()).containsEntry("name", "(sensitive)");
    }

    @Test
    void refusesAModuleWhoseProfileIsMissing() throws Exception {
        Workbench bench = bench(WITHOUT);
        assertThat(submit(bench)).isInstanceOfSatisfying(SubmitOutcome.Refused.class,
                refused -> assertThat(refused.why()).isEqualTo(MISSING));
        assertThat(bench.count("SELECT count(*) FROM request")).isZero();
        assertThat(home.resolve("seen-plan")).doesNotExist();
    }

    @Test
    void refusesToApplyWhenTheProfileIsGoneSinceThePlan() throws Exception {
        RequestId id = planned(bench(BOTH));
        close();
        Files.delete(home.resolve("seen-plan"));
        Workbench bench = bench(WITHOUT);
        assertThat(bench.approve("omar", id)).isInstanceOf(DecisionOutcome.Approved.class);
        until(bench, id, RunState.PlanFailed.class);
        assertThat(((RunState.PlanFailed) bench.state(id)).failure().what()).isEqualTo(MISSING);
        assertThat(bench.view(id).run().earlier().orElseThrow()).contains(MISSING);
        assertThat(home.resolve("seen-apply")).doesNotExist();
        assertThat(home.resolve("seen-plan")).doesNotExist();
    }

    private static final String MISSING = "Module `half-way` wants the credentials `staging`, which steward.yaml does"
            + " not name: ask the platform team to add that profile there and to start Steward again.";

    private static final String THING = """
            name: new-thing
            kind: provision
            title: Thing
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

    /** The real Terraform behind a script that notes its environment, and complains as a provider may. */
    private Path tellingTerraform() throws IOException {
        Path binary = home.resolve("terraform");
        Files.writeString(binary, """
                #!/bin/sh
                env > "%1$s/seen-$1"
                "%2$s" "$@"
                code=$?
                complaint='{"@level":"error","type":"diagnostic","diagnostic":{"severity":"error",'
                complaint="$complaint"'"summary":"Access denied","detail":"The key %%s may not do this."}}'
                case "$1-$AWS_SECRET_ACCESS_KEY" in
                  plan-?*|apply-?*) printf "$complaint\\n" "$AWS_SECRET_ACCESS_KEY";;
                esac
                exit $code
                """.formatted(home, Workbench.terraform()));
        Files.setPosixFilePermissions(binary, PosixFilePermissions.fromString("rwx------"));
        return binary;
    }

    private Map<String, String> seen(String command) throws IOException {
        Map<String, String> variables = new HashMap<>();
        try (Stream<String> lines = Files.lines(home.resolve("seen-" + command))) {
            lines.map(line -> line.split("=", 2)).filter(pair -> pair.length == 2)
                    .forEach(pair -> variables.put(pair[0], pair[1]));
        }
        return variables;
    }

    private String databaseBytes() throws IOException {
        return Files.readString(home.resolve("steward.db"), ISO_8859_1)
                + Files.readString(home.resolve("steward.db-wal"), ISO_8859_1);
    }

    private Workbench bench(CredentialProfiles profiles) {
        open = Workbench.started(home, options.withCredentials(profiles));
        return open;
    }

    private static SubmitOutcome submit(Workbench bench) {
        return bench.requests.submit(new Requests.Submission("new-thing", bench.person("dana"),
                Map.of("service", "thing", "secret", "never mind"), "form-1"));
    }

    private static RequestId planned(Workbench bench) {
        RequestId id = ((SubmitOutcome.Accepted) submit(bench)).id();
        until(bench, id, RunState.AwaitingApproval.class);
        return id;
    }

    private static void until(Workbench bench, RequestId id, Class<? extends RunState> state) {
        await().atMost(Duration.ofSeconds(60)).until(() -> state.isInstance(bench.state(id)));
    }
}
