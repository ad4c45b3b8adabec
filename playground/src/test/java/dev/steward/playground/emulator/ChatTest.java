package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.workspace.Seed;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ChatTest extends EmulatorTest {
    private JsonNode post(Object... more) {
        Object[] pairs = new Object[more.length + 2];
        pairs[0] = "channel";
        pairs[1] = Seed.GENERAL;
        System.arraycopy(more, 0, pairs, 2, more.length);
        return api.call("chat.postMessage", pairs);
    }

    private Message last() {
        return slack.channel("general").messages().getLast();
    }

    @Test
    void postsWithBlocksAndMetadataAndNewerTimestamps() {
        JsonNode first = post("text", "Plan", "blocks", buttons("approve"), "metadata",
                "{\"event_type\":\"card\",\"event_payload\":{\"key\":\"request:1:card\"}}");
        JsonNode second = post("text", "Later");

        assertThat(error(first)).isEmpty();
        assertThat(second.path("ts").asText()).isGreaterThan(first.path("ts").asText());
        Message card = slack.channel("#general").messages().getFirst();
        assertThat(card.ts()).isEqualTo(first.path("ts").asText());
        assertThat(card.metadata().at("/event_payload/key").asText()).isEqualTo("request:1:card");
        assertThat(card.buttons()).containsExactly(new Button("approve", "approve", "v-approve"));
        assertThat(card.plainText()).isEqualTo("[approve]");
        assertThat(card.user()).isEqualTo(Seed.BOT_USER);
    }

    @Test
    void showsAllThatAReaderSees() {
        post("text", "fallback", "blocks",
                """
                        [{"type":"header","text":{"type":"plain_text","text":"REQ-1"}},
                         {"type":"section","text":{"type":"mrkdwn","text":"*billing*"},
                          "fields":[{"type":"mrkdwn","text":"Owner"},{"type":"mrkdwn","text":"payments"}],
                          "accessory":{"type":"button","text":{"type":"plain_text","text":"Open"}}},
                         {"type":"divider"},
                         {"type":"context","elements":[{"type":"mrkdwn","text":"by dana"},{"type":"plain_text","text":"now"}]},
                         {"type":"rich_text","elements":[{"type":"rich_text_section","elements":[{"type":"text","text":"rich"}]}]}]""");

        assertThat(last().plainText())
                .isEqualTo("REQ-1\n*billing*\nOwner\npayments\n[Open]\n---\nby dana now\nrich");
        assertThat(last().text()).isEqualTo("fallback");
    }

    @Test
    void refusesWhereItMayNotPost() {
        assertThat(error(api.call("chat.postMessage", "channel", "C9", "text", "x"))).isEqualTo("channel_not_found");
        assertThat(error(api.call("chat.postMessage", "channel", Seed.NO_BOT, "text", "x")))
                .isEqualTo("not_in_channel");
        assertThat(error(api.call("chat.postMessage", "channel", Seed.OLD_REQUESTS, "text", "x")))
                .isEqualTo("is_archived");
        slack.channel("payments").archive();
        assertThat(error(api.call("chat.postMessage", "channel", "#payments", "text", "x"))).isEqualTo("is_archived");
        slack.channel("checkout").removeBot();
        assertThat(error(api.call("chat.postMessage", "channel", Seed.CHECKOUT, "text", "x")))
                .isEqualTo("not_in_channel");
    }

    @Test
    void refusesWhatItMayNotSay() {
        assertThat(error(post())).isEqualTo("no_text");
        assertThat(error(post("text", "x", "blocks", "nonsense"))).isEqualTo("invalid_blocks_format");
        assertThat(error(post("text", "x", "blocks", "{}"))).isEqualTo("invalid_blocks_format");
        assertThat(error(post("text", "x", "metadata", "{\"event_type\":\"t\"}"))).isEqualTo("invalid_metadata_schema");
        assertThat(error(post("text", "x", "metadata", "{\"event_type\":\"t\",\"event_payload\":[]}")))
                .isEqualTo("invalid_metadata_schema");
        assertThat(error(post("text", "x", "metadata", "[]"))).isEqualTo("invalid_metadata_format");
        assertThat(error(post("text", "x", "thread_ts", "1.2"))).isEqualTo("cannot_reply_to_message");
        assertThat(slack.channel("general").messages()).isEmpty();
    }

    @Test
    void explainsRefusedBlocksTwice() {
        JsonNode answer = post("text", "x", "blocks", "[{\"type\":\"divider\",\"text\":\"x\"}]");

        assertThat(error(answer)).isEqualTo("invalid_blocks");
        assertThat(answer.at("/errors/0").asText())
                .isEqualTo("invalid additional property: text [json-pointer:/blocks/0]");
        assertThat(answer.at("/response_metadata/messages/0").asText())
                .isEqualTo("[ERROR] invalid additional property: text [json-pointer:/blocks/0]");
    }

    @Test
    void cutsLongTextWhenPostingAndRefusesItWhenUpdating() {
        JsonNode posted = post("text", "x".repeat(40_001));
        assertThat(last().text()).hasSize(40_000);

        assertThat(error(update(posted, "text", "y".repeat(4_000)))).isEmpty();
        assertThat(error(update(posted, "text", "y".repeat(4_001)))).isEqualTo("msg_too_long");
    }

    private JsonNode update(JsonNode posted, Object... more) {
        Object[] pairs = new Object[more.length + 4];
        System.arraycopy(new Object[]{"channel", Seed.GENERAL, "ts", posted.path("ts").asText()}, 0, pairs, 0, 4);
        System.arraycopy(more, 0, pairs, 4, more.length);
        return api.call("chat.update", pairs);
    }

    @Test
    void anUpdateKeepsWhatItDoesNotName() {
        JsonNode posted = post("text", "Plan", "blocks", buttons("approve"), "metadata",
                "{\"event_type\":\"card\",\"event_payload\":{}}");
        update(posted, "text", "Approved");
        assertThat(last().buttons()).hasSize(1);
        update(posted, "blocks", "[]");

        assertThat(last().buttons()).isEmpty();
        assertThat(last().plainText()).isEqualTo("Approved");
        assertThat(last().metadata().path("event_type").asText()).isEqualTo("card");
        assertThat(last().edited()).isTrue();
        assertThat(error(update(posted))).isEqualTo("no_text");
    }

    @Test
    void changesOnlyItsOwnMessages() {
        Message other = slack.channel("general").post(slack.person("dana"), "mine");

        assertThat(error(api.call("chat.update", "channel", Seed.GENERAL, "ts", other.ts(), "text", "x")))
                .isEqualTo("cant_update_message");
        assertThat(error(api.call("chat.delete", "channel", Seed.GENERAL, "ts", other.ts())))
                .isEqualTo("cant_delete_message");
        assertThat(error(api.call("chat.update", "channel", Seed.GENERAL, "ts", "1.000000", "text", "x")))
                .isEqualTo("message_not_found");
        String own = post("text", "own").path("ts").asText();
        assertThat(error(api.call("chat.delete", "channel", Seed.GENERAL, "ts", own))).isEmpty();
        assertThat(slack.channel("general").message(own)).isEmpty();
    }

    @Test
    void repliesGatherInTheirThread() {
        JsonNode parent = post("text", "Card");
        JsonNode reply = post("text", "detail", "thread_ts", parent.path("ts").asText());
        post("text", "reply to a reply", "thread_ts", reply.path("ts").asText());

        assertThat(slack.channel("general").messages()).hasSize(1);
        assertThat(slack.channel("general").thread(last())).extracting(Message::text).containsExactly("detail",
                "reply to a reply");
        JsonNode replies = api.call("conversations.replies", "channel", Seed.GENERAL, "ts", parent.path("ts").asText());
        assertThat(replies.path("messages")).hasSize(3);
        assertThat(replies.at("/messages/0/reply_count").asInt()).isEqualTo(2);
        assertThat(error(api.call("conversations.replies", "channel", Seed.GENERAL, "ts", "1.000000")))
                .isEqualTo("thread_not_found");
    }

    @Test
    void whispersToOnePerson() {
        JsonNode answer = api.call("chat.postEphemeral", "channel", Seed.GENERAL, "user", Seed.DANA, "text", "psst",
                "blocks", buttons("ok"));

        assertThat(answer.path("message_ts").asText()).isNotEmpty();
        assertThat(slack.person("dana").ephemerals()).singleElement().satisfies(whisper -> {
            assertThat(whisper.text()).isEqualTo("psst");
            slack.person("dana").click(whisper, "ok");
        });
        assertThat(bot.lastDeed().payload().at("/container/is_ephemeral").asBoolean()).isTrue();
        assertThat(bot.lastDeed().payload().has("message")).isFalse();
        assertThat(slack.person("omar").ephemerals()).isEmpty();
        assertThat(slack.channel("general").messages()).isEmpty();
        assertThat(error(api.call("chat.postEphemeral", "channel", Seed.PAYMENTS, "user", Seed.OLGA, "text", "x")))
                .isEqualTo("user_not_in_channel");
        assertThat(error(api.call("chat.update", "channel", Seed.GENERAL, "ts", answer.path("message_ts").asText(),
                "text", "x"))).isEqualTo("message_not_found");
    }

    @Test
    void whispersInAThreadAndOnlyWhereItStands() {
        String parent = post("text", "Card").path("ts").asText();
        assertThat(error(api.call("chat.postEphemeral", "channel", Seed.GENERAL, "user", Seed.DANA, "text", "psst",
                "thread_ts", parent))).isEmpty();

        assertThat(slack.person("dana").ephemerals()).singleElement()
                .satisfies(whisper -> assertThat(whisper.stored().threadTs()).contains(parent));
        assertThat(slack.channel("general").thread(last())).as("nobody else sees it there").isEmpty();
        for (var refused : Map.of("cannot_reply_to_message", Map.of("thread_ts", "1.000000"), "is_archived",
                Map.of("channel", Seed.OLD_REQUESTS), "not_in_channel", Map.of("channel", Seed.NO_BOT),
                "channel_not_found", Map.of("channel", "C9"), "user_not_in_channel", Map.of("user", "U9"), "no_text",
                Map.of("text", "")).entrySet()) {
            Map<String, String> arguments = new HashMap<>(
                    Map.of("channel", Seed.GENERAL, "user", Seed.DANA, "text", "x"));
            arguments.putAll(refused.getValue());
            assertThat(error(api.call("chat.postEphemeral", arguments.entrySet().stream()
                    .flatMap(one -> Stream.of(one.getKey(), one.getValue())).toArray()))).isEqualTo(refused.getKey());
        }
    }

    @Test
    void linksToAMessage() {
        String ts = post("text", "x").path("ts").asText();

        assertThat(api.call("chat.getPermalink", "channel", Seed.GENERAL, "message_ts", ts).path("permalink").asText())
                .isEqualTo("https://acme.slack.com/archives/" + Seed.GENERAL + "/p" + ts.replace(".", ""));
        assertThat(error(api.call("chat.getPermalink", "channel", Seed.GENERAL, "message_ts", "1.000000")))
                .isEqualTo("message_not_found");
    }

    @Test
    void writesToAPersonDirectly() {
        String direct = api.call("conversations.open", "users", Seed.DANA).at("/channel/id").asText();
        api.call("chat.postMessage", "channel", direct, "text", "one");
        api.call("chat.postMessage", "channel", Seed.DANA, "text", "two");

        assertThat(slack.person("dana").directMessages()).extracting(Message::text).containsExactly("one", "two");
        assertThat(slack.person("omar").directMessages()).isEmpty();
    }
}
