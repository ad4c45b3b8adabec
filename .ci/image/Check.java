import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.bot.Logging;
import dev.steward.playground.emulator.EmulatorOptions;
import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Runs the image in real containers (runc) against the strict emulator on this machine's loopback address: read-only,
 * without capabilities, as its own user. Started by {@code .ci/image/check}; needs root. Ends with exit code 0 when all
 * went as the documentation says.
 *
 * <p>Arguments: the image's root folder, its configuration (the file of {@code buildah inspect}), a folder for
 * everything else, and the program that is process 1 before Steward, or nothing.
 */
public final class Check {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration LIMIT = Duration.ofSeconds(90);
    private static final String CHANNEL = "platform-requests";
    private static final int USER = 10001;
    private static final int STARTS = 5;
    private static final int REQUESTS = 10;

    private final Path root;
    private final JsonNode image;
    private final Path folder;
    private final String init;
    private final int port = Stage.freePort();
    private final int statePort = Stage.freePort();
    private final SlackEmulator slack = SlackEmulator.start(EmulatorOptions.defaults());
    private int containers;

    private Check(String[] arguments) throws IOException {
        root = Path.of(arguments[0]);
        image = JSON.readTree(Path.of(arguments[1]).toFile()).path("Docker").path("config");
        folder = Path.of(arguments[2]);
        init = arguments.length > 3 ? arguments[3] : "";
    }

