package dev.steward.playground.endtoend;

import static dev.steward.playground.stage.AlertPost.firing;
import static dev.steward.playground.stage.AlertPost.resolved;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.emulator.View;
import dev.steward.playground.stage.Actor;
import dev.steward.playground.stage.AlertPost;
import dev.steward.playground.stage.Until;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Alerts, from a body of Alertmanager's to a card that says that all is well again. */
class AlertsTest extends EndToEndTest {
    private static final String OWNERS = "payments";
    private static final Instant START = Instant.parse("2026-01-02T03:00:00Z");

    private static AlertPost alertmanager;

    @BeforeAll
    static void thereIsAServiceThatSomethingCanBeWrongWith() {
        alertmanager = new AlertPost(stage.port());
        actor("omar").clicksAndIsTold(asked(actor("dana"), "pay-api", Map.of()), "approve");
        awaitState("pay-api", "done");
        Stream.of("olga", "pia").forEach(name -> Until.isTrue(name + " is known", LIMIT,
                () -> !actor(name).asks(CHANNEL, "/owner", "pay-api").isEmpty()));
    }

    @AfterAll
    static void hangUp() {
        alertmanager.close();
    }

    @Test
    void fireAreAcknowledgedMadeAnIncidentAndClear() {
        assertThat(alertmanager.post(List.of(critical(), warning()))).contains(200);
        Message card = card(OWNERS, "pay-api", has("2 alerts firing"));
        String group = group(card);
        assertThat(card.plainText()).contains("1 critical", "HighErrorRate", "HighLatency", "Runbook",
                "Nobody has acknowledged yet", "[Ack]", "[Declare]", "Owned by Payments");

        assertThat(alertmanager.metrics())
                .containsPattern("steward_alerts_received_total\\{source=\"alertmanager\"} [2-9]")
                .containsPattern("steward_alert_groups_open [12]");

        Actor omar = actor("omar");
        assertThat(omar.clicksAndIsTold(card, "alert-ack:" + group)).contains("You have the alerts of pay-api");
        card(OWNERS, "pay-api", has("Acknowledged by").and(has("[Ack]").negate()));
        assertThat(text("SELECT p.state || ', ' || p.title || ', ' || w.name FROM page p JOIN person w"
                + " ON w.id = p.acked_by WHERE p.subject = 'alerts " + group + "'"))
                .as("the call is answered by who acknowledged").isEqualTo("acked, pay-api: HighErrorRate, omar");
        assertThat(actor("dana").forgesAndIsTold(now(card), "alert-ack:" + group, group))
                .contains("was first and acknowledged them just now");

        Actor dana = actor("dana");
        View form = dana.opens(() -> dana.person().click(now(card), "alert-declare:" + group),
                "It is fine if this is incomplete");
        assertThat(form.blocks().toString()).contains("pay-api: HighErrorRate", "pay-api");
        dana.submits(Map.of());
        String incident = dana.sees("is declared").plainText().replaceAll("(?s).*?(INC-\\d+).*", "$1");
        dana.person().closeView();
        assertThat(card(OWNERS, "pay-api", has(incident).and(has("handles it"))).plainText())
                .contains("Go on in").doesNotContain("[Declare]", "[Attach]");
        assertThat(text("SELECT origin FROM incident WHERE 'INC-' || id = '" + incident + "'"))
                .isEqualTo("alert:" + group);

        assertThat(alertmanager.post(List.of(over("f-critical"), over("f-warning")))).contains(200);
        Message cleared = card(OWNERS, "pay-api", has("nothing fires any more"));
        assertThat(cleared.ts()).as("the same message").isEqualTo(card.ts());
        assertThat(cleared.plainText()).contains("If it stays quiet for 15 minutes");
        assertThat(text("SELECT text FROM timeline_entry WHERE kind = 'alert' AND 'INC-' || incident = '"
                + incident + "' ORDER BY id LIMIT 1"))
                .contains("2 fire now, the worst HighErrorRate (critical)");
    }

    @Test
    void ofNoServiceComeToThePlatformTeamAreAttachedAndSnoozed() {
        assertThat(alertmanager.post(List.of(firing("f-none", START, "alertname", "CertificateExpires"))))
                .contains(200);
        Message card = card("platform", "No service", has("CertificateExpires"));
        String group = group(card);
        Actor pia = actor("pia");
        assertThat(pia.clicksAndIsTold(card, "alert-owner:" + group)).contains("go to team Platform");

        pia.opens(() -> pia.person().click(card, "alert-attach:" + group), "No incident is open that you may see");
        pia.person().closeView();
        pia.opens(() -> pia.types("platform", "/incident", "SEV-3 A certificate"), "It is fine if this is incomplete");
        pia.submits(Map.of());
        pia.sees("is declared");
        pia.person().closeView();
        pia.opens(() -> pia.person().click(now(card), "alert-attach:" + group), "become part of it");
        pia.submits(Map.of("incident", text("SELECT id FROM incident WHERE title = 'A certificate'")));
        pia.sees("are part of INC-");
        pia.person().closeView();
        card("platform", "No service", has("handles it"));

        int before = pia.person().ephemerals().size();
        pia.person().choose(now(card), "alert-snooze:" + group + ":", group + ":15m");
        Until.isTrue("pia is told", LIMIT, () -> ephemeral(pia, before).filter(said -> said.contains("stays as it is"))
                .isPresent());
        card("platform", "No service", has("Snoozed by"));
        assertThat(actor("gus").forgesAndIsTold(now(card), "alert-ack:" + group, group)).isNotBlank();
        assertThat(actor("olga").forgesAndIsTold(now(card), "alert-ack:x", "1; DROP TABLE alert"))
                .contains("changed nothing");
        assertThat(actor("olga").forgesAndIsTold(now(card), "alert-snooze:" + group, group + ":999h"))
                .contains("Nothing was changed");
        assertThat(number("SELECT count(*) FROM alert_group WHERE acked_by IS NOT NULL AND id = " + group)).isZero();
    }

    @Test
    void withAWrongSecretAreNotTaken() {
        assertThat(alertmanager.post(List.of(firing("f-wrong", START)), "wrong")).contains(401);
        assertThat(number("SELECT count(*) FROM alert WHERE fingerprint = 'f-wrong'")).isZero();
    }

    private static Map<String, Object> critical() {
        return firing("f-critical", START, "alertname", "HighErrorRate", "service", "pay-api", "severity", "critical");
    }

    private static Map<String, Object> warning() {
        return firing("f-warning", START, "alertname", "HighLatency", "service", "pay-api", "severity", "warning");
    }

    private static Map<String, Object> over(String fingerprint) {
        return resolved(fingerprint, START, "service", "pay-api");
    }

    private static Message card(String channel, String title, Predicate<Message> expected) {
        return Until.present("a card of alerts of " + title, LIMIT, () -> stage.slack().channel(channel).messages()
                .stream().filter(has(title + ": ")).filter(expected).findFirst());
    }

    private static Predicate<Message> has(String text) {
        return message -> message.plainText().contains(text);
    }

    private static String group(Message card) {
        return card.buttons().stream().filter(button -> button.actionId().startsWith("alert-owner:")).findFirst()
                .orElseThrow().value();
    }
}
