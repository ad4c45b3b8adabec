package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.ledger.Actor;
import dev.steward.modules.Acceptance;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.RunState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Access whose module looks, after it was destroyed, whether it is really gone; real Terraform. */
class ProbedEndingTest {
    @TempDir
    Path home;

    private Path world;
    private LeaseBench access;

    /** The shipped module with a probe: it reads who the world says is a member. */
    @BeforeEach
    void open() throws Exception {
        world = home.resolve("world.tfstate");
        members("[]");
        Workbench.Options options = Workbench.Options.usual(home);
        try (Workbench first = new Workbench(home,
                options.withWorkflows(Files.createDirectories(home.resolve("none"))))) {
            probe();
            assertThat(first.modules.accept("service-access", new Actor.Operator("ops")))
                    .isInstanceOf(Acceptance.Accepted.class);
        }
        access = new LeaseBench(home, options);
    }

    private void probe() throws IOException {
        Path module = home.resolve("source/service-access");
        Files.writeString(Files.createDirectories(module.resolve("probe")).resolve("main.tf"),
                """
                        terraform {
                          required_version = ">= 1.11.0, < 2.0.0"
                        }

                        variable "holder" {
                          type = string
                        }

                        data "terraform_remote_state" "world" {
                          backend = "local"
                          config = {
                            path = "%s"
                          }
                        }

                        output "found" {
                          value = [for member in data.terraform_remote_state.world.outputs.members : member if member == var.holder]
                        }
                        """
                        .formatted(world));
        Path manifest = module.resolve("module.yaml");
        Files.writeString(manifest, Files.readString(manifest) + """

                exemptions:
                  - { use: data.terraform_remote_state, why: The world of this test }
                """);
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void itIsOverOnlyOnceTheProbeFindsNothing() throws Exception {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(id);
        members("[\"dana\", \"olga\"]");
        access.pass(Duration.ofMinutes(61));
        await().atMost(LeaseBench.PATIENCE).until(() -> access.ending(id).trouble().isPresent());
        LeaseState.Ending ending = access.ending(id);
        assertThat(ending.trouble())
                .contains("Terraform says that all of it is gone, and yet the module's probe finds 1"
                        + " of it.");
        assertThat(access.bench.count("SELECT count(*) FROM stack_resource")).as("by its own account it is gone")
                .isZero();
        access.pass(Duration.ofMinutes(2));
        await().atMost(LeaseBench.PATIENCE).until(() -> access.ending(id).tries() >= 2);
        assertThat(access.state(id)).as("found again where there is nothing left to destroy")
                .isInstanceOf(LeaseState.Ending.class);
        members("[\"olga\"]");
        access.pass(Duration.ofMinutes(5));
        assertThat(access.ended(id).word().cause()).isEqualTo(LeaseState.Cause.EXPIRED);
        assertThat(access.story(id)).contains("lease.gone");
    }

    @Test
    void aProbeThatCannotLookKeepsItRed() throws Exception {
        RequestId id = access.asked("dana", "ledger-lab", "reader", "1h");
        access.active(id);
        Files.writeString(world, "not a state");
        access.pass(Duration.ofMinutes(61));
        await().atMost(LeaseBench.PATIENCE).until(() -> access.ending(id).trouble().isPresent());
        assertThat(access.ending(id).trouble().orElseThrow()).contains("could not look");
        members("[]");
        access.pass(Duration.ofMinutes(2));
        access.ended(id);
        assertThat(access.bench.view(id).run().state()).isInstanceOf(RunState.Applied.class);
    }

    private void members(String members) throws IOException {
        Files.writeString(world, """
                {"version":4,"terraform_version":"1.11.0","serial":1,"lineage":"world","outputs":{"members":
                {"value":%s,"type":["tuple",[%s]]}},"resources":[]}""".formatted(members,
                members.equals("[]")
                        ? ""
                        : members.replaceAll("[\\[\\]]", "").replaceAll("\"[a-z]+\"", "\"string\"")));
    }
}
