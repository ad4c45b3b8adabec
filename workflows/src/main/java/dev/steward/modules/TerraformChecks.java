package dev.steward.modules;

import dev.steward.terraform.Call;
import dev.steward.terraform.Command;
import dev.steward.terraform.Finished;
import dev.steward.terraform.FormatCommand;
import dev.steward.terraform.InitCommand;
import dev.steward.terraform.TerraformCli;
import dev.steward.terraform.TestCommand;
import dev.steward.terraform.ValidateCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Terraform's own opinion of a module: {@code fmt}, {@code init}, {@code validate}, {@code test}. */
final class TerraformChecks {
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final int NAMES_BYTES = 64 * 1024;

    private final TerraformCli terraform;
    private final Path scratch;

    /** Checks that leave their output, data and copies in a scratch folder. */
    TerraformChecks(TerraformCli terraform, Path scratch) {
        this.terraform = terraform;
        this.scratch = scratch;
    }

    /** The findings of the first check that fails; the later ones make no sense then. */
    List<Finding> findings(Path module) throws IOException, InterruptedException {
        Path report = Files.createDirectories(scratch.resolve("report")).resolve("tests.xml");
        List<Finding> findings = format(module);
        if (findings.isEmpty()) {
            findings = valid(module);
        }
        if (findings.isEmpty()) {
            findings = check(module, new TestCommand(report),
                    "correct the module or the test, so that `terraform test` succeeds");
        }
        return findings;
    }

    /** Whether Terraform can make sense of the configuration in that folder. */
    List<Finding> valid(Path folder) throws InterruptedException {
        List<Finding> findings = check(folder, new InitCommand(false),
                "correct it, so that `terraform init` succeeds");
        return findings.isEmpty()
                ? check(folder, new ValidateCommand(), "correct it, so that `terraform validate` succeeds")
                : findings;
    }

    /** Runs a command in a folder, with a data folder of the folder's own name. */
    Finished run(Path folder, Command command) throws InterruptedException {
        String name = String.valueOf(folder.getFileName());
        return terraform.run(command, Call.in(folder, scratch.resolve("output-" + name))
                .withDataFolder(scratch.resolve("data-" + name)).withLimit(LIMIT));
    }

    private List<Finding> format(Path module) throws InterruptedException {
        Finished finished = run(module, new FormatCommand());
        return switch (finished.exitCode()) {
            case 0 -> List.of();
            case 3 -> finished.outputText(NAMES_BYTES).lines().filter(l -> !l.isBlank())
                    .map(file -> Finding.of(file, "is not formatted", "run `terraform fmt`")).toList();
            default -> List.of(Finding.of(".", "cannot be read by `terraform fmt`", "run it, and correct the syntax"));
        };
    }

    private List<Finding> check(Path module, Command command, String advice) throws InterruptedException {
        Finished finished = run(module, command);
        if (finished.exitCode() == 0) {
            return List.of();
        }
        List<Finding> findings = Diagnostics.of(finished).errors().stream().map(d -> d.finding(advice)).toList();
        return findings.isEmpty()
                ? List.of(Finding.of(".", "`terraform " + command.name() + "` fails", advice))
                : findings;
    }
}
