package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The script {@code steward} in a checkout with a space in its path, with fake Javas and a fake Terraform. */
class LauncherTest {
    private static final Instant LAST_BUILD = Instant.parse("2026-11-20T10:00:00Z");

    /** What the script may use besides what a test puts there. */
    private static final List<String> TOOLS = List.of("cat", "dirname", "find", "head", "ls", "mkdir", "mv", "readlink",
            "rm",
            "sed", "sleep", "tail", "touch", "sh");

    @TempDir
    Path folder;

    private final Map<String, String> environment = new TreeMap<>();
    private Path checkout;
    private Path programs;
    private Path javas;

    record Result(int exitCode, String out, String err) {}

    @BeforeEach
    void makeACheckout() throws IOException {
        checkout = Files.createDirectories(folder.resolve("a checkout"));
        programs = Files.createDirectory(folder.resolve("bin"));
        javas = Files.createDirectory(folder.resolve("jvm folder"));
        Files.copy(Path.of(System.getProperty("steward.root"), "steward"), checkout.resolve("steward"));
        for (String source : List.of("pom.xml", "bot/pom.xml", "workflows/pom.xml", "playground/pom.xml",
                "workflows/src/main/A.java", "bot/src/main/B.java", "playground/src/main/C.java", "migrations/V1.sql",
                ".mvn/maven.config")) {
            Files.createDirectories(checkout.resolve(source).getParent());
            Files.writeString(checkout.resolve(source), "");
        }
        built("bot");
        built("playground");
        for (String tool : TOOLS) {
            Path real = Path.of("/bin", tool);
            Files.createSymbolicLink(programs.resolve(tool),
                    Files.exists(real) ? real : Path.of("/usr/bin", tool));
        }
        environment.put("PATH", programs.toString());
        environment.put("HOME", folder.resolve("nobody").toString());
        environment.put("STEWARD_JVM_FOLDER", javas.toString());
    }

