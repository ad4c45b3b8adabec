package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Principal;
import dev.steward.definitions.Facts.Plan;
import dev.steward.definitions.Facts.Target;
import dev.steward.definitions.Workflow.Stage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShippedWorkflowsTest {
    private static final Plan CREATES = new Plan(3, 0, 0, List.of());

    private static final Loaded SHIPPED = Fixtures.shipped();
    private static final Target OWN = target("payments", "experimental");

    private final Workflow workflow = SHIPPED.workflow("new-service").orElseThrow();

    @Test
    void loadWithoutProblems() {
        assertThat(Fixtures.texts(SHIPPED)).isEmpty();
        assertThat(workflow.pages()).extracting(Workflow.Page::title).containsExactly("Basics", "Operation");
        assertThat(workflow.digest()).hasSize(64);
    }

    @Test
    void newServiceGivesTheModuleItsInputs() {
        Map<String, Object> inputs = workflow.inputValues(facts(Map.of("audience", "public", "consumers", "shoppers")));

        assertThat(inputs).containsEntry("name", "checkout-api").containsEntry("owner", "payments")
                .containsEntry("tags", Map.of("consumers", "shoppers"));
        assertThat(workflow.inputValues(facts(Map.of()))).containsEntry("tags", Map.of());
    }

    @Test
    void newServiceIsApprovedByItsOwnerAlone() {
        assertThat(stages(Map.of())).containsExactly("Owner");
    }

    @Test
    void theTeamThatRunsAnApplicationBoundServiceApprovesToo() {
        assertThat(stages(Map.of("operated_by", "search"))).containsExactly("Owner", "Operating team");
    }

    @Test
    void thePlatformTeamApprovesTierOneAndSharedServicesThatOthersRun() {
        assertThat(stages(Map.of("tier", "tier-1"))).containsExactly("Owner", "Platform");
        assertThat(stages(Map.of("lifecycle", "shared", "operated_by", "search"))).containsExactly("Owner", "Platform");
        assertThat(stages(Map.of("lifecycle", "shared"))).containsExactly("Owner");
    }

    @Test
    void stagesNamePrincipals() {
        Facts facts = facts(Map.of("operated_by", "search"));
        assertThat(workflow.approval().stages()).extracting(stage -> stage.by().principal(facts))
                .containsExactly(Principal.owners("payments"), Principal.team("search"), Principal.team("platform"));
    }

    @Test
    void aNewServiceThatDeletesIsDenied() {
        var guardrail = workflow.guardrails().getFirst();

        assertThat(guardrail.condition().test(facts(Map.of()))).isFalse();
        assertThat(guardrail.condition().test(facts(Map.of()).withPlan(new Plan(0, 0, 1, List.of())))).isTrue();
        assertThat(guardrail.condition()
                .test(facts(Map.of()).withPlan(new Plan(0, 0, 1, List.of())).withStack(Map.of("name", "x")))).isFalse();
    }

    @Test
    void recordsOneServiceWithItsOwner() {
        var entity = workflow.records().getFirst();

        assertThat(entity.kind()).isEqualTo("Service");
        assertThat(entity.name().text(facts(Map.of()))).isEqualTo("checkout-api");
        assertThat(entity.owner().text(facts(Map.of()))).isEqualTo("payments");
        assertThat(entity.value("stage").orElseThrow().text(facts(Map.of()))).isEqualTo("experimental");
    }

    @Test
    void serviceAccessGivesTheModuleWhoWhatAndHow() {
        assertThat(access().inputValues(asking("reader", "8h", OWN))).isEqualTo(
                Map.of("entity", "ledger-api", "kind", "Service", "role", "reader", "holder", "dana"));
        assertThat(access().approval().stages()).as("the operating model's route decides").isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"reader, tier-3, 7d", "reader, tier-1, 1d", "operator, tier-2, 8h", "operator, tier-1, 4h",
            "admin, tier-4, 4h", "admin, tier-1, 1h"})
    void serviceAccessIsCappedByRoleAndTier(String role, String tier, String cap) {
        assertThat(access().access().orElseThrow().role(role).orElseThrow().cap(tier))
                .isEqualTo(Durations.parse(cap).orElseThrow());
    }

    @Test
    void theStandingRuleOfServiceAccessHoldsForTheOwnTeamOutsideProductionUpToEightHours() {
        var rule = access().approval().standing().getFirst().when();

        assertThat(rule.test(asking("reader", "8h", OWN))).isTrue();
        assertThat(rule.test(asking("operator", "4h", OWN))).isTrue();
        assertThat(rule.test(asking("admin", "1h", OWN))).isFalse();
        assertThat(rule.test(asking("reader", "1d", OWN))).isFalse();
        assertThat(rule.test(asking("reader", "1h", target("payments", "production")))).isFalse();
        assertThat(rule.test(asking("reader", "1h", target("search", "experimental")))).isFalse();
    }

    @Test
    void aSandboxEndsAndCanBecomeANewService() {
        var lease = sandbox().lease().orElseThrow();

        assertThat(lease.lasts().text(trying("2d", "payments"))).isEqualTo("2d");
        assertThat(lease.atMost()).isEqualTo(Duration.ofDays(3));
        assertThat(lease.promote()).contains("new-service");
        assertThat(sandbox().fields()).extracting(Field::name).filteredOn(name -> workflow.field(name).isPresent())
                .as("what promoting fills in").containsExactly("service", "purpose", "owner");
    }

    @Test
    void aSandboxLeavesTheNameOfTheServiceFree() {
        assertThat(sandbox().inputValues(trying("1d", "payments"))).containsEntry("name", "checkout-sandbox");
        assertThat(sandbox().records().getFirst().name().text(trying("1d", "payments"))).isEqualTo("checkout-sandbox");
    }

    @Test
    void aSandboxOfTheOwnTeamUpToADayAsksNobody() {
        var rule = sandbox().approval().standing().getFirst().when();

        assertThat(rule.test(trying("1d", "payments"))).isTrue();
        assertThat(rule.test(trying("2d", "payments"))).isFalse();
        assertThat(rule.test(trying("4h", "search"))).isFalse();
        assertThat(rule.test(trying("4h", "payments").withPlan(new Plan(3, 0, 1, List.of())))).isFalse();
        assertThat(sandbox().approval().stages()).singleElement()
                .extracting(stage -> stage.by().principal(trying("2d", "payments")))
                .isEqualTo(Principal.owners("payments"));
    }

    private static Workflow access() {
        return SHIPPED.workflow("service-access").orElseThrow();
    }

    private static Workflow sandbox() {
        return SHIPPED.workflow("sandbox").orElseThrow();
    }

    private static Target target(String owner, String stage) {
        return new Target("ledger-api", "Service", owner, owner, "tier-2", stage, "application-bound", List.of());
    }

    private static Facts asking(String role, String duration, Target target) {
        return Facts.of(Map.of("entity", "ledger-api", "role", role, "duration", duration, "reason", "Logs"),
                Fixtures.DANA).withPlan(CREATES).withEntity(target);
    }

    private static Facts trying(String duration, String owner) {
        return Facts.of(Map.of("service", "checkout", "purpose", "Another provider", "owner", owner, "duration",
                duration), Fixtures.DANA).withPlan(CREATES);
    }

    private List<String> stages(Map<String, Object> changed) {
        return workflow.approval().stages().stream()
                .filter(stage -> stage.when().map(when -> when.test(facts(changed))).orElse(true)).map(Stage::name)
                .toList();
    }

    private static Facts facts(Map<String, Object> changed) {
        Map<String, Object> form = new HashMap<>(Map.of("service", "checkout-api", "purpose", "Takes the money.",
                "owner", "payments", "audience", "internal", "data_class", "internal", "tier", "tier-3", "lifecycle",
                "application-bound", "operated_by", "payments"));
        form.putAll(changed);
        return Facts.of(form, Fixtures.DANA).withPlan(CREATES);
    }
}
