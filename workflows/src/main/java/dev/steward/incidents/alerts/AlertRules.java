package dev.steward.incidents.alerts;

import java.util.List;

/**
 * What an organisation decides about alerts.
 *
 * @param labels
 *            which labels name a service, the first that does counts
 * @param rules
 *            for alerts on which no label and no resource tells the service; the first that matches counts
 * @param platformTeam
 *            the team that sees the alerts that belong to no service
 */
public record AlertRules(List<String> labels, List<AlertRule> rules, String platformTeam) {
    /** The labels that name a service where nothing else is said. */
    public static final List<String> LABELS = List.of("service", "app", "component");

    public AlertRules {
        labels = List.copyOf(labels);
        rules = List.copyOf(rules);
    }
}
