package dev.steward.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlLogger;
import org.jdbi.v3.core.statement.StatementContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnersTest {
    private CatalogKit kit;
    private Owners owners;
    private Entity checkout;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CatalogKit(folder);
        owners = new Owners(kit.people(), kit.teams(), kit.entities(), kit.ledger());
        kit.slackTeam("payments", kit.member("mona"));
        checkout = kit.service("checkout", "payments");
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void tellsOwnerNeighboursStacksAndTheLastChange() {
        Entity ledger = kit.service("ledger", "payments");
        Entity basket = kit.service("basket", "payments");
        kit.write(h -> kit.entities().addDependency(h, CatalogKit.OPERATOR, basket.id(), checkout.id()));
        kit.write(h -> kit.entities().addDependency(h, CatalogKit.OPERATOR, checkout.id(), ledger.id()));
        kit.pass(Duration.ofHours(1));
        applied();

        assertThat(ask("Checkout")).isInstanceOfSatisfying(Ownership.Found.class, found -> {
            assertThat(found.owner().name()).isEqualTo("payments");
            assertThat(found.entity().operatingModel()).isEqualTo(OperatingModel.YOU_BUILD_IT_YOU_RUN_IT);
            assertThat(found.around().dependencies()).extracting(Entity::name).containsExactly("ledger");
            assertThat(found.around().dependents()).extracting(Entity::name).containsExactly("basket");
            assertThat(found.activity().stacks())
                    .containsExactly(new Ownership.StackLine("service-checkout", "active", "service"));
            assertThat(found.activity().changes()).first()
                    .isEqualTo(new Ownership.Change(kit.instant(), "RUN-17 (create) applied", "Mona"));
            assertThat(found.activity().changes()).last()
                    .isEqualTo(new Ownership.Change(CatalogKit.START, "recorded in the catalog", "root (operator)"));
        });
    }

    /** With a hundred thousand runs, the owner card once looked at each that was ever applied. */
    @Test
    void looksNothingUpByReadingAWholeTable() {
        applied();
        List<String> steps = kit.list(handle -> {
            List<String> asked = new ArrayList<>();
            handle.setSqlLogger(new SqlLogger() {
                @Override
                public void logBeforeExecution(StatementContext context) {
                    asked.add(Objects.requireNonNull(context.getParsedSql()).getSql());
                }
            });
            assertThat(owners.ownership(handle, "checkout")).isInstanceOf(Ownership.Found.class);
            handle.setSqlLogger(SqlLogger.NOP_SQL_LOGGER);
            return asked.stream().flatMap(sql -> steps(handle, sql).stream()).toList();
        });
        assertThat(steps).hasSizeGreaterThan(5).noneMatch(step -> step.startsWith("SCAN"));
    }

    private static List<String> steps(Handle handle, String sql) {
        List<String> steps = new ArrayList<>();
        try (var statement = handle.getConnection().createStatement();
                var plan = statement.executeQuery("EXPLAIN QUERY PLAN " + sql)) {
            while (plan.next()) {
                steps.add(plan.getString("detail"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
        return steps;
    }

    @Test
    void findsATeamAndWhatItOwns() {
        assertThat(ask("PAYMENTS")).isInstanceOfSatisfying(Ownership.TeamFound.class,
                found -> assertThat(found.entities()).extracting(Entity::name).containsExactly("checkout"));
    }

    @Test
    void findsByTheIdOfAResource() {
        applied();
        kit.write(h -> h.execute("INSERT INTO stack_resource VALUES (1, 'a.b', 'a', 'arn:aws:s3:::bucket')"));

        assertThat(ask("arn:aws:s3:::bucket")).isInstanceOfSatisfying(Ownership.Found.class,
                found -> assertThat(found.entity().id()).isEqualTo(checkout.id()));
    }

    @Test
    void showsATombstone() {
        kit.write(h -> h.execute("UPDATE entity SET ended_at = 1"));

        assertThat(ask("checkout")).isInstanceOfSatisfying(Ownership.Found.class,
                found -> assertThat(found.entity().live()).isFalse());
    }

    @Test
    void suggestsWhatMayHaveBeenMeant() {
        assertThat(ask("chekout")).isEqualTo(new Ownership.Unknown(List.of("checkout")));
        assertThat(ask("payment")).isEqualTo(new Ownership.Unknown(List.of("payments")));
        assertThat(ask("xyz")).isEqualTo(new Ownership.Unknown(List.of()));
        assertThat(ask("  ")).isInstanceOf(Ownership.Unknown.class);
    }

    private Ownership ask(String name) {
        return kit.read(h -> owners.ownership(h, name));
    }

    private void applied() {
        long now = kit.instant().toEpochMilli();
        kit.write(h -> {
            h.execute("""
                    INSERT INTO stack (id, name, module, lineage, owner, status, created_at, updated_at)
                    SELECT 1, 'service-checkout', 'service', 'x', id, 'active', ?, ? FROM team LIMIT 1""", now, now);
            h.execute("INSERT INTO stack_entity VALUES (1, ?)", checkout.id().value());
            h.execute("""
                    INSERT INTO request (id, workflow, workflow_digest, requester, channel, subject, state,
                        idempotency_key, created_at, updated_at)
                    SELECT 42, 'new-service', 'd', id, 'c', 'checkout', 'done', 'k', ?, ? FROM person LIMIT 1""",
                    now, now);
            return h.execute("""
                    INSERT INTO run (id, stack, request, operation, state, module, module_digest, terraform_version,
                        inputs, policy_digest, host, created_at, updated_at, ended_at)
                    VALUES (17, 1, 42, 'create', 'applied', 'service', 'd', '1', x'00', 'p', 'h', 1, ?, ?)""", now,
                    now);
        });
    }
}
