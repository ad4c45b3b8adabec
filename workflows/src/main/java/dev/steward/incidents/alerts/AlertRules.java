package dev.steward.incidents.alerts;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What an organisation decides about alerts.
 *
 * @param labels
 *            which labels name a service, the first that does counts
 * @param rules
 *            for alerts on which no label and no resource tells the service; the first that matches counts
 * @param platformTeam
 *            the team that sees the alerts that belong to no service
 * @param staleAfter
 *            by source, after how long an alert of which nothing more is heard does not count as firing; a source that is
 *            absent says of each alert once that it fires
 */
public record AlertRules(List<String> labels, List<AlertRule> rules, String platformTeam,
        Map<AlertSource, Duration> staleAfter) {
    /** The labels that name a service where nothing else is said. */
    public static final List<String> LABELS = List.of("service", "app", "component");

    /** What counts where nothing is said: PagerDuty tells of an incident when it changes, and not again. */
    public static final Map<AlertSource, Duration> STALE_AFTER = Map.of(AlertSource.ALERTMANAGER, Duration.ofHours(24),
            AlertSource.GRAFANA, Duration.ofHours(24), AlertSource.GENERIC, Duration.ofHours(24));

    public AlertRules {
        staleAfter = Map.copyOf(staleAfter);
        labels = List.copyOf(labels);
        rules = List.copyOf(rules);
    }
}
