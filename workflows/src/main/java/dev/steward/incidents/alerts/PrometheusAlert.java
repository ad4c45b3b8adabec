package dev.steward.incidents.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.NavigableMap;

/**
 * Reads an alert as Alertmanager posts it, and Grafana, which adds addresses to the same.
 *
 * @see <a href="https://prometheus.io/docs/alerting/latest/configuration/#webhook_config">Alertmanager: webhook</a>
 * @see <a href="https://grafana.com/docs/grafana/latest/alerting/configure-notifications/manage-contact-points/integrations/webhook-notifier/">Grafana:
 *      webhook</a>
 */
final class PrometheusAlert {
    private static final int NAME = 200;
    private static final int SUMMARY = 1000;

    private PrometheusAlert() {}

    static AlertEvent read(AlertSource source, JsonNode alert, BodyReader body) throws BadAlert {
        JsonNode labels = alert.path("labels");
        JsonNode annotations = alert.path("annotations");
        if (labels.isEmpty() && Wire.text(alert.path("fingerprint"), 1).isEmpty()) {
            throw new BadAlert("neither labels nor a fingerprint");
        }
        boolean firing = BodyReader.firing(Wire.text(alert.path("status"), 20));
        // Of an alert that fires, endsAt is when it is to count as over if nothing more is heard of it.
        JsonNode at = firing ? MissingNode.getInstance() : alert.path("endsAt");
        NavigableMap<String, String> kept = Wire.texts(labels);
        return new AlertEvent(source, Wire.fingerprint(alert.path("fingerprint"), labels), firing,
                body.moments(alert.path("startsAt"), at), told(alert, labels, annotations), kept,
                Wire.texts(annotations));
    }

    private static AlertEvent.Told told(JsonNode alert, JsonNode labels, JsonNode annotations) {
        String name = Wire.first(NAME, labels.path("alertname"), annotations.path("summary"));
        return new AlertEvent.Told(name.isEmpty() ? "An alert without a name" : name, severity(labels, annotations),
                Wire.first(SUMMARY, annotations.path("summary"), annotations.path("message"),
                        annotations.path("description")),
                new AlertEvent.Links(Wire.link(alert.path("generatorURL")),
                        Wire.link(alert.path("dashboardURL"), annotations.path("dashboard_url")),
                        Wire.link(annotations.path("runbook_url"), annotations.path("runbook"))));
    }

    /** The worst that severity and priority say, among the labels or else the annotations. */
    static AlertSeverity severity(JsonNode labels, JsonNode annotations) {
        return Wire.worst(labels.path("severity"), labels.path("priority"))
                .or(() -> Wire.worst(labels.path("level"), labels.path("urgency")))
                .or(() -> Wire.worst(annotations.path("severity"), annotations.path("priority")))
                .orElse(AlertSeverity.WARNING);
    }
}
