package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.journal.Delivery.Outcome;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.Until;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

class DeliveryTest extends EmulatorTest {
    @Test
    void signsWhatItSendsOverTimestampAndBody() throws Exception {
        slack.person("dana").command("general", "/request", "new service & more");

        FakeBot.Received request = bot.lastDeed();
        String timestamp = request.headers().get("x-slack-request-timestamp");
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(slack.signingSecret().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        byte[] digest = mac.doFinal(("v0:" + timestamp + ":" + request.body()).getBytes(StandardCharsets.UTF_8));
        assertThat(request.headers().get("x-slack-signature"))
                .isEqualTo("v0=" + String.format("%064x", new BigInteger(1, digest)));
        assertThat(Instant.ofEpochSecond(Long.parseLong(timestamp))).isBetween(Instant.now().minusSeconds(30),
                Instant.now().plusSeconds(1));
    }

    @Test
    void sendsEveryFieldOfACommand() {
        Delivery delivery = slack.person("dana").command("platform-requests", "/request", "new-service payments");

        assertThat(delivery.acknowledged()).isTrue();
        assertThat(bot.lastDeed().headers().get("content-type")).isEqualTo("application/x-www-form-urlencoded");
        assertThat(bot.lastDeed().form()).containsEntry("team_id", Seed.TEAM).containsEntry("team_domain", "acme")
                .containsEntry("channel_id", Seed.PLATFORM_REQUESTS)
                .containsEntry("channel_name", "platform-requests").containsEntry("user_id", Seed.DANA)
                .containsEntry("user_name", "dana").containsEntry("command", "/request")
                .containsEntry("text", "new-service payments").containsEntry("api_app_id", Seed.APP)
                .containsEntry("is_enterprise_install", "false")
                .containsKeys("token", "response_url", "trigger_id");
    }

    @Test
    void aPersonOfAnotherWorkspaceComesWithTheirOwnTeam() {
        slack.person("sam").command("general", "/request", "");

        assertThat(bot.lastDeed().form()).containsEntry("team_id", Seed.OTHER_TEAM);
    }

    @Test
    void someoneDeactivatedCannotAct() {
        assertThatThrownBy(() -> slack.person("ines").command("general", "/request", ""))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("deactivated");
    }

    @Test
    void showsTheAnswerToACommandToThePersonAlone() {
        bot.answers(200, "Working on it");
        slack.person("dana").command("general", "/request", "");
        bot.answers(200, "{\"response_type\":\"in_channel\",\"text\":\"For all\"}");
        slack.person("dana").command("general", "/request", "");

        assertThat(slack.person("dana").ephemerals()).extracting(Ephemeral::text).containsExactly("Working on it");
        assertThat(slack.channel("general").messages()).extracting(Message::text).containsExactly("For all");
    }

    @Test
    void aCommandAnsweredWithRefusedBlocksShowsSlacksError() {
        bot.answers(200, "{\"text\":\"x\",\"blocks\":[{\"type\":\"nonsense\"}]}");

        Delivery delivery = slack.person("dana").command("general", "/request", "");

        assertThat(delivery.shown())
                .hasValueSatisfying(text -> assertThat(text).contains("unsupported type: nonsense"));
        assertThat(slack.person("dana").notices()).extracting(notice -> notice.text())
                .containsExactly("/request failed with the error \"invalid_command_response\"");
    }

    @Test
    void aSlowAnswerIsIgnoredAndThePersonIsTold() {
        bot.hangs();

        Delivery delivery = slack.person("dana").command("general", "/request", "");

        assertThat(delivery.reply().outcome()).isEqualTo(Outcome.TIMED_OUT);
        assertThat(delivery.reply().took()).isBetween(LIMIT.minusMillis(20), LIMIT.plusSeconds(2));
        assertThat(slack.person("dana").notices()).extracting(notice -> notice.text()).containsExactly(
                "/request failed because the app did not respond. Please try again or contact the app developer.");
        assertThat(slack.journal().deliveries()).hasSize(1);
    }

    @Test
    void aCommandAnsweredWithAnErrorOrToNobodyIsDispatchFailed() {
        bot.answers(500, "");
        Delivery refused = slack.person("dana").command("general", "/request", "");
        bot.close();
        Delivery unreachable = slack.person("dana").command("general", "/request", "");

        assertThat(refused.reply().outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(unreachable.reply().outcome()).isEqualTo(Outcome.UNREACHABLE);
        assertThat(slack.person("dana").notices()).extracting(notice -> notice.text()).hasSize(2)
                .containsOnly("/request failed with the error \"dispatch_failed\"");
    }

    @Test
    void theBotMayComeBackElsewhere() {
        bot.close();
        slack.person("dana").command("general", "/request", "");
        try (FakeBot restarted = new FakeBot()) {
            slack.deliverTo(restarted.url());
            assertThat(slack.person("dana").command("general", "/request", "").acknowledged()).isTrue();
        }
    }

    @Test
    void aClickCarriesMessageStateAndWhereToAnswer() {
        JsonNode posted = api.call("chat.postMessage", "channel", Seed.PLATFORM_REQUESTS, "text", "Plan", "blocks",
                buttons("approve", "reject"), "metadata", "{\"event_type\":\"card\",\"event_payload\":{\"id\":1}}");
        Message card = slack.channel("platform-requests").messages().getFirst();

        slack.person("omar").click(card, "approve");

        JsonNode payload = bot.lastDeed().payload();
        assertThat(payload.path("type").asText()).isEqualTo("block_actions");
        assertThat(payload.at("/user/id").asText()).isEqualTo(Seed.OMAR);
        assertThat(payload.at("/user/team_id").asText()).isEqualTo(Seed.TEAM);
        assertThat(payload.at("/container/message_ts").asText()).isEqualTo(posted.path("ts").asText());
        assertThat(payload.at("/message/text").asText()).isEqualTo("Plan");
        assertThat(payload.at("/message/metadata/event_type").asText()).isEqualTo("card");
        assertThat(payload.at("/actions/0/value").asText()).isEqualTo("v-approve");
        assertThat(payload.at("/actions/0/block_id").asText()).isEqualTo("actions");
        assertThat(payload.at("/state/values").isObject()).isTrue();
        assertThat(payload.path("response_url").asText()).contains("/response/");
        assertThat(payload.path("trigger_id").asText()).isNotEmpty();
    }

    @Test
    void aClickActsOnTheMessageAsItIsNow() {
        api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "Plan", "blocks", buttons("approve"));
        Message before = slack.channel("general").messages().getFirst();
        api.call("chat.update", "channel", Seed.GENERAL, "ts", before.ts(), "text", "Approved", "blocks", "[]");

        assertThatThrownBy(() -> slack.person("omar").click(before, "approve"))
                .isInstanceOf(IllegalArgumentException.class).hasMessageContaining("no element \"approve\"");
        assertThat(slack.person("omar").clickRaw(before, "approve", "old").acknowledged()).isTrue();
        assertThat(bot.lastDeed().payload().at("/actions/0/value").asText()).isEqualTo("old");
        assertThat(slack.channel("general").messages().getFirst().edited()).isTrue();
    }

    @Test
    void retriesAnEventAfterOneAndFiveMinutesOfVirtualTime() {
        bot.answers(500, "");
        slack.event("app_mention", Json.object().put("user", Seed.DANA).put("text", "hi"));
        assertThat(bot.received()).hasSize(1);

        slack.clock().advance(Duration.ofSeconds(59));
        slack.settle();
        assertThat(bot.received()).hasSize(1);
        slack.clock().advance(Duration.ofSeconds(1));
        slack.settle();
        assertThat(bot.received()).hasSize(2);
        slack.clock().advance(Duration.ofMinutes(4));
        slack.settle();
        slack.clock().advance(Duration.ofHours(1));
        slack.settle();

        assertThat(bot.received()).hasSize(3);
        assertThat(bot.received().get(0).headers()).doesNotContainKey("x-slack-retry-num");
        assertThat(bot.received().get(1).headers()).containsEntry("x-slack-retry-num", "1")
                .containsEntry("x-slack-retry-reason", "http_error");
        assertThat(bot.received().get(2).headers()).containsEntry("x-slack-retry-num", "2");
        assertThat(bot.received()).extracting(one -> one.payload().path("event_id").asText()).hasSize(3)
                .containsOnly("Ev000000001");
    }

    @Test
    void sendsOnlyEventsThatWereSubscribedTo() {
        slack.event("reaction_added", Json.object());
        slack.channel("general").post(slack.person("dana"), "hello");
        slack.settle();
        assertThat(bot.received()).isEmpty();

        slack.people().join(slack.person("dana"), "platform");
        slack.settle();
        assertThat(bot.received()).extracting(one -> one.payload().at("/event/type").asText())
                .containsExactlyInAnyOrder("subteam_members_changed", "subteam_updated");
        assertThat(api.call("usergroups.users.list", "usergroup", Seed.GROUP_PLATFORM).path("users").toString())
                .contains(Seed.DANA);
    }

    @Test
    void tellsWhoWasDeactivatedAndWhoJoined() {
        slack.people().deactivate(slack.person("paul"));
        String id = slack.people().add("nora", "Nora Novak");
        slack.settle();

        assertThat(bot.received()).extracting(one -> one.payload().at("/event/type").asText())
                .containsExactlyInAnyOrder("user_change", "team_join");
        assertThat(api.call("users.info", "user", Seed.PAUL).at("/user/deleted").asBoolean()).isTrue();
        assertThat(slack.person("nora").id()).isEqualTo(id);
    }

    @Test
    void shortcutsCarryATriggerAndTheMessage() {
        api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "Look");
        Message message = slack.channel("general").messages().getFirst();

        slack.person("dana").shortcut("declare");
        assertThat(bot.lastDeed().payload().path("type").asText()).isEqualTo("shortcut");
        slack.person("dana").messageAction(message, "to-timeline");

        assertThat(bot.lastDeed().payload().path("type").asText()).isEqualTo("message_action");
        assertThat(bot.lastDeed().payload().at("/message/text").asText()).isEqualTo("Look");
        assertThat(bot.lastDeed().payload().path("trigger_id").asText()).isNotEmpty();
    }

