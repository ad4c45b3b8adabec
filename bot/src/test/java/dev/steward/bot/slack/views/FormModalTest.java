package dev.steward.bot.slack.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import dev.steward.definitions.Facts;
import dev.steward.definitions.Form;
import dev.steward.definitions.FormLookups;
import dev.steward.definitions.Loaded;
import dev.steward.definitions.Workflow;
import dev.steward.definitions.WorkflowFolder;
import dev.steward.modules.ModuleDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormModalTest {
    private static final String YAML = """
            name: new-thing
            kind: provision
            title: New thing
            description: Makes a thing
            allow: everyone
            channel: platform-requests
            form:
              - page: Basics
                fields:
                  - { name: service, type: text, label: Service name, hint: Lower case, pattern: "^[a-z-]{3,20}$" }
                  - { name: why, type: multiline, label: "Why?", required: false }
                  - { name: owner, type: team, label: Owner team, default: requester.team }
                  - { name: audience, type: choice, label: Audience, default: internal, options: [internal, partner] }
                  - { name: partners, type: text, label: "Which partners?", max: 40, when: form.audience == "partner" }
                  - { name: secret, type: text, label: Licence key, sensitive: true }
              - page: Only for partners
                fields:
                  - { name: contract, type: text, label: Contract, when: form.audience == "partner" }
              - page: Details
                fields:
                  - { name: size, type: number, label: Size, default: 3 }
                  - { name: regions, type: many, label: Regions, options: [north, south], default: [north] }
                  - { name: urgent, type: yes-no, label: "Urgent?", default: false, note: 'form.urgent ? "Costs more" : "Costs less"' }
                  - { name: until, type: date, label: Until, required: false }
                  - { name: long, type: duration, label: "How long?", default: 3d }
                  - { name: letter, type: choice, label: Letter, options: [a, b, c, d, e, f], required: false }
                  - { name: aliases, type: lines, label: Aliases, required: false }
                  - { name: depends, type: service, label: Depends on, required: false }
            module: thing
            inputs: { name: form.service, key: form.secret }
            approval: { expires_after: 3d, stages: [{ name: Owner, by: owners(form.owner), need: 1 }] }
            records: [{ kind: Service, name: form.service, owner: form.owner }]
            """;

    @TempDir
    Path folder;

    @Test
    void pagesAreAsAgreed() throws IOException {
        FormModal modal = modal();
        Golden.assertSame("form-first-page", modal.page(0, Map.of(), Map.of()));
        Golden.assertSame("form-last-page", modal.page(2, Map.of("service", "thing"), Map.of()));
        Golden.assertSame("form-corrections",
                modal.page(0, Map.of("service", "Thing <!here>"), Map.of("service", "`Thing <!here>` is taken")));
    }

    @Test
    void showsAFieldOnlyWhereItsConditionHolds() throws IOException {
        assertThat(fields(modal().page(0, Map.of(), Map.of()))).doesNotContain("partners");
        assertThat(fields(modal().page(0, Map.of("audience", "partner"), Map.of()))).contains("partners");
    }

    @Test
    void reportsChangesOfTheFieldsThatOthersOnThePageDependOnAndOfNoOther() throws IOException {
        JsonNode blocks = Json.toTree(modal().page(0, Map.of(), Map.of())).path("blocks");
        assertThat(blocks.findParents("dispatch_action")).extracting(b -> b.path("block_id").asText())
                .containsExactly("audience");
    }

    @Test
    void skipsPagesWithoutAField() throws IOException {
        FormModal modal = modal();
        assertThat(modal.next(0, Map.of("audience", "internal"))).contains(2);
        assertThat(modal.next(0, Map.of("audience", "partner"))).contains(1);
        assertThat(modal.next(2, Map.of())).isEmpty();
        assertThat(modal.before(2, Map.of("audience", "internal"))).isZero();
        assertThat(modal.before(2, Map.of("audience", "partner"))).isEqualTo(1);
    }

    @Test
    void keepsWhatWasTypedAndWhatWasEmptied() throws IOException {
        Map<String, Object> entered = modal().entered(0, Map.of("why", "Because"),
                Map.of("service", "thing", "audience", "internal", "owner", "payments"));
        assertThat(entered).containsEntry("service", "thing").containsEntry("why", "")
                .doesNotContainKey("partners");
    }

    @Test
    void keepsASecretThatWasEnteredBeforeAndNeverShowsIt() throws IOException {
        FormModal modal = modal();
        Map<String, Object> page = modal.page(0, Map.of("secret", "hunter2"), Map.of());
        assertThat(Json.text(page)).doesNotContain("hunter2").contains("Entered before");
        assertThat(modal.entered(0, Map.of("secret", "hunter2"), Map.of())).doesNotContainKey("secret");
        assertThat(modal.entered(0, Map.of("secret", "hunter2"), Map.of("secret", "new"))).containsEntry("secret",
                "new");
    }

    @Test
    void leavesOutAnAnswerThatIsLongerThanItsFieldTakesSinceSlackWouldRefuseTheForm() throws IOException {
        Map<String, Object> page = modal().page(0, Map.of("audience", "partner", "partners", "p".repeat(41)), Map.of());
        assertThat(Json.text(page)).doesNotContain("pppp").contains("\"max_length\":40");
    }

    @Test
    void readsMetadataThatSomebodyTamperedWith() {
        assertThat(FormModal.Metadata.parse("")).isEqualTo(new FormModal.Metadata("", 0));
        assertThat(FormModal.Metadata.parse("{\"draft\":7,\"page\":-3}")).isEqualTo(new FormModal.Metadata("7", 0));
        assertThat(FormModal.Metadata.parse("[]")).isEqualTo(new FormModal.Metadata("", 0));
        assertThat(FormModal.Metadata.parse("{\"draft\":\"x\",\"page\":99999999999}").page()).isLessThan(1001);
    }

    @Test
    void aFormThatChangesSomethingSaysWhatStays() throws IOException {
        Golden.assertSame("form-change", modal(Optional.of(new FormModal.Changed("thing-with-a-long-name",
                List.of("service", "owner")))).page(0, Map.of("service", "thing", "secret", "hunter2"), Map.of()));
    }

    private FormModal modal() throws IOException {
        return modal(Optional.empty());
    }

    private FormModal modal(Optional<FormModal.Changed> changed) throws IOException {
        Workflow workflow = workflow();
        var requester = new Facts.Requester("dana", "Dana", Optional.of("payments"), List.of("payments"));
        var lookups = new FormLookups(Set.of("payments")::contains, name -> false, name -> false, name -> false);
        return new FormModal(workflow, new Form(workflow, requester, lookups), "draft-1", changed);
    }

    private Workflow workflow() throws IOException {
        Path workflows = Files.createDirectories(folder.resolve("workflows"));
        Files.writeString(workflows.resolve("new-thing.yaml"), YAML);
        var module = new ModuleDescriptor("thing", "Thing", "A thing", Optional.empty(),
                List.of(new ModuleDescriptor.Variable("name", "string", "Its name", Optional.empty(), false),
                        new ModuleDescriptor.Variable("key", "string", "Its key", Optional.empty(), true)),
                List.of());
        Loaded loaded = WorkflowFolder.read(workflows, name -> Optional.of(module));
        assertThat(loaded.problems()).isEmpty();
        return loaded.workflows().getFirst();
    }

    private static List<String> fields(Map<String, Object> page) {
        return new HashMap<>(page).get("blocks") instanceof List<?> blocks
                ? Json.toTree(blocks).findValuesAsText("block_id")
                : List.of();
    }
}
