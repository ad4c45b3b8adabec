package dev.steward.bot.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.steward.bot.Home;
import dev.steward.bot.HomeLock;
import dev.steward.catalog.Entities;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.catalog.SlackProfile;
import dev.steward.catalog.Standing;
import dev.steward.catalog.Team;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CliTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Home home;

    @BeforeEach
    void nameTheHome() {
        home = new Home(folder.resolve("home"));
        environment.put("HOME", folder.toString());
        environment.put("STEWARD_HOME", home.folder().toString());
    }

    @Test
    void beginsAnInstallation() throws IOException {
        Files.writeString(folder.resolve("steward.yaml"), """
                teams:
                  payments: {title: Payments, source: "slack:S0PAY", channel: team-payments}
                """);

        assertThat(run("init", "--admin", "U0ADMIN", "--team", "T0ACME")).isZero();

        assertThat(out.toString()).startsWith("Steward begins in " + home.folder() + ".").contains(
                "Secrets are sealed with the key in " + home.key(), "back it up", "Ledger: 1:",
                "Next: steward check, then steward serve.");
        assertThat(home.key()).exists();
        try (Database database = Database.open(home.database())) {
            Ledger ledger = new Ledger(CLOCK);
            People people = new People(ledger, CLOCK);
            Teams teams = new Teams(people, ledger, CLOCK);
            var admin = database.read(h -> people.bySlack(h, new Actor.SlackUser("T0ACME", "U0ADMIN")));
            assertThat(admin).hasValueSatisfying(person -> assertThat(person.admin()).isTrue());
            Optional<Team> payments = database.read(h -> teams.byName(h, "payments"));
            assertThat(payments)
                    .hasValueSatisfying(team -> assertThat(team.source().text()).isEqualTo("slack:S0PAY"));
            Optional<Team> platform = database.read(h -> teams.byName(h, "platform"));
            assertThat(platform).isPresent();
            List<Entry> entries = database.read(h -> ledger.after(h, 0, 10));
            assertThat(entries).first().satisfies(genesis -> {
                assertThat(genesis.action()).isEqualTo("steward.init");
                assertThat(genesis.actor()).isEqualTo("operator:" + System.getProperty("user.name"));
            });
        }
    }

    @Test
    void rehearsesAFirstRequestAndTouchesNoInstallation() {
        environment.put("PATH", System.getenv("PATH"));
        environment.put("STEWARD_ROOT", System.getProperty("steward.root"));
        environment.put("STEWARD_CONFIG", folder.resolve("not read").toString());

        Console console = new Console(new PrintWriter(out), new PrintWriter(err));
        int exitCode = new Cli(environment, folder, InstantSource.system(), console).run("rehearse");

        assertThat(exitCode).as(err.toString()).isZero();

        assertThat(out.toString()).isEqualTo("All went as it should: asked for, planned, decided on, applied.\n");
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void saysWhyARehearsalBrokeOff() {
        environment.put("PATH", folder.toString());
        environment.put("STEWARD_ROOT", System.getProperty("steward.root"));

        assertThat(run("rehearse")).isEqualTo(1);

        assertThat(err.toString()).startsWith("The rehearsal broke off: ").contains("Terraform");
    }

    @Test
    void refusesToBeginASecondTimeAndChangesNothing() throws IOException {
        init();
        byte[] key = Files.readAllBytes(home.key());
        run("ledger", "verify");
        String before = out.toString();

        assertThat(run("init", "--admin", "U0OTHER", "--team", "T0ACME")).isEqualTo(1);

        assertThat(err.toString()).contains(home.folder() + " was initialised on 2026-11-20T10:00:00Z by operator:",
                "nothing was changed");
        assertThat(Files.readAllBytes(home.key())).isEqualTo(key);
        run("ledger", "verify");
        assertThat(out.toString()).isEqualTo(before);
    }

    @Test
    void refusesIdsThatAreNotSlacksAndSaysWhereTheyAre() {
        assertThat(run("init", "--admin", "@anna", "--team", "acme")).isEqualTo(2);

        assertThat(err.toString()).contains("@anna is not a Slack user id", "Copy member ID",
                "acme is not the id of a Slack workspace");
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void asksSlackForTheWorkspaceWhenItIsNotSaid() throws IOException {
        HttpServer slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        slack.createContext("/api/auth.test", exchange -> {
            byte[] body = "{\"ok\":true,\"team_id\":\"T0ACME\",\"user_id\":\"U0BOT\"}".getBytes(UTF_8);
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        slack.start();
        slackAt(slack.getAddress().getPort());
        try {
            assertThat(run("init", "--admin", "U0ADMIN")).isZero();
        } finally {
            slack.stop(0);
        }
        assertThat(run("ledger", "show", "steward")).isZero();
        assertThat(out.toString()).contains("slack:T0ACME/U0ADMIN");
    }

    @Test
    void saysThatItMustBeToldTheWorkspace() {
        assertThat(run("init", "--admin", "U0ADMIN")).isEqualTo(2);

        assertThat(err.toString()).startsWith("Of which workspace?").contains("--team T...");
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void beginsNothingWhenSlackCannotBeReached() {
        slackAt(1);

        assertThat(run("init", "--admin", "U0ADMIN")).isEqualTo(1);

        assertThat(err.toString()).contains("Slack cannot be reached", "Nothing was begun.");
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void refusesToBeginWithAKeyThatIsNone() {
        environment.put("STEWARD_KEY", "canary");

        assertThat(run("init", "--admin", "U0ADMIN", "--team", "T0ACME")).isEqualTo(2);

        assertThat(err.toString()).contains("STEWARD_KEY is not 32 bytes as base64").doesNotContain("canary");
        environment.remove("STEWARD_KEY");
        assertThat(run("init", "--admin", "U0ADMIN", "--team", "T0ACME")).isZero();
    }

    @Test
    void verifiesTheLedgerAndPrintsItsHead() {
        init();

        assertThat(run("ledger", "verify")).isZero();

        assertThat(out.toString()).startsWith("The ledger is intact: ").containsPattern("Head: [0-9]+:[0-9a-f]{64}");
        String head = out.toString().replaceAll("(?s).*Head: (\\S+).*", "$1");
        assertThat(run("ledger", "verify", "--head", head)).isZero();
    }

    @Test
    void saysWhichEntryOfTheLedgerIsBroken() throws Exception {
        init();
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + home.database());
                var statement = connection.createStatement()) {
            statement.execute("DROP TRIGGER ledger_refuses_update");
            statement.execute("UPDATE ledger SET actor = 'operator:mallory' WHERE seq = 2");
        }

        assertThat(run("ledger", "verify")).isEqualTo(1);

        assertThat(err.toString()).contains("The ledger is broken: entry 2 was altered");
    }

    @Test
    void saysThatAWitnessedHeadIsGone() {
        init();

        assertThat(run("ledger", "verify", "--head", "1:" + "0".repeat(64))).isEqualTo(1);
        assertThat(err.toString()).contains("entry 1 is not the one that was witnessed");

        assertThat(run("ledger", "verify", "--head", "nonsense")).isEqualTo(2);
    }

    @Test
    void showsTheLedgerWholeAndBySubject() {
        init();

        assertThat(run("ledger", "show")).isZero();
        assertThat(out.toString().lines()).first().asString().contains("     1  2026-11-20T10:00:00Z  operator:",
                "steward.init  steward");

        assertThat(run("ledger", "show", "team:platform")).isZero();
        assertThat(out.toString().lines()).singleElement().asString().contains("team.create");

        assertThat(run("ledger", "show", "REQ-9")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("The ledger has no entry about REQ-9.\n");
    }

    @Test
    void previewsAnImportAndChangesNothingUntilToldTo() throws IOException {
        init();
        Path file = catalogFile();

        assertThat(run("catalog", "import", file.toString())).isZero();
        assertThat(out.toString()).contains("Service checkout", "Nothing was changed", "--yes");
        assertThat(run("owner", "checkout")).isEqualTo(1);

        assertThat(run("catalog", "import", file.toString(), "--yes")).isZero();
        assertThat(run("owner", "checkout")).isZero();
        assertThat(out.toString()).startsWith("checkout (Service)\n").contains("description   Takes the money",
                "owner         payments", "you-build-it-you-run-it", "tier-3, production");
        assertThat(run("owner", "payments")).isZero();
        assertThat(out.toString()).contains("owns          checkout");
    }

    @Test
    void namesEachProblemOfAnImport() throws IOException {
        init();
        Files.createDirectory(folder.resolve("catalog"));
        Files.writeString(folder.resolve("catalog/broken.yaml"), "kind: [unclosed\n");
        Files.writeString(folder.resolve("catalog/nobody.yaml"), """
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: {name: checkout}
                spec: {type: service, lifecycle: production, owner: nobody}
                """);

        assertThat(run("catalog", "import", "catalog")).isEqualTo(1);

        assertThat(err.toString()).contains("Cannot be imported:", "broken.yaml:", "nobody.yaml:");
        assertThat(run("catalog", "import", "absent")).isEqualTo(2);
    }

    @Test
    void suggestsWhatMayHaveBeenMeant() throws IOException {
        initWithCatalog();

        assertThat(run("owner", "chekout")).isEqualTo(1);

        assertThat(err.toString()).isEqualTo("Nothing in the catalog is called chekout. Did you mean checkout?\n");
    }

    @Test
    void linksAPersonToAnAccountOfTheWorkspaceOnce() throws IOException {
        initWithCatalog();

        assertThat(run("people", "link", "anna", "U0ANNA")).isZero();
        assertThat(out.toString()).isEqualTo("anna is U0ANNA.\n");

        assertThat(run("people", "link", "anna", "U0OTHER")).isEqualTo(1);
        assertThat(err.toString()).isEqualTo("Nothing was changed: anna is linked already to U0ANNA.\n");
        assertThat(run("people", "link", "nobody", "U0OTHER")).isEqualTo(1);
        assertThat(err.toString()).contains("The catalog has nobody called nobody");
        assertThat(run("people", "link", "anna", "anna")).isEqualTo(2);
    }

    @Test
    void writesWhileAnotherProcessServes() throws IOException {
        initWithCatalog();
        HomeLock.Outcome serving = HomeLock.take(home, CLOCK);
        assertThat(serving).isInstanceOf(HomeLock.Outcome.Taken.class);
        try (HomeLock lock = ((HomeLock.Outcome.Taken) serving).lock();
                Database database = Database.open(home.database())) {
            Ledger ledger = new Ledger(CLOCK);
            People people = new People(ledger, CLOCK);
            assertThat(lock).isNotNull();
            database.read(h -> new Entities(new Teams(people, ledger, CLOCK), ledger, CLOCK).byName(h, "checkout"));
            database.write(h -> people.meet(h, new SlackProfile("T0ACME", "U0ANNA", "anna", "Anna", Optional.empty(),
                    Standing.MEMBER)));

            assertThat(run("people", "link", "anna", "U0ANNA")).isZero();

            Optional<Person> linked = database.read(h -> people.byName(h, "anna"));
            assertThat(linked).hasValueSatisfying(
                    anna -> assertThat(anna.standing()).isEqualTo(Standing.MEMBER));
        }
        assertThat(run("ledger", "verify")).isZero();
    }

    @Test
    void acceptsTheModulesThatTheLockNamesWhenItBegins() throws IOException {
        copyModules();

        init();

        assertThat(out.toString()).contains("modules.lock names them: sandbox, service, service-access.");
        assertThat(run("modules", "list")).isZero();
        assertThat(out.toString()).startsWith("sandbox").contains("\nservice: ", "\nservice-access: ")
                .contains("  accepted by operator:", "  may be used\n").doesNotContain("cannot be used");
    }

    @Test
    void saysThatAModuleWasChangedAndAcceptsItAgain() throws IOException {
        copyModules();
        init();
        Path readme = modules().resolve("service/README.md");
        Files.writeString(readme, Files.readString(readme) + "\nMore.\n");

        assertThat(run("modules", "list")).isZero();
        assertThat(out.toString()).contains("cannot be used: module `service` was changed");

        environment.put("PATH", System.getenv("PATH"));
        assertThat(run("modules", "accept", "service")).isZero();
        assertThat(out.toString()).startsWith("Module service is accepted with digest ").contains("modules.lock");
        assertThat(run("modules", "list")).isZero();
        assertThat(out.toString()).contains("  may be used\n").doesNotContain("cannot be used");
        assertThat(run("ledger", "show", "service")).isZero();
        assertThat(out.toString().lines()).hasSize(2);
    }

    @Test
    void saysEveryReasonAgainstAModule() throws IOException {
        copyModules();
        init();
        Files.writeString(modules().resolve("service/extra.auto.tfvars"), "name = 1\n");
        environment.put("PATH", System.getenv("PATH"));

        assertThat(run("modules", "accept", "service")).isEqualTo(1);

        assertThat(err.toString()).startsWith("Module service is not accepted:\n").contains("extra.auto.tfvars");
        assertThat(run("modules", "accept", "nothing")).isEqualTo(1);
    }

    @Test
    void saysThatVettingNeedsTerraform() throws IOException {
        copyModules();
        init();

        assertThat(run("modules", "accept", "service")).isEqualTo(2);

        assertThat(err.toString()).contains("there is no terraform on the PATH");
    }

    @Test
    void checksWhatIsShippedWithoutAHome() {
        environment.put("STEWARD_ROOT", System.getProperty("steward.root"));

        assertThat(run("check")).isZero();

        assertThat(out.toString()).startsWith("All is in order: workflows ").contains("new-service", "sandbox",
                "service-access");
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void checksWhatIsShippedWithAHome() {
        environment.put("STEWARD_ROOT", System.getProperty("steward.root"));
        init();

        assertThat(run("check")).isZero();
    }

    @Test
    void reportsEveryProblemOfWorkflowsAndModulesAtOnce() throws IOException {
        copyModules();
        Files.writeString(modules().resolve("service/README.md"), "changed");
        Path broken = Files.createDirectory(folder.resolve("broken"));
        Files.writeString(broken.resolve("one.yaml"), "name: one\nkind: dance\n");
        Files.writeString(broken.resolve("two.yaml"), "name: [unclosed\n");

        assertThat(run("check", "--workflows", "broken")).isEqualTo(1);

        assertThat(err.toString()).contains("service", "broken/one.yaml:2:", "broken/two.yaml:")
                .containsPattern("[0-9]+ problems\\.\n$");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void reportsAModuleWhoseCredentialsTheSettingsLack() throws IOException {
        copyModules();
        init();
        Path descriptor = modules().resolve("service/module.yaml");
        Files.writeString(descriptor, Files.readString(descriptor) + "\ncredentials: staging\n");
        environment.put("PATH", System.getenv("PATH"));
        assertThat(run("modules", "accept", "service")).isZero();
        String workflows = Path.of(System.getProperty("steward.root"), "workflows/definitions").toString();

        assertThat(run("check", "--workflows", workflows)).isEqualTo(1);
        assertThat(err.toString()).startsWith("module service: it uses the credentials profile staging, which"
                + " steward.yaml does not name; add it under `credentials`\n");

        Files.writeString(folder.resolve("steward.yaml"), "credentials: {staging: {TOKEN: {env: STAGING}}}\n");
        environment.put("STAGING", "canary");
        assertThat(run("check", "--workflows", workflows)).isZero();
        assertThat(out.toString()).doesNotContain("canary");
    }

    @Test
    void reportsTheSettingsProblemsWhenChecking() throws IOException {
        Files.writeString(folder.resolve("steward.yaml"), "port: x\n");

        assertThat(run("check")).isEqualTo(1);

        assertThat(err.toString())
                .isEqualTo("steward.yaml:1: port: \"x\" is not a port; use a number from 1 to 65535\n");
    }

    @Test
    void saysHowToBeginWhenThereIsNoHome() {
        assertThat(run("ledger", "verify")).isEqualTo(2);

        assertThat(err.toString()).contains("There is no Steward in " + home.folder() + " yet.",
                "steward init --admin");
        assertThat(home.folder()).doesNotExist();
    }

    @Test
    void reportsEveryProblemOfTheSettings() throws IOException {
        Files.writeString(folder.resolve("steward.yaml"), "prot: 1\nport: x\n");
        environment.put("SLACK_BOT_TOKEN", "xoxp-canary-canary");

        assertThat(run("serve")).isEqualTo(2);

        assertThat(err.toString()).startsWith("5 things are wrong in the settings:\n").contains("did you mean port?",
                "is not a port", "SLACK_BOT_TOKEN is not a bot token", "SLACK_SIGNING_SECRET is missing",
                "there is no terraform on the PATH").doesNotContain("canary");
    }

    @Test
    void showsHowItIsUsedWhenItIsUsedWrongly() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: steward", "serve", "ledger");

        assertThat(run("ledger")).isEqualTo(2);
        assertThat(run("sreve")).isEqualTo(2);
        assertThat(run("init")).isEqualTo(2);
        assertThat(err.toString()).contains("--admin");
    }

    @Test
    void helpsWhenAsked() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("Usage: steward", "Exit codes:").doesNotContain("\u001b");
        assertThat(run("catalog", "import", "-h")).isZero();
        assertThat(out.toString()).contains("--yes");
        assertThat(run("version")).isZero();
        assertThat(out.toString()).startsWith("steward ").contains("Java ");
    }

    private void slackAt(int port) {
        environment.put("STEWARD_SLACK_API_URL", "http://127.0.0.1:" + port + "/api/");
        environment.put("SLACK_BOT_TOKEN", "xoxb-123456789012");
        environment.put("SLACK_SIGNING_SECRET", "secret");
    }

    private Path modules() {
        return folder.resolve("terraform-modules");
    }

    private void copyModules() throws IOException {
        Path source = Path.of(System.getProperty("steward.root"), "terraform-modules");
        try (var files = Files.walk(source)) {
            for (Path file : files.filter(f -> !f.toString().contains("/.terraform/")).toList()) {
                Files.copy(file, modules().resolve(source.relativize(file).toString()));
            }
        }
    }

    private void initWithCatalog() throws IOException {
        init();
        assertThat(run("catalog", "import", catalogFile().toString(), "--yes")).isZero();
    }

    private Path catalogFile() throws IOException {
        return Files.writeString(folder.resolve("catalog-info.yaml"), """
                apiVersion: backstage.io/v1alpha1
                kind: Group
                metadata: {name: payments}
                spec: {type: team, children: [], members: [anna]}
                ---
                apiVersion: backstage.io/v1alpha1
                kind: User
                metadata: {name: anna}
                spec: {memberOf: [payments]}
                ---
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: {name: checkout, description: Takes the money}
                spec: {type: service, lifecycle: production, owner: payments}
                """);
    }

    private void init() {
        FreshDatabase.provide(Home.create(home.folder()).database());
        assertThat(run("init", "--admin", "U0ADMIN", "--team", "T0ACME")).isZero();
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Console console = new Console(new PrintWriter(out), new PrintWriter(err));
        return new Cli(environment, folder, CLOCK, console).run(arguments);
    }
}