    @Test
    void deliveriesCanBeDoubledAndLate() {
        slack.faults().onDelivery("command").duplicated().times(1);
        slack.person("dana").command("general", "/request", "");
        assertThat(bot.received()).hasSize(2).extracting(FakeBot.Received::body).containsOnly(bot.last().body());

        slack.faults().onDelivery("*").late(Duration.ofMillis(30)).times(1);
        long started = System.nanoTime();
        slack.person("dana").command("general", "/request", "");
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isGreaterThan(Duration.ofMillis(30));
    }

    @Test
    void aSecondCopyMayComeMuchLater() {
        slack.faults().onDelivery("command").duplicated(Duration.ofMillis(200)).times(1);
        slack.person("dana").command("general", "/request", "first");
        slack.person("dana").command("general", "/request", "second");
        slack.settle();

        assertThat(bot.received()).extracting(one -> one.form().get("text")).containsExactly("first", "second",
                "first");
    }

    @Test
    void aDeliveryIsOvertakenByTheNext() throws InterruptedException {
        slack.faults().onDelivery("command").reordered(Duration.ofMinutes(1)).times(1);
        Thread first = Thread.ofVirtual().start(() -> slack.person("dana").command("general", "/request", "first"));
        Until.isTrue("the first is held", Duration.ofSeconds(10),
                () -> slack.faults().struck().containsKey("reordered"));
        Until.isTrue("a later one is answered", Duration.ofSeconds(10), () -> {
            slack.person("omar").command("general", "/request", "later");
            return bot.received().stream().anyMatch(one -> "first".equals(one.form().get("text")));
        });
        first.join();

        assertThat(bot.received()).extracting(one -> one.form().get("text")).startsWith("later").contains("first");
    }

    @Test
    void aForgedPayloadIsSignedAllTheSame() {
        slack.person("dana").sendRaw(Json.object().put("type", "block_actions"));

        assertThat(bot.lastDeed().payload()).isEqualTo(Json.parseObject("{\"type\":\"block_actions\"}"));
        assertThat(bot.lastDeed().headers()).containsKey("x-slack-signature");
    }
}
