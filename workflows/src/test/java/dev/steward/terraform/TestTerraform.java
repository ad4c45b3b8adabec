package dev.steward.terraform;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/** The real Terraform of the machine, for tests; a missing one fails them. */
public final class TestTerraform {
    private TestTerraform() {}

    /** The binary on PATH. */
    public static Path binary() {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(":", -1)).map(folder -> Path.of(folder, "terraform"))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new AssertionError("terraform is not on PATH: install it for the tests"));
    }

    /** A command line whose settings file is in the folder given. */
    public static TerraformCli cli(Path folder) {
        return new TerraformCli(binary(), folder.resolve("terraform.rc"), EnvironmentPolicy.ofThisProcess());
    }

    /** A command line that inherits the environment given. */
    static TerraformCli cli(Path folder, Map<String, String> inherited) {
        return new TerraformCli(binary(), folder.resolve("terraform.rc"), new EnvironmentPolicy(inherited, "512MiB"));
    }

    /** The folder of a test module below {@code workflows/src/test/terraform}. */
    static Path module(String name) {
        return Path.of(System.getProperty("steward.root", ".."), "workflows/src/test/terraform", name);
    }

    /** A folder with one file {@code main.tf}. */
    static Path moduleOf(Path folder, String hcl) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("main.tf"), hcl);
        return folder;
    }
}
