package dev.steward.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.ImportReport.Verb;
import dev.steward.ledger.Actor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogImportTest {
    private static final Path SHOP = Path.of(System.getProperty("steward.root", ".."),
            "workflows/src/test/resources/backstage");

    @TempDir
    private Path folder;
    private CatalogKit kit;

    @BeforeEach
    void open(@TempDir Path home) {
        kit = new CatalogKit(home);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void previewsWithoutChangingAnything() throws IOException {
        var report = preview(SHOP);

        assertThat(report.changes()).extracting(ImportReport.Change::what).contains("Team payments", "User mona",
                "System shop", "Service checkout", "Resource orders-db");
        assertThat(report.problems()).isEmpty();
        assertThat(report.notes()).anyMatch(note -> note.contains("lifecycle beta is read as production"))
                .anyMatch(note -> note.contains("API documents are not imported"))
                .anyMatch(note -> note.contains("Location documents are not imported"))
                .anyMatch(note -> note.contains("locations.yaml:9: not a Backstage document"));
        assertThat(kit.actions()).isEmpty();
        assertThat(kit.list(kit.teams()::all)).isEmpty();
    }

    @Test
    void bringsAFolderIntoTheCatalog() throws IOException {
        var report = apply(SHOP);

        assertThat(report.changes()).isEqualTo(preview(new CatalogKit(Files.createTempDirectory(folder, "x")), SHOP)
                .changes());
        Entity checkout = thing("checkout");
        assertThat(checkout.responsibility())
                .isEqualTo(new Responsibility("payments", "platform", Lifecycle.APPLICATION_BOUND));
        assertThat(checkout.profile()).isEqualTo(new Profile("Checkout", "Turns a basket into an order.",
                EntityStage.PRODUCTION, Tier.TIER_1, Optional.of("shop"), Optional.empty(), Optional.empty(),
                Optional.of("team-payments")));
        assertThat(kit.list(h -> kit.entities().tags(h, checkout.id()))).containsExactly("java", "money");
        assertThat(kit.list(h -> kit.entities().links(h, checkout.id()))).contains(
                new Link("Runbook", "https://runbooks.example.org/checkout"),
                new Link("https://grafana.example.org/d/checkout", "https://grafana.example.org/d/checkout"));
        assertThat(kit.list(h -> kit.entities().dependenciesOf(h, checkout.id()))).extracting(Entity::name)
                .containsExactly("basket", "orders-db");
        assertThat(thing("orders-db").operatingModel()).isEqualTo(OperatingModel.COMPLICATED_SUBSYSTEM_TEAM);
        assertThat(members("payments")).containsExactly("mona", "theo");
        assertThat(members("platform")).containsExactly("ines");
        assertThat(parent("platform")).contains("engineering");
        assertThat(parent("payments")).contains("engineering");
        assertThat(team("payments").channel()).contains("team-payments");
        assertThat(kit.factsOf("catalog.import")).contains("\"digest\":\"" + report.digest() + "\"",
                "\"created\":" + report.count(Verb.CREATE));
        assertThat(kit.ledgerIntact()).isTrue();
    }

    @Test
    void importedPeopleMayDoNothingUntilLinked() throws IOException {
        apply(SHOP);

        assertThat(kit.set(h -> kit.teams().eligible(h, Principal.team("payments"), kit.instant()))).isEmpty();

        kit.write(h -> kit.people().link(h, CatalogKit.OPERATOR, "mona", CatalogKit.account("m")));
        Person mona = kit.member("m");

        assertThat(kit.set(h -> kit.teams().eligible(h, Principal.team("payments"), kit.instant())))
                .containsExactly(mona.id());
    }

    @Test
    void aSecondImportChangesNothing() throws IOException {
        apply(SHOP);
        var before = kit.actions();

        var again = apply(SHOP);

        assertThat(again.changes()).isEmpty();
        assertThat(again.left()).isEqualTo(10);
        assertThat(kit.actions()).isEqualTo(before);
    }

    @Test
    void takesOverWhatChangedInTheFiles() throws IOException {
        write("a.yaml", GROUPS + component("checkout", "payments", ""));
        apply(folder);

        write("a.yaml", GROUPS + component("checkout", "platform", "dependsOn: []"));
        var report = apply(folder);

        assertThat(report.changes())
                .containsExactly(new ImportReport.Change(Verb.CHANGE, "Service checkout",
                        "owner payments -> platform, operated by payments -> platform"));
        assertThat(thing("checkout").owner()).isEqualTo("platform");
        assertThat(thing("checkout").origin().version()).isEqualTo(2);
        assertThat(kit.actions()).contains("entity.amend");
    }

    @Test
    void membersLeaveWithTheFiles() throws IOException {
        write("a.yaml", GROUPS + user("mona", "payments") + user("theo", "payments"));
        apply(folder);

        write("a.yaml", GROUPS + user("mona", "payments") + user("theo", "platform"));
        var report = apply(folder);

        assertThat(members("payments")).containsExactly("mona");
        assertThat(members("platform")).containsExactly("theo");
        assertThat(report.changes()).extracting(ImportReport.Change::detail).containsExactly("members: - theo",
                "members: + theo");
    }

    @Test
    void aTeamBoundToAUserGroupKeepsItsMembers() throws IOException {
        Person lena = kit.member("lena");
        kit.slackTeam("payments", lena);
        write("a.yaml", GROUPS + user("mona", "payments"));

        var report = apply(folder);

        assertThat(members("payments")).containsExactly("lena");
        assertThat(report.notes())
                .contains("Team payments keeps its members: they come from slack:S-payments, not from files");
        assertThat(team("payments").source()).isEqualTo(TeamSource.slackGroup("S-payments"));
    }

    @Test
    void aTeamThatIsConfiguredForAUserGroupGetsNoMembersFromFiles() throws IOException {
        write("a.yaml", GROUPS + user("mona", "payments"));
        var bound = Map.<String, TeamSource>of("payments", TeamSource.slackGroup("S9"));

        var importer = new CatalogImport(kit.people(), kit.teams(), kit.entities(), kit.ledger(), bound);
        importer.apply(kit.database(), CatalogKit.OPERATOR, CatalogFiles.read(folder));

        assertThat(team("payments").source()).isEqualTo(TeamSource.slackGroup("S9"));
        assertThat(kit.set(h -> kit.teams().memberIds(h, team("payments")))).isEmpty();
    }

    @Test
    void somebodyMetInSlackDoesNotJoinATeamByHavingTheRightName() throws IOException {
        Person impostor = kit.member("mona");
        write("a.yaml", GROUPS + user("mona", "payments"));

        var report = apply(folder);

        assertThat(report.problems()).singleElement().extracting(Problem::text).asString()
                .contains("link them first");
        assertThat(members("payments")).isEmpty();

        kit.write(h -> kit.people().link(h, CatalogKit.OPERATOR, "mona", impostor.slack().orElseThrow()));
        assertThat(apply(folder).problems()).isEmpty();
        assertThat(members("payments")).containsExactly("mona");
    }

    @Test
    void whatARequestRecordedStaysAsItIs() throws IOException {
        kit.slackTeam("payments");
        kit.service("checkout", "payments");
        write("a.yaml", GROUPS + component("checkout", "payments", "lifecycle: deprecated"));

        var report = apply(folder);

        assertThat(report.notes())
                .contains("Service checkout comes from request:1, not from files, and stays as it is");
        assertThat(thing("checkout").profile().stage()).isEqualTo(EntityStage.PRODUCTION);
    }

    @Test
    void everythingMustHaveAnOwnerThatIsATeam() throws IOException {
        write("a.yaml", GROUPS + component("one", "nobody", "") + component("two", "user:mona", "") + """
                ---
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: { name: three }
                spec: { type: service }
                """);

        var report = apply(folder);

        assertThat(report.problems()).extracting(Problem::toString).containsExactly(
                "a.yaml:22: three has no owner: name a group as spec.owner",
                "a.yaml:12: owner group:nobody is no Group in these files or in the catalog: add it",
                "a.yaml:17: owner user:mona is not a group: name the team");
        assertThat(kit.<Integer>read(h -> h.createQuery("SELECT count(*) FROM entity").mapTo(Integer.class).one()))
                .isZero();
    }

    @Test
    void oneNameHasOneOwner() throws IOException {
        kit.slackTeam("search");
        kit.service("finder", "search");
        write("a.yaml", GROUPS + component("platform", "payments", "") + component("finder", "payments", "")
                + component("both", "payments", "") + component("both", "platform", "").replace("Component", "Resource")
                + component("both", "payments", ""));

        var report = apply(folder);

        assertThat(report.problems()).extracting(Problem::text).containsExactly(
                "the same kind and name stand in another document: remove one",
                "Service platform: team platform has that name, and one name has one owner: rename it",
                "Resource both: Service both has that name, and one name has one owner: rename it");
        assertThat(report.notes()).contains("Service finder comes from request:1, not from files, and stays as it is");
    }

    @Test
    void aGroupDoesNotTakeTheNameOfSomethingOfAnotherTeam() throws IOException {
        kit.slackTeam("search");
        kit.service("payments", "search");
        write("a.yaml", GROUPS);

        assertThat(apply(folder).problems()).singleElement().extracting(Problem::text).asString()
                .startsWith("Service payments belongs to team search");
    }

    @Test
    void tombstonesKeepTheirNames() throws IOException {
        kit.slackTeam("payments");
        kit.service("checkout", "payments");
        kit.write(h -> h.execute("UPDATE entity SET ended_at = 1"));
        write("a.yaml", GROUPS + component("checkout", "payments", ""));

        assertThat(apply(folder).problems()).singleElement().extracting(Problem::text).asString()
                .contains("was decommissioned");
    }

    @Test
    void reportsEveryMistakeWithItsLine() throws IOException {
        write("a.yaml", """
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata:
                  name: "no spaces"
                ---
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata:
                  name: elsewhere
                  namespace: other
                ---
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata:
                  name: x
                  tags: java
                  annotations: { steward.dev/tier: gold }
                  links: [{ url: "javascript:alert(1)" }]
                spec:
                  owner: [payments]
                  owner: payments
                ---
                apiVersion: backstage.io/v1alpha1
                metadata: { name: nothing }
                ---
                apiVersion: backstage.io/v1alpha1
                kind: Group
                metadata: { title: nameless }
                ---
                - a list
                """);

        var report = preview(folder);

        assertThat(report.problems()).extracting(Problem::toString).contains(
                "a.yaml:4: no spaces is not a valid name: use up to 63 letters, digits, -, _ and .",
                "a.yaml:10: only the namespace default is imported: move it there", "a.yaml:16: tags must be a list",
                "a.yaml:17: steward.dev/tier is gold: it must be tier-1, tier-2, tier-3 or tier-4",
                "a.yaml:18: a link needs an http or https url", "a.yaml:20: a single value is expected here",
                "a.yaml:21: owner is given twice: remove one",
                "a.yaml:23: kind is missing: Group, User, Component, Resource or System",
                "a.yaml:28: metadata.name is missing: give it a name");
        assertThat(report.changes()).isEmpty();
    }

    @Test
    void reportsReferencesThatLeadNowhere() throws IOException {
        write("a.yaml", GROUPS + user("mona", "nowhere")
                + component("checkout", "payments", "dependsOn: [resource:gone, component:checkout, 'a:b:c']") + """
                        ---
                        apiVersion: backstage.io/v1alpha1
                        kind: Group
                        metadata: { name: loop }
                        spec: { parent: loop, members: [ghost] }
                        """);

        assertThat(preview(folder).problems()).extracting(Problem::text).containsExactlyInAnyOrder(
                "a:b:c is no reference into the namespace default: write kind:name",
                "group:loop is among its own parents: break the circle",
                "member user:ghost is no User in these files or in the catalog",
                "group:nowhere is no Group in these files or in the catalog");

        write("a.yaml", GROUPS + component("checkout", "payments", "dependsOn: [resource:gone, component:checkout]"));
        assertThat(apply(folder).problems()).extracting(Problem::text).containsExactly(
                "resource:gone is in neither these files nor the catalog: that dependency is left out",
                "Service checkout depends on itself: remove that");
        assertThat(thing("checkout").owner()).isEqualTo("payments");
    }

    @Test
    void readsNothingOfABrokenFileAndGoesOnWithTheOthers() throws IOException {
        write("a.yaml", GROUPS + component("checkout", "payments", ""));
        write("b.yaml", "apiVersion: backstage.io/v1alpha1\nkind: [Component\nmetadata: x\n");
        Files.write(folder.resolve("c.yaml"), "kind: caf\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        write("d.yaml", "a: " + "x".repeat(1_000_001));
        write("e.yaml", "[".repeat(100) + "]".repeat(100));
        write("f.yaml", "a: &a [x]\nb: [" + "*a, ".repeat(200) + "]\n");
        write(".hidden.yaml", "kind: [");
        Files.createSymbolicLink(folder.resolve("g.yaml"), folder.resolve("b.yaml"));

        var report = apply(folder);

        assertThat(report.problems()).extracting(p -> p.file() + ":" + p.line()).containsExactly("b.yaml:3", "c.yaml:1",
                "d.yaml:1", "e.yaml:1", "f.yaml:1");
        assertThat(thing("checkout").owner()).isEqualTo("payments");
    }

    @Test
    void onlyOperatorsAndAdminsImport() throws IOException {
        kit.member("lena");
        write("a.yaml", GROUPS);

        assertThat(apply(CatalogKit.account("lena"), folder)).isEqualTo(new ImportOutcome.NotAllowed());
        kit.write(h -> kit.people().makeAdmin(h, CatalogKit.OPERATOR, CatalogKit.account("lena")));
        assertThat(apply(CatalogKit.account("lena"), folder)).isInstanceOf(ImportOutcome.Applied.class);
    }

    @Test
    void importsALargeCatalogInManyTransactions() throws IOException {
        StringBuilder text = new StringBuilder(GROUPS);
        for (int i = 0; i < 400; i++) {
            text.append(component("service-" + i, "payments", i == 0 ? "" : "dependsOn: [component:service-0]"));
        }
        write("a.yaml", text.toString());

        var report = apply(folder);

        assertThat(report.problems()).isEmpty();
        assertThat(report.count(Verb.CREATE)).isEqualTo(402);
        assertThat(kit.list(h -> kit.entities().dependentsOf(h, thing("service-0").id()))).hasSize(399);
        assertThat(kit.ledgerIntact()).isTrue();
    }

    private static final String GROUPS = """
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: payments }
            ---
            apiVersion: backstage.io/v1alpha1
            kind: Group
            metadata: { name: platform }
            """;

    private static String component(String name, String owner, String more) {
        return """
                ---
                apiVersion: backstage.io/v1alpha1
                kind: Component
                metadata: { name: %s }
                spec: { type: service, owner: "%s", %s }
                """.formatted(name, owner, more);
    }

    private static String user(String name, String memberOf) {
        return """
                ---
                apiVersion: backstage.io/v1alpha1
                kind: User
                metadata: { name: %s }
                spec: { memberOf: [%s] }
                """.formatted(name, memberOf);
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
    }

    private ImportReport preview(Path path) throws IOException {
        return preview(kit, path);
    }

    private static ImportReport preview(CatalogKit kit, Path path) throws IOException {
        CatalogFiles files = CatalogFiles.read(path);
        return kit.read(h -> importer(kit).preview(h, files));
    }

    private ImportReport apply(Path path) throws IOException {
        return ((ImportOutcome.Applied) apply(CatalogKit.OPERATOR, path)).report();
    }

    private ImportOutcome apply(Actor actor, Path path) throws IOException {
        return importer(kit).apply(kit.database(), actor, CatalogFiles.read(path));
    }

    private static CatalogImport importer(CatalogKit kit) {
        return new CatalogImport(kit.people(), kit.teams(), kit.entities(), kit.ledger(), Map.of());
    }

    private Entity thing(String name) {
        return kit.read(h -> kit.entities().byName(h, name)).orElseThrow();
    }

    private Team team(String name) {
        return kit.read(h -> kit.teams().byName(h, name)).orElseThrow();
    }

    private Optional<String> parent(String name) {
        return kit.read(h -> kit.teams().parentOf(h, team(name)));
    }

    private List<String> members(String name) {
        return kit.read(h -> kit.teams().members(h, team(name), kit.instant())).stream().map(Person::name).toList();
    }
}
