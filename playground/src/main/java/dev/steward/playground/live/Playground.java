package dev.steward.playground.live;

import dev.steward.bot.TurnedClock;
import dev.steward.playground.emulator.EmulatorOptions;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.stage.BotFolder;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.TerraformProcesses;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** The workspace with its page, and the real bot in it, until it is closed. Everything is kept in one folder. */
public final class Playground implements AutoCloseable {
    private static final List<String> CATALOG = List.of("shop.yaml");
    /** Takes Terraform seconds to apply, so that there is a middle to kill Steward in. */
    private static final int SLOW = 16;

    /** What the journal keeps; a tree takes about five bytes in memory for each character. */
    private static final int JOURNAL_ENTRIES = 5_000;

    private static final long JOURNAL_CHARACTERS = 32_000_000;

    private final Wishes wishes;
    private final Premises premises;
    private final BotFolder folder;
    private final SlackEmulator slack;
    private final PrintStream out;
    private final LiveBot bot;

    private Playground(Wishes wishes, Premises premises, BotFolder folder, SlackEmulator slack, PrintStream out) {
        this.wishes = wishes;
        this.premises = premises;
        this.folder = folder;
        this.slack = slack;
        this.out = out;
        this.bot = new LiveBot(this::launched, this::renewed, slack.page()::botChanged);
    }

    /**
     * Opens it, says so, and keeps it open until the process is asked to end.
     *
     * @param root folder with the shipped modules and workflows
     * @return the exit code, if it does not open
     */
    public static int run(Wishes wishes, Path root, PrintStream out, PrintStream err) {
        try {
            Playground open = open(wishes, root, out);
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
                out.println("\nStopping Steward, and keeping everything ...");
                open.close();
            }));
            out.print(open.welcome());
            new CountDownLatch(1).await();
            return 0;
        } catch (Refused refused) {
            err.println(refused.getMessage());
        } catch (IOException | UncheckedIOException e) {
            err.println("The playground cannot use " + wishes.home() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return 1;
    }

    /**
     * Opens it: the bot is ready then.
     *
     * @throws Refused with what is in the way, and what to do
     */
    public static Playground open(Wishes wishes, Path root, PrintStream out) throws IOException, Refused {
        Premises premises = Premises.take(wishes.home());
        try {
            requireFree(wishes.ports());
            if (wishes.fresh() || !premises.ready()) {
                premises.clear();
                out.println("Setting up in " + premises.folder() + " ...");
            }
            out.println("Starting Steward; the first time after a build takes longer ...");
            BotFolder folder = BotFolder.of(root, premises.folder());
            SlackEmulator slack = SlackEmulator.start(EmulatorOptions.defaults().withPort(wishes.ports().page()));
            Playground opened = new Playground(wishes, premises, folder, slack, out);
            opened.begin();
            return opened;
        } catch (IOException | RuntimeException | Refused e) {
            premises.close();
            throw e;
        }
    }

    private void begin() throws IOException, Refused {
        try {
            slack.journal().keepAtMost(JOURNAL_ENTRIES, JOURNAL_CHARACTERS);
            slack.rememberIn(premises.workspaceFile()).ifPresent(out::println);
            slack.deliverTo(URI.create("http://127.0.0.1:" + wishes.ports().bot() + "/slack/events"));
            slack.sockets().set(wishes.socket());
            slack.page().attach(bot);
            slack.turn(premises.clockFile());
            if (!premises.ready()) {
                furnish();
            }
            if (!bot.startAndWait()) {
                throw new Refused("Steward does not start:\n" + bot.lastWords());
            }
        } catch (IllegalStateException setUpFailed) {
            slack.close();
            throw new Refused("Steward cannot be set up: " + setUpFailed.getMessage());
        } catch (IOException | Refused e) {
            bot.close();
            slack.close();
            throw e;
        }
    }

    /** A home with an administrator, and a catalog in which {@code /owner} finds something. */
    private void furnish() throws IOException {
        folder.furnish().slowApplies(SLOW).initialise(environment());
        Path catalog = Files.createDirectories(premises.folder().resolve("catalog"));
        for (String name : CATALOG) {
            try (InputStream in = Playground.class.getResourceAsStream("catalog/" + name)) {
                if (in == null) {
                    throw new IllegalStateException("catalog/" + name + " is not on the class path");
                }
                Files.copy(in, catalog.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        folder.command(environment(), "catalog", "import", "--yes", catalog.toString());
        premises.nowReady();
    }

    private BotProcess launched() {
        return folder.serve(environment(), wishes.ports().bot(), "steward");
    }

    /** Everything as in the beginning; what the workspace is kept in is written anew by itself. */
    private void renewed() {
        try {
            TerraformProcesses.killAll(folder.home());
            slack.reset();
            premises.clearBot();
            furnish();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot begin anew in " + premises.folder(), e);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> settings = new HashMap<>(Map.of(TurnedClock.VARIABLE, premises.clockFile().toString(),
                "SLACK_BOT_TOKEN", slack.botToken(),
                "STEWARD_SLACK_API_URL", slack.apiUrl().toString(), "STEWARD_PORT",
                String.valueOf(wishes.ports().bot()), "STEWARD_STATE_PORT", String.valueOf(wishes.ports().state())));
        if (wishes.socket()) {
            settings.put("SLACK_APP_TOKEN", slack.appToken());
        } else {
            settings.put("SLACK_SIGNING_SECRET", slack.signingSecret());
        }
        return settings;
    }

    /** Where it is and what to try. */
    String welcome() {
        return """

                The playground is open:  %s

                  1. As Dana, type  /request new-service payments-api tier-1  in #platform-requests, and fill in the form.
                  2. As Omar, and then as Pia, approve the plan on the card that appears there.
                  3. While it applies, kill Steward from the panel and start it again: it is applied once.

                Everything is kept in %s; --fresh begins anew. Ctrl-C stops it.
                """
                .formatted(url(), premises.folder());
    }

    /** Where the page is. */
    public URI url() {
        return slack.pageUrl();
    }

    private static void requireFree(Wishes.Ports ports) throws Refused {
        for (int port : ports.all()) {
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                free.setReuseAddress(true);
            } catch (IOException taken) {
                throw new Refused("Port " + port + " is taken (" + taken.getMessage() + "). The playground listens on "
                        + ports.page() + ", " + ports.bot() + " and " + ports.state()
                        + ": stop what has them, or give another port with --port, and it takes that and the next two.");
            }
        }
    }

    /** Stops the bot properly, saves, and gives the folder back. */
    @Override
    public void close() {
        bot.close();
        slack.close();
        try {
            premises.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
