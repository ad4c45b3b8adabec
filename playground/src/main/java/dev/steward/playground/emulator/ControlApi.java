package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.page.BotSwitch;
import dev.steward.playground.emulator.page.InstalledApp;
import dev.steward.playground.emulator.sockets.SocketMode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The emulator's own HTTP interface under {@code /_control/}, for driving it from another process: bodies and answers are
 * JSON objects. What cannot be done is answered with status 400 and {@code {"error": why}}.
 */
final class ControlApi {
    private final SlackEmulator slack;
    private final Snapshots snapshots;
    private final ControlActs acts;

    ControlApi(SlackEmulator slack, InstalledApp app) {
        this.slack = slack;
        this.snapshots = new Snapshots(slack);
        this.acts = new ControlActs(slack, snapshots, app);
    }

    void routes(RoutesConfig routes) {
        routes.get("/_control/state", context -> look(context, snapshots::state));
        routes.get("/_control/journal", context -> look(context, () -> snapshots.journal(after(context))));
        routes.get("/_control/people/{name}",
                context -> look(context, () -> snapshots.person(slack.person(context.pathParam("name")))));
        routes.get("/_control/channels/{name}",
                context -> look(context, () -> snapshots.channel(context.pathParam("name"))));
        routes.post("/_control/people", context -> run(context, given -> Json.object().put("id",
                slack.people().add(ControlActs.text(given, "name"), ControlActs.text(given, "real_name")))));
        routes.post("/_control/people/{name}/{act}", context -> run(context,
                given -> acts.act(slack.person(context.pathParam("name")), context.pathParam("act"), given)));
        routes.post("/_control/channels/{name}/archive", context -> run(context, given -> {
            slack.channel(context.pathParam("name")).archive();
            return snapshots.channel(context.pathParam("name"));
        }));
        routes.post("/_control/events", context -> run(context, given -> {
            slack.event(ControlActs.text(given, "subscription"), given.path("event"));
            return Json.object();
        }));
        routes.post("/_control/deliver-to", context -> run(context, given -> {
            slack.deliverTo(URI.create(ControlActs.text(given, "url")));
            return Json.object();
        }));
        sockets(routes);
        bot(routes);
        routes.get("/_control/clock", context -> look(context, () -> snapshots.clock()));
        routes.post("/_control/clock", context -> run(context, given -> {
            slack.clock().advance(Duration.ofMillis(advance(given)));
            slack.settle();
            return snapshots.clock();
        }));
        routes.get("/_control/faults", context -> look(context, snapshots::faults));
        routes.post("/_control/faults", context -> run(context, given -> {
            acts.fault(given);
            return Json.object();
        }));
        routes.delete("/_control/faults", context -> run(context, given -> {
            slack.faults().clear();
            return Json.object();
        }));
        routes.post("/_control/reset", context -> run(context, given -> {
            if (slack.page().bot().attached()) {
                slack.page().bot().reset();
            } else {
                slack.reset();
            }
            return Json.object();
        }));
    }

    /**
     * {@code mode} takes {@code on}; {@code drop} and {@code disconnect} take a {@code count}, and the latter a
     * {@code reason} and {@code close_after_ms}.
     */
    private void sockets(RoutesConfig routes) {
        routes.get("/_control/sockets", context -> look(context, snapshots::sockets));
        routes.post("/_control/sockets/mode", context -> run(context, given -> {
            slack.sockets().set(given.path("on").asBoolean(true));
            return snapshots.sockets();
        }));
        routes.post("/_control/sockets/drop", context -> run(context,
                given -> Json.object().put("dropped", slack.sockets().drop(given.path("count").asInt(1)))));
        routes.post("/_control/sockets/disconnect", context -> run(context, given -> Json.object().put("told",
                slack.sockets().disconnect(given.path("count").asInt(1),
                        SocketMode.Reason.valueOf(ControlActs.text(given, "reason").toUpperCase(Locale.ROOT)),
                        Duration.ofMillis(given.path("close_after_ms").asLong(10_000))))));
    }

    /** {@code act} is kill, stop, start or reset; the answer is how the bot is now, and the page hears what becomes of it. */
    private void bot(RoutesConfig routes) {
        routes.get("/_control/bot", context -> look(context, slack.page()::botState));
        routes.post("/_control/bot", context -> run(context, given -> {
            BotSwitch bot = slack.page().bot();
            switch (ControlActs.text(given, "act")) {
                case "kill" -> bot.kill();
                case "stop" -> bot.stop();
                case "start" -> bot.start();
                case "reset" -> bot.reset();
                default -> throw new IllegalArgumentException("The bot knows kill, stop, start and reset, and no "
                        + given.path("act"));
            }
            return slack.page().botState();
        }));
        routes.get("/_control/journal/download", context -> context
                .header("Content-Disposition", "attachment; filename=\"journal.jsonl\"")
                .contentType("application/jsonl; charset=utf-8").result(snapshots.journalLines()));
    }

    private static long advance(ObjectNode given) {
        return ControlActs.within(given, "advance_ms", Duration.ofDays(366).toMillis(), -1);
    }

    private static long after(Context context) {
        String after = context.queryParam("after");
        if (after != null && !after.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("\"after\" is no number of a journal entry: \"" + after + "\"");
        }
        return after == null ? 0 : Long.parseLong(after);
    }

    private static void look(Context context, Supplier<ObjectNode> what) {
        run(context, given -> what.get());
    }

    private static void run(Context context, Function<ObjectNode, ? extends JsonNode> what) {
        String body = context.body();
        try {
            answer(context, 200, what.apply(body.isBlank() ? Json.object() : given(body)));
        } catch (IllegalArgumentException | IllegalStateException cannotBeDone) {
            answer(context, 400, Json.object().put("error", String.valueOf(cannotBeDone.getMessage())));
        }
    }

    private static ObjectNode given(String body) {
        if (Json.parse(body).orElse(null) instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException("The body is no JSON object");
    }

    private static void answer(Context context, int status, JsonNode body) {
        context.status(status).contentType("application/json; charset=utf-8").result(body.toString());
    }
}
