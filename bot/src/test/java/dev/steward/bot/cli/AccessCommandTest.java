package dev.steward.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.Home;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessCommandTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void someHadAccess() throws IOException {
        Home home = Home.create(folder.resolve("home"));
        FreshDatabase.provide(home.database());
        environment.put("HOME", folder.toString());
        environment.put("STEWARD_HOME", home.folder().toString());
        assertThat(run("init", "--admin", "U0ADMIN", "--team", "T0ACME")).isZero();
        Path catalog = Files.writeString(folder.resolve("catalog-info.yaml"), """
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
                metadata: {name: checkout}
                spec: {type: service, lifecycle: production, owner: payments}
                """);
        assertThat(run("catalog", "import", catalog.toString(), "--yes")).as(err.toString()).isZero();
        try (Database database = Database.open(home.database())) {
            database.writing(h -> h
                    .createScript(
                            """
                                    INSERT INTO stack (id, name, module, lineage, owner, status, created_at, updated_at)
                                    SELECT n, 's' || n, 'm', 'l' || n, (SELECT id FROM team WHERE name = 'payments'), 'active', 0, 0
                                    FROM (SELECT 1 AS n UNION SELECT 2);
                                    INSERT INTO request (id, workflow, workflow_digest, requester, channel, subject, state, stack,
                                        idempotency_key, created_at, updated_at)
                                    SELECT 40 + id, 'service-access', 'd', (SELECT id FROM person WHERE name = 'anna'), 'c', 's', 'done',
                                        id, 'k' || id, 0, 0 FROM stack;
                                    INSERT INTO lease (stack, request, holder, entity, role, state, lasts, starts_at, ends_at, cause,
                                        ended_by, ended_at)
                                    SELECT id, 40 + id, (SELECT id FROM person WHERE name = 'anna'),
                                        (SELECT id FROM entity WHERE name = 'checkout'), iif(id = 1, 'reader', 'operator'),
                                        iif(id = 1, 'active', 'ended'), 3600000,
                                        unixepoch('2026-11-20T09:00:00') * 1000, unixepoch('2026-11-20T11:00:00') * 1000,
                                        iif(id = 1, NULL, 'returned'), iif(id = 1, NULL, 'steward'),
                                        iif(id = 1, NULL, unixepoch('2026-11-20T09:30:00') * 1000)
                                    FROM stack;
                                    """)
                    .execute());
        }
    }

    @Test
    void listsWhoCanReachWhatNow() {
        assertThat(run("access", "report")).as(err.toString()).isZero();

        assertThat(out.toString()).isEqualTo("""
                PERSON  ENTITY            ROLE    REQUEST  SINCE                 UNTIL
                anna    service:checkout  reader  REQ-41   2026-11-20T09:00:00Z  still there
                1 grant at 2026-11-20T10:00:00Z.
                """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-20T09:29:59Z", "2026-11-20T10:29:59+01:00[Europe/Berlin]",
            "2026-11-20T10:29:59+01:00"})
    void listsWhoCouldReachWhatAtAMoment(String moment) {
        assertThat(run("access", "report", "--at", moment)).as(err.toString()).isZero();

        assertThat(out.toString()).contains(
                "operator  REQ-42   2026-11-20T09:00:00Z  2026-11-20T09:30:00Z", "reader",
                "2 grants at 2026-11-20T09:29:59Z.");
    }

    @Test
    void whatEndedAtThatInstantIsNotThereAnyMore() {
        run("access", "report", "--at", "2026-11-20T09:30:00Z");
        assertThat(out.toString()).contains("1 grant at").doesNotContain("operator");
        run("access", "report", "--at", "2026-11-20T08:59:59.999Z");
        assertThat(out.toString()).isEqualTo("0 grants at 2026-11-20T08:59:59Z.\n");
    }

    @Test
    void printsJsonForMachines() {
        assertThat(run("access", "report", "--json", "--at", "2026-11-20T09:10:00Z")).isZero();

        JsonNode report = Json.tree(out.toString());
        assertThat(report.path("at").asText()).isEqualTo("2026-11-20T09:10:00Z");
        assertThat(report.path("access").findValuesAsText("request")).containsExactly("REQ-42", "REQ-41");
        assertThat(report.at("/access/0/endedAt").asText()).isEqualTo("2026-11-20T09:30:00Z");
        assertThat(report.at("/access/1").has("endedAt")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"yesterday", "2026-11-20", "2026-11-20T09:00", "2026-11-31T09:00:00Z", "",
            "+999999999-01-01T00:00:00Z"})
    void refusesWhatIsNoMomentInWords(String nonsense) {
        assertThat(run("access", "report", "--at", nonsense)).isEqualTo(2);

        assertThat(err.toString()).contains("\"" + nonsense + "\" is not a moment", "for example 2026-11-20T12:00:00Z");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Console console = new Console(new PrintWriter(out), new PrintWriter(err));
        return new Cli(environment, folder, CLOCK, console).run(arguments);
    }
}
