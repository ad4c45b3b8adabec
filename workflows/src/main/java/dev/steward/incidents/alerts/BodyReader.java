package dev.steward.incidents.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the bodies of all sources, received at one moment. */
final class BodyReader {
    /** How far another machine's clock may be ahead of ours. */
    private static final Duration AHEAD = Duration.ofMinutes(1);

    private final Instant now;
    private final Instant said;

    BodyReader(Instant now, Instant said) {
        this.now = now;
        this.said = said;
    }

    AlertBody read(AlertSource source, byte[] body) {
        try {
            JsonNode root = Json.tree(new String(body, StandardCharsets.UTF_8));
            return switch (source) {
                case ALERTMANAGER, GRAFANA -> root.path("alerts").isArray()
                        ? each(root.path("alerts"), alert -> PrometheusAlert.read(source, alert, this))
                        : new AlertBody.Unreadable("The body has no list of alerts, as one of " + source.title()
                                + " has.");
                case PAGERDUTY -> root.path("event").isObject()
                        ? each(PagerDutyEvent.about(root.path("event")), event -> PagerDutyEvent.read(event, this))
                        : new AlertBody.Unreadable("The body has no event, as one of PagerDuty's webhooks, version 3,"
                                + " has.");
                case GENERIC -> root.isContainerNode()
                        ? each(GenericAlert.in(root), alert -> GenericAlert.read(alert, this))
                        : new AlertBody.Unreadable("The body is neither an alert nor a list of alerts.");
            };
        } catch (IllegalArgumentException e) {
            return new AlertBody.Unreadable("The body is not JSON that can be read.");
        }
    }

    /** Reads one alert of a body. */
    @FunctionalInterface
    private interface Reading {
        AlertEvent of(JsonNode alert) throws BadAlert;
    }

    private static AlertBody each(Iterable<JsonNode> alerts, Reading reading) {
        List<AlertEvent> taken = new ArrayList<>();
        Map<String, Integer> leftOut = new TreeMap<>();
        for (JsonNode alert : alerts) {
            try {
                taken.add(reading.of(taken.size() < AlertBody.MOST ? object(alert) : tooMany()));
            } catch (BadAlert e) {
                leftOut.merge(String.valueOf(e.getMessage()), 1, Integer::sum);
            }
        }
        return new AlertBody.Read(List.copyOf(taken), leftOut);
    }

    private static JsonNode object(JsonNode alert) throws BadAlert {
        if (!alert.isObject()) {
            throw new BadAlert("not an object");
        }
        return alert;
    }

    private static JsonNode tooMany() throws BadAlert {
        throw new BadAlert("more than " + AlertBody.MOST + " in one body");
    }

    /** When an alert began, and when it was over or this was said. */
    AlertEvent.Moments moments(JsonNode begun, JsonNode at) {
        Optional<Instant> claimed = Wire.time(begun);
        return new AlertEvent.Moments(claimed, claimed.map(this::notAhead),
                Wire.time(at).map(this::notAhead).orElseGet(() -> notAhead(said)));
    }

    private Instant notAhead(Instant time) {
        Instant latest = now.plus(AHEAD);
        return time.isAfter(latest) ? latest : time;
    }

    /** Whether it fires, by a word that says so. */
    static boolean firing(String status) throws BadAlert {
        return switch (status.toLowerCase(Locale.ROOT)) {
            case "firing", "triggered", "acknowledged", "alerting", "open", "active", "problem" -> true;
            case "resolved", "ok", "closed", "cleared", "inactive", "recovered" -> false;
            case "" -> throw new BadAlert("no status");
            default -> throw new BadAlert("a status that is neither firing nor resolved");
        };
    }
}
