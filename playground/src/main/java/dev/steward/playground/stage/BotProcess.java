package dev.steward.playground.stage;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real bot, running as a process of its own that can be killed. */
public final class BotProcess implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofMinutes(3);

    private final Process process;
    private final int port;
    private final Path log;

    private BotProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    /**
     * Starts the bot, and does not wait until it is ready.
     *
     * @param environment
     *            its settings
     * @param port
     *            where it will listen
     * @param log
     *            receives all that it prints
     */
    static BotProcess serve(BotProgram program, Map<String, String> environment, int port, Path log) {
        return new BotProcess(launch(program, environment, log, List.of("serve")), port, log);
    }

    /**
     * Runs one of the bot's commands to its end.
     *
     * @return what it printed
     * @throws IllegalStateException
     *             if it ends with another exit code than 0
     */
    static String run(BotProgram program, Map<String, String> environment, Path log, String... arguments) {
        BotProcess bot = begin(program, environment, log, arguments);
        try {
            boolean ended = bot.process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
            String said = Files.readString(log);
            if (!ended || bot.process.exitValue() != 0) {
                bot.process.destroyForcibly();
                throw new IllegalStateException("`steward " + String.join(" ", arguments) + "` "
                        + (ended ? "ended with exit code " + bot.process.exitValue() : "did not end") + ":\n" + said);
            }
            return said;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts one of the bot's commands, and does not wait for its end. */
    static BotProcess begin(BotProgram program, Map<String, String> environment, Path log, String... arguments) {
        return new BotProcess(launch(program, environment, log, List.of(arguments)), 0, log);
    }

    private static Process launch(BotProgram program, Map<String, String> environment, Path log,
            List<String> arguments) {
        ProcessBuilder builder = new ProcessBuilder(program.command(arguments)).redirectErrorStream(true)
                .redirectInput(new File("/dev/null")).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().clear();
        builder.environment().putAll(inherited());
        builder.environment().putAll(environment);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException("the bot cannot be started", e);
        }
    }

    /** What a bot inherits of this process's environment. */
    static Map<String, String> inherited() {
        Map<String, String> inherited = new HashMap<>(System.getenv());
        inherited.keySet().removeIf(BotProcess::setsABot);
        return inherited;
    }

    /** Whether a variable is a setting of some other Steward, which whoever starts this may well have. */
    private static boolean setsABot(String variable) {
        return variable.startsWith("SLACK_")
                || (variable.startsWith("STEWARD_") && !variable.equals("STEWARD_TERRAFORM"));
    }

    /**
     * Waits until it says that it is ready.
     *
     * @throws IllegalStateException
     *             if it ends or is not ready within three minutes; the message ends with the log's last lines
     */
    public BotProcess awaitReady() {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz"))
                .timeout(Duration.ofSeconds(2)).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Until.isTrue("the bot is ready on port " + port, LIMIT, () -> {
                if (!process.isAlive()) {
                    throw new IllegalStateException(
                            "the bot ended with exit code " + process.exitValue() + ":\n" + tail());
                }
                return ready(client, request);
            });
        }
        return this;
    }

    private static boolean ready(HttpClient client, HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Whether it runs. */
    public boolean alive() {
        return process.isAlive();
    }

    /** Does this once it has ended, on another thread. */
    public void onExit(Runnable then) {
        Thread.ofVirtual().start(() -> {
            try {
                process.waitFor();
                then.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Its process id. */
    public long pid() {
        return process.pid();
    }

    /** Ends it as a crash would: SIGKILL, at once. */
    public void kill() {
        process.destroyForcibly();
        try {
            process.waitFor();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** Asks it to stop, and waits until it has. */
    public int stop() {
        process.destroy();
        try {
            if (!process.waitFor(90, TimeUnit.SECONDS)) {
                kill();
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    /** The end of what it printed. */
    public String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 40), lines.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        if (process.isAlive()) {
            stop();
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("interrupted", e);
    }
}
