package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VarFileTest {
    private static final Redactor NOTHING = Redactor.builder().build();

    @TempDir
    Path temporary;

    @Test
    void hasOneVariablePerLineAndIsPrivate() throws Exception {
        var file = VarFile.write(temporary.resolve("a.tfvars.json"),
                Bench.inputs("{\"b\":\"two\\nlines ${path.module}\",\"a\":{\"y\":[1],\"x\":null}}"));

        assertThat(file.file())
                .hasContent("{\n\"a\":{\"x\":null,\"y\":[1]},\n\"b\":\"two\\nlines ${path.module}\"\n}\n");
        assertThat(file.names()).containsExactly("a", "b");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file.file()))).isEqualTo("rw-------");
    }

    @Test
    void refusesNamesThatTerraformWouldReadOtherwise() {
        assertThatThrownBy(() -> VarFile.write(temporary.resolve("a.json"), Map.of()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                () -> VarFile.write(temporary.resolve("a.tfvars.json"), Bench.inputs("{\"a b\":1}")))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("a b");
    }

    @Test
    void severalFailedValidationsComeBackOnTheirVariables() throws Exception {
        try (var bench = new Bench(temporary)) {
            var failed = bench.plan("s", TestTerraform.module("inputs"), "{\"name\":\"abc\",\"size\":11}");
            assertThat(failed.exitCode()).isEqualTo(1);
            assertThat(failed.diagnostics(NOTHING)).extracting(Diagnostic::variable, d -> d.detail().split("\n", -1)[0])
                    .containsExactlyInAnyOrder(tuple("name", "The name needs four letters."),
                            tuple("size", "The size is at most ten."));
        }
    }

    @Test
    void missingWrongAndUnknownVariablesComeBackOnTheirNames() throws Exception {
        try (var bench = new Bench(temporary)) {
            var missing = bench.plan("s", TestTerraform.module("inputs"), "{}");
            assertThat(missing.diagnostics(NOTHING)).extracting(Diagnostic::variable)
                    .containsExactlyInAnyOrder("name", "size");
            var wrong = bench.plan("s", TestTerraform.module("inputs"), "{\"name\":[1],\"size\":1,\"sise\":1}");
            assertThat(wrong.diagnostics(NOTHING)).extracting(Diagnostic::variable, Diagnostic::severity)
                    .containsExactlyInAnyOrder(tuple("name", "error"), tuple("sise", "warning"));
        }
    }

    @Test
    void stringsAreLiteral() throws Exception {
        try (var bench = new Bench(temporary)) {
            var planned = bench.plan("s", TestTerraform.module("inputs"),
                    "{\"name\":\"${path.module}%{if true}\",\"size\":1}");
            assertThat(bench.view(planned).changes().getFirst().attributes())
                    .extracting(PlanView.AttributeChange::after)
                    .contains("${path.module}%{if true}-1");
        }
    }
}
