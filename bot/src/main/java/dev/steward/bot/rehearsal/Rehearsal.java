package dev.steward.bot.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.steward.bot.App;
import dev.steward.bot.Home;
import dev.steward.bot.Installation;
import dev.steward.bot.Logging;
import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.ledger.Actor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Plays a Steward's first request from the slash command to the applied plan, with the real parts and the real
 * Terraform, in a temporary folder that is gone afterwards: neither the home nor the settings of an installation are
 * read.
 *
 * <p>
 * It needs the workflow and the module that are shipped, and no network. While it plays, the Java machine can note what
 * it loads ({@code -XX:AOTCacheOutput}), so that the next start is quick.
 */
public final class Rehearsal {
    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String WORKFLOW = "new-service";
    private static final String SECRET = "signing-secret-of-a-rehearsal";
    private static final String TEXT = "rehearsal-only";
    private static final String SETTINGS = """
            platform_team: rehearsers
            teams:
              rehearsers: { title: Rehearsers, source: "slack:%s", channel: %s }
            """.formatted(PretendSlack.GROUP, PretendSlack.CHANNEL);
    /** What of the environment says where things are, and nothing of an installation. */
    private static final List<String> PLACES = List.of("PATH", "STEWARD_TERRAFORM");

    private final Map<String, String> environment;
    private final Path root;
    private final InstantSource clock;

    /**
     * A rehearsal that is not played yet.
     *
     * @param environment
     *            the process's environment
     * @param workingFolder
     *            where the shipped modules and workflows are unless {@code STEWARD_ROOT} says
     */
    public Rehearsal(Map<String, String> environment, Path workingFolder, InstantSource clock) {
        this.environment = environment;
        this.root = workingFolder.resolve(environment.getOrDefault("STEWARD_ROOT", "")).toAbsolutePath();
        this.clock = clock;
    }

    /**
     * Plays it.
     *
     * @throws IllegalStateException
     *             if something did not happen as it should; the message says what
     */
    public void play() throws IOException, InterruptedException {
        Path folder = Files.createTempDirectory("steward-rehearsal-");
        try (PretendSlack slack = PretendSlack.start()) {
            Settings settings = settings(folder, slack);
            Logging.start(settings);
            begin(settings);
            switch (App.open(settings, clock)) {
                case App.Outcome.Refused refused -> throw new IllegalStateException(refused.why());
                case App.Outcome.Serving(App app) -> {
                    try (app; Client client = client(settings, slack)) {
                        request(client, slack);
                    }
                }
            }
        } finally {
            remove(folder);
        }
    }

    private Settings settings(Path folder, PretendSlack slack) throws IOException {
        Path file = Files.writeString(folder.resolve("steward.yaml"), SETTINGS);
        Map<String, String> own = new HashMap<>(Map.of("HOME", folder.toString(), "STEWARD_CONFIG", file.toString(),
                "STEWARD_HOME", folder.resolve("home").toString(), "STEWARD_ROOT", root.toString(),
                "STEWARD_PORT", freePort(), "STEWARD_STATE_PORT", freePort(), "STEWARD_SLACK_API_URL",
                slack.api().toString(), "SLACK_BOT_TOKEN", "xoxb-token-of-a-rehearsal", "SLACK_SIGNING_SECRET",
                SECRET));
        PLACES.stream().filter(environment::containsKey).forEach(name -> own.put(name, environment.get(name)));
        return switch (Settings.read(own, folder, Settings.Purpose.SERVE)) {
            case Settings.Reading.Good good -> good.settings();
            case Settings.Reading.Bad bad -> throw new IllegalStateException(String.join("\n", bad.problems()));
        };
    }

    private Client client(Settings settings, PretendSlack slack) {
        return new Client(settings.listening().port(), SECRET, slack.response(), clock);
    }

    private static String freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return Integer.toString(socket.getLocalPort());
        }
    }

    private void begin(Settings settings) {
        Home home = Home.create(settings.places().home());
        try (Stores stores = Stores.open(home, clock)) {
            var outcome = new Installation(stores).initialise(home, settings, new Actor.Operator("rehearsal"),
                    new Actor.SlackUser(PretendSlack.TEAM, PretendSlack.DECIDER));
            if (!(outcome instanceof Installation.Outcome.Initialised)) {
                throw new IllegalStateException("a home could not be made: " + outcome);
            }
        }
    }

    private static void request(Client client, PretendSlack slack) throws IOException, InterruptedException {
        client.reads("healthz");
        client.reads("readyz");
        client.types(PretendSlack.ASKER, "/owner", TEXT);
        client.types(PretendSlack.ASKER, "/request", "");
        client.types(PretendSlack.ASKER, "/request", WORKFLOW);
        JsonNode page = slack.await("form", LIMIT, call -> call.method().startsWith("views.")
                ? Optional.of(call.json("view")).filter(view -> inputs(view).findAny().isPresent())
                : Optional.empty());
        while (!page.isMissingNode()) {
            JsonNode answer = client.submits(PretendSlack.ASKER, page, filled(page));
            JsonNode next = answer.path("view");
            if (answer.has("errors") || next.at("/private_metadata").equals(page.at("/private_metadata"))) {
                throw new IllegalStateException("the form was not accepted: " + answer);
            }
            page = inputs(next).findAny().isPresent() ? next : MissingNode.getInstance();
        }
        JsonNode approve = slack.await("card to decide on", LIMIT, call -> call.method().startsWith("chat.")
                ? call.json("blocks").findParents("action_id").stream()
                        .filter(element -> element.path("action_id").asText().equals("approve")).findFirst()
                : Optional.empty());
        client.clicks(PretendSlack.DECIDER, approve);
        slack.await("applied plan", LIMIT,
                call -> call.text("blocks").contains("*Applied*") ? Optional.of(call) : Optional.empty());
        client.types(PretendSlack.ASKER, "/owner", TEXT);
        client.reads("metrics");
    }

    private static Stream<JsonNode> inputs(JsonNode view) {
        return StreamSupport.stream(view.path("blocks").spliterator(), false)
                .filter(block -> block.path("type").asText().equals("input"));
    }

    /** What the form holds, and something wherever it holds nothing. */
    private static Map<String, Object> filled(JsonNode view) {
        Map<String, Object> values = new HashMap<>();
        inputs(view).forEach(block -> {
            JsonNode element = block.path("element");
            Map<String, Object> value = new HashMap<>(Map.of("type", element.path("type").asText()));
            if (element.has("initial_option")) {
                value.put("selected_option", element.path("initial_option"));
            } else if (element.has("options")) {
                value.put("selected_option", element.path("options").path(0));
            } else {
                value.put("value", element.path("initial_value").asText(TEXT));
            }
            values.put(block.path("block_id").asText(), Map.of(element.path("action_id").asText(), value));
        });
        return values;
    }

    /** Copies of modules are read-only, their folders as well. */
    private static void remove(Path folder) {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> paths = all.toList();
            for (Path path : paths) {
                if (Files.isDirectory(path)) {
                    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
                }
            }
            for (Path path : paths.stream().sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the rehearsal's folder could not be removed: " + folder, e);
        }
    }
}
