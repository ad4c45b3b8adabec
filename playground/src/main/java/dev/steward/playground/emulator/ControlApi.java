package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.journal.Masked;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.page.BotSwitch;
import dev.steward.playground.emulator.page.InstalledApp;
import dev.steward.playground.emulator.sockets.SocketMode;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The emulator's own HTTP interface under {@code /_control/}, for driving it from another process: bodies and answers are
 * JSON objects. What cannot be done is answered with status 400 and {@code {"error": why}}.
 */
final class ControlApi {
    /** Deliveries that fall due when the clock is turned may be kept by a fault. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SlackEmulator slack;
    private final Snapshots snapshots;
    private final ControlActs acts;
    private final ControlFaults faults;
    private final ControlJournal journal;

    /**
     * The control API of that emulator.
     *
     * @param secrets what its journal never shows, beside tokens
     */
    ControlApi(SlackEmulator slack, InstalledApp app, Set<String> secrets) {
        this.slack = slack;
        this.faults = new ControlFaults(slack);
        this.journal = new ControlJournal(slack.journal(), new Masked(secrets));
        this.snapshots = new Snapshots(slack);
        this.acts = new ControlActs(slack, snapshots, app);
    }

    void routes(RoutesConfig routes) {
        routes.get("/_control/state", context -> look(context, snapshots::state));
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
        faults(routes);
        journal(routes);
        routes.get("/_control/clock", context -> look(context, () -> snapshots.clock()));
        routes.post("/_control/clock", context -> run(context, given -> {
            slack.clock().advance(Duration.ofMillis(advance(given)));
            slack.settle(PATIENCE);
            return snapshots.clock();
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
     * {@code reason} and {@code close_after_ms}. Over HTTP there is nothing to drop or disconnect.
     */
    private void sockets(RoutesConfig routes) {
        routes.get("/_control/sockets", context -> look(context, snapshots::sockets));
        routes.post("/_control/sockets/mode", context -> run(context, given -> {
            slack.sockets().set(given.path("on").asBoolean(true));
            return snapshots.sockets();
        }));
        routes.post("/_control/sockets/drop", context -> run(context,
                given -> Json.object().put("dropped", overSockets().drop(count(given)))));
        routes.post("/_control/sockets/disconnect", context -> run(context, given -> Json.object().put("told",
                overSockets().disconnect(count(given), reason(ControlActs.text(given, "reason")),
                        Duration.ofMillis(ControlActs.within(given, "close_after_ms", 3_600_000, 10_000))))));
    }

    private SocketMode overSockets() {
        if (!slack.sockets().isOn()) {
            throw new IllegalStateException("Slack and Steward speak over HTTP here: there is no socket. "
                    + "Start the playground with --socket");
        }
        return slack.sockets();
    }

    private static int count(ObjectNode given) {
        return (int) ControlActs.within(given, "count", SocketMode.MOST, 1);
    }

    private static SocketMode.Reason reason(String word) {
        return Arrays.stream(SocketMode.Reason.values()).filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst().orElseThrow(() -> new IllegalArgumentException("Slack has no such reason: \"" + word
                        + "\"; it has " + Arrays.stream(SocketMode.Reason.values())
                                .map(one -> one.name().toLowerCase(Locale.ROOT)).collect(Collectors.joining(", "))));
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
    }

    private void faults(RoutesConfig routes) {
        routes.get("/_control/faults", context -> look(context, faults::all));
        routes.get("/_control/faults/targets", context -> look(context, faults::targets));
        routes.post("/_control/faults", context -> run(context, faults::order));
        routes.delete("/_control/faults/{id}",
                context -> look(context, () -> faults.withdraw(context.pathParam("id"))));
        routes.delete("/_control/faults", context -> look(context, () -> {
            slack.faults().clear();
            return faults.all();
        }));
    }

    private void journal(RoutesConfig routes) {
        routes.get("/_control/journal", context -> look(context,
                () -> journal.after(query(context, "after", 0), (int) Math.min(Integer.MAX_VALUE,
                        query(context, "limit", Integer.MAX_VALUE)))));
        routes.get("/_control/journal/download", context -> context
                .header("Content-Disposition", "attachment; filename=\"journal.jsonl\"")
                .contentType("application/jsonl; charset=utf-8").result(journal.lines()));
    }

    private static long advance(ObjectNode given) {
        return ControlActs.within(given, "advance_ms", Duration.ofDays(366).toMillis(), -1);
    }

    private static long query(Context context, String name, long usual) {
        String given = context.queryParam(name);
        if (given != null && !given.matches("\\d{1,18}")) {
            throw new IllegalArgumentException("\"" + name + "\" is no whole number: \"" + given + "\"");
        }
        return given == null ? usual : Long.parseLong(given);
    }

    private static void look(Context context, Supplier<ObjectNode> what) {
        run(context, given -> what.get());
    }

    private static void run(Context context, Function<ObjectNode, ? extends JsonNode> what) {
        String body = context.body();
        try {
            answer(context, 200, what.apply(body.isBlank() ? Json.object() : given(body)));
        } catch (Unfit unfit) {
            ObjectNode refusal = Json.object().put("error", String.valueOf(unfit.getMessage()));
            refusal.set("fields", Json.tree(unfit.fields()));
            answer(context, 400, refusal);
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