    @Test
    void runsTheLibraryFolderWithAJavaThatIsNewEnough() throws Exception {
        java("17", true);
        java("25", true);

        Result result = run("owner", "a service", "--x");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).isEmpty();
        assertThat(result.out()).startsWith("java 25\nroot " + checkout + "\n").contains(
                "--enable-native-access=ALL-UNNAMED\n", "--sun-misc-unsafe-memory-access=allow\n",
                "-cp\n" + checkout + "/bot/target/dist/lib/steward-bot-0.1.0.jar\ndev.steward.bot.cli.Main\nowner\n"
                        + "a service\n--x\n");
    }

    @Test
    void worksThroughSymbolicLinksFromAnywhere() throws Exception {
        java("25", true);
        Path links = Files.createDirectories(folder.resolve("links/deeper"));
        Files.createSymbolicLink(links.resolve("first"), Path.of("../../a checkout/steward"));
        Files.createSymbolicLink(links.resolve("second"), Path.of("first"));

        Result result = run(links.resolve("second"), "version");

        assertThat(result.out()).contains("root " + checkout + "\n");
    }

    @Test
    void saysWhatToInstallWhenThereIsNoJavaAtAll() throws Exception {
        Result result = run("version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("""
                steward: a JDK 25 or newer is needed, and there is none.
                  found no Java at all
                """).contains("https://adoptium.net", "STEWARD_JAVA_HOME");
    }

    @Test
    void namesTheJavasThatAreTooOld() throws Exception {
        Path old = java("17", true);
        Path older = java("1.8.0_392", true);

        assertThat(run("version").err()).contains("\n  found Java 17 in " + old + "\n",
                "\n  found Java 8 in " + older + "\n");
    }

    @Test
    void insistsOnTheJavaThatWasNamed() throws Exception {
        Path old = java("17", true);
        java("25", true);
        environment.put("STEWARD_JAVA_HOME", old.toString());

        Result result = run("version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith("steward: STEWARD_JAVA_HOME is " + old + ", which is Java 17.\n");
    }

    @Test
    void wantsACompilerOnlyWhenItMustBuild() throws Exception {
        Path runtimeOnly = java("25", false);
        assertThat(run("version").exitCode()).isZero();

        touch("bot/src/main/B.java", LAST_BUILD.plusSeconds(60));

        Result result = run("version");
        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).contains("found Java 25 in " + runtimeOnly + ", which has no compiler");
    }

    @Test
    void saysWhatToInstallWhenThereIsNoTerraform() throws Exception {
        java("25", true);

        Result result = run("demo");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.err()).startsWith(
                "steward: Terraform 1.11 or newer is needed, and there is no terraform on the PATH.\n")
                .contains("https://developer.hashicorp.com/terraform/install", "STEWARD_TERRAFORM");
    }

    @Test
    void namesTheTerraformThatIsTooOld() throws Exception {
        java("25", true);
        terraform("1.5.7");

        assertThat(run("demo").err()).startsWith("steward: Terraform 1.11 or newer is needed; "
                + programs.resolve("terraform") + " is 1.5.7.\n");
    }

    @Test
    void saysThatTheTerraformThatWasNamedCannotBeRun() throws Exception {
        java("25", true);
        environment.put("STEWARD_TERRAFORM", "/nowhere/terraform");

        assertThat(run("demo").err())
                .startsWith("steward: STEWARD_TERRAFORM is /nowhere/terraform, and that cannot be run.\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"demo", "bench"})
    void startsThePlaygroundForTheDemoAndTheBenchmark(String command) throws Exception {
        java("25", true);
        terraform("1.11.4");

        Result result = run(command, "--json");

        assertThat(result.out()).endsWith(checkout
                + "/playground/target/dist/lib/steward-playground-0.1.0.jar\ndev.steward.playground.Main\n" + command
                + "\n--json\n");
    }

    @Test
    void buildsWhenASourceIsNewerThanTheLastBuild() throws Exception {
        Path home = java("25", true);
        maven("""
                echo "$JAVA_HOME" "$@" > "$(dirname "$0")/built with"
                """);
        touch("workflows/src/main/A.java", LAST_BUILD.plusSeconds(1));

        Result result = run("version");

        assertThat(result.exitCode()).isZero();
        assertThat(result.err()).startsWith("steward: building (the first time also downloads libraries) ...\n"
                + "steward: built in ");
        assertThat(checkout.resolve("built with")).content().startsWith(home + " ").contains(" -pl bot -am package");
    }

    @Test
    void buildsWhenASourceWasDeleted() throws Exception {
        java("25", true);
        maven("touch \"$(dirname \"$0\")/built\"");
        Files.delete(checkout.resolve("bot/src/main/B.java"));

        run("version");

        assertThat(checkout.resolve("built")).exists();
    }

    @Test
    void showsTheEndOfTheLogWhenTheBuildFails() throws Exception {
        java("25", true);
        maven("echo '[ERROR] B.java:1: it does not compile'; exit 1");
        touch("bot/src/main/B.java", LAST_BUILD.plusSeconds(1));

        Result result = run("version");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).contains(
                "steward: the build failed. The last lines of " + checkout + "/target/launcher-build.log:\n"
                        + "[ERROR] B.java:1: it does not compile\n");
    }

    @Test
    void buildsNothingWhereTheLibrariesAreInstalled() throws Exception {
        java("25", false);
        terraform("1.11.4");
        Path lib = Files.createDirectory(checkout.resolve("lib"));
        for (String jar : List.of("b.jar", "a.jar", "B.jar")) {
            Files.writeString(lib.resolve(jar), "");
        }

        assertThat(run("serve").out()).as("the same class path in every locale and on every disk").contains(
                "-cp\n" + lib + "/B.jar:" + lib + "/a.jar:" + lib + "/b.jar\ndev.steward.bot.cli.Main\nserve\n");
        Result demo = run("demo");
        assertThat(demo.exitCode()).isEqualTo(2);
        assertThat(demo.err()).contains("the playground is not part of this installation");
    }

    @Test
    void startsWithTheCacheThatARehearsalLeftAndWithoutOneWhereThereIsNone() throws Exception {
        Path home = java("25", false);
        Path cache = checkout.resolve("bot/target/dist/lib/../steward.aot");
        assertThat(run("serve").out()).doesNotContain("AOT");

        script(home.resolve("bin/java"), """
                for argument in "$@"; do
                    case $argument in -XX:AOTCacheOutput=*) echo cached > "${argument#*=}" ;; esac
                done
                """);
        assertThat(run("rehearse").exitCode()).isZero();

        java("25", false);
        assertThat(cache).hasContent("cached");
        assertThat(cache.resolveSibling("steward.aot.new")).doesNotExist();
        assertThat(run("serve").out()).contains("-XX:AOTCache=" + cache + "\n-Xlog:aot*=off\n");
    }

    @Test
    void leavesTheCacheAsItIsWhenARehearsalFails() throws Exception {
        Path home = java("25", false);
        Path cache = Files.writeString(checkout.resolve("bot/target/dist/steward.aot"), "before");
        script(home.resolve("bin/java"), """
                for argument in "$@"; do
                    case $argument in -XX:AOTCacheOutput=*) echo half > "${argument#*=}" ;; esac
                done
                exit 3
                """);

        assertThat(run("rehearse").exitCode()).isEqualTo(3);

        assertThat(cache).hasContent("before");
        assertThat(checkout.resolve("bot/target/dist/steward.aot.new")).doesNotExist();
    }

    private void built(String module) throws IOException {
        Path lib = Files.createDirectories(checkout.resolve(module).resolve("target/dist/lib"));
        Files.writeString(lib.resolve("steward-" + module + "-0.1.0.jar"), "");
        Path stamp = Files.writeString(lib.resolveSibling("built"), "");
        try (var sources = Files.walk(checkout)) {
            for (Path source : sources.filter(p -> !p.toString().contains("/target")).toList()) {
                Files.setLastModifiedTime(source, FileTime.from(LAST_BUILD.minus(Duration.ofHours(1))));
            }
        }
        Files.setLastModifiedTime(stamp, FileTime.from(LAST_BUILD));
    }

    private Path java(String version, boolean compiler) throws IOException {
        Path home = Files.createDirectories(javas.resolve("java " + version));
        Files.createDirectories(home.resolve("bin"));
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"Test\"\nJAVA_VERSION=\"" + version + "\"\n");
        script(home.resolve("bin/java"), """
                echo "java %s"
                echo "root $STEWARD_ROOT"
                for argument in "$@"; do echo "$argument"; done
                """.formatted(version));
        if (compiler) {
            script(home.resolve("bin/javac"), "exit 1");
        }
        return home;
    }

    private void terraform(String version) throws IOException {
        script(programs.resolve("terraform"), "echo 'Terraform v" + version + "'; echo 'on linux_amd64'");
    }

    private void maven(String body) throws IOException {
        script(checkout.resolve("mvnw"), body);
    }

    private static void script(Path file, String body) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + body + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private void touch(String source, Instant at) throws IOException {
        Files.setLastModifiedTime(checkout.resolve(source), FileTime.from(at));
    }

    private Result run(String... arguments) throws Exception {
        return run(checkout.resolve("steward"), arguments);
    }

    private Result run(Path script, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(script.toString()));
        command.addAll(List.of(arguments));
        Path out = folder.resolve("out");
        Path err = folder.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).directory(Path.of("/").toFile())
                .redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Result(process.exitValue(), Files.readString(out, StandardCharsets.UTF_8),
                Files.readString(err, StandardCharsets.UTF_8));
    }
}
