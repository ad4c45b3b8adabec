package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.faults.Fault;
import dev.steward.playground.emulator.faults.Faults;
import dev.steward.playground.emulator.faults.Standing;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.webapi.CallNames;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Faults as the control API has them: orders are read, checked whole, and placed; those that stand are shown. */
final class ControlFaults {
    private static final Set<String> FIELDS = Set.of("fault", "method", "delivery", "channel", "ms", "status", "times",
            "probability", "for_ms");
    private static final Set<String> OF_CALLS = Set.of("rate_limited", "server_error", "slow", "hang",
            "connection_reset", "response_lost", "truncated", "malformed_body");
    private static final Set<String> OF_DELIVERIES = Set.of("duplicated", "late", "reordered", "socket_dropped");
    private static final Set<String> TIMED = Set.of("rate_limited", "slow", "hang", "duplicated", "late", "reordered");
    /** Each kind of delivery, and whether it says in which channel. */
    private static final Map<String, Boolean> DELIVERIES = deliveries();
    private static final String CONNECTING = "apps.connections.open";
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final Duration LONGEST_ORDER = Duration.ofDays(1);
    private static final int MOST_TIMES = 1_000_000;

    private final SlackEmulator slack;
    private final CallNames calls = CallNames.served();

    ControlFaults(SlackEmulator slack) {
        this.slack = slack;
    }

    private static Map<String, Boolean> deliveries() {
        Map<String, Boolean> all = new LinkedHashMap<>();
        List.of("command", "block_actions", "message_action", "event_callback").forEach(kind -> all.put(kind, true));
        List.of("view_submission", "view_closed", "block_suggestion", "shortcut").forEach(kind -> all.put(kind, false));
        return all;
    }

    /** What can be struck as things are, over HTTP or over Socket Mode. */
    ObjectNode targets() {
        ObjectNode shown = Json.object().put("socket", slack.sockets().isOn());
        ArrayNode methods = shown.putArray("methods");
        calls.all().stream().filter(name -> slack.sockets().isOn() || !name.equals(CONNECTING)).forEach(
                name -> methods.addObject().put("name", name).put("channel", calls.ofChannels(name)));
        ArrayNode kinds = shown.putArray("deliveries");
        DELIVERIES.forEach((kind, channel) -> kinds.addObject().put("name", kind).put("channel", channel));
        return shown;
    }

    /**
     * Orders a fault; answers it as it stands. {@code fault} strikes calls of a {@code method} or deliveries of a kind, {@code delivery};
     * {@code channel}, {@code ms}, {@code status}, {@code times}, {@code probability} and {@code for_ms} as they apply.
     *
     * @throws Unfit with all that is wrong with the order, by field
     */
    ObjectNode order(ObjectNode given) {
        Form form = new Form(given);
        Optional<String> channel = form.channel();
        form.requireKnown();
        String fault = form.fault();
        boolean delivery = OF_DELIVERIES.contains(fault);
        String target = delivery ? form.delivery(channel) : form.method(channel);
        Optional<Long> time = form.number("ms", 0, LONGEST.toMillis(), TIMED.contains(fault), fault + " takes no time");
        Optional<Long> status = form.number("status", 500, 599, fault.equals("server_error"),
                fault + " has no status of its own");
        Optional<Long> times = form.number("times", 1, MOST_TIMES, true, "");
        Optional<Long> lasting = form.number("for_ms", 1, LONGEST_ORDER.toMillis(), true, "");
        double probability = form.probability();
        form.requireGood();
        Faults.Order order = delivery
                ? deliveryFault(fault, on(slack.faults().onDelivery(target), channel), time)
                : callFault(fault, on(slack.faults().on(target), channel), time, status);
        order.probability(probability);
        lasting.map(Duration::ofMillis).ifPresent(order::lasting);
        times.ifPresent(count -> order.times(count.intValue()));
        return slack.faults().standing().stream().filter(one -> one.id() == order.id()).findFirst().map(this::shown)
                .orElseGet(Json::object);
    }

    private static Faults.Target on(Faults.Target target, Optional<String> channel) {
        return channel.map(target::inChannel).orElse(target);
    }

