package dev.steward.bot.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.Home;
import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.Json;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncidentsCommandTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));

    @TempDir
    Path folder;

    private final Map<String, String> environment = new HashMap<>();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    /** One of an hour, one of three hours, one that was declined, one that only its members may know of. */
    @BeforeEach
    void someWentWrong() {
        Home home = Home.create(folder.resolve("home"));
        FreshDatabase.provide(home.database());
        environment.put("HOME", folder.toString());
        environment.put("STEWARD_HOME", home.folder().toString());
        assertThat(run("init", "--admin", "U0ADMIN", "--team", "T0ACME")).isZero();
        try (Database database = Database.open(home.database())) {
            database.writing(h -> h
                    .createScript(
                            """
                                    INSERT INTO incident (id, title, severity, status, private, origin, declared_by, declared_at,
                                        taken_up_at, resolved_at, ended_at, channel_name, idempotency_key)
                                    SELECT n, 't' || n, 2, iif(n = 3, 'declined', 'resolved'), n = 4, 'command', (SELECT min(id) FROM person),
                                        unixepoch('2026-11-19T10:00:00') * 1000, unixepoch('2026-11-19T10:05:00') * 1000,
                                        unixepoch('2026-11-19T10:00:00') * 1000 + iif(n = 1, 3600000, 10800000),
                                        iif(n = 3, 1, NULL), 'inc-' || n, 'k' || n
                                    FROM (SELECT 1 AS n UNION SELECT 2 UNION SELECT 3 UNION SELECT 4);
                                    """)
                    .execute());
        }
    }

    @Test
    void saysHowIncidentsWentAndLeavesOutWhatDoesNotCount() {
        assertThat(run("incidents", "figures")).isZero();
        assertThat(out.toString()).contains(
                "all: 2 incidents, taken up after 5 minutes, resolved after 2 hours (medians)",
                "SEV-2: 2 incidents", "Changes: 0 applied, 0 held to be the cause of an incident.",
                "From 2026-08-22T10:00:00Z to 2026-11-20T10:00:00Z.");
    }

    @Test
    void saysItToMachinesForTheTimeThatIsAskedFor() {
        assertThat(run("incidents", "figures", "--from", "2026-11-19T00:00:00Z", "--to", "2026-11-20T00:00:00Z",
                "--json")).isZero();
        JsonNode said = Json.tree(out.toString());
        assertThat(said.at("/all/toResolve/medianSeconds").asLong()).isEqualTo(7200);
        assertThat(said.at("/bySeverity/SEV-2/count").asInt()).isEqualTo(2);
        assertThat(said.has("changeFailureRate")).as("nothing was applied").isFalse();
        assertThat(run("incidents", "figures", "--to", "2026-11-19T00:00:00Z")).isZero();
        assertThat(out.toString()).contains("all: 0 incidents, taken up after no time yet");
    }

    @Test
    void refusesWhatIsNoMoment() {
        assertThat(run("incidents", "figures", "--from", "yesterday")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("\"yesterday\" is not a moment");
    }

    @Test
    void printsWhatWasLearnedAsItWasKept() {
        learned(1, "# INC-1 t1\n\nThe bank is back\n", true);
        learned(2, "# INC-2 t2\n", false);
        learned(4, "# INC-4 t4\n\nKeys were stolen\n", true);
        assertThat(run("incidents", "postmortem", "INC-1")).isZero();
        assertThat(out.toString()).isEqualTo("# INC-1 t1\n\nThe bank is back\n");
        assertThat(err.toString()).isEmpty();
        assertThat(run("incidents", "postmortem", "2")).isZero();
        assertThat(out.toString()).isEqualTo("# INC-2 t2\n");
        assertThat(err.toString()).contains("the draft from when INC-2 was resolved");
        assertThat(run("incidents", "postmortem", "INC-4")).isEqualTo(Exit.WRONG);
        assertThat(out + "" + err).contains("INC-4 is confidential").doesNotContain("stolen");
    }

    @Test
    void saysWhyThereIsNothingToPrint() {
        assertThat(run("incidents", "postmortem", "INC-3")).isEqualTo(Exit.WRONG);
        assertThat(err.toString()).contains("INC-3 (t3) has no postmortem");
        assertThat(run("incidents", "postmortem", "INC-9")).isEqualTo(Exit.WRONG);
        assertThat(err.toString()).contains("There is no INC-9.");
        assertThat(run("incidents", "postmortem", "last")).isEqualTo(Exit.USAGE);
        assertThat(err.toString()).contains("\"last\" is not the number of an incident");
    }

    private void learned(int incident, String body, boolean edited) {
        try (Database database = Database.open(new Home(folder.resolve("home")).database())) {
            database.writing(h -> h.execute(
                    "INSERT INTO postmortem (incident, body, edited, updated_at) VALUES (?, ?, ?, 1)", incident, body,
                    edited));
        }
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Console console = new Console(new PrintWriter(out), new PrintWriter(err));
        return new Cli(environment, folder, CLOCK, console).run(arguments);
    }
}
