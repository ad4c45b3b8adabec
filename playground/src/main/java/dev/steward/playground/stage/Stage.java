package dev.steward.playground.stage;

import dev.steward.bot.App;
import dev.steward.bot.Settings;
import dev.steward.bot.TurnedClock;
import dev.steward.playground.emulator.EmulatorOptions;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.emulator.journal.Journal;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * Everything that a story needs: an emulator with its seeded workspace, a fresh home that was initialised, the shipped
 * modules and workflows, and the bot, which can be started, killed and started again. All on free ports of this machine.
 */
public final class Stage implements AutoCloseable {
    private static final int LOWEST_PORT = 12_000;
    /** Linux's; other systems begin later. */
    private static final int LOWEST_EPHEMERAL_PORT = 32_768;
    private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final BotFolder bots;
    private final SlackEmulator slack;
    private final Map<String, String> environment = new HashMap<>();
    private final int port = freePort();
    private final Jdbi database;
    private Predicate<String> expected = refusal -> false;
    private int starts;
    private @Nullable BotProcess bot;
    private @Nullable App here;

    /**
     * Sets the stage; the bot is not started.
     *
     * @param root
     *            folder with the shipped modules and workflows
     * @param folder
     *            where everything is kept: the home, the settings, the logs
     */
    public Stage(Path root, Path folder) {
        this(root, folder, StartupCache.add(BotProgram.built(), root));
    }

    Stage(Path root, Path folder, BotProgram program) {
        this.folder = folder;
        bots = new BotFolder(root, folder, program).furnish();
        database = Jdbi.create("jdbc:sqlite:file:" + home().resolve("steward.db").toAbsolutePath() + "?mode=rw");
        slack = SlackEmulator.start(EmulatorOptions.defaults());
        slack.deliverTo(URI.create("http://127.0.0.1:" + port + "/slack/events"));
        environment.putAll(bots.environment());
        environment.putAll(Map.of("SLACK_BOT_TOKEN", slack.botToken(), "SLACK_SIGNING_SECRET", slack.signingSecret(),
                "STEWARD_SLACK_API_URL", slack.apiUrl().toString(), "STEWARD_PORT", String.valueOf(port),
                "STEWARD_STATE_PORT", String.valueOf(freePort())));
    }

    /** Expects that Slack refuses this, a line of {@link Journal#refusals}; whatever else it refuses fails {@link #close}. */
    public Stage expecting(Predicate<String> refusals) {
        expected = expected.or(refusals);
        return this;
    }

    /** Has the bot's environment contain that. */
    public Stage with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** Has the bot's clock turned along with Slack's. Said before the bot is started. */
    public Stage turningClock() {
        Path file = folder.resolve("clock");
        slack.turn(file);
        return with(TurnedClock.VARIABLE, file.toString());
    }

    /** Has Slack and the bot speak over Socket Mode. Said before the bot is started. */
    public Stage socketMode() {
        slack.sockets().set(true);
        environment.remove("SLACK_SIGNING_SECRET");
        return with("SLACK_APP_TOKEN", slack.appToken());
    }

    /** Makes the last step of applying a service take seconds: bcrypt of that cost, 14 to 16. */
    public Stage slowApplies(int cost) {
        bots.slowApplies(cost);
        return this;
    }

    /**
     * Initialises the home, with Lena as the administrator, or copies one that was: that differs where the folder of
     * modules is no longer as shipped, or where there is a home already.
     */
    public Stage initialised() {
        bots.initialise(environment);
        return this;
    }

    /** Runs one of the bot's commands on this home. */
    public String command(String... arguments) {
        return bots.command(environment, arguments);
    }

    /** Begins one of the bot's commands on this home, and does not wait for its end. */
    public BotProcess commandBegun(String... arguments) {
        return bots.commandBegun(environment, arguments);
    }

    /** Starts the bot, and waits until it is ready. */
    public BotProcess start() {
        return launch().awaitReady();
    }

    /** Starts the bot, and does not wait for anything. */
    public BotProcess launch() {
        return launched(bots.serve(environment, port, "serve-" + ++starts));
    }

