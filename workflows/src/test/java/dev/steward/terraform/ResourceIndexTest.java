package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.Sealer;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What can be found of a stack's resources tells no secret. */
class ResourceIndexTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00Z"));
    private static final String SECRET = "hunter2-7f3a";
    private static final StackId STACK = new StackId(1);

    @TempDir
    Path temporary;

    private Database database;
    private RunTables tables;
    private ResourceIndex index;

    @BeforeEach
    void open() {
        database = FreshDatabase.open(temporary.resolve("steward.db"));
        tables = new RunTables(new Ledger(CLOCK), new Sealer(new byte[32]), CLOCK, "here");
        index = new ResourceIndex(tables.runs(), tables.plans());
        database.writing(h -> {
            h.execute("INSERT INTO team (id, name, title, source) VALUES (1, 'payments', 'Payments', 'import')");
            h.execute("INSERT INTO stack (id, name, module, lineage, owner, status, created_at, updated_at)"
                    + " VALUES (1, 'thing', 'box', 'l', 1, 'active', 0, 0)");
            h.execute(
                    """
                            INSERT INTO module (name, digest, accepted_by, accepted_at, descriptor) VALUES ('box', 'd', 'ops', 0,
                            '{"variables":[{"name":"name","sensitive":false},{"name":"secret","sensitive":true}]}')""");
        });
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void masksTheKeysThatThePlanDoesNotShow() {
        Attempt attempt = planned("d", "a.b[\"eu\"]", "a.b[\"(sensitive)\"]");

        assertThat(indexed(attempt, resource("a.b[\"eu\"]", "i-1"), resource("a.b[\"" + SECRET + "\"]", "i-2"),
                resource("a.b[\"" + SECRET + "-too\"]", "i-3"), resource("a.c[0]", "i-4")))
                .containsExactlyInAnyOrder("a.b[\"eu\"] i-1", "a.b[(sensitive)] -", "a.b[(sensitive)] 2 -",
                        "a.c[0] i-4");
    }

    @Test
    void keepsWhatAnEarlierPlanHasShown() {
        indexed(planned("d", "a.b[\"eu\"]"), resource("a.b[\"eu\"]", "i-1"));

        assertThat(indexed(planned("d", "a.b[\"us\"]"), resource("a.b[\"eu\"]", "i-1"), resource("a.b[\"us\"]", "i-2"),
                resource("a.b[\"" + SECRET + "\"]", "i-3")))
                .containsExactlyInAnyOrder("a.b[\"eu\"] i-1", "a.b[\"us\"] i-2", "a.b[(sensitive)] -");
    }

    @Test
    void leavesOutAnIdentifierThatHasASensitiveInputInIt() {
        assertThat(indexed(planned("d", "a.b", "a.c"), resource("a.b", "arn:x:" + SECRET), resource("a.c", "thing-1")))
                .containsExactlyInAnyOrder("a.b -", "a.c thing-1");
    }

    @Test
    void takesEveryInputOfAnUnknownModuleForASecret() {
        assertThat(indexed(planned("another", "a.b", "a.c"), resource("a.b", "thing-1"), resource("a.c", "i-1")))
                .containsExactlyInAnyOrder("a.b -", "a.c i-1");
    }

    private static StateFile.Resource resource(String address, String id) {
        return new StateFile.Resource(address, "a", Optional.of(id));
    }

    private Attempt planned(String digest, String... addresses) {
        return database.write(h -> {
            Run run = tables.runs().create(h, Actor.STEWARD, new Run.Order(STACK, 1, RunOperation.CREATE, "box", digest,
                    "1.11.4", "{\"name\":\"thing\",\"secret\":\"" + SECRET + "\"}", "p"));
            tables.plans().insert(h, run.id(), new Plans.Made(new byte[1], "sha", "l", 1, view(addresses)),
                    OptionalLong.empty());
            return tables.attempts().open(h, run, Attempt.Kind.APPLY).attempt();
        });
    }

    private static PlanView view(String... addresses) {
        return new PlanView("1.11.4", true, false, new PlanView.Counts(addresses.length, 0, 0, 0, 0),
                Stream.of(addresses)
                        .map(address -> new PlanView.ResourceChange(address, "a", PlanView.Action.CREATE, "",
                                "", List.of()))
                        .toList(),
                List.of(), List.of(), "digest");
    }

    private List<String> indexed(Attempt attempt, StateFile.Resource... resources) {
        database.writing(h -> index.replace(h, attempt, List.of(resources)));
        return database.read(ResourceIndexTest::rows);
    }

    private static List<String> rows(Handle handle) {
        return handle.createQuery("SELECT address || ' ' || coalesce(resource_id, '-') FROM stack_resource")
                .mapTo(String.class).list();
    }
}
