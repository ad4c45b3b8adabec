package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TerraformCliTest {
    @TempDir
    Path folder;

    private Path output;

    @BeforeEach
    void outputFolder() throws IOException {
        output = PrivateFiles.folder(folder.resolve("output"));
    }

    @Test
    void tellsItsVersion() throws Exception {
        assertThat(TestTerraform.cli(folder).version(output)).isGreaterThanOrEqualTo(TerraformVersion.OLDEST);
        assertThat(output.resolve("version.out")).isNotEmptyFile();
        assertThat(mode(output.resolve("version.out"))).isEqualTo("rw-------");
        assertThat(mode(output)).isEqualTo("rwx------");
    }

    @Test
    void saysWhatToInstallWhenTerraformIsMissing() {
        var cli = cliOver(folder.resolve("nowhere"));
        assertThatThrownBy(() -> cli.version(output)).isInstanceOf(TerraformUnusable.class)
                .hasMessage("Terraform was not found at " + folder.resolve("nowhere")
                        + ": install Terraform >= 1.11 or set STEWARD_TERRAFORM");
    }

    @Test
    void saysThatTheFileCannotBeExecuted() throws IOException {
        var cli = cliOver(Files.writeString(folder.resolve("plain"), "text"));
        assertThatThrownBy(() -> cli.version(output)).isInstanceOf(TerraformUnusable.class)
                .hasMessageContaining("cannot be executed");
    }

    @Test
    void refusesABinaryOfAnotherMachine() throws IOException {
        var cli = cliOver(script("\u007fELFnonsense"));
        assertThatThrownBy(() -> cli.version(output)).isInstanceOf(TerraformUnusable.class)
                .hasMessageContaining("STEWARD_TERRAFORM");
    }

    @Test
    void refusesAnOldTerraform() throws IOException {
        var cli = cliOver(script("#!/bin/sh\necho '{\"terraform_version\":\"1.10.5\"}'\n"));
        assertThatThrownBy(() -> cli.version(output)).isInstanceOf(TerraformUnusable.class)
                .hasMessageContaining("is 1.10.5: install Terraform >= 1.11");
    }

    @Test
    void refusesWhatDoesNotAnswerLikeTerraform() throws IOException {
        var cli = cliOver(script("#!/bin/sh\necho hello\n"));
        assertThatThrownBy(() -> cli.version(output)).isInstanceOf(TerraformUnusable.class)
                .hasMessageContaining("does not answer like Terraform");
    }

    @Test
    void checksFormat() throws Exception {
        var cli = TestTerraform.cli(folder);
        var good = TestTerraform.moduleOf(folder.resolve("good"), "variable \"a\" {\n  type = string\n}\n");
        var ugly = TestTerraform.moduleOf(folder.resolve("ugly"), "variable \"a\" {\ntype=string\n}\n");
        var broken = TestTerraform.moduleOf(folder.resolve("broken"), "variable \"a\" {\n");

        assertThat(cli.run(new FormatCommand(), Call.in(good, output)).exitCode()).isZero();
        Finished differs = cli.run(new FormatCommand(), Call.in(ugly, output));
        assertThat(differs.exitCode()).isEqualTo(3);
        assertThat(differs.outputText(100)).isEqualTo("main.tf\n");
        assertThat(cli.run(new FormatCommand(), Call.in(broken, output)).exitCode()).isEqualTo(2);
    }

    @Test
    void validatesAndTestsAModule() throws Exception {
        var cli = TestTerraform.cli(folder);
        var module = TestTerraform.moduleOf(folder.resolve("m"),
                "variable \"name\" {\n  type = string\n}\nresource \"terraform_data\" \"a\" {\n  input = var.name\n}\n");
        Files.createDirectories(module.resolve("tests"));
        Files.writeString(module.resolve("tests/name.tftest.hcl"), """
                run "keeps_the_name" {
                  variables {
                    name = "payments"
                  }
                  assert {
                    condition     = terraform_data.a.input == "payments"
                    error_message = "the name was lost"
                  }
                }
                """);
        Call call = Call.in(module, output).withDataFolder(folder.resolve("data"));

        assertThat(cli.run(new InitCommand(false), call).exitCode()).isZero();
        assertThat(cli.run(new ValidateCommand(), call).outputText(10_000)).contains("\"valid\": true");
        assertThat(cli.run(new TestCommand(output.resolve("junit.xml")), call).exitCode()).isZero();
        assertThat(output.resolve("junit.xml")).content().contains("keeps_the_name");
    }

    @Test
    void saysThatAModuleIsInvalid() throws Exception {
        var module = TestTerraform.moduleOf(folder.resolve("m"), "output \"a\" {\n  value = var.nowhere\n}\n");

        Finished finished = TestTerraform.cli(folder).run(new ValidateCommand(), Call.in(module, output));

        assertThat(finished.exitCode()).isEqualTo(1);
        assertThat(finished.outputText(10_000)).contains("\"valid\": false");
        assertThat(finished.errorText(100)).isEmpty();
    }

    @Test
    void inheritedSettingsDoNotReachTerraform() throws Exception {
        var seen = script("#!/bin/sh\nenv\n");
        var cli = new TerraformCli(seen, folder.resolve("rc"),
                new EnvironmentPolicy(
                        Map.of("PATH", "/usr/bin:/bin", "TF_CLI_ARGS_validate", "-help", "TF_LOG", "TRACE",
                                "AWS_SESSION_TOKEN", "hush"),
                        "64MiB"));

        String environment = cli.run(new ValidateCommand(), Call.in(output, output)).outputText(10_000);

        assertThat(environment).contains("TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1", "GOMEMLIMIT=64MiB")
                .doesNotContain("TF_CLI_ARGS", "TF_LOG", "AWS_", "hush", "HOME=");
    }

    @Test
    void stopsWhatOutlastsItsLimit() throws IOException {
        var cli = cliOver(script("#!/bin/sh\necho $$ > \"$0.pid\"\nexec sleep 60\n"));
        assertThatThrownBy(
                () -> cli.run(new ValidateCommand(), Call.in(output, output).withLimit(Duration.ofMillis(500))))
                .isInstanceOf(TerraformTimedOut.class).hasMessageContaining("terraform validate did not end");
        assertThat(ProcessHandle.of(pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void stopsWhenItsThreadIsInterrupted() throws Exception {
        var cli = cliOver(script("#!/bin/sh\necho $$ > \"$0.pid\"\nexec sleep 60\n"));
        var thrown = new AtomicReference<Throwable>();
        Thread caller = Thread.ofVirtual().start(() -> {
            try {
                cli.run(new ValidateCommand(), Call.in(output, output));
            } catch (InterruptedException | RuntimeException e) {
                thrown.set(e);
            }
        });
        await().until(() -> Files.exists(pidFile()) && Files.size(pidFile()) > 1);
        caller.interrupt();
        caller.join();
        assertThat(thrown.get()).isInstanceOf(InterruptedException.class);
        assertThat(ProcessHandle.of(pid()).filter(ProcessHandle::isAlive)).isEmpty();
    }

    @Test
    void outputTextIsBounded() throws Exception {
        var cli = cliOver(script("#!/bin/sh\nprintf 'aaaaaaaaaa'\n"));
        assertThat(cli.run(new ValidateCommand(), Call.in(output, output)).outputText(4)).asInstanceOf(STRING)
                .isEqualTo("aaaa");
    }

    private TerraformCli cliOver(Path binary) {
        return new TerraformCli(binary, folder.resolve("rc"), EnvironmentPolicy.ofThisProcess());
    }

    private Path script(String text) throws IOException {
        Path file = Files.writeString(folder.resolve("fake"), text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file;
    }

    private Path pidFile() {
        return folder.resolve("fake.pid");
    }

    private long pid() throws IOException {
        return Long.parseLong(Files.readString(pidFile()).strip());
    }

    private static String mode(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