    private static Faults.DeliveryTarget on(Faults.DeliveryTarget target, Optional<String> channel) {
        return channel.map(target::inChannel).orElse(target);
    }

    private static Faults.Order deliveryFault(String fault, Faults.DeliveryTarget target, Optional<Long> ms) {
        Duration time = Duration.ofMillis(ms.orElse(1_000L));
        return switch (fault) {
            case "duplicated" -> target.duplicated(Duration.ofMillis(ms.orElse(0L)));
            case "reordered" -> target.reordered(time);
            case "late" -> target.late(time);
            default -> target.socketDropped();
        };
    }

    private static Faults.Order callFault(String fault, Faults.Target target, Optional<Long> ms,
            Optional<Long> status) {
        Duration time = Duration.ofMillis(ms.orElse(1_000L));
        return switch (fault) {
            case "rate_limited" -> target.rateLimited(time);
            case "server_error" -> target.serverError(status.orElse(500L).intValue());
            case "slow" -> target.slow(time);
            case "hang" -> target.hang(time);
            case "connection_reset" -> target.connectionReset();
            case "response_lost" -> target.responseLost();
            case "truncated" -> target.truncated();
            default -> target.malformedBody();
        };
    }

    /** Withdraws one. */
    ObjectNode withdraw(String id) {
        if (!id.matches("\\d{1,18}") || !slack.faults().withdraw(Long.parseLong(id))) {
            throw new IllegalArgumentException("There is no fault " + id + " on order; it may have been withdrawn");
        }
        return all();
    }

    /** The faults on order and the last that are over, oldest first, and how often each kind struck. */
    ObjectNode all() {
        ObjectNode shown = Json.object();
        ArrayNode orders = shown.putArray("orders");
        slack.faults().standing().forEach(one -> orders.add(shown(one)));
        ArrayNode over = shown.putArray("over");
        slack.faults().over().forEach(one -> over.add(shown(one)));
        shown.set("struck", Json.tree(slack.faults().struck()));
        return shown;
    }

    private ObjectNode shown(Standing one) {
        ObjectNode order = Json.object().put("id", one.id())
                .put("fault", one.faults().stream().map(Fault::label).distinct().collect(Collectors.joining(" or ")))
                .put(one.aim().delivery() ? "delivery" : "method", one.aim().target());
        one.aim().channel().ifPresent(channel -> order.put("channel", channel));
        if (one.faults().size() == 1) {
            detail(order, one.faults().getFirst());
        }
        one.limits().times().filter(times -> times > 0).ifPresent(times -> order.put("times", times));
        one.limits().left().ifPresent(left -> order.put("left_ms", Math.max(0, left.toMillis())));
        return order.put("probability", one.limits().probability()).put("struck", one.struck());
    }

    private static void detail(ObjectNode order, Fault fault) {
        switch (fault) {
            case Fault.RateLimited(Duration time) -> order.put("ms", time.toMillis());
            case Fault.ServerError(int status) -> order.put("status", status);
            case Fault.Slow(Duration time) -> order.put("ms", time.toMillis());
            case Fault.Hang(Duration time) -> order.put("ms", time.toMillis());
            case Fault.Duplicated(Duration time) -> order.put("ms", time.toMillis());
            case Fault.Late(Duration time) -> order.put("ms", time.toMillis());
            case Fault.Reordered(Duration time) -> order.put("ms", time.toMillis());
            case Fault.Reset reset -> {
            }
            case Fault.ResponseLost lost -> {
            }
            case Fault.MalformedBody malformed -> {
            }
            case Fault.Truncated truncated -> {
            }
            case Fault.SocketDropped dropped -> {
            }
        }
    }

    /** An order as it was given; what is wrong with it is gathered by field. */
    private final class Form {
        private final ObjectNode given;
        private final Map<String, String> wrong = new LinkedHashMap<>();

        Form(ObjectNode given) {
            this.given = given;
        }

        void requireKnown() {
            given.fieldNames().forEachRemaining(name -> {
                if (!FIELDS.contains(name)) {
                    wrong.put(name, "An order has no field \"" + name + "\"");
                }
            });
        }

