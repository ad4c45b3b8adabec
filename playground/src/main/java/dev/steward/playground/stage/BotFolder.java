package dev.steward.playground.stage;

import dev.steward.playground.emulator.workspace.Seed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.Map;

/**
 * A folder with what the bot needs besides Slack: its settings, the shipped modules and workflows, its home, and the logs
 * of its runs.
 */
public final class BotFolder {
    /** What alerts are posted with, from every source. */
    public static final String WEBHOOK_SECRET = "webhooks-of-the-playground";
    private static final String SETTINGS = """
            platform_team: platform
            teams:
              payments: { title: Payments, source: "slack:%s", channel: payments }
              checkout: { title: Checkout, source: "slack:%s", channel: checkout }
              platform: { title: Platform, source: "slack:%s", channel: platform }
            oncall:
              payments:
                zone: Europe/Berlin
                escalate_after: 5m
                layers:
                  - { name: primary, every: 7d, starts: 2026-01-05T09:00, people: [omar, dana] }
                  - { name: secondary, every: 7d, starts: 2026-01-05T09:00, people: [dana, omar] }
              checkout:
                zone: Europe/Oslo
                layers:
                  - { name: primary, every: 7d, starts: 2026-01-05T09:00, people: [olga] }
              platform:
                zone: Europe/Berlin
                layers:
                  - { name: primary, every: 7d, starts: 2026-01-05T09:00, people: [pia, paul] }
                  - { name: secondary, every: 1d, starts: 2026-01-05T09:00, people: [lena] }
            webhooks:
              alertmanager: { secret: { file: webhook-secret } }
              grafana: { secret: { file: webhook-secret } }
              pagerduty: { secret: { file: webhook-secret } }
              generic: { secret: { file: webhook-secret } }
              rules:
                - { match: { alertname: "Disk.*" }, service: storage }
            """.formatted(Seed.GROUP_PAYMENTS, Seed.GROUP_CHECKOUT, Seed.GROUP_PLATFORM);

    private final Path root;
    private final Path folder;
    private final BotProgram program;

    BotFolder(Path root, Path folder, BotProgram program) {
        this.root = root;
        this.folder = folder;
        this.program = program;
    }

    /**
     * A folder for the bot as it was built, which starts from its start-up cache where there is one or one can be made.
     *
     * @param root
     *            folder with the shipped modules and workflows
     */
    public static BotFolder of(Path root, Path folder) {
        return new BotFolder(root, folder, StartupCache.add(BotProgram.built(), root));
    }

    /** Puts settings, modules and workflows there. */
    public BotFolder furnish() {
        try {
            Files.createDirectories(folder);
            Files.writeString(settings(), SETTINGS);
            Files.writeString(folder.resolve("webhook-secret"), WEBHOOK_SECRET);
            Folders.copy(root.resolve("terraform-modules"), modules());
            Folders.copy(root.resolve("workflows/definitions"), workflows());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot furnish " + folder, e);
        }
        return this;
    }

    /** Makes the last step of applying a service take seconds: bcrypt of that cost, 14 to 16. */
    public BotFolder slowApplies(int cost) {
        Path file = workflows().resolve("new-service.yaml");
        try {
            Files.writeString(file, Files.readString(file).replace("\ninputs:\n",
                    "\ninputs:\n  settle_cost: \"" + cost + " + 0\"\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return this;
    }

    /** The settings that name what is here. */
    Map<String, String> environment() {
        return new HashMap<>(Map.of("STEWARD_HOME", home().toString(), "STEWARD_CONFIG", settings().toString(),
                "STEWARD_MODULES", modules().toString(), "STEWARD_WORKFLOWS", workflows().toString()));
    }

    /**
     * Initialises the home, with Lena as the administrator, or copies one that was: that differs where the folder of
     * modules is no longer as shipped, or where there is a home already.
     */
    public void initialise(Map<String, String> environment) {
        if (program.home().isPresent() && Files.notExists(home()) && modulesAreAsShipped()) {
            try {
                Folders.copy(program.home().get(), home());
            } catch (IOException e) {
                throw new UncheckedIOException("cannot copy a home to " + home(), e);
            }
        } else {
            command(environment, "init", "--admin", Seed.LENA, "--team", Seed.TEAM);
        }
    }

    private boolean modulesAreAsShipped() {
        String lock = "modules.lock";
        try {
            return Files.mismatch(root.resolve("terraform-modules").resolve(lock), modules().resolve(lock)) < 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Runs one of the bot's commands to its end, and answers what it printed.
     *
     * @throws IllegalStateException
     *             if it ends with another exit code than 0
     */
    public String command(Map<String, String> environment, String... arguments) {
        return BotProcess.run(program, all(environment), log("command-" + arguments[0]), arguments);
    }

    /** Begins one of the bot's commands, and does not wait for its end. */
    BotProcess commandBegun(Map<String, String> environment, String... arguments) {
        return BotProcess.begin(program, all(environment), log("command-" + arguments[0]), arguments);
    }

    /**
     * Starts the bot, and does not wait for anything.
     *
     * @param log
     *            the name of its log; what an earlier run of that name said is kept beside it
     */
    public BotProcess serve(Map<String, String> environment, int port, String log) {
        return serve(program, environment, port, log);
    }

    BotProcess serve(BotProgram what, Map<String, String> environment, int port, String log) {
        return BotProcess.serve(what, all(environment), port, log(log));
    }

    private Map<String, String> all(Map<String, String> environment) {
        Map<String, String> all = environment();
        all.putAll(environment);
        return all;
    }

    /** The bot's home. */
    public Path home() {
        return folder.resolve("home");
    }

    /** The workflow definitions that the bot reads. */
    Path workflows() {
        return folder.resolve("workflows");
    }

    /** The modules that the bot reads. */
    Path modules() {
        return folder.resolve("terraform-modules");
    }

    private Path settings() {
        return folder.resolve("steward.yaml");
    }

    private Path log(String name) {
        Path file = folder.resolve(name + ".log");
        try {
            if (Files.exists(file)) {
                Files.move(file, folder.resolve(name + ".before.log"), StandardCopyOption.REPLACE_EXISTING);
            }
            return Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
