package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StateFileTest {
    private static final TerraformVersion VERSION = TerraformVersion.parse("1.11.4");

    @TempDir
    Path temporary;

    @Test
    void aSeedIsAnEmptyStateThatTerraformContinues() throws Exception {
        byte[] seed = SeedState.body(VERSION, "11111111-2222-3333-4444-555555555555");
        assertThat(StateFile.read(seed)).isEqualTo(
                new StateFile("11111111-2222-3333-4444-555555555555", SeedState.SERIAL, "1.11.4", List.of()));

        try (var bench = new Bench(temporary)) {
            bench.backend.seed("s", seed);
            Path module = TestTerraform.module("changes");
            bench.apply("s", module, bench.plan("s", module, "{\"name\":\"n\",\"children\":2}"));

            StateFile state = StateFile.read(bench.backend.state("s").orElseThrow());
            assertThat(state.lineage()).isEqualTo("11111111-2222-3333-4444-555555555555");
            assertThat(state.serial()).isEqualTo(2);
            assertThat(state.resources()).extracting(StateFile.Resource::address).containsExactlyInAnyOrder(
                    "module.child[0].terraform_data.this", "module.child[1].terraform_data.this",
                    "terraform_data.keyed[\"k/2\"]", "terraform_data.keyed[\"k1\"]", "terraform_data.replaced",
                    "terraform_data.updated");
            assertThat(state.resources()).allSatisfy(r -> {
                assertThat(r.type()).isEqualTo("terraform_data");
                assertThat(r.id().orElseThrow()).hasSize(36);
            });
        }
    }

    @Test
    void aPlanOfAnotherStackDoesNotFit() throws Exception {
        try (var bench = new Bench(temporary)) {
            bench.backend.seed("one", SeedState.body(VERSION, "11111111-2222-3333-4444-555555555555"));
            bench.backend.seed("two", SeedState.body(VERSION, "99999999-2222-3333-4444-555555555555"));
            Path module = TestTerraform.module("changes");
            var planned = bench.plan("one", module, "{\"name\":\"n\"}");

            var applied = bench.apply("two", module, planned);

            assertThat(applied.exitCode()).isEqualTo(1);
            assertThat(ApplyVerdict.classify(Optional.of(1), applied.events(), false, true, false))
                    .isEqualTo(new ApplyVerdict.Stale());
        }
    }

    @Test
    void aBumpedSerialMakesAPlanStaleAndChangesNothingElse() throws Exception {
        try (var bench = new Bench(temporary)) {
            byte[] seed = SeedState.body(VERSION, "11111111-2222-3333-4444-555555555555");
            bench.backend.seed("s", seed);
            Path module = TestTerraform.module("changes");
            var planned = bench.plan("s", module, "{\"name\":\"n\"}");
            bench.backend.seed("s", StateFile.withBumpedSerial(seed));

            var applied = bench.apply("s", module, planned);

            assertThat(applied.exitCode()).isEqualTo(1);
            assertThat(ApplyVerdict.classify(Optional.of(1), applied.events(), false, true, false))
                    .isEqualTo(new ApplyVerdict.Stale());
            assertThat(bench.backend.versions("s")).isZero();
        }
    }

    @Test
    void bumpsOnlyTheOuterSerial() {
        String state = "{ \"a\":{\"serial\":5},\n \"x\":\"é\", \"serial\" : 99,\"rest\":\"serial\"}";
        assertThat(
                new String(StateFile.withBumpedSerial(state.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo("{ \"a\":{\"serial\":5},\n \"x\":\"é\", \"serial\" : 100,\"rest\":\"serial\"}");
    }

    @Test
    void keepsNoSensitiveIdentifierNoDataSourceAndNoDeposedObject() {
        String state = """
                {"version":4,"terraform_version":"1.11.4","serial":3,"lineage":"l","resources":[
                 {"mode":"managed","type":"a","name":"marked","instances":[{"attributes":{"id":"hush","arn":"arn:1"},
                   "sensitive_attributes":[[{"type":"get_attr","value":"id"}]]}]},
                 {"mode":"managed","type":"a","name":"copied","instances":[{"attributes":{"id":"hush","result":"hush"},
                   "sensitive_attributes":[[{"type":"get_attr","value":"result"}]]}]},
                 {"mode":"managed","type":"a","name":"listed","instances":[{"index_key":0,"attributes":{"id":"x"}},
                   {"index_key":"a\\"b","attributes":{"self_link":"y"}},{"deposed":"00","attributes":{"id":"old"}},
                   {"index_key":2,"attributes":{"id":7}}]},
                 {"mode":"data","type":"d","name":"read","instances":[{"attributes":{"id":"z"}}]}]}
                """;
        assertThat(StateFile.read(state.getBytes(StandardCharsets.UTF_8)).resources())
                .extracting(StateFile.Resource::address, r -> r.id().orElse("-"))
                .containsExactly(tuple("a.marked", "arn:1"), tuple("a.copied", "-"), tuple("a.listed[0]", "x"),
                        tuple("a.listed[\"a\\\"b\"]", "y"), tuple("a.listed[2]", "-"));
    }

    @Test
    void readsAStateFarLargerThanOneInstance() {
        String head = "{\"version\":4,\"serial\":1,\"lineage\":\"l\",\"resources\":[";
        String resource = "{\"mode\":\"managed\",\"type\":\"a\",\"name\":\"n%d\",\"instances\":[{\"attributes\":{\"id\":\"%d\","
                + "\"blob\":\"" + "x".repeat(1_000_000) + "\"}}]}%s";
        int count = 60;
        var parts = new ArrayList<InputStream>();
        parts.add(stream(head));
        for (int i = 0; i < count; i++) {
            parts.add(lazy(resource, i, i == count - 1 ? "" : ","));
        }
        parts.add(stream("]}"));
        var state = StateFile.read(new SequenceInputStream(Collections.enumeration(parts)));
        assertThat(state.resources()).hasSize(count).last()
                .isEqualTo(new StateFile.Resource("a.n59", "a", Optional.of("59")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hush", "[]", "{\"version\":4}", "{\"version\":3,\"serial\":1}",
            "{\"version\":4,\"serial\":1,\"resources\":{}}", "{\"version\":4,\"serial\":1,\"resources\":[{\"hush",
            "{\"version\":4,\"serial\":1,\"resources\":[]"})
    void refusesWhatIsNotAStateWithoutQuotingIt(String text) {
        assertThatThrownBy(() -> StateFile.read(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StateFile.Unreadable.class).hasNoCause().hasMessageContaining("Terraform state")
                .hasMessageNotContaining("hush");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{}", "{\"serial\":\"1\"}", "{\"serial"})
    void refusesToBumpWhatHasNoSerial(String text) {
        assertThatThrownBy(() -> StateFile.withBumpedSerial(text.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StateFile.Unreadable.class);
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static InputStream lazy(String form, int i, String comma) {
        return new InputStream() {
            private InputStream in = InputStream.nullInputStream();
            private boolean open;

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (!open) {
                    open = true;
                    in = stream(form.formatted(i, i, comma));
                }
                return in.read(bytes, offset, length);
            }

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0];
            }
        };
    }
}
