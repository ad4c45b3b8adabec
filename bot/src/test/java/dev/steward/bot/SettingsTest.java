package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.access.Reviews;
import dev.steward.bot.Settings.LogFormat;
import dev.steward.bot.Settings.Purpose;
import dev.steward.bot.Settings.Reading;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.Severity;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    private static final String TOKEN = "xoxb-123456789012-canary";
    private static final String APP_TOKEN = "xapp-1-A0STEWARD-1-canary";
    private static final String SIGNING = "signing-canary-8f1d";

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void completeEnvironment() throws IOException {
        Path programs = Files.createDirectory(folder.resolve("bin"));
        Files.createFile(programs.resolve("terraform"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        environment.putAll(Map.of("PATH", "/nowhere:" + programs, "HOME", folder + "/me", "SLACK_BOT_TOKEN", TOKEN,
                "SLACK_SIGNING_SECRET", SIGNING));
    }

    @Test
    void hasADefaultForEverythingButSlacksSecrets() {
        Settings settings = good();

        assertThat(settings.places().home()).isEqualTo(folder.resolve("me/.steward"));
        assertThat(settings.places().key()).isEmpty();
        assertThat(settings.places().modules()).isEqualTo(folder.resolve("terraform-modules"));
        assertThat(settings.places().workflows()).isEqualTo(folder.resolve("workflows/definitions"));
        assertThat(settings.places().terraform()).contains(folder.resolve("bin/terraform"));
        assertThat(settings.slack()).hasValueSatisfying(slack -> {
            assertThat(slack.botToken().reveal()).isEqualTo(TOKEN);
            assertThat(slack.wayIn()).isEqualTo(new Settings.WayIn.Http(new Secret(SIGNING)));
            assertThat(slack.apiUrl()).isEqualTo(URI.create("https://slack.com/api/"));
            assertThat(slack.commandPrefix()).isEmpty();
        });
        assertThat(settings.listening().port()).isEqualTo(8080);
        assertThat(settings.listening().statePort()).isEqualTo(8081);
        assertThat(settings.listening().baseUrl()).isEmpty();
        assertThat(settings.listening().log()).isEqualTo(LogFormat.PLAIN);
        assertThat(settings.organisation()).isEqualTo(new Settings.Organisation("platform", List.of(), Set.of()));
        assertThat(settings.incidents())
                .isEqualTo(new Incidents.Rules(Optional.empty(), Set.of(Severity.SEV1), "platform"));
        assertThat(settings.applying()).isEqualTo(
                new Settings.Applying(Duration.ofHours(4), Duration.ofMinutes(30), Duration.ofMinutes(2),
                        Duration.ofSeconds(60)));
        assertThat(settings.credentials()).isEmpty();
    }

    @Test
    void readsEverythingFromTheFile() throws IOException {
        Files.writeString(folder.resolve("token"), TOKEN + "\n");
        environment.remove("SLACK_BOT_TOKEN");
        environment.put("STAGING_KEY", "staging-canary");
        file("""
                port: 9000
                state_port: 9001
                base_url: https://steward.example.com/
                home: data
                log: json
                command_prefix: acme
                platform_team: foundations
                slack:
                  api_url: http://127.0.0.1:7777/api
                  bot_token: {file: token}
                teams:
                  payments: {title: Payments, source: "slack:S0PAY", channel: "#team-payments"}
                  ledger:
                    source: import
                providers: [hashicorp/aws, registry.example.com/acme/cloud]
                apply: {plan_max_age: 2h, limit: 90s, grace: 20s, drain: 5m}
                incidents: {announce: "#incidents", freeze: [SEV-1, sev2], override: ledger}
                credentials:
                  staging: {CLOUD_KEY: {env: STAGING_KEY}}
                """);

        Settings settings = good();

        assertThat(settings.listening()).isEqualTo(new Settings.Listening(9000, 9001,
                Optional.of(URI.create("https://steward.example.com")), LogFormat.JSON));
        assertThat(settings.places().home()).isEqualTo(folder.resolve("data"));
        assertThat(settings.slack().orElseThrow())
                .isEqualTo(new Settings.SlackAccess(new Secret(TOKEN), new Settings.WayIn.Http(new Secret(SIGNING)),
                        URI.create("http://127.0.0.1:7777/api/"), "acme-"));
        assertThat(settings.organisation())
                .isEqualTo(new Settings.Organisation("foundations",
                        List.of(new Settings.Team("payments", "Payments", "slack:S0PAY",
                                Optional.of("team-payments")),
                                new Settings.Team("ledger", "ledger", "import", Optional.empty())),
                        Set.of("registry.terraform.io/hashicorp/aws", "registry.example.com/acme/cloud")));
        assertThat(settings.applying()).isEqualTo(
                new Settings.Applying(Duration.ofHours(2), Duration.ofSeconds(90), Duration.ofSeconds(20),
                        Duration.ofMinutes(5)));
        assertThat(settings.incidents()).isEqualTo(
                new Incidents.Rules(Optional.of("incidents"), Set.of(Severity.SEV1, Severity.SEV2), "ledger"));
        assertThat(settings.credentials())
                .isEqualTo(Map.of("staging", Map.of("CLOUD_KEY", new Secret("staging-canary"))));
    }

    @Test
    void incidentsFreezeWhatIsNamedAndNothingWhereNothingIs() throws IOException {
        file("platform_team: foundations\nincidents: {freeze: []}\n");
        assertThat(good().incidents()).isEqualTo(new Incidents.Rules(Optional.empty(), Set.of(), "foundations"));
        file("incidents: {freeze: [SEV-9], override: No Team}\n");
        assertThat(bad()).anySatisfy(problem -> assertThat(problem).contains("incidents.freeze",
                "\"SEV-9\" is not a severity; use SEV-1"))
                .anySatisfy(problem -> assertThat(problem).contains("incidents.override", "is not the name of a team"));
    }

    @Test
    void letsTheEnvironmentWin() throws IOException {
        file("port: 9000\nhome: data\n");
        environment.put("STEWARD_PORT", "9500");
        environment.put("STEWARD_HOME", "elsewhere");

        Settings settings = good();

        assertThat(settings.listening().port()).isEqualTo(9500);
        assertThat(settings.places().home()).isEqualTo(folder.resolve("elsewhere"));
    }

    @Test
    void readsTheFileThatTheEnvironmentNamesWithPathsFromItsFolder() throws IOException {
        Path etc = Files.createDirectory(folder.resolve("etc"));
        Files.writeString(etc.resolve("prod.yaml"), "home: data\n");
        environment.put("STEWARD_CONFIG", "etc/prod.yaml");

        assertThat(good().places().home()).isEqualTo(etc.resolve("data"));
    }

    @Test
    void reportsEveryProblemTogether() throws IOException {
        file("""
                porrt: 1
                port: many
                slack: {bot_token: xoxb-in-the-file-canary}
                teams:
                  Payments: {source: everyone}
                  ledger: {title: A, title: B}
                apply: {limit: soon}
                providers: [aws]
                credentials:
                  staging: {A: literal-canary, B: {env: NOT_SET}, C: {file: absent}, TF_LOG: {env: HOME}}
                """);
        environment.keySet().removeAll(List.of("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET", "PATH"));
        environment.putAll(Map.of("STEWARD_BASE_URL", "steward.example.com", "STEWARD_SOCKET_CONNECTIONS", "11",
                "STEWARD_STATE_PORT", "70000", "STEWARD_LOG", "xml"));

        List<String> problems = bad();

        assertThat(problems).containsExactlyInAnyOrder(
                "STEWARD_TERRAFORM is not set and there is no terraform on the PATH:"
                        + " install Terraform, or give the path of its executable",
                "steward.yaml:3: slack.bot_token: a secret does not belong into this file;"
                        + " write {env: NAME} or {file: PATH} to say where it is",
                "SLACK_BOT_TOKEN is missing: set it to the bot token (xoxb-...)"
                        + " under OAuth & Permissions in your Slack app's settings",
                "SLACK_SIGNING_SECRET is missing: set it to the signing secret under Basic Information in your Slack"
                        + " app's settings; or, to do without a public address, turn Socket Mode on there and set"
                        + " SLACK_APP_TOKEN to an app-level token (xapp-...) with the scope connections:write",
                "STEWARD_SOCKET_CONNECTIONS: \"11\" is not possible; use a number from 1 to 10",
                "steward.yaml:2: port: \"many\" is not a port; use a number from 1 to 65535",
                "STEWARD_STATE_PORT: \"70000\" is not a port; use a number from 1 to 65535",
                "STEWARD_BASE_URL: \"steward.example.com\" is not a web address;"
                        + " write for example https://steward.example.com",
                "STEWARD_LOG: \"xml\" is not a log format; use plain or json",
                "steward.yaml:5: teams.Payments: \"Payments\" is not the name of a team;"
                        + " use lower-case letters, digits and dashes, beginning with a letter",
                "steward.yaml:5: teams.Payments.source: \"everyone\" is not a source of members;"
                        + " use import, or slack:S... with the id of a Slack user group",
                "steward.yaml:6: teams.ledger.title is given twice, first in line 6",
                "steward.yaml:7: apply.limit: \"soon\" is not a length of time; write for example 90s, 30m, 4h or 2d",
                "steward.yaml:10: credentials.staging.A: a secret does not belong into this file;"
                        + " write {env: NAME} or {file: PATH} to say where it is",
                "steward.yaml:10: credentials.staging.B.env: the environment variable NOT_SET is not set",
                "steward.yaml:10: credentials.staging.C.file: " + folder.resolve("absent")
                        + " cannot be read; check that it exists and is readable",
                "steward.yaml:8: providers: \"aws\" is not the address of a provider;"
                        + " write for example hashicorp/aws, or registry.example.com/acme/cloud",
                "steward.yaml:10: credentials.staging.TF_LOG: steers Terraform itself, and Steward alone sets it;"
                        + " a profile holds credentials of providers",
                "steward.yaml:1: porrt is not a setting; did you mean port?");
        assertThat(problems).noneMatch(p -> p.contains("canary"));
    }

    @Test
    void neverPrintsASecret() {
        environment.put("STEWARD_KEY", "key-canary");

        Settings settings = good();

        assertThat(settings.toString()).doesNotContain("canary").contains("***");
    }

    @Test
    void refusesATokenOfAnotherKindWithoutQuotingIt() {
        environment.put("SLACK_BOT_TOKEN", "xoxp-123456789012-canary");

        assertThat(bad()).singleElement().asString().startsWith("SLACK_BOT_TOKEN is not a bot token")
                .doesNotContain("canary");
    }

    @Test
    void takesAnAppLevelTokenInsteadOfASigningSecret() throws IOException {
        environment.remove("SLACK_SIGNING_SECRET");
        environment.put("SLACK_APP_TOKEN", APP_TOKEN);

        assertThat(good().slack().orElseThrow().wayIn())
                .isEqualTo(new Settings.WayIn.Socket(new Secret(APP_TOKEN), 2));

        file("slack: {app_token: {env: SLACK_APP_TOKEN}, connections: 10}\n");
        environment.put("SLACK_SIGNING_SECRET", SIGNING);
        assertThat(good().slack().orElseThrow().wayIn())
                .isEqualTo(new Settings.WayIn.Socket(new Secret(APP_TOKEN), 10));
        environment.put("STEWARD_SOCKET_CONNECTIONS", "3");
        assertThat(good().toString()).contains("connections=3").doesNotContain("canary");
    }

    @Test
    void saysWhereATokenBelongsThatIsOfAnotherKind() {
        environment.put("SLACK_APP_TOKEN", TOKEN);
        assertThat(bad()).singleElement().asString()
                .startsWith("SLACK_APP_TOKEN is not an app-level token but a bot token, which belongs into"
                        + " SLACK_BOT_TOKEN: one begins with xapp-")
                .doesNotContain("canary");

        environment.put("SLACK_APP_TOKEN", APP_TOKEN);
        environment.put("SLACK_BOT_TOKEN", APP_TOKEN);
        assertThat(bad()).singleElement().asString()
                .startsWith("SLACK_BOT_TOKEN is not a bot token but an app-level token, which belongs into"
                        + " SLACK_APP_TOKEN: one begins with xoxb-")
                .doesNotContain("canary");
    }

    @Test
    void refusesOnePortForBothServers() {
        environment.put("STEWARD_STATE_PORT", "8080");

        assertThat(bad()).containsExactly("STEWARD_PORT and STEWARD_STATE_PORT are both 8080: the public server and the"
                + " state server need a port each; change one of them");
    }

    @Test
    void explainsThePortThatKubernetesSets() {
        environment.put("STEWARD_PORT", "tcp://10.0.0.1:80");

        assertThat(bad()).singleElement().asString().contains("enableServiceLinks: false");
    }

    @Test
    void asksNeitherForSlackNorForTerraformWhenAnOperatorUsesIt() {
        Reading reading = Settings.read(Map.of("HOME", "/home/me", "SLACK_APP_TOKEN", "xapp-1"), folder,
                Purpose.OPERATE);

        assertThat(reading).isInstanceOfSatisfying(Reading.Good.class, good -> {
            assertThat(good.settings().slack()).isEmpty();
            assertThat(good.settings().places().terraform()).isEmpty();
        });
    }

    @Test
    void takesModulesAndWorkflowsFromTheCheckout() {
        environment.put("STEWARD_ROOT", "/opt/steward");

        assertThat(good().places().modules()).isEqualTo(Path.of("/opt/steward/terraform-modules"));
        assertThat(good().places().workflows()).isEqualTo(Path.of("/opt/steward/workflows/definitions"));
    }

    @Test
    void saysWhereTheFileIsNotYaml() throws IOException {
        file("port: 8080\nteams: [unclosed\n");

        assertThat(bad()).singleElement().asString().startsWith("steward.yaml:3: is not YAML: ");
    }

    @Test
    void saysThatTheNamedFileIsAbsent() {
        environment.put("STEWARD_CONFIG", "absent.yaml");

        assertThat(bad()).containsExactly("absent.yaml: cannot be read from " + folder.resolve("absent.yaml")
                + ": check that it exists and is readable, and is UTF-8");
    }

    @Test
    void refusesATerraformThatCannotBeRun() {
        environment.put("STEWARD_TERRAFORM", "/nowhere/terraform");

        assertThat(bad()).containsExactly("STEWARD_TERRAFORM: /nowhere/terraform is not a program that can be run;"
                + " install Terraform, or give the path of its executable");
    }

    @Test
    void keepsSensiblyLongAndMakesNoBackupsByItselfUnlessToldTo() {
        assertThat(good().keeping()).isEqualTo(new Settings.Keeping(Duration.ofDays(90), Duration.ofDays(180), 20,
                Duration.ofDays(30), Duration.ofDays(30), new Settings.Backups(Optional.empty(), 7)));
    }

    @Test
    void readsWhatIsKeptAndReportsEverythingThatIsWrongWithIt() throws IOException {
        file("""
                retention: {plans: 10d, states: 20d, states_kept: 3, messages: 5d, logs: 6d}
                backup: {every: 12h, keep: 2}
                """);
        assertThat(good().keeping()).isEqualTo(new Settings.Keeping(Duration.ofDays(10), Duration.ofDays(20), 3,
                Duration.ofDays(5), Duration.ofDays(6), new Settings.Backups(Optional.of(Duration.ofHours(12)), 2)));
        file("""
                retention: {plans: long, states_kept: 0, plan: 1d}
                backup: {every: 5s, keep: all}
                """);
        assertThat(bad()).satisfiesExactlyInAnyOrder(p -> assertThat(p).contains("retention.plans", "is not a length"),
                p -> assertThat(p).contains("retention.states_kept", "is not a number from 1 to 10000"),
                p -> assertThat(p).contains("retention.plan is not a setting; did you mean plans?"),
                p -> assertThat(p).contains("backup.every", "more often than every 10 minutes"),
                p -> assertThat(p).contains("backup.keep", "is not a number from 1 to 1000"));
    }

    @Test
    void hasAccessReviewedEachQuarterUnlessToldOtherwise() throws IOException {
        assertThat(good().reviews())
                .isEqualTo(new Reviews.Rhythm(Optional.of(Duration.ofDays(90)), Duration.ofDays(14),
                        Duration.ofDays(14)));
        file("access: {review_every: 30d, review_within: 36h, review_suspended: 2d}");
        assertThat(good().reviews())
                .isEqualTo(new Reviews.Rhythm(Optional.of(Duration.ofDays(30)), Duration.ofHours(36),
                        Duration.ofDays(2)));
        file("access: {review_every: never}");
        assertThat(good().reviews()).isEqualTo(new Reviews.Rhythm(Optional.empty(), Duration.ofDays(14),
                Duration.ofDays(14)));
    }

    @Test
    void refusesReviewsThatNobodyCanAnswer() throws IOException {
        file("access: {review_every: quarterly, review_within: 0d, review: 1d}");
        assertThat(bad()).satisfiesExactlyInAnyOrder(
                p -> assertThat(p).contains("access.review_every", "is not a length of time", "or never"),
                p -> assertThat(p).contains("access.review_within", "is not a length of time"),
                p -> assertThat(p).contains("access.review is not a setting"));
        file("access: {review_every: 2h, review_within: 30m}");
        assertThat(bad()).satisfiesExactlyInAnyOrder(
                p -> assertThat(p).contains("access.review_every", "more often than once a day"),
                p -> assertThat(p).contains("access.review_within", "less than an hour"));
        file("access: {review_every: 7d}");
        assertThat(bad()).singleElement()
                .satisfies(p -> assertThat(p).contains("access.review_within", "cannot have longer to answer"));
    }

    private void file(String yaml) throws IOException {
        Files.writeString(folder.resolve("steward.yaml"), yaml);
    }

    private Settings good() {
        Reading reading = Settings.read(environment, folder, Purpose.SERVE);
        assertThat(reading).isInstanceOf(Reading.Good.class);
        return ((Reading.Good) reading).settings();
    }

    private List<String> bad() {
        Reading reading = Settings.read(environment, folder, Purpose.SERVE);
        assertThat(reading).isInstanceOf(Reading.Bad.class);
        return ((Reading.Bad) reading).problems();
    }
}
