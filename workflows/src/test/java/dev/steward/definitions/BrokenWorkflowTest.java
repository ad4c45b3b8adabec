package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.modules.ModuleDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BrokenWorkflowTest {
    private static final String WHOLE = """
            name: box
            kind: provision
            title: Box
            allow: everyone
            channel: requests
            form:
              - page: Basics
                fields:
                  - { name: name, type: text }
                  - { name: owner, type: team }
            module: box
            inputs: { name: form.name }
            records:
              - { kind: Resource, name: form.name, owner: form.owner }
            """;

    @TempDir
    Path temporary;

    @Test
    void everyProblemOfAFileIsReportedAtItsLine() throws IOException {
        Path golden = Path.of(System.getProperty("steward.root"), "workflows/src/test/resources/definitions");
        String expected = Files.readString(golden.resolve("broken.txt"));

        Loaded loaded = Fixtures.load(temporary, Files.readString(golden.resolve("broken.yaml")), Fixtures.SERVICE);

        assertThat(String.join("\n", Fixtures.texts(loaded)) + "\n").isEqualTo(expected);
        assertThat(loaded.workflows()).isEmpty();
    }

    @Test
    void aWholeFileIsAccepted() {
        assertThat(Fixtures.texts(load(WHOLE))).isEmpty();
    }

    @Test
    void oneBrokenFileKeepsNoOtherOut() {
        Loaded loaded = Fixtures.load(temporary,
                Map.of("a.yaml", "name: [", "b.yml", WHOLE, "c.yaml", "- x", "notes.txt", "not read"), box());

        assertThat(loaded.workflows()).extracting(Workflow::name).containsExactly("box");
        assertThat(Fixtures.texts(loaded)).hasSize(2).allMatch(text -> text.matches("workflows/[ac].yaml:1: .*"));
    }

    @Test
    void refusesTwoWorkflowsOfOneName() {
        Loaded loaded = Fixtures.load(temporary, Map.of("a.yaml", WHOLE, "b.yaml", WHOLE), box());

        assertThat(Fixtures.texts(loaded)).containsExactly("workflows/b.yaml:1: The workflow `box` is already in"
                + " workflows/a.yaml. Give one of the two another name.");
        assertThat(loaded.workflows()).hasSize(1);
    }

    @Test
    void refusesAFileThatIsTooBig() {
        assertThat(Fixtures.texts(load(WHOLE + "#" + "x".repeat(YamlFile.MAX_BYTES)))).singleElement().asString()
                .startsWith("workflows/test.yaml: The file has 2").contains("256 kB");
    }

    @Test
    void refusesAliasesThatCouldUnfoldWithoutEnd() {
        String bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: &d [*d]\n";

        assertThat(Fixtures.texts(load(bomb))).singleElement().asString().contains("by alias");
    }

    @Test
    void refusesDeepNestingClassNamesAndWhatIsNoText() throws IOException {
        assertThat(Fixtures.texts(load("x: " + "[".repeat(30) + "]".repeat(30)))).singleElement().asString()
                .contains("nested more than 20 deep");
        assertThat(Fixtures.texts(load("name: !!javax.script.ScriptEngineManager [x]"))).singleElement().asString()
                .contains("not allowed");
        assertThat(Fixtures.texts(load("name: a\ntitle: \u0007"))).singleElement().asString()
                .startsWith("workflows/test.yaml:2: ").contains("U+0007");
        assertThat(Fixtures.texts(load(""))).singleElement().asString().contains("empty");
        Files.write(temporary.resolve("workflows/test.yaml"), new byte[]{(byte) 0xff, (byte) 0xfe, 0});
        assertThat(Fixtures.texts(WorkflowFolder.read(temporary.resolve("workflows"), Fixtures.modules())))
                .singleElement().asString().contains("UTF-8");
    }

    @Test
    void saysThatTheFolderIsMissing() {
        assertThat(Fixtures.texts(WorkflowFolder.read(temporary.resolve("nowhere"), Fixtures.modules())))
                .singleElement().asString().contains("cannot be read");
    }

    @Test
    void refusesMoreOptionsAndFieldsThanSlackShows() {
        String options = many(101, "o%d");
        String fields = many(46, "{ name: f%d, type: text }");
        String yaml = WHOLE.replace("type: team }",
                "type: team }\n      - { name: c, type: choice, options: [" + options
                        + "] }\n  - page: Second\n    fields: [" + fields + "]");

        assertThat(Fixtures.texts(load(yaml))).containsExactly(
                "workflows/test.yaml:11: `options` of field `c` has 101 members. Keep to 100 at most.",
                "workflows/test.yaml:13: `fields` of page `Second` has 46 members. Keep to 45 at most.");
    }

    @Test
    void refusesToReadAnAnswerThatMayBeMissing() {
        String yaml = WHOLE.replace("type: text }", "type: text, required: false }");

        assertThat(Fixtures.texts(load(yaml))).containsExactly(
                "workflows/test.yaml:12: Input `name` reads `form.name`, which may have no answer."
                        + " Ask first, as in `has(form.name) ? form.name : \"none\"`.",
                "workflows/test.yaml:14: `name` of record 1 reads `form.name`, which may have no answer."
                        + " Ask first, as in `has(form.name) ? form.name : \"none\"`.");
    }

    @Test
    void refusesToLetASecretOut() {
        String yaml = WHOLE.replace("type: text }", "type: text, sensitive: true }");

        assertThat(Fixtures.texts(load(yaml))).containsExactly(
                "workflows/test.yaml:12: Field `name` is sensitive and variable `name` is not."
                        + " Mark both as sensitive, or neither.",
                "workflows/test.yaml:14: `name` of record 1 records `form.name`, which is sensitive."
                        + " Leave it out: everybody can read the catalog.");
    }

    @Test
    void refusesToShowASecretInTheForm() {
        String more = """
                      - { name: pin, type: text, sensitive: true }
                      - { name: again, type: text, default: form.pin, note: '"It is " + form.pin' }
                      - { name: told, type: text, note: 'has(form.pin) ? "It is set" : "None"' }
                module: box
                """;
        String yaml = WHOLE.replace("module: box\n", more);

        assertThat(Fixtures.texts(load(yaml))).containsExactly(
                "workflows/test.yaml:12: `note` of field `again` reads `form.pin`, which is sensitive."
                        + " Leave it out: it would be shown in the form; `has(form.pin)` may be asked.",
                "workflows/test.yaml:12: `default` of field `again` reads `form.pin`, which is sensitive."
                        + " Leave it out: it would be shown in the form; `has(form.pin)` may be asked.");
    }

    @Test
    void anIssueWithinABlockIsReportedAtItsOwnLine() {
        String yaml = WHOLE.replace("inputs: { name: form.name }", "inputs:\n  name: |\n    form.name\n      + 1");

        assertThat(Fixtures.texts(load(yaml))).singleElement().asString()
                .startsWith("workflows/test.yaml:15: Input `name` applies `+`");
    }

    private static String many(int count, String format) {
        return IntStream.range(0, count).mapToObj(i -> format.formatted(i))
                .collect(Collectors.joining(", "));
    }

    private Loaded load(String yaml) {
        return Fixtures.load(temporary, yaml, box());
    }

    private static ModuleDescriptor box() {
        return Fixtures.module(Fixtures.required("name"));
    }
}
