package dev.steward.bot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.oncall.Rotation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is on call, as the settings say it. */
class OnCallSettingsTest {
    @TempDir
    Path folder;

    @Test
    void readsRotationsAndWhereElseToTellOfPages() throws IOException {
        assertThat(read("""
                oncall:
                  payments:
                    zone: Europe/Berlin
                    escalate_after: 10m
                    layers:
                      - { name: primary, every: 7d, starts: 2026-01-05T09:00, people: [olga, "@peter"] }
                      - name: secondary
                        every: 12h
                        starts: 2026-01-05 21:00
                        people: [U0OLGA0001]
                  ledger:
                    zone: UTC
                    layers:
                      - { name: all, every: 1d, starts: 2026-01-05T09:00:30, people: [nina] }
                oncall_webhook:
                  url: https://pager.example.com/steward
                  secret: {env: HOOK}
                """)).isEqualTo(new Settings.OnDuty(Map.of("payments",
                new Rotation("payments", ZoneId.of("Europe/Berlin"), Duration.ofMinutes(10), List.of(
                        new Rotation.Layer("primary", Duration.ofDays(7), LocalDateTime.parse("2026-01-05T09:00"),
                                List.of("olga", "peter")),
                        new Rotation.Layer("secondary", Duration.ofHours(12),
                                LocalDateTime.parse("2026-01-05T21:00"), List.of("U0OLGA0001")))),
                "ledger",
                new Rotation("ledger", ZoneId.of("UTC"), Duration.ofMinutes(5), List.of(
                        new Rotation.Layer("all", Duration.ofDays(1), LocalDateTime.parse("2026-01-05T09:00:30"),
                                List.of("nina"))))),
                Optional.of(new Settings.Webhook(new Secret("https://pager.example.com/steward"),
                        new Secret("hook-canary")))));
    }

    @Test
    void theAddressOfAnotherServiceMayBeASecretAndIsNeverQuoted() throws IOException {
        String webhook = "oncall_webhook: {url: %s, secret: {env: HOOK}}\n";
        assertThat(read(webhook.formatted("{env: PAGER}")).webhook().orElseThrow().url())
                .isEqualTo(new Secret("https://pager.example.com/in?token=url-canary"));
        Files.writeString(folder.resolve("pager-url"), "https://pager.example.com/T/url-canary\n");
        assertThat(read(webhook.formatted("{file: pager-url}")).webhook().orElseThrow().url())
                .isEqualTo(new Secret("https://pager.example.com/T/url-canary"));
        assertThat(read(webhook.formatted("{env: PAGER}")).toString()).doesNotContain("canary");

        assertThat(problems(webhook.formatted("\"https://pager.example.com/in?token=url-canary\""))).singleElement()
                .asString().contains("steward.yaml:1:", "without a token").doesNotContain("canary");
        assertThat(problems(webhook.formatted("{env: HOOK}"))).singleElement().asString()
                .contains("steward.yaml:1: oncall_webhook.url: what is there is not a web address")
                .doesNotContain("canary");
        assertThat(problems(webhook.formatted("{env: ABSENT}"))).singleElement().asString().contains("is not set");
    }

    @Test
    void isNobodyWhereNothingIsSaid() throws IOException {
        assertThat(read("platform_team: platform\n")).isEqualTo(new Settings.OnDuty(Map.of(), Optional.empty()));
    }

