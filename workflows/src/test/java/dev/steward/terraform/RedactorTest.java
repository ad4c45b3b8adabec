package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One canary for each way in which Terraform is known to leak. */
class RedactorTest {
    private static final String PASSWORD = "CANARY-\"quoted\" <&> pass";
    private static final String CERTIFICATE = "-----BEGIN-----\nCANARYLINEONE\n  CANARYLINETWO\n-----END-----\n";

    @TempDir
    Path temporary;

    private Bench bench;
    private final Path module = TestTerraform.module("secrets");

    @BeforeEach
    void open() {
        bench = new Bench(temporary);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void aPlanShowsNoSecret() throws Exception {
        var planned = bench.plan("s", module, inputs(PASSWORD, false));
        JsonNode show = bench.show(planned);
        assertThat(show.toString()).as("Terraform leaks it here").contains("CANARY");

        String view = PlanReader.read(show, Redactor.builder().plan(show).build(), Bench.KEY).toJson();

        assertThat(view).doesNotContain("CANARY").contains("(sensitive)", "steward", "terraform_data.holder");
        assertThat(Redactor.builder().plan(show).build().redact(show).toString()).doesNotContain("CANARY");
    }

    @Test
    void anAppliedStacksNextPlanShowsNoSecretInUnmarkedOutputsOfResources() throws Exception {
        bench.apply("s", module, bench.plan("s", module, inputs(PASSWORD, false)));
        var planned = bench.plan("s", module, inputs("CANARY-another-one", false));
        JsonNode show = bench.show(planned);
        assertThat(show.at("/resource_changes/0/change/before/output").toString()).contains("CANARY");

        assertThat(PlanReader.read(show, Redactor.builder().plan(show).build(), Bench.KEY).toJson())
                .doesNotContain("CANARY");
    }

    @Test
    void anAppliesOutputsShowNoSecret() throws Exception {
        var planned = bench.plan("s", module, inputs(PASSWORD, false));
        var applied = bench.apply("s", module, planned);
        assertThat(applied.events().outputs()).containsOnlyKeys("leaked");

        Redactor redactor = known(PASSWORD);

        assertThat(redactor.redact(Json.toTree(applied.events().outputs())).toString())
                .isEqualTo("{\"leaked\":\"(sensitive)\"}");
        assertThat(redactor.redact(Files.readString(applied.folder().output()))).doesNotContain("CANARY");
        String state = new String(bench.backend.state("s").orElseThrow(), StandardCharsets.UTF_8);
        assertThat(state).as("state is clear text").contains("CANARY");
        assertThat(redactor.redact(state)).doesNotContain("CANARY");
    }

    @Test
    void aFailingValidationShowsNoSecret() throws Exception {
        var failed = bench.plan("s", module, inputs("CANARY1", false));
        assertThat(Files.readString(failed.folder().output())).contains("is \\\"CANARY1\\\"");

        List<Diagnostic> diagnostics = failed.diagnostics(known("CANARY1"));

        assertThat(diagnostics).hasSize(1).first().satisfies(d -> {
            assertThat(d.error()).isTrue();
            assertThat(d.summary()).isEqualTo("Invalid value for variable");
            assertThat(d.variable()).isEqualTo("password");
            assertThat(d.toString()).doesNotContain("CANARY").contains("The password is too short.");
        });
    }

    @Test
    void anErrorMessageThatInterpolatesShowsNoSecret() throws Exception {
        String bad = "bad CANARY \"q\" \\ and more";
        var failed = bench.plan("s", module, inputs(bad, false));
        assertThat(failed.diagnostics(Redactor.builder().build()).toString()).contains("CANARY");

        assertThat(failed.diagnostics(known(bad)).toString()).doesNotContain("CANARY")
                .contains("Not this one: (sensitive)");
        assertThat(known(bad).redact(Files.readString(failed.folder().output()))).doesNotContain("CANARY");
    }

    @Test
    void aFailedProvisionerShowsNoSecret() throws Exception {
        var planned = bench.plan("s", module, inputs("CANARY-password", true));
        var applied = bench.apply("s", module, planned);
        assertThat(applied.exitCode()).isEqualTo(1);
        assertThat(applied.diagnostics(Redactor.builder().build()).toString()).contains("CANARY");

        assertThat(applied.diagnostics(known("CANARY-password")).toString()).doesNotContain("CANARY")
                .contains("provisioner error", "terraform_data.provisioned");
    }

    @Test
    void theVariablesOfTheConfigurationAreSecretWithoutAnyMark() {
        JsonNode show = Json.tree("""
                {"variables":{"p":{"value":{"deep":["CANARYVAR"]}}},
                 "configuration":{"root_module":{"variables":{"p":{"sensitive":true,"default":"CANARYDEFAULT"}}}},
                 "prior_state":{"values":{"root_module":{"child_modules":[{"resources":[{"values":{"k":"CANARYSTATE"},
                   "sensitive_values":{"k":true}}]}]},"outputs":{"o":{"sensitive":true,"value":12345}}}}}
                """);
        assertThat(Redactor.builder().plan(show).build()
                .redact("CANARYVAR CANARYDEFAULT CANARYSTATE 12345 visible")).isEqualTo(
                        "(sensitive) (sensitive) (sensitive) (sensitive) visible");
    }

    @Test
    void everyLineAndEveryEscapedFormIsMasked() {
        Redactor redactor = Redactor.builder().secret(CERTIFICATE).secret("a\"b\\c d").build();

        assertThat(redactor.redact("x CANARYLINETWO y")).isEqualTo("x (sensitive) y");
        assertThat(redactor.redact(Json.text(CERTIFICATE))).isEqualTo("\"(sensitive)\"");
        assertThat(redactor.redact(Json.text(Json.text("a\"b\\c d")))).doesNotContain("b\\");
        assertThat(redactor.redact("https://u:a%22b%5Cc+d@h https://u:a%22b%5Cc%20d@h"))
                .isEqualTo("https://u:(sensitive)@h https://u:(sensitive)@h");
        assertThat(redactor.redact(Json.tree("{\"a\\\"b\\\\c d\":[\"a\\\"b\\\\c d\",7]}")).toString())
                .isEqualTo("{\"(sensitive)\":[\"(sensitive)\",7]}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "u", "us", "user:"})
    void aSecretIsMaskedInBase64WhereverItBeginsThere(String before) {
        Redactor redactor = Redactor.builder().secret("hunter2?>~secret").build();
        byte[] text = (before + "hunter2?>~secret@host").getBytes(StandardCharsets.UTF_8);

        for (var encoder : List.of(Base64.getEncoder(), Base64.getUrlEncoder().withoutPadding())) {
            String redacted = redactor.redact("Basic " + encoder.encodeToString(text));
            assertThat(redacted).contains("(sensitive)").hasSizeLessThan(6 + 4 + "(sensitive)".length() + 12);
        }
    }

    @Test
    void aSecretIsMaskedInHexAndAsHclQuotesIt() {
        Redactor redactor = Redactor.builder().secret("a${b}\"%{c}\n").build();
        String hex = HexFormat.of().formatHex("a${b}\"%{c}\n".getBytes(StandardCharsets.UTF_8));

        assertThat(redactor.redact("0x" + hex + " 0x" + hex.toUpperCase(Locale.ROOT)))
                .isEqualTo("0x(sensitive) 0x(sensitive)");
        assertThat(redactor.redact("each[\"a$${b}\\\"%%{c}\\n\"]")).isEqualTo("each[\"(sensitive)\"]");
    }

    @Test
    void theLongerSecretWinsOverTheOneThatItContains() {
        assertThat(Redactor.builder().secret("abcd").secret("abcd-efgh").build().redact("abcd-efgh abcd"))
                .isEqualTo("(sensitive) (sensitive)");
    }

    @Test
    void theValuesOfASecretJsonDocumentAreSecrets() {
        Redactor redactor = Redactor.builder()
                .secret(Json.toTree("{\"key\":{\"inner\":\"CANARYKEY\"},\"type\":\"service_account\"}")).build();
        assertThat(redactor.redact("used CANARYKEY")).isEqualTo("used (sensitive)");
        assertThat(Redactor.builder().secret(Json.toTree("{not json}")).build().redact("a {not json} b"))
                .isEqualTo("a (sensitive) b");
    }

    @Test
    void shortSecretsAndPlainWordsAreLeftToStructure() {
        Redactor redactor = Redactor.builder().secret("abc").secret("true").secret(Json.tree("[true,12,\"\"]")).build();
        assertThat(redactor.redact("abc true 12")).isEqualTo("abc true 12");
    }

    private static String inputs(String password, boolean fail) {
        return Json.text(Map.of("password", password, "certificate", CERTIFICATE, "fail", fail));
    }

    private static Redactor known(String password) {
        return Redactor.builder().secrets(List.of(password, CERTIFICATE)).build();
    }
}