    BotProcess started(BotProgram other) {
        return launched(bots.serve(other, environment, port, "serve-" + ++starts)).awaitReady();
    }

    private BotProcess launched(BotProcess launched) {
        bot = launched;
        return launched;
    }

    /**
     * Starts the bot in this process, and waits until it serves; over Socket Mode, until it is connected, if it can be. Whatever it has to load and to compile is there from the
     * second time on: for stories in which its process is neither killed nor stopped, nor its log read.
     *
     * @throws IllegalStateException if it refuses to
     */
    public App startHere() {
        return startHere(TurnedClock.of(environment));
    }

    /**
     * Starts the bot in this process, with a clock of the caller's, and waits until it serves.
     *
     * @throws IllegalStateException if it refuses to
     */
    public App startHere(InstantSource clock) {
        Map<String, String> variables = BotProcess.inherited();
        variables.putAll(environment);
        if (!(Settings.read(variables, folder, Settings.Purpose.SERVE) instanceof Settings.Reading.Good good)) {
            throw new IllegalStateException("the settings are wrong");
        }
        switch (App.open(good.settings(), clock)) {
            case App.Outcome.Refused(String why) -> throw new IllegalStateException(why);
            case App.Outcome.Serving(App app) -> {
                here = app;
                boolean _ = !slack.sockets().isOn() || Until.holds(Until.LONG, () -> slack.sockets().open() > 0);
                return app;
            }
        }
    }

    /**
     * Starts a bot that may be one too many: on ports of its own, so that the home is all that they share. Whoever
     * starts it stops it.
     */
    public BotProcess startAnother() {
        int own = freePort();
        Map<String, String> changed = new HashMap<>(environment);
        changed.put("STEWARD_PORT", String.valueOf(own));
        changed.put("STEWARD_STATE_PORT", String.valueOf(freePort()));
        return bots.serve(changed, own, "another-" + own).awaitReady();
    }

    /** The emulator. */
    public SlackEmulator slack() {
        return slack;
    }

    /** The settings that the bot is started with. */
    public Map<String, String> environment() {
        return Map.copyOf(environment);
    }

    /** The bot's home. */
    public Path home() {
        return bots.home();
    }

    /** The workflow definitions that the bot reads. */
    public Path workflows() {
        return bots.workflows();
    }

    /** The modules that the bot reads. */
    public Path modules() {
        return bots.modules();
    }

    /** Makes a module that is the same as another. */
    public void copyModule(String name, String copy) throws IOException {
        Folders.copy(modules().resolve(name), modules().resolve(copy));
    }

    /** The public port of the bot. */
    public int port() {
        return port;
    }

    /**
     * Looks into the home's database, also while the bot runs, on a connection that is opened for this look alone: stories
     * look many times a second.
     */
    public <T> T inspect(Function<Handle, T> query) {
        try (Handle handle = database.open()) {
            handle.execute("PRAGMA busy_timeout = 5000");
            handle.execute("PRAGMA query_only = ON");
            return handle.inTransaction(query::apply);
        }
    }

    /**
     * A port that was free a moment ago, none that was answered before, and none of those that a machine gives to
     * outgoing connections: one of these would take it before the bot listens there.
     */
    public static int freePort() {
        return ThreadLocalRandom.current().ints(LOWEST_PORT, LOWEST_EPHEMERAL_PORT).filter(TAKEN::add)
                .filter(Stage::isFree).limit(1).sum();
    }

    private static boolean isFree(int port) {
        try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Stops the bot and Slack.
     *
     * @throws IllegalStateException if Slack refused what the bot sent, unexpectedly: the story before was not a good one
     */
    @Override
    public void close() {
        if (here != null) {
            here.close();
        }
        if (bot != null) {
            bot.close();
        }
        slack.close();
        List<String> refused = slack.journal().refusals().stream().filter(expected.negate()).toList();
        if (!refused.isEmpty()) {
            throw new IllegalStateException("Slack refused what the bot sent:\n" + String.join("\n", refused));
        }
    }
}