    @Test
    void reportsAllThatIsWrongTogetherEachWithItsLineAndWhatToDo() throws IOException {
        assertThat(problems("""
                oncall:
                  payments:
                    zone: Berlin
                    escalate_after: 30s
                    layers:
                      - { name: Primary, every: 90m, starts: monday, people: [] }
                      - { name: secondary, every: 0d, starts: 2026-02-30T09:00, people: [olga] }
                      - { name: third, evry: 1d, starts: 2026-01-05T09:00, people: [olga] }
                      - { name: third, every: 1d, starts: 2026-01-05T09:00, people: [olga] }
                  ledger:
                    zone: "+02:00"
                  search:
                    layers: none
                oncall_webhook:
                  url: ftp://pager
                """)).containsExactlyInAnyOrder(
                "steward.yaml:3: oncall.payments.zone: \"Berlin\" is not a time zone; write one as in Europe/Berlin, or"
                        + " UTC",
                "steward.yaml:4: oncall.payments.escalate_after: is from 1m to 24h; write for example 5m, which leaves"
                        + " time to get to a keyboard",
                "steward.yaml:6: oncall.payments.layers[1].name: \"Primary\" is not a name for a layer; use lower-case"
                        + " letters, digits and dashes, as in primary",
                "steward.yaml:6: oncall.payments.layers[1].every: \"90m\" is not the length of a turn; write whole hours"
                        + " or days, as in 12h, 1d, 7d or 14d",
                "steward.yaml:6: oncall.payments.layers[1].starts: \"monday\" is not a local date and time; write for"
                        + " example 2026-01-05T09:00",
                "steward.yaml:6: oncall.payments.layers[1].people needs at least one person: a catalog name or a Slack"
                        + " user id, in the order of their turns",
                "steward.yaml:7: oncall.payments.layers[2].every: \"0d\" is not the length of a turn; write whole hours"
                        + " or days, as in 12h, 1d, 7d or 14d",
                "steward.yaml:7: oncall.payments.layers[2].starts: \"2026-02-30T09:00\" is not a local date and time;"
                        + " write for example 2026-01-05T09:00",
                "steward.yaml:8: oncall.payments.layers[3].every is missing: write how long a turn lasts, for example"
                        + " 7d",
                "steward.yaml:8: oncall.payments.layers[3].evry is not a setting; did you mean every?",
                "steward.yaml:9: oncall.payments.layers[4].name: two layers are called third; give each a name of its"
                        + " own",
                "steward.yaml:11: oncall.ledger.zone: \"+02:00\" is not a time zone; write one as in Europe/Berlin, or"
                        + " UTC",
                "steward.yaml:10: oncall.ledger.layers needs at least one layer, as in"
                        + " - {name: primary, every: 7d, starts: 2026-01-05T09:00, people: [olga, peter]}",
                "steward.yaml:12: oncall.search.zone is missing: write the time zone in which people hand over, for"
                        + " example Europe/Berlin",
                "steward.yaml:13: oncall.search.layers needs a list of mappings, each beginning with a dash",
                "steward.yaml:13: oncall.search.layers needs at least one layer, as in"
                        + " - {name: primary, every: 7d, starts: 2026-01-05T09:00, people: [olga, peter]}",
                "steward.yaml:15: oncall_webhook.url: is not a web address without a token; write for example"
                        + " https://pager.example.com/steward, or {env: NAME} or {file: PATH} to say where one with a"
                        + " token is",
                "oncall_webhook has no secret: write where it is, for example"
                        + " {env: STEWARD_ONCALL_WEBHOOK_SECRET}; the receiver checks the signature with it");
    }

    @Test
    void theExampleIsGood() throws IOException {
        Settings.OnDuty example = read(
                Files.readString(Path.of(System.getProperty("steward.root", ".."), "steward.example.yaml"))
                        .replace("slack:S0PLATFORM", "import"));
        assertThat(example.rotations()).containsOnlyKeys("payments");
    }

    private Settings.OnDuty read(String file) throws IOException {
        return switch (reading(file)) {
            case Settings.Reading.Good(Settings settings) -> settings.onDuty();
            case Settings.Reading.Bad(List<String> problems) -> throw new AssertionError(problems);
        };
    }

    private List<String> problems(String file) throws IOException {
        return reading(file) instanceof Settings.Reading.Bad(List<String> problems) ? problems : List.of();
    }

    private Settings.Reading reading(String file) throws IOException {
        Files.writeString(folder.resolve("steward.yaml"), file);
        return Settings.read(Map.of("HOME", folder.toString(), "HOOK", "hook-canary", "PAGER",
                "https://pager.example.com/in?token=url-canary", "SLACK_BOT_TOKEN",
                "xoxb-123456789012-canary", "SLACK_SIGNING_SECRET", "signing"), folder, Settings.Purpose.OPERATE);
    }
}
