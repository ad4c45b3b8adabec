package dev.steward.bot;

import dev.steward.bot.YamlSection.Found;
import dev.steward.incidents.alerts.AlertRule;
import dev.steward.incidents.alerts.AlertRules;
import dev.steward.incidents.alerts.AlertSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may post alerts, and what they are on.
 *
 * @param secrets
 *            what who posts must know; a source that is absent is not listened to
 */
public record WebhookSettings(Map<AlertSource, Secret> secrets, AlertRules rules) {
    private static final int SHORTEST_SECRET = 16;
    private static final Duration SOONEST = Duration.ofMinutes(15);
    private static final Duration LATEST = Duration.ofDays(90);

    static WebhookSettings read(SettingsSource source, String platformTeam) {
        YamlSection section = source.file().section("webhooks");
        Map<AlertSource, Secret> secrets = new EnumMap<>(AlertSource.class);
        Map<AlertSource, Duration> stale = new EnumMap<>(AlertSource.class);
        for (AlertSource from : AlertSource.values()) {
            YamlSection own = section.section(from.text());
            Optional<Secret> secret = source.secret(own, "secret");
            secret.ifPresent(given -> secrets.put(from, given));
            staleAfter(source, own, from).ifPresent(after -> stale.put(from, after));
            if (secret.filter(given -> given.reveal().length() < SHORTEST_SECRET).isPresent()) {
                source.problem(own.where("secret") + ": keeps nobody out; use at least " + SHORTEST_SECRET
                        + " characters, as openssl rand -hex 32 makes them");
            }
        }
        return new WebhookSettings(secrets,
                new AlertRules(labels(section), rules(source, section), platformTeam, stale));
    }

    private static Optional<Duration> staleAfter(SettingsSource source, YamlSection own, AlertSource from) {
        Optional<Duration> usual = Optional.ofNullable(AlertRules.STALE_AFTER.get(from));
        Optional<Found> given = own.text("stale_after");
        if (given.isEmpty() || given.get().text().equals("never")) {
            return given.isEmpty() ? usual : Optional.empty();
        }
        Duration after = source.duration(own, "stale_after", SOONEST, ", or never");
        if (after.compareTo(SOONEST) < 0 || after.compareTo(LATEST) > 0) {
            source.problem(own.where("stale_after") + ": is from 15m to 90d; write at least twice the time after which "
                    + from.title() + " repeats what fires, for example 24h, or never");
        }
        return Optional.of(after);
    }

    private static List<String> labels(YamlSection section) {
        List<String> labels = section.texts("labels").stream().map(Found::text).toList();
        return section.keys().contains("labels") ? labels : AlertRules.LABELS;
    }

    private static List<AlertRule> rules(SettingsSource source, YamlSection section) {
        List<AlertRule> rules = new ArrayList<>();
        for (YamlSection rule : section.sections("rules")) {
            YamlSection match = rule.section("match");
            Map<String, String> patterns = new LinkedHashMap<>();
            match.keys().forEach(label -> match.text(label).ifPresent(found -> patterns.put(label, found.text())));
            Optional<String> service = rule.text("service").map(Found::text).filter(name -> !name.isBlank());
            try {
                AlertRule read = AlertRule.of(patterns, service.orElse(""));
                service.ifPresentOrElse(name -> rules.add(read),
                        () -> source.problem(rule.where("service") + " needs the name of a service"));
            } catch (IllegalArgumentException e) {
                source.problem(rule.where("match") + " " + e.getMessage()
                        + "; write for example match: {alertname: \"Disk.*\"}");
            }
        }
        return rules;
    }
}
