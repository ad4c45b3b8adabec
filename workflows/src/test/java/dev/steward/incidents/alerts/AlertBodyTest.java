package dev.steward.incidents.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AlertBodyTest {
    private static final Instant NOW = Instant.parse("2026-03-02T09:00:00Z");

    @Test
    void readsAlertmanagersBody() throws IOException {
        List<AlertEvent> alerts = sample(AlertSource.ALERTMANAGER);

        assertThat(alerts).extracting(AlertEvent::fingerprint).containsExactly("a1f3c95e02d7b864", "b2e4d06f13c8a975");
        AlertEvent first = alerts.getFirst();
        assertThat(first.firing()).isTrue();
        assertThat(first.moments().starts()).contains(Instant.parse("2026-03-02T08:58:12.482Z"));
        assertThat(first.told()).isEqualTo(new AlertEvent.Told("HighErrorRate", AlertSeverity.CRITICAL,
                "5% of the requests fail", new AlertEvent.Links("https://prometheus.example.com/graph?g0.expr=rate",
                        "https://grafana.example.com/d/checkout", "https://runbooks.example.com/high-error-rate")));
        assertThat(first.labels()).containsEntry("service", "checkout");
        AlertEvent second = alerts.getLast();
        assertThat(second.firing()).isFalse();
        assertThat(second.moments().at()).isEqualTo(Instant.parse("2026-03-02T08:55:00Z"));
        assertThat(second.told().severity()).isEqualTo(AlertSeverity.WARNING);
        assertThat(second.told().summary()).isEqualTo("p99 over 2 s");
    }

    @Test
    void readsGrafanasBody() throws IOException {
        AlertEvent alert = sample(AlertSource.GRAFANA).getFirst();

        assertThat(alert.source()).isEqualTo(AlertSource.GRAFANA);
        assertThat(alert.fingerprint()).isEqualTo("57c6d9296de2ad39");
        assertThat(alert.moments().starts()).contains(Instant.parse("2026-03-02T08:51:03.157Z"));
        assertThat(alert.told().name()).isEqualTo("Disk almost full");
        assertThat(alert.told().severity()).isEqualTo(AlertSeverity.HIGH);
        assertThat(alert.told().links().dashboard()).isEqualTo("https://grafana.example.com/d/ledger");
        assertThat(alert.labels()).containsEntry("app", "ledger");
    }

    @Test
    void readsPagerDutysBody() throws IOException {
        AlertEvent alert = sample(AlertSource.PAGERDUTY).getFirst();

        assertThat(alert.fingerprint()).isEqualTo("PGR0VU2");
        assertThat(alert.firing()).isTrue();
        assertThat(alert.moments().starts()).contains(Instant.parse("2026-03-02T08:57:00Z"));
        assertThat(alert.told().name()).isEqualTo("Payments are declined");
        assertThat(alert.told().severity()).isEqualTo(AlertSeverity.CRITICAL);
        assertThat(alert.told().links().source()).isEqualTo("https://acme.pagerduty.com/incidents/PGR0VU2");
        assertThat(alert.labels()).containsEntry("service", "checkout");
    }

    @ParameterizedTest
    @CsvSource({"incident.acknowledged, acknowledged, true", "incident.resolved, resolved, false",
            "incident.escalated, triggered, true", "incident.reopened, triggered, true"})
    void knowsHowAPagerDutyIncidentStands(String type, String status, boolean firing) throws IOException {
        AlertEvent alert = taken(AlertSource.PAGERDUTY, text(AlertSource.PAGERDUTY)
                .replace("incident.triggered", type).replace("\"triggered\"", "\"" + status + "\"")).getFirst();

        assertThat(alert.firing()).isEqualTo(firing);
    }

    @ParameterizedTest
    @ValueSource(strings = {"pagey.ping", "service.updated", "incident.annotated"})
    void takesNothingFromAPagerDutyEventThatIsAboutSomethingElse(String type) throws IOException {
        String body = text(AlertSource.PAGERDUTY).replace("incident.triggered", type).replace("\"type\": \"incident\"",
                "\"type\": \"incident_note\"");

        AlertBody.Read read = readable(AlertSource.PAGERDUTY, body);
        assertThat(read.alerts()).isEmpty();
        assertThat(read.bad()).isZero();
    }

    @Test
    void readsItsOwnFormatAndFollowsOnlyWebAddresses() throws IOException {
        AlertEvent alert = sample(AlertSource.GENERIC).getFirst();

        assertThat(alert.told()).isEqualTo(new AlertEvent.Told("Nightly export failed", AlertSeverity.CRITICAL,
                "It ended with exit code 3", new AlertEvent.Links("https://ci.example.com/jobs/4711", "", "")));
        assertThat(alert.labels()).containsOnly(Map.entry("attempt", "2"), Map.entry("job", "export"),
                Map.entry("service", "ledger"));
        assertThat(alert.fingerprint()).hasSize(32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"name\": \"Disk full\"}", "[{\"name\": \"Disk full\"}]",
            "{\"alerts\": [{\"title\": \"Disk full\", \"status\": \"FIRING\"}]}",
            "{\"labels\": {\"alertname\": \"Disk full\"}}"})
    void takesTheSmallestOfItsOwnFormat(String body) {
        AlertEvent alert = taken(AlertSource.GENERIC, body).getFirst();

        assertThat(alert.told().name()).isEqualTo("Disk full");
        assertThat(alert.firing()).isTrue();
        assertThat(alert.moments().starts()).isEmpty();
        assertThat(alert.told().severity()).isEqualTo(AlertSeverity.WARNING);
    }

    @Test
    void theSameAlertHasTheSameFingerprintWhateverElseItSays() {
        String one = taken(AlertSource.GENERIC, "{\"name\":\"a\",\"labels\":{\"x\":1,\"y\":2},\"summary\":\"s\"}")
                .getFirst().fingerprint();
        String other = taken(AlertSource.GENERIC,
                "{\"status\":\"resolved\",\"labels\":{\"y\":2,\"x\":1},\"name\":\"a\"}").getFirst().fingerprint();
        assertThat(one).isEqualTo(other);
        assertThat(taken(AlertSource.GENERIC, "{\"name\":\"a\",\"labels\":{\"x\":1}}").getFirst().fingerprint())
                .isNotEqualTo(one);
    }

    @Test
    void takesTheGoodOnesOfABodyAndCountsTheBadOnesWithoutQuotingThem() {
        AlertBody.Read read = readable(AlertSource.ALERTMANAGER, """
                {"alerts": [1, "canary", null, [], {}, {"fingerprint": "f", "status": "canary"},
                    {"fingerprint": "f"}, {"labels": [], "annotations": 3, "status": "firing"},
                    {"fingerprint": "good", "status": "firing", "labels": 5, "annotations": "x", "startsAt": {},
                        "endsAt": [], "generatorURL": 7}]}""");

        assertThat(read.alerts()).extracting(AlertEvent::fingerprint).containsExactly("good");
        assertThat(read.alerts().getFirst().told().name()).isEqualTo("An alert without a name");
        assertThat(read.words()).isEqualTo("Taken: 1 alert. Left out: 1 (a status that is neither firing nor resolved),"
                + " 2 (neither labels nor a fingerprint), 1 (no status), 4 (not an object).");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"alertmanager|nonsense", "alertmanager|{}", "alertmanager|[]",
            "alertmanager|{\"alerts\": {}}", "grafana|\"alerts\"", "pagerduty|{\"messages\": []}", "generic|3",
            "generic|{\"a\": \"\\ud8", "generic|null", "alertmanager|{\"alerts\": [}"})
    void saysInWordsWhyABodyCannotBeRead(String source, String body) {
        AlertBody read = read(AlertSource.of(source), body);

        assertThat(read).isInstanceOfSatisfying(AlertBody.Unreadable.class,
                unreadable -> assertThat(unreadable.why()).startsWith("The body ").endsWith("."));
    }

    @ParameterizedTest
    @EnumSource(AlertSource.class)
    void refusesABodyThatIsNestedTooDeeply(AlertSource source) {
        assertThat(read(source, "[".repeat(500_000))).isInstanceOf(AlertBody.Unreadable.class);
    }

    @Test
    void takesTenThousandAlertsOfABodyAndNoMore() {
        StringBuilder body = new StringBuilder("{\"alerts\":[");
        for (int i = 0; i < AlertBody.MOST + 5; i++) {
            body.append(i == 0 ? "" : ",").append("{\"status\":\"firing\",\"fingerprint\":").append(i).append('}');
        }

        AlertBody.Read read = readable(AlertSource.GRAFANA, body.append("]}").toString());

        assertThat(read.alerts()).hasSize(AlertBody.MOST);
        assertThat(read.leftOut()).isEqualTo(Map.of("more than 10000 in one body", 5));
    }

    @Test
    void boundsWhateverIsTooLong() {
        String huge = "x".repeat(40_000);
        String labels = "\"a\":\"" + huge + "\",\"" + huge + "\":\"b\",\"alertname\":\"" + huge + "\"";
        StringBuilder many = new StringBuilder(labels);
        for (int i = 0; i < 1000; i++) {
            many.append(",\"l").append(i).append("\":1");
        }
        AlertEvent alert = taken(AlertSource.ALERTMANAGER, "{\"alerts\":[{\"status\":\"firing\",\"labels\":{" + many
                + "},\"fingerprint\":\"" + huge + "\",\"annotations\":{\"summary\":\"" + huge
                + "\"},\"generatorURL\":\"https://" + huge + "\"}]}").getFirst();

        assertThat(alert.labels()).hasSizeLessThanOrEqualTo(64);
        assertThat(alert.labels().values()).allMatch(value -> value.length() <= Wire.VALUE);
        assertThat(alert.labels().keySet()).allMatch(name -> name.length() <= 128);
        assertThat(alert.fingerprint()).hasSize(32);
        assertThat(alert.told().name()).hasSize(200);
        assertThat(alert.told().summary()).hasSize(1000);
        assertThat(alert.told().links().source()).isEmpty();
    }

    @Test
    void keepsTextOnOneLineAndCutsNoCharacterInHalf() {
        String body = "{\"name\":\"a\\u0000b\\nc\\u2028d\",\"summary\":\"" + "x".repeat(999) + "\uD83D\uDE00\"}";
        AlertEvent alert = taken(AlertSource.GENERIC, body).getFirst();

        assertThat(alert.told().name()).isEqualTo("a b c d");
        assertThat(alert.told().summary()).isEqualTo("x".repeat(999));
    }

    @Test
    void aClockThatIsAheadCountsAsAMinuteAheadAtMost() {
        AlertEvent ahead = taken(AlertSource.GENERIC, "{\"name\":\"a\",\"starts_at\":\"2999-01-01T00:00:00Z\"}")
                .getFirst();
        assertThat(ahead.moments().starts()).contains(NOW.plus(Duration.ofMinutes(1)));
        assertThat(ahead.moments().claimed()).contains(Instant.parse("2999-01-01T00:00:00Z"));

        AlertEvent over = taken(AlertSource.GENERIC,
                "{\"name\":\"a\",\"status\":\"resolved\",\"ends_at\":\"2999-01-01T00:00:00Z\"}").getFirst();
        assertThat(over.moments().at()).isEqualTo(NOW.plus(Duration.ofMinutes(1)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"\"0001-01-01T00:00:00Z\"", "\"\"", "\"yesterday\"", "-1", "1e300", "{}",
            "\"99999-01-01T00:00:00Z\"", "true"})
    void aTimeThatNobodyMeansIsAsIfAbsent(String time) {
        assertThat(taken(AlertSource.GENERIC, "{\"name\":\"a\",\"starts_at\":" + time + "}").getFirst().moments()
                .starts()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"1772440200", "1772440200000", "\"2026-03-02T08:30:00Z\"", "\"2026-03-02T10:30:00+02:00\"",
            "1772440200.0"})
    void readsATimeInEveryUsualForm(String time) {
        assertThat(taken(AlertSource.GENERIC, "{\"name\":\"a\",\"starts_at\":" + time + "}").getFirst().moments()
                .starts()).contains(Instant.parse("2026-03-02T08:30:00Z"));
    }

    /** Seeded; every value somewhere in a good body becomes something else. */
    @ParameterizedTest
    @EnumSource(AlertSource.class)
    void whateverABodyHoldsItIsReadOrRefusedAndWhatIsTakenCanBeStored(AlertSource source) throws IOException {
        List<String> nasty = List.of("null", "{}", "[]", "[[[]]]", "true", "-0", "1e999",
                "123456789012345678901234567890",
                "\"\"", "\"\\u0000\\u202e\\ud83d\"", "\"<!channel>\"", "\"https://x y\"", "{\"a\":{\"b\":1}}",
                "\"firing\"");
        String body = text(source);
        var values = Pattern.compile("(?<=: )(\"[^\"]*\"|[0-9.]+|\\{[^{}]*}|null)").matcher(body);
        while (values.find()) {
            for (String other : nasty) {
                String mutated = body.substring(0, values.start()) + other + body.substring(values.end());
                if (read(source, mutated) instanceof AlertBody.Read read) {
                    assertThat(read.alerts()).allSatisfy(alert -> assertThat(
                            AlertEvent.of(Json.tree(Json.text(alert.stored())))).isEqualTo(alert));
                }
            }
        }
    }

    @Test
    void whatIsStoredIsReadBackAsItWas() throws IOException {
        for (AlertSource source : AlertSource.values()) {
            AlertEvent alert = sample(source).getFirst();
            assertThat(AlertEvent.of(Json.toTree(alert.stored()))).isEqualTo(alert);
        }
    }

    private static List<AlertEvent> sample(AlertSource source) throws IOException {
        return taken(source, text(source));
    }

    private static String text(AlertSource source) throws IOException {
        try (InputStream sample = Objects
                .requireNonNull(AlertBodyTest.class.getResourceAsStream("/alerts/" + source.text() + ".json"))) {
            return new String(sample.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<AlertEvent> taken(AlertSource source, String body) {
        AlertBody.Read read = readable(source, body);
        assertThat(read.leftOut()).isEmpty();
        return read.alerts();
    }

    private static AlertBody.Read readable(AlertSource source, String body) {
        AlertBody read = read(source, body);
        assertThat(read).isInstanceOf(AlertBody.Read.class);
        return (AlertBody.Read) read;
    }

    private static AlertBody read(AlertSource source, String body) {
        return AlertBody.read(source, body.getBytes(StandardCharsets.UTF_8), NOW, NOW);
    }
}
