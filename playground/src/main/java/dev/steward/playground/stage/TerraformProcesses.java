package dev.steward.playground.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Looks at the run folders of a home, from outside, for the Terraform processes that run there. */
public final class TerraformProcesses {
    private static final Pattern PID = Pattern.compile("(?:^|\\s)pid=(\\d+)");

    private TerraformProcesses() {}

    /** The process id of a Terraform that applies now. */
    public static Optional<Long> applying(Path home) {
        return folders(home).stream().map(TerraformProcesses::pid).flatMap(Optional::stream)
                .filter(TerraformProcesses::alive).findFirst();
    }

    /** Whether the process runs. */
    public static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    /** Has the process stand still until {@link #goOn}: it takes no processor, and does not end. */
    public static void standStill(long pid) {
        signal(pid, "STOP");
    }

    /** Has the process go on. */
    public static void goOn(long pid) {
        signal(pid, "CONT");
    }

    private static void signal(long pid, String name) {
        try {
            if (new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start().waitFor() != 0) {
                throw new IllegalStateException("process " + pid + " did not get signal " + name);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    /** Whether any Terraform of that home, its launcher, or something that it started still runs. */
    public static boolean anyAlive(Path home) {
        return !of(home).isEmpty();
    }

    /** Kills all of them, as the death of a container does: the launchers first, so that they write no exit code. */
    public static void killAll(Path home) {
        List<ProcessHandle> all = of(home);
        all.stream().filter(p -> p.info().commandLine().orElse("").contains("launch.sh"))
                .forEach(ProcessHandle::destroyForcibly);
        all.forEach(ProcessHandle::destroyForcibly);
        Until.isTrue("everything of " + home + " is gone", Until.LONG, () -> {
            of(home).forEach(ProcessHandle::destroyForcibly);
            return of(home).isEmpty();
        });
    }

    private static List<ProcessHandle> of(Path home) {
        return ProcessHandle.allProcesses().filter(p -> runsIn(p.pid(), home)).toList();
    }

    /** By the environment, which names a file of the home, and which all that Terraform starts inherits. */
    private static boolean runsIn(long pid, Path home) {
        try {
            Path proc = Path.of("/proc", Long.toString(pid));
            String environment = Files.readString(proc.resolve("environ"), StandardCharsets.ISO_8859_1);
            return environment.contains("TF_CLI_CONFIG_FILE=" + home + "/");
        } catch (IOException e) {
            return false; // gone meanwhile, or somebody else's
        }
    }

    private static List<Path> folders(Path home) {
        try (Stream<Path> all = Files.list(home.resolve("runs"))) {
            return all.filter(folder -> folder.getFileName().toString().contains("-apply-")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Long> pid(Path folder) {
        try {
            Path file = folder.resolve("process");
            if (!Files.exists(file) || Files.exists(folder.resolve("exit"))) {
                return Optional.empty();
            }
            Matcher matcher = PID.matcher(Files.readString(file));
            return matcher.find() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
