package dev.steward.playground.emulator.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Workspace;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.Locale;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The routes under {@code /page/}, and the files at {@code /}. Each person is shown what their own client would show them,
 * and nothing else; whoever opens the page may be any of them. What cannot be answered has a status of 400, 403 or 404 and
 * {@code {"error": why}}.
 */
public final class Page implements AutoCloseable {
    private static final int MESSAGES = 100;
    private static final int MOST_MESSAGES = 500;

    private final Workspace workspace;
    private final Feeds feeds;
    private final Boot boot;
    private final BooleanSupplier socketMode;
    private volatile BotSwitch bot = BotSwitch.NONE;

    /**
     * A page of this workspace.
     *
     * @param socketMode whether the bot is spoken to over Socket Mode now
     */
    public Page(Workspace workspace, InstalledApp app, BooleanSupplier socketMode) {
        this.workspace = workspace;
        this.feeds = new Feeds(workspace);
        this.boot = new Boot(workspace, app);
        this.socketMode = socketMode;
    }

    /** Watches this process of the bot from now on. */
    public void attach(BotSwitch attached) {
        bot = attached;
        botChanged();
    }

    public BotSwitch bot() {
        return bot;
    }

    /** Tells all browsers how the bot is, and what time it is. */
    public void botChanged() {
        feeds.tellOfBot(botState());
    }

    /** {@code up}, and how it came to that; {@code mode}; {@code now}, in seconds. */
    public ObjectNode botState() {
        BotSwitch.Power power = bot.power();
        ObjectNode state = Json.object().put("up", power == BotSwitch.Power.UP)
                .put("state", power.name().toLowerCase(Locale.ROOT)).put("attached", bot.attached())
                .put("mode", mode()).put("now", workspace.clock().instant().getEpochSecond());
        if (!bot.lastWords().isEmpty()) {
            state.put("last_words", bot.lastWords());
        }
        return state;
    }

    /** Adds the routes; the files come last, since they answer for every other path. */
    public void routes(RoutesConfig routes) {
        routes.get("/page/boot", context -> answer(context, () -> boot.shown(botState(), mode())));
        routes.get("/page/people/{who}", context -> asPerson(context, who -> new Screen(workspace, who).shown()));
        routes.get("/page/people/{who}/channels/{id}", context -> asPerson(context, who -> transcript(context, who)
                .latest(before(context), limit(context))));
        routes.get("/page/people/{who}/channels/{id}/threads/{ts}", context -> asPerson(context,
                who -> transcript(context, who).thread(context.pathParam("ts"))));
        routes.post("/page/people/{who}/read", context -> asPerson(context, who -> read(context, who)));
        routes.get("/page/people/{who}/events", this::events);
        routes.get("/page/<rest>", context -> {
            throw new Refusal(404, "There is nothing at " + context.path());
        });
        routes.get("/", context -> StaticFiles.serve(context, ""));
        routes.get("/<path>", context -> StaticFiles.serve(context, context.pathParam("path")));
    }

    private String mode() {
        return socketMode.getAsBoolean() ? "socket" : "http";
    }

    private void events(Context context) throws IOException {
        String id = workspace.atomically(() -> signedIn(context)).id();
        if (feeds.full()) {
            throw new Refusal(429, "Too many pages are open: close some of them");
        }
        feeds.serve(context, id, botState());
    }

    private void asPerson(Context context, Function<Account, ObjectNode> what) {
        answer(context, () -> what.apply(signedIn(context)));
    }

    private void answer(Context context, Supplier<ObjectNode> what) {
        ObjectNode answer = workspace.atomically(what);
        context.status(200).contentType("application/json; charset=utf-8").header("Cache-Control", "no-store")
                .result(answer.toString());
    }

    private Account signedIn(Context context) {
        String name = context.pathParam("who");
        Account who = workspace.directory().accountNamed(name).filter(one -> one.kind() != Account.Kind.BOT)
                .orElseThrow(() -> new Refusal(404, "There is nobody called " + name));
        if (who.deactivated()) {
            throw new Refusal(403, who.realName() + " is deactivated and cannot sign in");
        }
        return who;
    }

    private Transcript transcript(Context context, Account who) {
        return new Transcript(workspace, who, conversation(who, context.pathParam("id")));
    }

    private Conversation conversation(Account who, String id) {
        return workspace.conversations().find(id).filter(one -> one.visibleTo(who))
                .orElseThrow(() -> new Refusal(404, who.name() + " sees no conversation " + id));
    }

    private ObjectNode read(Context context, Account who) {
        JsonNode given = Json.parse(context.body())
                .orElseThrow(() -> new Refusal(400, "The body is no JSON"));
        Conversation where = conversation(who, given.path("channel").asText());
        workspace.readMarks().move(who.id(), where.id(), ts("ts", given.path("ts").asText()));
        return Json.object();
    }

    private static String before(Context context) {
        String before = context.queryParam("before");
        return before == null || before.isEmpty() ? "" : ts("before", before);
    }

    private static String ts(String name, String given) {
        if (!given.matches("\\d{10}\\.\\d{6}")) {
            throw new Refusal(400, "\"" + name + "\" is no timestamp of a message: \"" + given + "\"");
        }
        return given;
    }

    private static int limit(Context context) {
        String limit = context.queryParam("limit");
        if (limit != null && !limit.matches("[1-9]\\d{0,8}")) {
            throw new Refusal(400, "\"limit\" is no number of messages: \"" + limit + "\"");
        }
        return limit == null ? MESSAGES : Math.min(MOST_MESSAGES, Integer.parseInt(limit));
    }

    @Override
    public void close() {
        feeds.close();
    }
}
