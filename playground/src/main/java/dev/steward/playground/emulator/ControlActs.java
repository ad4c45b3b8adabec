package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.page.InstalledApp;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the control API does: one act of one person. Bad input throws {@link IllegalArgumentException}. */
final class ControlActs {
    private static final String ACKNOWLEDGED = "acknowledged";
    /** What Slack's client takes in one line. */
    private static final int COMMAND_TEXT = 12_000;

    private final SlackEmulator slack;
    private final Snapshots snapshots;
    private final InstalledApp app;

    ControlActs(SlackEmulator slack, Snapshots snapshots, InstalledApp app) {
        this.slack = slack;
        this.app = app;
        this.snapshots = snapshots;
    }

    /** Lets a person act and answers what came of it. */
    ObjectNode act(Person person, String act, ObjectNode given) {
        return switch (act) {
            case "command" -> command(person, given);
            case "submit" -> delivered(person.submit(values(given)));
            case "enter" -> {
                person.enter(values(given));
                yield snapshots.person(person);
            }
            case "choose" -> delivered(person.choose(text(given, "action_id"), value(given.path("value"))));
            case "choose-at-home" ->
                delivered(person.chooseAtHome(text(given, "action_id"), value(given.path("value"))));
            case "close" -> person.closeView().map(this::delivered).orElseGet(Json::object);
            case "suggest" -> suggested(person, given);
            case "click" -> click(person, given);
            case "click-raw" -> delivered(
                    person.clickRaw(message(person, given), text(given, "action_id"), given.path("value").asText()));
            case "post" -> post(person, given);
            case "open-direct" ->
                Json.object().put("channel", person.channelDeeds().openDirect(text(given, "user")).id())
                        .put(ACKNOWLEDGED, true);
            case "shortcut" -> delivered(person.shortcut(offered("global", given)));
            case "message-action" -> delivered(person.messageAction(message(person, given), offered("message", given)));
            case "open-home" -> {
                slack.openHome(person);
                yield snapshots.person(person);
            }
            case "join", "leave" -> {
                group(person, act, text(given, "group"));
                yield snapshots.person(person);
            }
            case "deactivate" -> {
                slack.people().deactivate(person);
                yield snapshots.person(person);
            }
            default -> deed(person, act, given);
        };
    }

    /** The callback id of a shortcut that the app has. */
    private String offered(String type, ObjectNode given) {
        String callbackId = text(given, "callback_id");
        if (!app.offers(type, callbackId)) {
            throw new IllegalArgumentException("The app has no " + type + " shortcut \"" + callbackId + "\"");
        }
        return callbackId;
    }

    private ObjectNode deed(Person person, String act, ObjectNode given) {
        ControlDeeds.deed(act).accept(person, given);
        return Json.object().put(ACKNOWLEDGED, true);
    }

    /** A whole number from 0 to the limit; where the field is missing the usual one, which is required if that is negative. */
    static long within(ObjectNode given, String name, long limit, long usual) {
        JsonNode value = given.path(name);
        if (value.isMissingNode() && usual >= 0) {
            return usual;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0 || value.asLong() > limit) {
            throw new IllegalArgumentException("\"" + name + "\" is no whole number from 0 to " + limit);
        }
        return value.asLong();
    }

    /** A required text. */
    static String text(ObjectNode given, String name) {
        if (!given.path(name).isTextual() || given.path(name).textValue().isEmpty()) {
            throw new IllegalArgumentException("The field \"" + name + "\" is missing");
        }
        return given.path(name).textValue();
    }

    private ObjectNode click(Person person, ObjectNode given) {
        String actionId = text(given, "action_id");
        String ts = text(given, "ts");
        Delivery delivery = person.ephemerals().stream().filter(one -> one.ts().equals(ts)).findFirst()
                .map(ephemeral -> person.choose(ephemeral, actionId, value(given.path("value"))))
                .orElseGet(() -> person.choose(message(person, given), actionId, value(given.path("value"))));
        return delivered(delivery);
    }

    private ObjectNode suggested(Person person, ObjectNode given) {
        ObjectNode answer = Json.object();
        ArrayNode options = answer.putArray("options");
        person.suggest(text(given, "action_id"), given.path("query").asText())
                .forEach(option -> options.addObject().put("text", option.text()).put("value", option.value()));
        return answer;
    }

    private void group(Person person, String act, String handle) {
        if (act.equals("join")) {
            slack.people().join(person, handle);
        } else {
            slack.people().leave(person, handle);
        }
    }

    private ObjectNode command(Person person, ObjectNode given) {
        String command = text(given, "command");
        String text = given.path("text").asText();
        if (text.length() > COMMAND_TEXT) {
            throw new IllegalArgumentException("A command has at most " + COMMAND_TEXT + " characters");
        }
        Conversation where = person.deeds().joined(channel(person, given));
        if (!app.offers(command)) {
            person.deeds().mistyped(where.id(), command);
            return Json.object().put(ACKNOWLEDGED, false);
        }
        return delivered(person.command(where.id(), command, text));
    }

    private ObjectNode post(Person person, ObjectNode given) {
        Conversation where = person.conversation(text(given, "channel"));
        if (where.direct() && where.has(Seed.BOT_USER) && !app.writable()) {
            throw new IllegalStateException("Sending messages to this app has been turned off.");
        }
        Optional<String> thread = Optional.of(given.path("thread_ts").asText()).filter(ts -> !ts.isEmpty());
        return snapshots.message(person.deeds().post(where.id(), thread, text(given, "text"))).put(ACKNOWLEDGED, true);
    }

    static String channel(Person person, ObjectNode given) {
        return person.conversation(text(given, "channel")).id();
    }

    private Message message(Person person, ObjectNode given) {
        String ts = text(given, "ts");
        return slack.channel(channel(person, given)).message(ts)
                .orElseThrow(() -> new IllegalArgumentException("There is no message " + ts));
    }

    private ObjectNode delivered(Delivery delivery) {
        return Snapshots.delivery(delivery).put(ACKNOWLEDGED, delivery.acknowledged() && delivery.shown().isEmpty());
    }

    private static Map<String, JsonNode> values(ObjectNode given) {
        Map<String, JsonNode> values = new LinkedHashMap<>();
        given.path("values").properties().forEach(value -> values.put(value.getKey(), value.getValue()));
        return values;
    }

    private static @Nullable Object value(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? null : value.isTextual() ? value.textValue() : value;
    }
}
