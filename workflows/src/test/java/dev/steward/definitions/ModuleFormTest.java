package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.steward.modules.ModuleDescriptor.Variable;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleFormTest {
    private static final String YAML = """
            name: box
            kind: provision
            title: Box
            allow: everyone
            channel: requests
            module: box
            inputs: { owner: requester.team }
            records: [{ kind: Resource, name: form.bucket_name, owner: requester.team }]
            """;
    private static final Variable TOKEN = new Variable("token", "string", "A secret", Optional.empty(), true);

    @TempDir
    Path temporary;

    @Test
    void aWorkflowWithoutAFormAsksForTheModulesVariables() {
        Workflow workflow = box(Fixtures.required("owner"), Fixtures.required("bucket_name"),
                Fixtures.optional("size", "number", "20"), Fixtures.optional("public", "bool", "false"),
                Fixtures.optional("zones", "list(string)", "[\"a\", \"b\"]"),
                Fixtures.optional("note", "string", "null"),
                TOKEN);

        assertThat(workflow.pages()).singleElement().extracting(Workflow.Page::title).isEqualTo("Box");
        assertThat(workflow.fields()).extracting(Field::name, Field::type, Field::label, Field::required,
                Field::sensitive).containsExactly(
                        tuple("bucket_name", FieldType.TEXT, "Bucket name", true, false),
                        tuple("size", FieldType.NUMBER, "Size", false, false),
                        tuple("public", FieldType.YES_NO, "Public", false, false),
                        tuple("zones", FieldType.LINES, "Zones", false, false),
                        tuple("note", FieldType.TEXT, "Note", false, false),
                        tuple("token", FieldType.TEXT, "Token", true, true));
        assertThat(workflow.field("size").orElseThrow().hint()).isEqualTo("The size");
        assertThat(new Form(workflow, Fixtures.DANA, Fixtures.LOOKUPS).defaults(Map.of()))
                .isEqualTo(Map.of("size", 20L, "public", false, "zones", List.of("a", "b")));
    }

    @Test
    void anUnansweredOptionalVariableIsLeftToTheModule() {
        Workflow workflow = box(Fixtures.required("owner"), Fixtures.required("bucket_name"),
                Fixtures.optional("size", "number", "20"));

        assertThat(workflow.inputValues(Facts.of(Map.of("bucket_name", "logs"), Fixtures.DANA)))
                .isEqualTo(Map.of("owner", "payments", "bucket_name", "logs"));
    }

    @Test
    void refusesAVariableForWhichNoFieldCanBeMade() {
        Loaded loaded = Fixtures.load(temporary, YAML, Fixtures.module(Fixtures.required("owner"),
                Fixtures.required("bucket_name"), Fixtures.optional("tags", "map(string)", "{}")));

        assertThat(Fixtures.texts(loaded)).containsExactly(
                "workflows/test.yaml:6: Variable `tags` is of type map(string), for which no field can be made."
                        + " Give it a value in `inputs`, or write the form.");
    }

    @Test
    void refusesAnUnknownModule() {
        assertThat(Fixtures.texts(Fixtures.load(temporary, YAML))).containsExactly("workflows/test.yaml:6: There is no"
                + " module `box` that may be used. See `steward modules list`: add or accept it, or name another.");
    }

    private Workflow box(Variable... variables) {
        Loaded loaded = Fixtures.load(temporary, YAML, Fixtures.module(variables));
        assertThat(Fixtures.texts(loaded)).isEmpty();
        return loaded.workflow("box").orElseThrow();
    }
}
