package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CommandTest {
    private static final Path VARS = Path.of("/r/inputs.tfvars.json");
    private static final Path PLAN = Path.of("/r/plan");

    @Test
    void initNeverChangesTheLockFile() {
        assertThat(new InitCommand(true).arguments()).containsExactly("init", "-input=false", "-no-color", "-json",
                "-lockfile=readonly");
        assertThat(new InitCommand(false).arguments()).containsExactly("init", "-input=false", "-no-color", "-json",
                "-lockfile=readonly", "-backend=false");
    }

    @Test
    void planHasThreeModes() {
        assertThat(new PlanCommand(PlanCommand.Mode.NORMAL, VARS, PLAN).arguments()).containsExactly("plan",
                "-input=false", "-no-color", "-json", "-detailed-exitcode", "-lock-timeout=30s",
                "-var-file=/r/inputs.tfvars.json", "-out=/r/plan");
        assertThat(new PlanCommand(PlanCommand.Mode.DESTROY, VARS, PLAN).arguments()).hasSize(9).endsWith("-destroy");
        assertThat(new PlanCommand(PlanCommand.Mode.REFRESH_ONLY, VARS, PLAN).arguments()).hasSize(9)
                .endsWith("-refresh-only");
    }

    @Test
    void refusesAVarFileThatWouldBeReadAsHcl() {
        assertThatThrownBy(() -> new PlanCommand(PlanCommand.Mode.NORMAL, Path.of("/r/inputs.json"), PLAN))
                .hasMessageContaining(".tfvars.json");
    }

    @Test
    void applyTakesTheSavedPlanAndResendsOnlyEphemeralValues() {
        assertThat(new ApplyCommand(PLAN, Optional.empty()).arguments()).containsExactly("apply", "-input=false",
                "-no-color", "-json", "-lock-timeout=30s", "/r/plan");
        assertThat(new ApplyCommand(PLAN, Optional.of(VARS)).arguments()).containsExactly("apply", "-input=false",
                "-no-color", "-json", "-lock-timeout=30s", "-var-file=/r/inputs.tfvars.json", "/r/plan");
    }

    @Test
    void theRestIsShort() {
        assertThat(new ShowCommand(PLAN).arguments()).containsExactly("show", "-json", "/r/plan");
        assertThat(new ValidateCommand().arguments()).containsExactly("validate", "-json", "-no-color");
        assertThat(new FormatCommand().arguments()).containsExactly("fmt", "-check", "-recursive");
        assertThat(new TestCommand(Path.of("/r/j.xml")).arguments()).containsExactly("test", "-json", "-no-color",
                "-junit-xml=/r/j.xml");
        assertThat(new VersionCommand().arguments()).containsExactly("version", "-json");
    }
}
