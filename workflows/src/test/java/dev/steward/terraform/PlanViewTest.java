package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.database.Json;
import dev.steward.terraform.PlanView.Action;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanViewTest {
    private static final Redactor NOTHING = Redactor.builder().build();

    @TempDir
    Path temporary;

    private Bench bench;
    private final Path changes = TestTerraform.module("changes");

    @BeforeEach
    void open() {
        bench = new Bench(temporary);
    }

    @AfterEach
    void close() {
        bench.close();
    }

    @Test
    void showsWhatHappensWithDeletesFirst() throws Exception {
        var first = bench.plan("s", changes, "{\"name\":\"n1\",\"children\":2}");
        assertThat(bench.view(first).counts()).hasToString("+6 ~0 -0");
        assertThat(bench.apply("s", changes, first).exitCode()).isZero();

        var module = temporary.resolve("changed");
        PrivateFiles.copyModule(changes, module);
        Files.writeString(module.resolve("more.tf"), """
                import {
                  to = terraform_data.imported
                  id = "abc"
                }
                resource "terraform_data" "imported" {}
                moved {
                  from = terraform_data.keyed["k/2"]
                  to   = terraform_data.keyed["k/3"]
                }
                removed {
                  from = module.child[1].terraform_data.this
                  lifecycle {
                    destroy = false
                  }
                }
                """.replace("module.child[1].terraform_data.this", "terraform_data.gone"));
        var second = bench.plan("s", module, "{\"name\":\"n2\",\"keys\":[\"k/3\",\"k4\"]}");
        PlanView view = bench.view(second);

        assertThat(second.exitCode()).isEqualTo(2);
        assertThat(view.applyable()).isTrue();
        assertThat(view.errored()).isFalse();
        assertThat(view.changes()).extracting(c -> tuple(c.action(), c.address())).containsExactly(
                tuple(Action.DELETE, "module.child[1].terraform_data.this"),
                tuple(Action.DELETE, "terraform_data.keyed[\"k1\"]"),
                tuple(Action.REPLACE, "terraform_data.replaced"), tuple(Action.UPDATE, "terraform_data.keyed[\"k/3\"]"),
                tuple(Action.UPDATE, "terraform_data.updated"), tuple(Action.CREATE, "terraform_data.keyed[\"k4\"]"),
                tuple(Action.IMPORT, "terraform_data.imported"));
        assertThat(view.counts()).isEqualTo(new PlanView.Counts(2, 2, 3, 1, 0));
        assertThat(view.agreesWith(second.events().summary().orElseThrow())).isTrue();
        assertThat(view.changes().get(2)).satisfies(replaced -> {
            assertThat(replaced.reason()).isEqualTo("replace because cannot update");
            assertThat(replaced.attributes()).contains(
                    new PlanView.AttributeChange("triggers_replace", "[\"n1\"]", "[\"n2\"]", true),
                    new PlanView.AttributeChange("input", "{\"kind\":\"fixed\",\"name\":\"n1\"}",
                            "{\"kind\":\"fixed\",\"name\":\"n2\"}", false));
        });
        assertThat(view.changes().get(3).previousAddress()).isEqualTo("terraform_data.keyed[\"k/2\"]");
        assertThat(view.changes().get(4).attributes()).extracting(PlanView.AttributeChange::name,
                PlanView.AttributeChange::before, PlanView.AttributeChange::after)
                .containsExactly(tuple("input", "n1", "n2"), tuple("output", "n1", "(known after apply)"));
        assertThat(view.outputs()).containsExactly(new PlanView.OutputChange("name", Action.UPDATE, "n1", "n2"));
        assertThat(PlanView.fromJson(view.toJson())).isEqualTo(view);
    }

    @Test
    void countsWhatIsForgottenApart() throws Exception {
        var first = bench.plan("s", changes, "{\"name\":\"n1\"}");
        bench.apply("s", changes, first);
        var module = temporary.resolve("changed");
        PrivateFiles.copyModule(changes, module);
        Path main = module.resolve("main.tf");
        Files.writeString(main,
                Files.readString(main).replace("resource \"terraform_data\" \"updated\" {\n  input = var.name\n}",
                        "removed {\n  from = terraform_data.updated\n  lifecycle {\n    destroy = false\n  }\n}"));

        var second = bench.plan("s", module, "{\"name\":\"n1\"}");

        assertThat(bench.view(second).counts()).isEqualTo(new PlanView.Counts(0, 0, 0, 0, 1));
        assertThat(bench.view(second).changes()).extracting(PlanView.ResourceChange::action)
                .containsExactly(Action.FORGET);
        assertThat(bench.view(second).agreesWith(second.events().summary().orElseThrow())).isTrue();
    }

    @Test
    void anEqualPlanMadeAgainHasAnEqualDigest() throws Exception {
        var one = bench.plan("s", changes, "{\"name\":\"n1\"}");
        var two = bench.plan("s", changes, "{\"name\":\"n1\"}");
        var other = bench.plan("s", changes, "{\"name\":\"n2\"}");

        assertThat(Files.mismatch(one.folder().plan(), two.folder().plan())).isNotNegative();
        assertThat(bench.view(two).contentDigest()).isEqualTo(bench.view(one).contentDigest()).hasSize(64);
        assertThat(bench.view(other).contentDigest()).isNotEqualTo(bench.view(one).contentDigest());
    }

    @Test
    void theDigestDependsOnTheKeyAndOnHiddenValues() throws Exception {
        String inputs = "{\"password\":\"%s\",\"certificate\":\"cert\"}";
        var one = bench.show(bench.plan("s", TestTerraform.module("secrets"), inputs.formatted("secret-one")));
        var two = bench.show(bench.plan("s", TestTerraform.module("secrets"), inputs.formatted("secret-two")));
        byte[] otherKey = new byte[32];
        otherKey[0] = 1;

        String digest = PlanReader.read(one, NOTHING, Bench.KEY).contentDigest();

        assertThat(PlanReader.read(two, NOTHING, Bench.KEY).contentDigest()).isNotEqualTo(digest);
        assertThat(PlanReader.read(one, NOTHING, otherKey).contentDigest()).isNotEqualTo(digest);
    }

    @Test
    void aPlanThatDoesNothingIsNotApplyableAndOneThatChangesOnlyOutputsIs() throws Exception {
        var first = bench.plan("s", changes, "{\"name\":\"n1\"}");
        bench.apply("s", changes, first);

        var nothing = bench.plan("s", changes, "{\"name\":\"n1\"}");
        assertThat(nothing.exitCode()).isZero();
        assertThat(bench.view(nothing).applyable()).isFalse();
        assertThat(bench.view(nothing).changes()).isEmpty();

        var module = temporary.resolve("changed");
        PrivateFiles.copyModule(changes, module);
        Files.writeString(module.resolve("more.tf"), "output \"more\" {\n  value = 1\n}\n");
        var output = bench.plan("s", module, "{\"name\":\"n1\"}");
        assertThat(output.exitCode()).isEqualTo(2);
        assertThat(bench.view(output).applyable()).isTrue();
        assertThat(bench.view(output).counts()).hasToString("+0 ~0 -0");
        assertThat(bench.view(output).contentDigest()).isNotEqualTo(bench.view(nothing).contentDigest());
    }

    @Test
    void destroyingDeletesAll() throws Exception {
        bench.apply("s", changes, bench.plan("s", changes, "{\"name\":\"n1\"}"));
        var planned = bench.plan("s", changes, "{\"name\":\"n1\"}", PlanCommand.Mode.DESTROY);
        assertThat(bench.view(planned).counts()).hasToString("+0 ~0 -5");
        assertThat(bench.view(planned).agreesWith(planned.events().summary().orElseThrow())).isTrue();
        assertThat(bench.apply("s", changes, planned).exitCode()).isZero();
        assertThat(StateFile.read(bench.backend.state("s").orElseThrow()).resources()).isEmpty();
    }

    @Test
    void readsWhatTheBuiltInProviderCannotShow() {
        JsonNode show = Json.tree("""
                {"format_version":"1.2","terraform_version":"1.11.4","applyable":true,"errored":false,
                 "resource_changes":[
                  {"address":"a.first","type":"a","deposed":"0123","change":{"actions":["delete"],"before":{"id":"1"},
                   "after":null,"after_unknown":{},"before_sensitive":{},"after_sensitive":false}},
                  {"address":"a.moved","previous_address":"a.old","type":"a","change":{"actions":["no-op"],
                   "before":{"id":"1"},"after":{"id":"1"},"after_unknown":{}}},
                  {"address":"a.swap","type":"a","change":{"actions":["create","delete"],
                   "before":{"x":[{"k":"v"}]},"after":{"x":[{}]},"after_unknown":{"x":[{"k":true}],"id":true},
                   "before_sensitive":{"x":[{"k":true}]},"after_sensitive":{"x":[{"k":true}],"id":true}}},
                  {"address":"data.b.read","type":"b","change":{"actions":["read"],"before":null,"after":{},
                   "after_unknown":{}}}],
                 "resource_drift":[{"address":"a.drifted","type":"a","change":{"actions":["update"],"before":{"n":1},
                   "after":{"n":2},"after_unknown":{}}}]}
                """);
        PlanView view = PlanReader.read(show, NOTHING, Bench.KEY);

        assertThat(view.counts()).isEqualTo(new PlanView.Counts(1, 0, 2, 0, 0));
        assertThat(view.changes()).extracting(c -> tuple(c.action(), c.address(), c.reason(), c.previousAddress()))
                .containsExactly(tuple(Action.DELETE, "a.first", "left over from a replacement", ""),
                        tuple(Action.REPLACE, "a.swap", "", ""), tuple(Action.MOVE, "a.moved", "", "a.old"));
        assertThat(view.changes().get(1).attributes()).containsExactly(
                new PlanView.AttributeChange("id", "", "(sensitive)", false),
                new PlanView.AttributeChange("x", "[{\"k\":\"(sensitive)\"}]", "[{\"k\":\"(sensitive)\"}]", false));
        assertThat(view.drift()).extracting(PlanView.ResourceChange::address).containsExactly("a.drifted");

        ((ObjectNode) show).remove("resource_drift");
        assertThat(PlanReader.read(show, NOTHING, Bench.KEY).contentDigest())
                .as("drift beside changes does not count").isEqualTo(view.contentDigest());
    }

    @Test
    void refusesWhatIsNotAPlan() {
        assertThatThrownBy(() -> PlanReader.read(Json.tree("{\"format_version\":\"2.0\"}"), NOTHING, Bench.KEY))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void longValuesAreCut() {
        JsonNode show = Json.tree("{\"format_version\":\"1.2\",\"output_changes\":{\"o\":{\"actions\":[\"create\"],"
                + "\"before\":null,\"after\":\"" + "x".repeat(1000) + "\"}}}");
        assertThat(PlanReader.read(show, NOTHING, Bench.KEY).outputs().getFirst().after()).hasSize(301).endsWith("…");
    }
}
