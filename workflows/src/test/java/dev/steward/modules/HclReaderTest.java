package dev.steward.modules;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HclReaderTest {

    @Test
    void readsBlocksLabelsAndAttributes() {
        var file = HclReader.read("main.tf", """
                # a comment
                resource "terraform_data" "a" {
                  input = "x \\"y\\" $${z}"
                  lifecycle {
                    ignore_changes = [input]
                  }
                }
                """);
        assertThat(file.problems()).isEmpty();
        var resource = file.body().blocks().getFirst();
        assertThat(resource.title()).isEqualTo("resource terraform_data.a");
        assertThat(resource.line()).isEqualTo(2);
        assertThat(resource.attribute("input").orElseThrow().literal()).contains("x \"y\" ${z}");
        assertThat(resource.blocks("lifecycle")).hasSize(1);
    }

    @Test
    void findsCallsInsideTemplatesAndHeredocs() {
        var file = HclReader.read("main.tf", """
                locals {
                  a = "begin ${upper(file("x"))} end"
                  b = <<-EOT
                    some ${core::file("y")}
                  EOT
                  c = [for k, v in var.m : filesha256(path.module) if v != null]
                  d = provider::x::y(1)
                }
                """);
        assertThat(file.problems()).isEmpty();
        assertThat(file.calls()).extracting(HclFile.Call::name).containsExactly("upper", "file", "file", "filesha256",
                "provider::x::y");
        assertThat(file.calls().get(2)).extracting(HclFile.Call::line, c -> c.firstArgument().orElse(""))
                .containsExactly(4,
                        "\"y\"");
        assertThat(file.references()).extracting(r -> r.root() + "." + r.attribute()).contains("path.module", "var.m");
    }

    @Test
    void readsWhatRealModulesContain() {
        var file = HclReader.read("main.tf", """
                variable "a" {
                  type = object({
                    name = string
                    size = optional(number, 3)
                  })
                  default = { name = "a\\\\b", "size" : -1.5e3 }
                }
                locals {
                  x = var.a.size > 2 && !var.b ? var.a["name"] : one(var.list[*].id)
                  y = "${var.a.name}-%%{x}-100%"
                  z = { for k, v in local.m : k => v... }
                  p = format("%s-%d%%", "a", 1)
                  w = regex("^[a-z]+$", var.x)
                  v = ["a\\\\", "b", "it's $5"]
                }
                """);
        assertThat(file.problems()).isEmpty();
        var locals = file.body().blocks().get(1);
        assertThat(locals.attributes().keySet()).containsExactly("x", "y", "z", "p", "w", "v");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a = \"x", "a = ", "resource \"x\" {", "}", "a = \"$$${file(\\\"x\\\")}\"",
            "a = \"%{ if x }b%{ endif }\"",
            "a = <<EOT\nx\nEOT  \n}\nb = <<EOT\nnot the EOT\nEOT\n", "a = \"x\r\""})
    void refusesWhatCannotBeReadWithCertainty(String text) {
        assertThat(HclReader.read("main.tf", text).problems()).as(text).isNotEmpty();
    }
}
