package dev.steward.incidents.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/**
 * Reads an alert in Steward's own format: {@code {"name": "Disk full", "status": "firing", "service": "storage"}}, and more
 * where there is more to say. See {@code docs/alerts.md}.
 */
final class GenericAlert {
    private GenericAlert() {}

    /** One alert, a list of them, or an object that has such a list. */
    static Iterable<JsonNode> in(JsonNode root) {
        return root.isArray() ? root : root.path("alerts").isArray() ? root.path("alerts") : List.of(root);
    }

    static AlertEvent read(JsonNode alert, BodyReader body) throws BadAlert {
        String name = Wire.first(200, alert.path("name"), alert.path("title"), alert.at("/labels/alertname"));
        if (name.isEmpty()) {
            throw new BadAlert("no name");
        }
        String status = Wire.text(alert.path("status"), 20);
        boolean firing = BodyReader.firing(status.isEmpty() && !alert.has("status") ? "firing" : status);
        NavigableMap<String, String> labels = Wire.texts(alert.path("labels"));
        String service = Wire.text(alert.path("service"), Wire.VALUE);
        if (!service.isEmpty()) {
            labels.put("service", service);
        }
        JsonNode identity = Json.toTree(Map.of("name", name, "service", service, "labels", alert.path("labels")));
        return new AlertEvent(AlertSource.GENERIC, Wire.fingerprint(alert.path("fingerprint"), identity), firing,
                body.moments(alert.path("starts_at"), firing ? alert.path("sent_at") : alert.path("ends_at")),
                told(name, alert), labels, Wire.texts(alert.path("annotations")));
    }

    private static AlertEvent.Told told(String name, JsonNode alert) {
        AlertSeverity severity = Wire.worst(alert.path("severity"), alert.path("priority"))
                .orElseGet(() -> PrometheusAlert.severity(alert.path("labels"), alert.path("annotations")));
        return new AlertEvent.Told(name, severity,
                Wire.first(1000, alert.path("summary"), alert.path("message"), alert.path("description")),
                new AlertEvent.Links(Wire.link(alert.path("url")), Wire.link(alert.path("dashboard_url")),
                        Wire.link(alert.path("runbook_url"))));
    }
}