    public static void main(String[] arguments) throws Exception {
        Logging.quiet();
        try {
            new Check(arguments).all();
        } catch (Exception e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    /** A running container. */
    record Container(String name, Process runc, Path log) {}

    private void all() throws Exception {
        set();
        say("process 1", init.isEmpty() ? "the launcher, which becomes Java" : init);
        require("init", 0, run("init", "--admin", Seed.LENA, "--team", Seed.TEAM));
        starts("boot to ready, with the start-up cache", List.of());
        starts("boot to ready, without it", List.of("STEWARD_JAVA_OPTS=-XX:AOTMode=off"));
        servesARequest();
        drainsARunInFlight();
        saysWhatItCannotKnow();
        require("ledger verify", 0, run("ledger", "verify"));
        List<?> errors = slack.journal().genuineErrors();
        require("errors from Slack: " + errors, 0, errors.size());
        slack.close();
    }

    private void set() throws IOException {
        slack.deliverTo(URI.create("http://127.0.0.1:" + port + "/slack/events"));
        Path home = Files.createDirectories(folder.resolve("home"));
        Files.setAttribute(home, "unix:uid", USER);
        Files.setAttribute(home, "unix:gid", USER);
        Path settings = Files.createDirectories(folder.resolve("settings/workflows"));
        Files.writeString(settings.resolveSibling("steward.yaml"), """
                platform_team: platform
                teams:
                  payments: { title: Payments, source: "slack:%s", channel: payments }
                  checkout: { title: Checkout, source: "slack:%s", channel: checkout }
                  platform: { title: Platform, source: "slack:%s", channel: platform }
                """.formatted(Seed.GROUP_PAYMENTS, Seed.GROUP_CHECKOUT, Seed.GROUP_PLATFORM));
        applies("");
    }

    /** Has an apply take seconds: bcrypt of that cost, which Terraform computes at apply only. */
    private void applies(String cost) throws IOException {
        String shipped = Files.readString(root.resolve("opt/steward/workflows/definitions/new-service.yaml"));
        Files.writeString(folder.resolve("settings/workflows/new-service.yaml"),
                cost.isEmpty() ? shipped : shipped.replace("\ninputs:\n", "\ninputs:\n  settle_cost: " + cost + "\n"));
    }

    private void starts(String what, List<String> environment) throws Exception {
        List<Double> seconds = new ArrayList<>();
        long memory = 0;
        for (int i = 0; i < STARTS; i++) {
            long before = System.nanoTime();
            Container steward = serve(environment);
            seconds.add((System.nanoTime() - before) / 1e9);
            memory = memory(steward);
            require("exit code of a stopped Steward", 0, stop(steward));
        }
        seconds.sort(null);
        say(what, String.format(Locale.ROOT, "%.2f s (median of %d: %s), then %d MB resident", seconds.get(STARTS / 2),
                STARTS, seconds.stream().map(s -> String.format(Locale.ROOT, "%.2f", s)).toList(), memory));
    }

    private void servesARequest() throws Exception {
        Container steward = serve(List.of());
        require("the image's own health check", 0, healthCheck(steward));
        for (int i = 0; i < REQUESTS; i++) {
            decide(asked("first-" + i), "approve");
            applied("first-" + i);
        }
        say("resident after " + REQUESTS + " requests planned and applied", memory(steward) + " MB");
        String processes = Files.readString(exec(steward, "sh", "-c",
                "for f in /proc/[0-9]*/stat; do read -r line < $f && echo \"$line\"; done"));
        say("processes in the container", processes.lines().map(l -> l.split(" ")[1] + l.split(" ")[2]).toList()
                .toString());
        require("zombies", 0, processes.lines().filter(l -> l.split(" ")[2].equals("Z")).count());
        stop(steward);
    }

    private void drainsARunInFlight() throws Exception {
        applies("16");
        Container steward = serve(List.of());
        decide(asked("drained"), "approve");
        begins("drained");
        long before = System.nanoTime();
        require("exit code after SIGTERM with a run in flight", 0, stop(steward));
        say("SIGTERM with a run in flight", String.format(Locale.ROOT, "drained in %.1f s, exit code 0",
                (System.nanoTime() - before) / 1e9));
        Container again = serve(List.of());
        applied("drained");
        stop(again);
    }

    private void saysWhatItCannotKnow() throws Exception {
        applies("16");
        Container steward = serve(List.of());
        decide(asked("lost"), "approve");
        begins("lost");
        signal(steward, "KILL");
        int code = ended(steward);
        applies("");
        Container again = serve(List.of());
        Until.present("the card says that nobody can say", LIMIT, () -> slack.channel(CHANNEL).messages().stream()
                .filter(m -> m.plainText().contains("lost") && m.plainText().contains("nobody can say")).findFirst());
        say("SIGKILL of the container with a run in flight", "exit code " + code
                + "; reported as indeterminate at the next start");
        stop(again);
    }

    private Message asked(String name) {
        Actor dana = new Actor(slack.person("dana"));
        dana.types(CHANNEL, "/request", "new-service");
        dana.sees("Service name");
        dana.submits(Map.of("service", name, "purpose", "Shows that the image works"));
        dana.sees("Tier");
        dana.finishes(Map.of());
        return card(name, "approve");
    }

    private void decide(Message card, String action) {
        new Actor(slack.person("omar")).clicksAndIsTold(card, action);
    }

    private Message card(String name, String action) {
        return Until.present("a card for " + name, LIMIT, () -> slack.channel(CHANNEL).messages().stream()
                .filter(m -> m.plainText().contains(name))
                .filter(m -> m.buttons().stream().anyMatch(b -> b.actionId().equals(action))).findFirst());
    }

    private void applied(String name) {
        Until.present(name + " is applied", LIMIT, () -> slack.channel(CHANNEL).messages().stream()
                .filter(m -> m.plainText().contains(name) && m.plainText().contains("*Applied*")).findFirst());
    }

    private void begins(String name) {
        Until.present(name + " is being applied", LIMIT, () -> slack.channel(CHANNEL).messages().stream()
                .filter(m -> m.plainText().contains(name) && m.plainText().contains("*Applying*")).findFirst());
    }

    private Container serve(List<String> environment) throws Exception {
        Container started = start(environment, "serve");
        HttpRequest ready = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/readyz")).build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            long deadline = System.nanoTime() + LIMIT.toNanos();
            while (true) {
                if (!started.runc().isAlive() || System.nanoTime() > deadline) {
                    throw new IllegalStateException("not ready:\n" + Files.readString(started.log()));
                }
                try {
                    if (client.send(ready, HttpResponse.BodyHandlers.discarding()).statusCode() == 200) {
                        return started;
                    }
                } catch (IOException e) {
                    TimeUnit.MILLISECONDS.sleep(5);
                }
            }
        }
    }

    private int run(String... command) throws Exception {
        return ended(start(List.of(), command));
    }

    private Container start(List<String> environment, String... command) throws IOException {
        String name = "steward-check-" + ProcessHandle.current().pid() + "-" + ++containers;
        Path bundle = Files.createDirectories(folder.resolve("bundles").resolve(name));
        JSON.writeValue(bundle.resolve("config.json").toFile(), specification(environment, List.of(command)));
        Path log = folder.resolve(name + ".log");
        Process runc = new ProcessBuilder("runc", "run", "--bundle", bundle.toString(), name)
                .redirectErrorStream(true).redirectOutput(log.toFile()).start();
        return new Container(name, runc, log);
    }

    private int stop(Container container) throws Exception {
        signal(container, "TERM");
        return ended(container);
    }

    private static void signal(Container container, String signal) throws Exception {
        require("runc kill", 0, new ProcessBuilder("runc", "kill", container.name(), signal).inheritIO().start()
                .waitFor());
    }

    private static int ended(Container container) throws Exception {
        if (!container.runc().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException(container.name() + " did not end");
        }
        return container.runc().exitValue();
    }

    private int healthCheck(Container container) throws Exception {
        List<String> command = new ArrayList<>();
        image.path("Healthcheck").path("Test").forEach(word -> command.add(word.asText()));
        require("HEALTHCHECK's form: " + command, true, command.removeFirst().equals("CMD"));
        exec(container, command.toArray(String[]::new));
        return 0;
    }

    private Path exec(Container container, String... command) throws Exception {
        List<String> whole = new ArrayList<>(List.of("runc", "exec", container.name()));
        whole.addAll(List.of(command));
        Path output = folder.resolve("exec.log");
        int code = new ProcessBuilder(whole).redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
        require(String.join(" ", command) + ": " + Files.readString(output), 0, code);
        return output;
    }

    /** Resident memory of Java in MB; Terraform's is not in it. */
    private static long memory(Container container) throws Exception {
        Process ps = new ProcessBuilder("runc", "ps", "--format", "json", container.name()).start();
        long kilobytes = 0;
        for (JsonNode pid : JSON.readTree(ps.getInputStream())) {
            String status = Files.readString(Path.of("/proc/" + pid.asLong() + "/status"));
            if (status.startsWith("Name:\tjava")) {
                kilobytes += Long.parseLong(status.replaceAll("(?s).*VmRSS:\\s+(\\d+).*", "$1"));
            }
        }
        return kilobytes / 1024;
    }

    private Map<String, Object> specification(List<String> environment, List<String> command) {
        List<String> arguments = new ArrayList<>(init.isEmpty() ? List.of() : List.of("/init", "--"));
        image.path("Entrypoint").forEach(word -> arguments.add(word.asText()));
        arguments.addAll(command);
        List<String> variables = new ArrayList<>(List.of("SLACK_BOT_TOKEN=" + slack.botToken(),
                "SLACK_SIGNING_SECRET=" + slack.signingSecret(), "STEWARD_SLACK_API_URL=" + slack.apiUrl(),
                "STEWARD_PORT=" + port, "STEWARD_STATE_PORT=" + statePort, "STEWARD_CONFIG=/settings/steward.yaml",
                "STEWARD_WORKFLOWS=/settings/workflows"));
        image.path("Env").forEach(variable -> variables.add(variable.asText()));
        variables.addAll(environment);
        List<Object> mounts = new ArrayList<>(List.of(mount("proc", "/proc", "proc"), mount("tmpfs", "/dev", "tmpfs"),
                mount("tmpfs", "/tmp", "tmpfs", "nosuid", "nodev", "noexec"),
                mount("bind", "/home/steward/.steward", folder.resolve("home").toString(), "bind", "rw"),
                mount("bind", "/settings", folder.resolve("settings").toString(), "bind", "ro")));
        if (!init.isEmpty()) {
            mounts.add(mount("bind", "/init", init, "bind", "ro"));
        }
        Map<String, Object> process = new TreeMap<>(Map.of("terminal", false, "args", arguments, "env", variables,
                "cwd", image.path("WorkingDir").asText("/"), "noNewPrivileges", true, "user",
                Map.of("uid", USER, "gid", USER), "capabilities", Map.of()));
        return Map.of("ociVersion", "1.0.2", "process", process, "hostname", "steward-" + containers, "root",
                Map.of("path", root.toString(), "readonly", true), "mounts", mounts, "linux", Map.of("namespaces",
                        List.of(Map.of("type", "pid"), Map.of("type", "mount"), Map.of("type", "ipc"),
                                Map.of("type", "uts"))));
    }

    private static Map<String, Object> mount(String type, String destination, String source, String... options) {
        return Map.of("type", type, "destination", destination, "source", source, "options", List.of(options));
    }

    private static void say(String what, String figure) {
        System.out.println(what + ": " + figure);
    }

    private static void require(String what, Object wanted, Object found) {
        if (!String.valueOf(wanted).equals(String.valueOf(found))) {
            throw new IllegalStateException(what + ": wanted " + wanted + ", found " + found);
        }
    }
}
