package dev.steward.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.ledger.Entry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntitiesTest {
    private CatalogKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new CatalogKit(folder);
        kit.slackTeam("payments");
        kit.slackTeam("platform");
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void recordsWhatWasSaid() {
        var profile = Profile.titled("Checkout").withTier(Tier.TIER_1);
        var entity = new NewEntity(EntityKind.SERVICE, "checkout",
                new Responsibility("payments", "platform", Lifecycle.APPLICATION_BOUND), profile,
                List.of("Java", "java", "money"), List.of(new Link("Runbook", "https://example.org/run")),
                "request:42");

        var outcome = record(entity);

        Entity found = kit.read(h -> kit.entities().byName(h, "CHECKOUT")).orElseThrow();
        assertThat(outcome).isEqualTo(new RecordOutcome.Recorded(found.id()));
        assertThat(found.profile()).isEqualTo(profile);
        assertThat(found.operatingModel()).isEqualTo(OperatingModel.EMBEDDED_PLATFORM_ENGINEERS);
        assertThat(found.origin().createdAt()).isEqualTo(CatalogKit.START);
        assertThat(kit.list(h -> kit.entities().tags(h, found.id()))).containsExactly("java", "money");
        assertThat(kit.list(h -> kit.entities().links(h, found.id())))
                .containsExactly(new Link("Runbook", "https://example.org/run"));
        assertThat(kit.list(h -> kit.ledger().about(h, "service:checkout"))).hasSize(1);
    }

    @Test
    void refusesANameThatIsTaken() {
        kit.service("checkout", "payments");
        kit.pass(Duration.ofDays(3));

        assertThat(record(thing(EntityKind.SERVICE, "Checkout", "payments")))
                .isEqualTo(new RecordOutcome.NameTaken("service checkout of team payments",
                        Optional.of(CatalogKit.START)));
    }

    @Test
    void refusesTheNameOfATombstone() {
        Entity gone = kit.service("checkout", "payments");
        kit.write(h -> h.execute("UPDATE entity SET ended_at = 1 WHERE id = ?", gone.id().value()));

        assertThat(kit.find(h -> kit.entities().byName(h, "checkout"))).isEmpty();
        assertThat(kit.find(h -> kit.entities().nameTaken(h, EntityKind.SERVICE, "checkout"))).isPresent();
        assertThat(record(thing(EntityKind.SERVICE, "checkout", "payments")))
                .isInstanceOfSatisfying(RecordOutcome.NameTaken.class,
                        t -> assertThat(t.by()).contains("which is gone"));
    }

    @Test
    void oneNameMeansOneOwner() {
        kit.record(EntityKind.RESOURCE, "ledger", "payments");

        assertThat(record(thing(EntityKind.SERVICE, "ledger", "platform")))
                .isInstanceOfSatisfying(RecordOutcome.NameTaken.class,
                        t -> assertThat(t.by()).isEqualTo("resource ledger of team payments"));
        assertThat(record(thing(EntityKind.SERVICE, "platform", "payments")))
                .isEqualTo(new RecordOutcome.NameTaken("team platform", Optional.empty()));
        assertThat(record(thing(EntityKind.SERVICE, "ledger", "payments"))).isInstanceOf(RecordOutcome.Recorded.class);
        assertThat(record(thing(EntityKind.SERVICE, "payments", "payments")))
                .isInstanceOf(RecordOutcome.Recorded.class);
        assertThat(kit.read(h -> kit.entities().byName(h, "ledger")).orElseThrow().kind())
                .isEqualTo(EntityKind.SERVICE);
    }

    @Test
    void nothingIsWithoutAnOwner() {
        assertThat(record(thing(EntityKind.SERVICE, "checkout", "nobody")))
                .isEqualTo(new RecordOutcome.UnknownTeam("nobody"));
        var operatedByNobody = new NewEntity(EntityKind.SERVICE, "checkout",
                new Responsibility("payments", "nobody", Lifecycle.SHARED), Profile.titled("x"), List.of(), List.of(),
                "import");
        assertThat(record(operatedByNobody)).isEqualTo(new RecordOutcome.UnknownTeam("nobody"));
        assertThat(kit.list(h -> kit.ledger().about(h, "service:checkout"))).isEmpty();
        assertThatThrownBy(() -> thing(EntityKind.SERVICE, "no spaces", "payments"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void describesAThingAnewAndLeavesItsNameItsOwnerAndWhereItCameFrom() {
        Entity before = kit.service("checkout", "payments");
        NewEntity now = new NewEntity(EntityKind.SERVICE, "checkout",
                new Responsibility("platform", "platform", Lifecycle.SHARED),
                Profile.titled("Checkout").withTier(Tier.TIER_1), List.of("Money"),
                List.of(new Link("Runbook", "https://wiki.example/checkout")), "request:9");
        kit.write(h -> {
            kit.entities().describe(h, CatalogKit.OPERATOR, before, now);
            return true;
        });

        Entity after = kit.read(h -> kit.entities().byName(h, "checkout")).orElseThrow();
        assertThat(after.profile().tier()).isEqualTo(Tier.TIER_1);
        assertThat(after.responsibility()).isEqualTo(before.responsibility());
        assertThat(after.origin().source()).isEqualTo(before.origin().source());
        assertThat(kit.list(h -> kit.entities().tags(h, after.id()))).containsExactly("money");
        assertThat(kit.list(h -> kit.ledger().about(h, "service:checkout"))).extracting(Entry::action)
                .containsExactly("entity.record", "entity.describe");
    }

    @Test
    void removesADependencyOnceAndOnRecord() {
        Entity a = kit.service("a", "payments");
        Entity b = kit.service("b", "payments");
        depend(a, b);
        for (int i = 0; i < 2; i++) {
            kit.write(h -> {
                kit.entities().removeDependency(h, CatalogKit.OPERATOR, a.id(), b.id());
                return true;
            });
        }
        assertThat(kit.list(h -> kit.entities().dependenciesOf(h, a.id()))).isEmpty();
        assertThat(kit.list(h -> kit.ledger().about(h, "service:a"))).extracting(Entry::action)
                .containsExactly("entity.record", "dependency.add", "dependency.remove");
    }

    @Test
    void followsDependenciesInCirclesAndStops() {
        Entity a = kit.service("a", "payments");
        Entity b = kit.service("b", "payments");
        Entity c = kit.service("c", "payments");
        assertThat(depend(a, b)).isEqualTo(DependencyOutcome.ADDED);
        assertThat(depend(b, c)).isEqualTo(DependencyOutcome.ADDED);
        assertThat(depend(c, a)).isEqualTo(DependencyOutcome.ADDED);
        assertThat(depend(a, b)).isEqualTo(DependencyOutcome.ALREADY_THERE);
        assertThat(depend(a, a)).isEqualTo(DependencyOutcome.ON_ITSELF);

        assertThat(names(kit.read(h -> kit.entities().dependenciesOf(h, a.id())))).containsExactly("b");
        assertThat(names(kit.read(h -> kit.entities().dependentsOf(h, a.id())))).containsExactly("c");
        assertThat(names(kit.read(h -> kit.entities().allDependentsOf(h, a.id())))).containsExactly("b", "c");
        assertThat(kit.actions()).filteredOn("dependency.add"::equals).hasSize(3);
    }

    @Test
    void searchesByPrefixThenPartThenTagThenSpelling() {
        kit.service("payments-api", "payments");
        kit.service("checkout", "payments");
        kit.service("old-checkout-db", "payments");
        record(new NewEntity(EntityKind.SERVICE, "basket", Responsibility.ofOwner("payments"), Profile.titled("Basket"),
                List.of("check"), List.of(), "import"));

        assertThat(search("check")).containsExactly("checkout", "old-checkout-db", "basket");
        assertThat(search("CHECKOUT")).containsExactly("checkout", "old-checkout-db");
        assertThat(search("chekcout")).containsExactly("checkout");
        assertThat(search("zzzzzz")).isEmpty();
        assertThat(search("%")).isEmpty();
        assertThat(search("_")).isEmpty();
    }

    @Test
    void looksUpPrefixesByIndex() {
        String plan = kit.read(h -> h
                .createQuery("EXPLAIN QUERY PLAN SELECT * FROM entity e WHERE e.name >= 'a' AND e.name < 'b'")
                .map((rs, c) -> rs.getString("detail")).list()).toString();

        assertThat(plan).contains("entity_name");
    }

    private List<String> search(String text) {
        return names(kit.read(h -> kit.entities().search(h, text, 10)));
    }

    private static List<String> names(List<Entity> entities) {
        return entities.stream().map(Entity::name).toList();
    }

    private DependencyOutcome depend(Entity entity, Entity on) {
        return kit.write(h -> kit.entities().addDependency(h, CatalogKit.OPERATOR, entity.id(), on.id()));
    }

    private RecordOutcome record(NewEntity entity) {
        return kit.write(h -> kit.entities().record(h, CatalogKit.OPERATOR, entity));
    }

    private static NewEntity thing(EntityKind kind, String name, String owner) {
        return new NewEntity(kind, name, Responsibility.ofOwner(owner), Profile.titled(name), List.of(), List.of(),
                "request:7");
    }
}
