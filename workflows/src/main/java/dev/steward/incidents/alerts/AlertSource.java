package dev.steward.incidents.alerts;

import java.util.Locale;

/** What sends alerts, which decides how its bodies are read. */
public enum AlertSource {
    /** Prometheus's Alertmanager. */
    ALERTMANAGER("Alertmanager"),
    /** Grafana's own alerting. */
    GRAFANA("Grafana"),
    /** PagerDuty, version 3 of its webhooks. */
    PAGERDUTY("PagerDuty"),
    /** Anything else that can post JSON. */
    GENERIC("the generic webhook");

    private final String title;

    AlertSource(String title) {
        this.title = title;
    }

    /** As people read it. */
    public String title() {
        return title;
    }

    /** As it is stored, and named in addresses and settings. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    static AlertSource of(String text) {
        return valueOf(text.toUpperCase(Locale.ROOT));
    }
}
