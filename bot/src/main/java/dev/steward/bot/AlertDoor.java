package dev.steward.bot;

import dev.steward.bot.http.AlertWebhooks;
import dev.steward.bot.http.Metrics;
import dev.steward.database.Database;
import dev.steward.incidents.alerts.AlertIntake;
import dev.steward.incidents.alerts.AlertSource;
import dev.steward.incidents.alerts.Alerts;
import dev.steward.jobs.Jobs;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/** The way in for alerts. It is open as soon as the database is: what comes in while Slack cannot be reached is kept. */
final class AlertDoor {
    private AlertDoor() {}

    static AlertWebhooks open(WebhookSettings settings, Database database, Jobs jobs, InstantSource clock,
            Opened opened, Metrics metrics) {
        AlertIntake intake = opened.add(new AlertIntake(database, jobs, clock));
        for (AlertSource source : AlertSource.values()) {
            metrics.counter("steward.alerts.received", "Alerts that were taken in", "source", source.text(),
                    () -> intake.received(source));
        }
        metrics.gauge("steward.alert.groups.open", "Services with alerts that are not over",
                () -> database.read(Alerts::open));
        Map<AlertSource, String> secrets = new EnumMap<>(AlertSource.class);
        settings.secrets().forEach((source, secret) -> secrets.put(source, secret.reveal()));
        return new AlertWebhooks(secrets, intake, clock);
    }
}
