package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Principal;
import dev.steward.definitions.Facts.Plan;
import dev.steward.definitions.Workflow.Stage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShippedWorkflowsTest {
    private static final Plan CREATES = new Plan(3, 0, 0, List.of());

    private final Workflow workflow = Fixtures.newService();

    @Test
    void loadWithoutProblems() {
        assertThat(Fixtures.texts(Fixtures.shipped())).isEmpty();
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
