package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.incidents.alerts.AlertRules;
import dev.steward.incidents.alerts.AlertSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookSettingsTest {
    private static final String SECRET = "0123456789abcdef-canary";

    @TempDir
    Path folder;

    @Test
    void listensToNobodyByDefault() throws IOException {
        WebhookSettings settings = good("port: 8080\n");

        assertThat(settings.secrets()).isEmpty();
        assertThat(settings.rules().labels()).isEqualTo(AlertRules.LABELS);
        assertThat(settings.rules().platformTeam()).isEqualTo("platform");
    }

    @Test
    void readsSecretsLabelsAndRules() throws IOException {
        WebhookSettings settings = good("""
                platform_team: foundations
                webhooks:
                  alertmanager: {secret: {env: ALERTS}}
                  pagerduty: {secret: {env: ALERTS}}
                  labels: [svc, app]
                  rules:
                    - {match: {alertname: "Disk.*", env: prod}, service: storage}
                    - match: {job: node}
                      service: nodes
                """);

        assertThat(settings.secrets()).containsOnlyKeys(AlertSource.ALERTMANAGER, AlertSource.PAGERDUTY);
        assertThat(settings.toString()).doesNotContain("canary");
        assertThat(settings.rules().labels()).containsExactly("svc", "app");
        assertThat(settings.rules().rules()).hasSize(2);
        assertThat(settings.rules().platformTeam()).isEqualTo("foundations");
    }

    @Test
    void knowsAfterHowLongASourceThatSaysNothingIsNotBelievedAnyMore() throws IOException {
        assertThat(good("port: 8080\n").rules().staleAfter()).isEqualTo(AlertRules.STALE_AFTER)
                .doesNotContainKey(AlertSource.PAGERDUTY).containsEntry(AlertSource.GENERIC, Duration.ofDays(1));
        assertThat(good("""
                webhooks:
                  alertmanager: {secret: {env: ALERTS}, stale_after: 8h}
                  generic: {stale_after: never}
                  pagerduty: {stale_after: 7d}
                """).rules().staleAfter()).isEqualTo(Map.of(AlertSource.ALERTMANAGER, Duration.ofHours(8),
                AlertSource.GRAFANA, Duration.ofDays(1), AlertSource.PAGERDUTY, Duration.ofDays(7)));
        assertThat(problems("""
                webhooks:
                  alertmanager: {stale_after: 14m}
                  grafana: {stale_after: 91d}
                  generic: {stale_after: soon}
                """)).satisfiesExactlyInAnyOrder(
                problem -> assertThat(problem).contains("steward.yaml:2: webhooks.alertmanager.stale_after",
                        "is from 15m to 90d", "Alertmanager repeats"),
                problem -> assertThat(problem).contains("steward.yaml:3:", "is from 15m to 90d"),
                problem -> assertThat(problem).contains("steward.yaml:4:", "is not a length of time", "or never"));
    }

    @Test
    void reportsEverythingThatIsWrongWithItsPlace() throws IOException {
        assertThat(problems("""
                webhooks:
                  alertmanager: {secret: {env: SHORT}}
                  grafana: {secret: in-the-open}
                  nagios: {secret: {env: ALERTS}}
                  rules:
                    - {match: {alertname: "("}, service: storage}
                    - {match: {alertname: "a"}}
                    - {service: storage}
                    - {match: {a: b}, service: x, why: y}
                """)).satisfiesExactlyInAnyOrder(
                problem -> assertThat(problem).contains("steward.yaml:2:", "webhooks.alertmanager.secret",
                        "keeps nobody out", "at least 16"),
                problem -> assertThat(problem).contains("steward.yaml:3:", "does not belong into this file"),
                problem -> assertThat(problem).contains("steward.yaml:4:", "webhooks.nagios is not a setting"),
                problem -> assertThat(problem).contains("steward.yaml:6:", "is not a pattern", "write for example"),
                problem -> assertThat(problem).contains("webhooks.rules[2].service needs the name of a service"),
                problem -> assertThat(problem).contains("names no label that is to match"),
                problem -> assertThat(problem).contains("steward.yaml:9:", "webhooks.rules[4].why is not a setting"));
        assertThat(problems("webhooks: {rules: 3}\n")).singleElement().asString()
                .contains("webhooks.rules needs a list of mappings");
    }

    private WebhookSettings good(String file) throws IOException {
        Settings.Reading reading = read(file);
        assertThat(reading).isInstanceOf(Settings.Reading.Good.class);
        return ((Settings.Reading.Good) reading).settings().webhooks();
    }

    private List<String> problems(String file) throws IOException {
        Settings.Reading reading = read(file);
        assertThat(reading).isInstanceOf(Settings.Reading.Bad.class);
        return ((Settings.Reading.Bad) reading).problems();
    }

    private Settings.Reading read(String file) throws IOException {
        Files.writeString(folder.resolve("steward.yaml"), file);
        return Settings.read(Map.of("HOME", folder.toString(), "ALERTS", SECRET, "SHORT", "short"), folder,
                Settings.Purpose.OPERATE);
    }
}
