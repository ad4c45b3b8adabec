package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HomeTest {
    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-20T10:00:00.123Z"));

    @TempDir
    Path folder;

    @Test
    void closesTheHomeToEverybodyElse() throws IOException {
        Home home = Home.create(folder.resolve("new/home"));

        assertThat(Files.getPosixFilePermissions(home.folder()))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(home.runs()).isDirectory();
        assertThat(home.modules()).isDirectory();
        assertThat(home.logs()).isDirectory();
        assertThat(home.isInitialised()).isFalse();
    }

    @Test
    void closesAHomeThatWasOpen() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));

        Home.create(open);

        assertThat(Files.getPosixFilePermissions(open)).isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void refusesASecondHolderInTheSameProcessAndSaysWhoHoldsIt() {
        Home home = Home.create(folder);
        try (HomeLock first = taken(home)) {
            assertThat(HomeLock.take(home, CLOCK)).isInstanceOfSatisfying(HomeLock.Outcome.Held.class,
                    held -> assertThat(held.holder()).startsWith("process " + ProcessHandle.current().pid() + " on ")
                            .endsWith(" since 2026-11-20T10:00:00Z"));
            assertThat(first).isNotNull();
        }

        taken(home).close();
    }

    @Test
    void refusesASecondProcessUntilTheFirstIsKilled() throws Exception {
        Home home = Home.create(folder);
        Process other = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "-cp",
                System.getProperty("java.class.path"), Holder.class.getName(), folder.toString())
                .redirectErrorStream(true).start();
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(other.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(lines.readLine()).isEqualTo("taken");

            assertThat(HomeLock.take(home, CLOCK)).isInstanceOfSatisfying(HomeLock.Outcome.Held.class,
                    held -> assertThat(held.holder()).startsWith("process " + other.pid() + " on "));
        } finally {
            other.destroyForcibly().waitFor();
        }

        taken(home).close();
    }

    private static HomeLock taken(Home home) {
        HomeLock.Outcome outcome = HomeLock.take(home, CLOCK);
        assertThat(outcome).isInstanceOf(HomeLock.Outcome.Taken.class);
        return ((HomeLock.Outcome.Taken) outcome).lock();
    }

    /** Another process that holds a home until it is killed. */
    static final class Holder {
        private Holder() {}

        public static void main(String[] arguments) throws InterruptedException {
            taken(Home.create(Path.of(arguments[0])));
            System.out.println("taken");
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