        void requireGood() {
            if (!wrong.isEmpty()) {
                throw new Unfit(wrong);
            }
        }

        private String text(String field, Supplier<String> otherwise) {
            if (!given.path(field).isTextual() || given.path(field).textValue().isEmpty()) {
                wrong.put(field, otherwise.get());
            }
            return given.path(field).asText();
        }

        String fault() {
            String fault = text("fault", () -> "Say which fault: one of " + known());
            if (!wrong.containsKey("fault") && !OF_CALLS.contains(fault) && !OF_DELIVERIES.contains(fault)) {
                wrong.put("fault", "There is no fault \"" + fault + "\"; there are " + known());
            } else if (fault.equals("socket_dropped") && !slack.sockets().isOn()) {
                wrong.put("fault", "Slack and Steward speak over HTTP here: there is no socket to drop. "
                        + "Start the playground with --socket");
            } else if (OF_CALLS.contains(fault) && given.has("delivery")) {
                wrong.put("delivery", fault + " strikes calls of a \"method\", not deliveries");
            } else if (OF_DELIVERIES.contains(fault) && given.has("method")) {
                wrong.put("method", fault + " strikes deliveries, named by \"delivery\", not calls");
            }
            return fault;
        }

        private static String known() {
            return OF_CALLS.stream().sorted().collect(Collectors.joining(", ")) + " of calls, and "
                    + OF_DELIVERIES.stream().sorted().collect(Collectors.joining(", ")) + " of deliveries";
        }

        String method(Optional<String> channel) {
            if (wrong.containsKey("fault")) {
                return "";
            }
            String method = text("method", () -> "Say for calls of which method, or * for all");
            if (method.equals("*") || wrong.containsKey("method")) {
                return method;
            }
            if (!calls.all().contains(method)) {
                wrong.put("method", "There is no method \"" + method + "\" here");
            } else if (method.equals(CONNECTING) && !slack.sockets().isOn()) {
                wrong.put("method", "Slack and Steward speak over HTTP here: nobody calls " + method);
            } else if (channel.isPresent() && !calls.ofChannels(method)) {
                wrong.put("channel", method + " is not about one channel");
            }
            return method;
        }

        String delivery(Optional<String> channel) {
            String kind = text("delivery", () -> "Say which deliveries, or * for all");
            if (kind.equals("*") || wrong.containsKey("delivery")) {
                return kind;
            }
            if (!DELIVERIES.containsKey(kind)) {
                wrong.put("delivery", "There is no delivery \"" + kind + "\"; there are "
                        + String.join(", ", DELIVERIES.keySet()));
            } else if (channel.isPresent() && !DELIVERIES.get(kind)) {
                wrong.put("channel", kind + " is not about one channel");
            }
            return kind;
        }

        Optional<String> channel() {
            if (!given.has("channel")) {
                return Optional.empty();
            }
            String name = text("channel", () -> "Say which channel, or leave it out");
            if (wrong.containsKey("channel")) {
                return Optional.empty();
            }
            try {
                return Optional.of(slack.channel(name).id());
            } catch (IllegalArgumentException unknown) {
                wrong.put("channel", String.valueOf(unknown.getMessage()));
                return Optional.empty();
            }
        }

        Optional<Long> number(String field, long least, long most, boolean applies, String otherwise) {
            JsonNode value = given.path(field);
            if (value.isMissingNode() || wrong.containsKey("fault")) {
                return Optional.empty();
            }
            if (!applies) {
                wrong.put(field, otherwise);
            } else if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < least
                    || value.asLong() > most) {
                wrong.put(field, "\"" + field + "\" is no whole number from " + least + " to " + most);
            }
            return wrong.containsKey(field) ? Optional.empty() : Optional.of(value.asLong());
        }

        double probability() {
            JsonNode value = given.path("probability");
            if (!value.isMissingNode() && !(value.isNumber() && value.asDouble() > 0 && value.asDouble() <= 1)) {
                wrong.put("probability", "\"probability\" is no number above 0 and up to 1");
            }
            return value.asDouble(1);
        }
    }
}
