package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.delivery.BotLink;
import dev.steward.playground.emulator.delivery.EventQueue;
import dev.steward.playground.emulator.delivery.Payloads;
import dev.steward.playground.emulator.faults.Faults;
import dev.steward.playground.emulator.journal.Journal;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.page.InstalledApp;
import dev.steward.playground.emulator.page.Page;
import dev.steward.playground.emulator.sockets.SocketMode;
import dev.steward.playground.emulator.webapi.ApiGate;
import dev.steward.playground.emulator.webapi.ResponseMessages;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.VirtualClock;
import dev.steward.playground.emulator.workspace.Workspace;
import dev.steward.playground.emulator.workspace.WorkspaceFile;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A Slack workspace on a port of the loopback address: the Web API under {@code /api/}, response URLs,
 * {@code /_control/} for driving it from another process, and the page for people. The workspace is that of {@link Seed}. Safe for concurrent use.
 */
public final class SlackEmulator implements AutoCloseable {
    private static final Duration LONG = Duration.ofHours(2);

    private final EmulatorOptions options;
    private final VirtualClock clock;
    private final Workspace workspace;
    private final Journal journal = new Journal();
    private final Faults faults = new Faults();
    private final ApiGate gate;
    private final SocketMode sockets;
    private final BotLink link;
    private final EventQueue events;
    private final Page page;
    private final Server server;
    private final Replies replies;
    private final Payloads payloads;
    private @Nullable WorkspaceFile file;

    private SlackEmulator(EmulatorOptions options) {
        this.options = options;
        this.clock = new VirtualClock(options.frozenAt());
        this.workspace = new Workspace(clock);
        this.sockets = new SocketMode(journal, options.answerWithin());
        this.gate = new ApiGate(workspace, journal, faults, options.access(), sockets, this::socketBase);
        this.link = new BotLink(journal, faults, sockets, options.signingSecret(), options.answerWithin());
        this.events = new EventQueue(workspace, clock, link, options.installation().subscriptions());
        ResponseMessages responses = new ResponseMessages(workspace, journal, faults);
        this.replies = new Replies(workspace, journal, responses);
        InstalledApp app = options.installation().app();
        this.page = new Page(workspace, app, sockets::isOn);
        clock.onAdvance(page::botChanged);
        this.server = new Server(gate, responses, sockets);
        server.start(options.port(), new ControlApi(this, app, Set.of(options.signingSecret()))::routes, page::routes);
        this.payloads = new Payloads(workspace, server.base() + "response/");
    }

    /** Starts listening before it returns. */
    public static SlackEmulator start(EmulatorOptions options) {
        return new SlackEmulator(options);
    }

    /** Where the Web API is; ends with {@code /api/}. */
    public URI apiUrl() {
        return URI.create(server.base() + "api/");
    }

    /** Where the control API is; ends with {@code /_control/}. */
    public URI controlUrl() {
        return URI.create(server.base() + "_control/");
    }

    public String botToken() {
        return options.access().botToken();
    }

    /** The app-level token, for Socket Mode. */
    public String appToken() {
        return options.access().appToken();
    }

    /** The connections of Socket Mode, which is off until it is set on; then nothing is sent over HTTP. */
    public SocketMode sockets() {
        return sockets;
    }

    private String socketBase() {
        return server.base().replaceFirst("^http", "ws");
    }

    public String signingSecret() {
        return options.signingSecret();
    }

    /** Sends commands, interactions and events here from now on. */
    public void deliverTo(URI requestUrl) {
        link.deliverTo(requestUrl);
    }

    /** Acts as one of the people, by handle or id. */
    public Person person(String nameOrId) {
        Account account = workspace.atomically(() -> workspace.directory().accountNamed(nameOrId))
                .orElseThrow(() -> new IllegalArgumentException("There is nobody called " + nameOrId));
        return new Person(account.id(), workspace, payloads, link, replies);
    }

    /** A channel by name, with or without {@code #}, or any conversation by id. */
    public Channel channel(String nameOrId) {
        return workspace.atomically(() -> workspace.conversations().named(nameOrId))
                .map(found -> new Channel(found.id(), workspace))
                .orElseThrow(() -> new IllegalArgumentException("There is no channel " + nameOrId));
    }

    public People people() {
        return new People(workspace);
    }

    /**
     * Something happens that apps may have subscribed to under this name. Returns once the first attempt to deliver it
     * has ended; nothing is sent where the app has not subscribed.
     */
    public void event(String subscription, JsonNode event) {
        ObjectNode copy = event.deepCopy();
        if (!copy.has("type")) {
            copy.put("type", subscription.replaceAll("\\..*", ""));
        }
        workspace.change(() -> workspace.happened(subscription, copy));
        settle();
    }

    /** Somebody opens the bot's home tab. What the bot published there comes along, as Slack has it. */
    public void openHome(Person person) {
        ObjectNode opened = Json.object().put("type", "app_home_opened").put("user", person.id()).put("tab", "home");
        workspace.change(() -> {
            opened.put("channel", workspace.conversations().openDirect(person.id()).id())
                    .put("event_ts", workspace.newTs());
            workspace.views().home(person.id())
                    .ifPresent(home -> opened.set("view", SlackJson.view(home, home.values())));
        });
        event("app_home_opened", opened);
    }

    /** Waits until no event is under way. */
    public void settle() {
        settle(LONG);
    }

    /** Waits until no event is under way, at most that long: one that a fault keeps is not worth waiting for. */
    void settle(Duration atMost) {
        events.settle(atMost);
    }

    public Faults faults() {
        return faults;
    }

    public VirtualClock clock() {
        return clock;
    }

    public Journal journal() {
        return journal;
    }

    /** Back to the seeded workspace, without faults and with an empty journal; clock and delivery address stay. */
    public void reset() {
        events.clear();
        faults.clear();
        settle();
        workspace.reset();
        gate.reset();
        journal.clear();
    }

    /**
     * Goes on from where the workspace of this file was, and keeps the workspace in it from now on. Said once, before
     * anybody acts.
     *
     * @return why the file could not be used, and where it is now, if it could not
     */
    public Optional<String> rememberIn(Path path) throws IOException {
        WorkspaceFile.Opened opened = WorkspaceFile.open(workspace, clock, path);
        file = opened.file();
        return opened.setAside();
    }

    /**
     * Has a bot's clock turned along with this one: by how many milliseconds is kept in that file, which the bot reads.
     * Said before the bot is started.
     */
    public void turn(Path clockFile) {
        link.signBy(clock);
        sockets.tellTimeBy(clock);
        ClockFile shared = new ClockFile(clockFile, clock);
        shared.write();
        clock.onAdvance(shared::write);
    }

    /** The page that a browser shows the workspace by. */
    public Page page() {
        return page;
    }

    /** Where the page is; ends with a slash. */
    public URI pageUrl() {
        return URI.create(server.base());
    }

    Workspace workspace() {
        return workspace;
    }

    @Override
    public void close() {
        events.close();
        link.close();
        sockets.close();
        page.close();
        server.close();
        if (file != null) {
            file.close();
        }
    }
}
