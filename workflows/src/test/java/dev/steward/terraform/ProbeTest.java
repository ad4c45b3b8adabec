package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Probes, with real Terraform. */
class ProbeTest {
    private static final String LOOKS = """
            variable "path" {
              type = string
            }

            output "found" {
              value = fileexists(var.path) ? ["file ${var.path}", "with ${var.password}"] : []
            }

            variable "password" {
              type = string
            }
            """;

    @TempDir
    Path home;

    @Test
    void saysWhatIsStillThereAndWhenNothingIs() throws Exception {
        Path thing = Files.createFile(home.resolve("thing"));
        PreparedModule module = module(LOOKS);
        assertThat(look(module)).as("named, and no secrets")
                .isEqualTo(new ProbeResult.Found(java.util.List.of("file " + thing, "with (sensitive)")));
        Files.delete(thing);
        assertThat(look(module)).isEqualTo(new ProbeResult.Clear());
        assertThat(home.resolve("probe")).as("inputs lie in it in clear").doesNotExist();
    }

    @Test
    void aModuleWithoutOneIsNotAsked() throws Exception {
        Path source = Files.createDirectories(home.resolve("plain"));
        assertThat(look(new PreparedModule("digest", source, Set.of(), Map.of()))).isEqualTo(new ProbeResult.None());
    }

    @Test
    void whatCannotLookIsNoGoodNews() throws Exception {
        assertThat(look(module("output \"found\" {\n  value = file(var.path)\n}\n\nvariable \"path\" {}\n")))
                .isInstanceOf(ProbeResult.Failed.class);
        assertThat(look(module("output \"found\" {\n  value = \"no list\"\n}\n")))
                .isEqualTo(new ProbeResult.Failed("its output `found` is no list that is known when it is planned"));
        assertThat(look(module("this is not HCL"))).isInstanceOf(ProbeResult.Failed.class);
        assertThat(home.resolve("probe")).doesNotExist();
    }

    private ProbeResult look(PreparedModule module) throws InterruptedException {
        Map<String, JsonNode> inputs = Map.of("path", new TextNode(home.resolve("thing").toString()), "password",
                new TextNode("canary-7f31"));
        return new Probe(TestTerraform.cli(home), home.resolve("probe")).look(module, inputs);
    }

    private PreparedModule module(String probe) throws IOException {
        Path source = Files.createTempDirectory(home, "module");
        Files.writeString(Files.createDirectories(source.resolve("probe")).resolve("main.tf"), probe);
        return new PreparedModule("digest", source, Set.of("password"), Map.of());
    }
}
