package dev.steward.playground.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.stage.Stage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A bot with a home and an emulator of its own. One request has gone through it, so that there is something to ask
 * about, and something that was decided.
 */
final class House implements AutoCloseable {
    private static final String SERVICE = "first-of-all";

    private final Stage stage;
    private final Sink sink = new Sink();
    private final Server.Plan plan;
    private final Books books;
    private final Journey journey;
    private final Contender contender;
    private final List<Double> plans = new ArrayList<>();
    private final List<Double> applies = new ArrayList<>();

    /**
     * Builds it; the bot does not run afterwards.
     *
     * @param root
     *            folder with the shipped modules and workflows
     * @param folder
     *            where everything is kept; made
     */
    House(Path root, Path folder) {
        try {
            Files.createDirectory(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot build in " + folder, e);
        }
        stage = new Stage(root, folder).initialised();
        plan = new Server.Plan("dev.steward.bot.cli.Main", List.of("serve"), stage.environment(), stage.port(),
                folder.resolve("bench.log"));
        books = new Books(database());
        journey = new Journey(stage, books);
        Server first = plan.start();
        try {
            journey.once(SERVICE);
            journey.asksForOwner(SERVICE);
        } finally {
            first.close();
        }
        contender = new Contender(plan, commands(), clicks(), Optional.of(new Contender.Work(sink, books)));
    }

    /** A server that answers the same calls as this bot does. */
    Contender floor(Path folder, String name, List<String> more) {
        int port = Stage.freePort();
        List<String> arguments = new ArrayList<>(List.of(Integer.toString(port)));
        arguments.addAll(more);
        return new Contender(new Server.Plan(Floor.class.getName(), arguments, stage.environment(), port,
                folder.resolve(name + ".log")), commands(), clicks(), Optional.empty());
    }

    Contender contender() {
        return contender;
    }

    Stage stage() {
        return stage;
    }

    Path database() {
        return stage.home().resolve("steward.db");
    }

    /** Sends a request through the bot, which runs. */
    void travel(String service) {
        Journey.Took took = journey.once(service);
        plans.add(took.plan());
        applies.add(took.apply());
    }

    double plan() {
        return Samples.of(plans).median();
    }

    double apply() {
        return Samples.of(applies).median();
    }

    private Calls commands() {
        return calls(stage.slack().journal().deliveriesOf("command").getLast());
    }

    /** Omar's click on Approve, which by now comes too late. */
    private Calls clicks() {
        return calls(stage.slack().journal().deliveriesOf("block_actions").stream()
                .filter(d -> action(d.payload()).equals("approve")).toList().getLast());
    }

    private static String action(JsonNode payload) {
        return payload.path("actions").path(0).path("action_id").asText();
    }

    private Calls calls(Delivery delivery) {
        return new Calls(delivery.payload(), stage.slack().signingSecret(), sink.url());
    }

    @Override
    public void close() {
        contender.close();
        books.close();
        sink.close();
        stage.close();
    }
}
