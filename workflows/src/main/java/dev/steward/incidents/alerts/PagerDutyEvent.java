package dev.steward.incidents.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Reads what PagerDuty posts about one of its incidents, which is an alert here.
 *
 * @see <a href="https://developer.pagerduty.com/docs/webhooks-overview">PagerDuty: webhooks, version 3</a>
 */
final class PagerDutyEvent {
    private PagerDutyEvent() {}

    /** The event, if it tells how an incident stands; a test ping, a note or a service of theirs is none. */
    static List<JsonNode> about(JsonNode event) {
        boolean standing = Wire.text(event.path("event_type"), 100).startsWith("incident.")
                && Wire.text(event.at("/data/type"), 100).equals("incident");
        return standing ? List.of(event) : List.of();
    }

    static AlertEvent read(JsonNode event, BodyReader body) throws BadAlert {
        JsonNode incident = event.path("data");
        if (Wire.text(incident.path("id"), 100).isEmpty()) {
            throw new BadAlert("no id");
        }
        String type = Wire.text(event.path("event_type"), 100);
        boolean firing = BodyReader.firing(type.equals("incident.resolved")
                ? "resolved"
                : Wire.first(20, incident.path("status")));
        JsonNode occurred = event.path("occurred_at");
        // One that was reopened keeps the time that it was made; one that is over need not say when it began.
        JsonNode begun = type.equals("incident.reopened") ? occurred : incident.path("created_at");
        NavigableMap<String, String> labels = labels(incident);
        return new AlertEvent(AlertSource.PAGERDUTY, Wire.fingerprint(incident.path("id"), incident), firing,
                body.moments(firing ? begun : MissingNode.getInstance(), occurred), told(incident), labels,
                new TreeMap<>());
    }

    private static AlertEvent.Told told(JsonNode incident) {
        String title = Wire.first(200, incident.path("title"), incident.path("summary"));
        return new AlertEvent.Told(title.isEmpty() ? "An incident without a title" : title, severity(incident), "",
                new AlertEvent.Links(Wire.link(incident.path("html_url")), "", ""));
    }

    private static AlertSeverity severity(JsonNode incident) {
        return Wire.worst(incident.at("/priority/summary"), incident.at("/priority/name"))
                .or(() -> Wire.worst(incident.path("urgency"), incident.path("severity")))
                .orElse(AlertSeverity.WARNING);
    }

    private static NavigableMap<String, String> labels(JsonNode incident) {
        NavigableMap<String, String> labels = new TreeMap<>();
        labels.put("service", Wire.text(incident.at("/service/summary"), Wire.VALUE));
        labels.put("urgency", Wire.text(incident.path("urgency"), Wire.VALUE));
        labels.put("title", Wire.text(incident.path("title"), Wire.VALUE));
        labels.put("incident_key", Wire.text(incident.path("incident_key"), Wire.VALUE));
        labels.values().removeIf(String::isEmpty);
        return labels;
    }
}
