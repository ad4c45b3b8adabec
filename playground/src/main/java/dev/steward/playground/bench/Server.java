package dev.steward.playground.bench;

import dev.steward.playground.stage.Until;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A server in a Java machine of its own. All of them get the options that the launcher gives to Steward, and the same
 * class path.
 */
final class Server implements AutoCloseable {
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xms64m",
            "-Xmx2g", "-XX:+ExitOnOutOfMemoryError", "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final int port;
    private final double bootMillis;

    private Server(Process process, int port, double bootMillis) {
        this.process = process;
        this.port = port;
        this.bootMillis = bootMillis;
    }

    /** What to start. */
    record Plan(String main, List<String> arguments, Map<String, String> environment, int port, Path log) {
        /** Starts it and waits until it says that it is ready. */
        Server start() {
            return Server.start(this);
        }
    }

    private static Server start(Plan plan) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of("-cp", classPath(), plan.main()));
        command.addAll(plan.arguments());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
                .redirectInput(new File("/dev/null"))
                .redirectOutput(ProcessBuilder.Redirect.appendTo(plan.log().toFile()));
        builder.environment().putAll(plan.environment());
        try {
            long began = System.nanoTime();
            Process process = builder.start();
            awaitReady(process, plan);
            return new Server(process, plan.port(), (System.nanoTime() - began) / 1e6);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start " + plan.main(), e);
        }
    }

    /** Under Surefire the class path is in a property of its own. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static void awaitReady(Process process, Plan plan) throws IOException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!ready(plan.port())) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroyForcibly();
                throw new IllegalStateException(
                        plan.main() + " did not become ready:\n" + Files.readString(plan.log()));
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean ready(int port) {
        try (Connection connection = new Connection(port)) {
            return connection.call(Connection.get("/readyz")) == 200;
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    /** From the start of the process to the first "ready". */
    double bootMillis() {
        return bootMillis;
    }

    /** Resident memory, in MB. */
    double residentMegabytes() {
        try {
            return Files.readAllLines(Path.of("/proc/" + process.pid() + "/status")).stream()
                    .filter(line -> line.startsWith("VmRSS:"))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / 1024).findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroy();
        Until.isTrue("a server stops", LIMIT, () -> {
            try {
                return process.waitFor(10, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted", e);
            }
        });
    }
}
