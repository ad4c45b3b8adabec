package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentPolicyTest {
    private static final Path CONFIG = Path.of("/home/steward/terraform.rc");
    private static final EnvironmentPolicy POLICY = new EnvironmentPolicy(Map.of("PATH", "/bin", "HOME", "/root",
            "TF_CLI_ARGS", "-destroy", "TF_CLI_ARGS_plan", "-destroy", "TF_LOG", "TRACE", "TF_VAR_name", "x",
            "AWS_SECRET_ACCESS_KEY", "k", "SLACK_BOT_TOKEN", "t"), "512MiB");

    @Test
    void passesNothingInheritedButPathAndHome() {
        assertThat(POLICY.environment(CONFIG, Optional.empty(), Map.of(), Optional.empty()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("PATH", "/bin", "HOME", "/root", "TF_IN_AUTOMATION", "1",
                        "TF_INPUT", "0", "CHECKPOINT_DISABLE", "1", "TF_CLI_CONFIG_FILE", CONFIG.toString(), "GOGC",
                        "off", "GOMEMLIMIT", "512MiB"));
    }

    @Test
    void addsNamedCredentialsDataFolderAndBackend() {
        var environment = POLICY.environment(CONFIG, Optional.of(Path.of("/data")), Map.of("AWS_PROFILE", "staging"),
                Optional.of(new BackendEnvironment("http://127.0.0.1:7/s/1", "attempt-1", "token")));

        assertThat(environment).hasSize(8 + 1 + 1 + 8).containsEntry("AWS_PROFILE", "staging")
                .containsEntry("TF_DATA_DIR", "/data").containsEntry("TF_HTTP_ADDRESS", "http://127.0.0.1:7/s/1")
                .containsEntry("TF_HTTP_LOCK_ADDRESS", "http://127.0.0.1:7/s/1")
                .containsEntry("TF_HTTP_UNLOCK_ADDRESS", "http://127.0.0.1:7/s/1")
                .containsEntry("TF_HTTP_USERNAME", "attempt-1").containsEntry("TF_HTTP_PASSWORD", "token")
                .containsEntry("TF_HTTP_RETRY_MAX", "60").containsEntry("TF_HTTP_RETRY_WAIT_MIN", "1")
                .containsEntry("TF_HTTP_RETRY_WAIT_MAX", "2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"TF_CLI_ARGS_plan", "TF_LOG", "TF_HTTP_ADDRESS", "PATH", "HOME", "LD_PRELOAD", "GOGC",
            "STEWARD_RUN", "CHECKPOINT_DISABLE"})
    void refusesACredentialThatSteersTerraform(String name) {
        assertThatThrownBy(() -> POLICY.environment(CONFIG, Optional.empty(), Map.of(name, "v"), Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name);
    }

    @Test
    void refusesANameThatIsNone() {
        assertThatThrownBy(() -> POLICY.environment(CONFIG, Optional.empty(), Map.of("A=B", "v"), Optional.empty()))
                .hasMessageContaining("not the name");
    }

    @Test
    void saysNoSecretOfItself() {
        assertThat(POLICY.toString()).doesNotContain("TRACE", "SLACK");
        assertThat(new BackendEnvironment("http://x", "u", "hush").toString()).doesNotContain("hush");
    }
}
