package dev.steward.playground.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
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

    /** Whether any Terraform of that home still runs. */
    public static boolean anyAlive(Path home) {
        return ProcessHandle.allProcesses().anyMatch(p -> p.info().commandLine().orElse("").contains(home.toString())
                && p.info().command().orElse("").endsWith("terraform"));
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
