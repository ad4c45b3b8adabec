package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.workspace.Bookmark;
import dev.steward.playground.emulator.workspace.Seed;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The life of a channel, as the bot and as people live it, and what the bot hears of it. */
class ChannelLifeTest extends EmulatorTest {
    private static final Set<String> ALL = Set.of("message.channels", "message.groups", "message.im", "app_mention",
            "reaction_added", "reaction_removed", "pin_added", "pin_removed", "member_joined_channel",
            "member_left_channel", "channel_archive", "channel_unarchive", "channel_rename", "channel_created",
            "channel_left", "group_archive", "group_unarchive", "group_rename", "group_left");

    @Override
    EmulatorOptions options() {
        Set<String> events = new HashSet<>(ALL);
        return everythingGranted().withAnswerWithin(PATIENCE).withSubscriptions(events);
    }

    private Deeds omar() {
        return slack.person("omar").deeds();
    }

    private ChannelDeeds lena() {
        return slack.person("lena").channelDeeds();
    }

    private String created(String name, boolean isPrivate) {
        return api.call("conversations.create", "name", name, "is_private", isPrivate).at("/channel/id").asText();
    }

    private List<JsonNode> heard(String type) {
        slack.settle();
        return bot.received().stream().map(one -> one.payload().path("event"))
                .filter(event -> event.path("type").asText().equals(type)).toList();
    }

    /** The messages of that subtype that the bot heard of; the empty one is that of what was written. */
    private List<JsonNode> heardSubtype(String subtype) {
        return heard("message").stream().filter(one -> one.path("subtype").asText().equals(subtype)).toList();
    }

    @Test
    void theBotRunsAChannelFromItsBeginningToItsEnd() {
        String id = created("inc-7-checkout", false);
        assertThat(error(api.call("conversations.invite", "channel", id, "users", Seed.OLGA + "," + Seed.PIA)))
                .isEmpty();
        assertThat(error(api.call("conversations.setTopic", "channel", id, "topic", "SEV-2, Olga leads"))).isEmpty();
        assertThat(error(api.call("conversations.setPurpose", "channel", id, "purpose", "Checkout is slow")))
                .isEmpty();
        assertThat(error(api.call("conversations.rename", "channel", id, "name", "inc-7-cart"))).isEmpty();
        assertThat(error(api.call("conversations.kick", "channel", id, "user", Seed.PIA))).isEmpty();

        Channel channel = slack.channel("inc-7-cart");
        assertThat(channel.topic()).isEqualTo("SEV-2, Olga leads");
        assertThat(channel.purpose()).isEqualTo("Checkout is slow");
        assertThat(channel.members()).containsExactly(Seed.BOT_USER, Seed.OLGA);
        assertThat(channel.messages()).as("what people wrote").isEmpty();
        assertThat(channel.notes()).extracting(Message::text).contains("<@" + Seed.OLGA + "> has joined the channel",
                "<@" + Seed.BOT_USER + "> set the channel topic: SEV-2, Olga leads");
        assertThat(error(api.call("conversations.setTopic", "channel", id, "topic", ""))).isEmpty();
        assertThat(channel.topic()).isEmpty();

        assertThat(error(api.call("conversations.archive", "channel", id))).isEmpty();
        assertThat(error(api.call("chat.postMessage", "channel", id, "text", "x"))).isEqualTo("is_archived");
        assertThat(error(api.call("conversations.unarchive", "channel", id))).isEqualTo("not_in_channel");
        assertThat(error(api.call("conversations.create", "name", "inc-7-cart"))).as("of an archived one")
                .isEqualTo("name_taken");
        assertThat(heard("channel_archive").getFirst().path("user").asText()).isEqualTo(Seed.BOT_USER);
        assertThat(heard("member_joined_channel")).extracting(one -> one.path("user").asText())
                .containsExactlyInAnyOrder(Seed.BOT_USER, Seed.OLGA, Seed.PIA);
        assertThat(heard("member_joined_channel").stream().filter(one -> one.path("user").asText().equals(Seed.OLGA)))
                .singleElement().satisfies(one -> assertThat(one.path("inviter").asText()).isEqualTo(Seed.BOT_USER));
        assertThat(heard("member_left_channel")).extracting(one -> one.path("user").asText())
                .containsExactly(Seed.PIA);
        assertThat(heard("channel_rename").getFirst().at("/channel/name").asText()).isEqualTo("inc-7-cart");
    }

    @Test
    void theBotHearsThatItIsMentionedBesideTheMessageAndOfNoEdit() {
        String mention = "<@" + Seed.BOT_USER + "> who owns checkout?";
        Message said = omar().post(Seed.GENERAL, Optional.empty(), mention);
        Message reply = omar().post(Seed.GENERAL, Optional.of(said.ts()), mention);
        Message other = omar().post(Seed.GENERAL, Optional.empty(), "nobody in particular");
        omar().edit(Seed.GENERAL, other.ts(), mention);
        slack.person("omar").writes("no-bot", mention);
        slack.person("omar").writes("@steward", mention);
        api.call("chat.postMessage", "channel", Seed.GENERAL, "text", mention);

        assertThat(heard("app_mention")).extracting(one -> one.path("ts").asText())
                .containsExactlyInAnyOrder(said.ts(), reply.ts());
        JsonNode first = heard("app_mention").stream().filter(one -> !one.has("thread_ts")).findFirst().orElseThrow();
        assertThat(first.propertyStream().map(entry -> entry.getKey())).containsExactlyInAnyOrder("type", "user", "ts",
                "text", "team", "channel", "event_ts");
        assertThat(heard("message")).extracting(one -> one.path("ts").asText()).contains(said.ts(), reply.ts());
        assertThat(heard("message").stream().filter(one -> one.path("channel_type").asText().equals("im")))
                .singleElement().satisfies(one -> assertThat(one.path("text").asText()).isEqualTo(mention));
    }

    @Test
    void invitesAllOrNoneUnlessForced() {
        String id = created("inc-8", false);
        JsonNode refused = api.call("conversations.invite", "channel", id, "users", Seed.OLGA + ",U9," + Seed.INES);

        assertThat(error(refused)).isEqualTo("user_not_found");
        assertThat(refused.path("errors").toString()).isEqualTo("[{\"user\":\"U9\",\"ok\":false,\"error\":"
                + "\"user_not_found\"},{\"user\":\"" + Seed.INES + "\",\"ok\":false,\"error\":\"cant_invite\"}]");
        assertThat(slack.channel("inc-8").members()).containsExactly(Seed.BOT_USER);
        JsonNode forced = api.call("conversations.invite", "channel", id, "users", "U9," + Seed.OLGA, "force", true);
        assertThat(error(forced)).isEmpty();
        assertThat(forced.path("errors")).hasSize(1);
        assertThat(slack.channel("inc-8").members()).containsExactly(Seed.BOT_USER, Seed.OLGA);
    }

    @Test
    void aPrivateChannelIsForItsMembersAndHasScopesOfItsOwn() {
        String id = created("inc-9-secret", true);

        assertThat(api.call("conversations.info", "channel", id).at("/channel/is_private").asBoolean()).isTrue();
        assertThatThrownBy(() -> slack.person("dana").command("inc-9-secret", "/request", ""))
                .hasMessageContaining("cannot see");
        assertThat(error(api.call("conversations.invite", "channel", id, "users", Seed.OLGA))).isEmpty();
        slack.channel(id).post(slack.person("olga"), "in here");
        assertThat(heardSubtype("")).singleElement().satisfies(
                one -> assertThat(one.path("channel_type").asText()).isEqualTo("group"));
        assertThat(error(api.call("conversations.join", "channel", id)))
                .isEqualTo("method_not_supported_for_channel_type");
        slack.person("olga").channelDeeds().archive(id);
        assertThat(heard("group_archive")).hasSize(1);
        slack.person("olga").channelDeeds().unarchive(id);
        slack.person("olga").channelDeeds().remove(id, "steward");
        assertThat(heard("group_left")).hasSize(1);
        assertThat(error(api.call("conversations.info", "channel", id))).isEqualTo("channel_not_found");
        String own = created("alone", true);
        assertThat(error(api.call("conversations.leave", "channel", own))).isEqualTo("last_member");
        try (SlackEmulator bare = SlackEmulator.start(everythingGranted().withScopes(Set.of("channels:manage")));
                ApiClient client = new ApiClient(bare)) {
            JsonNode refused = client.call("conversations.create", "name", "x", "is_private", true);
            assertThat(refused.path("needed").asText()).isEqualTo("groups:write");
        }
    }

    @Test
    void theBotHearsOfEveryMessageWhereItIs() {
        String ts = omar().post(Seed.PAYMENTS, Optional.empty(), "the card form is slow").ts();
        omar().post(Seed.PAYMENTS, Optional.of(ts), "a reply");
        omar().edit(Seed.PAYMENTS, ts, "the card form hangs");
        omar().delete(Seed.PAYMENTS, ts);
        slack.person("dana").deeds().post(Seed.NO_BOT, Optional.empty(), "the bot is not here");

        assertThat(heardSubtype("")).extracting(one -> one.path("text").asText())
                .containsExactlyInAnyOrder("the card form is slow", "a reply");
        assertThat(heardSubtype("").stream().filter(one -> one.has("thread_ts"))).singleElement().satisfies(one -> {
            assertThat(one.path("thread_ts").asText()).isEqualTo(ts);
            assertThat(one.path("parent_user_id").asText()).isEqualTo(Seed.OMAR);
        });
        JsonNode changed = heardSubtype("message_changed").getFirst();
        assertThat(changed.at("/message/text").asText()).isEqualTo("the card form hangs");
        assertThat(changed.at("/message/edited/user").asText()).isEqualTo(Seed.OMAR);
        assertThat(changed.at("/previous_message/text").asText()).isEqualTo("the card form is slow");
        JsonNode deleted = heardSubtype("message_deleted").getFirst();
        assertThat(deleted.path("deleted_ts").asText()).isEqualTo(ts);
        assertThat(Stream.concat(heardSubtype("").stream(), Stream.of(changed, deleted)))
                .allMatch(one -> one.path("channel").asText().equals(Seed.PAYMENTS) && one.has("event_ts")
                        && one.path("channel_type").asText().equals("channel"));
    }

    @Test
    void theBotHearsOfItsOwnMessagesToo() {
        JsonNode posted = api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "card", "metadata",
                "{\"event_type\":\"card\",\"event_payload\":{}}");
        api.call("chat.update", "channel", Seed.GENERAL, "ts", posted.path("ts").asText(), "text", "card, renewed");
        api.call("chat.delete", "channel", Seed.GENERAL, "ts", posted.path("ts").asText());

        assertThat(heardSubtype("").getFirst().path("bot_id").asText()).isEqualTo(Seed.BOT_ID);
        assertThat(heardSubtype("message_changed").getFirst().at("/message/bot_id").asText()).isEqualTo(Seed.BOT_ID);
        assertThat(heardSubtype("message_deleted")).hasSize(1);
    }

    @Test
    void reactionsAndPinsAreToldGivenAndTakenBack() {
        String ts = omar().post(Seed.PAYMENTS, Optional.empty(), "deployed").ts();
        omar().react(Seed.PAYMENTS, ts, "rocket");
        assertThat(error(api.call("reactions.add", "channel", Seed.PAYMENTS, "timestamp", ts, "name", "rocket")))
                .isEmpty();
        omar().unreact(Seed.PAYMENTS, ts, "rocket");
        JsonNode now = api.call("reactions.get", "channel", Seed.PAYMENTS, "timestamp", ts);
        assertThat(now.at("/message/reactions").toString())
                .isEqualTo("[{\"name\":\"rocket\",\"count\":1,\"users\":[\"" + Seed.BOT_USER + "\"]}]");
        assertThat(error(api.call("reactions.remove", "channel", Seed.PAYMENTS, "timestamp", ts, "name", "rocket")))
                .isEmpty();
        assertThat(error(api.call("reactions.remove", "channel", Seed.PAYMENTS, "timestamp", ts, "name", "rocket")))
                .isEqualTo("no_reaction");
        omar().pin(Seed.PAYMENTS, ts);
        JsonNode pins = api.call("pins.list", "channel", Seed.PAYMENTS);
        assertThat(pins.at("/items/0/message/text").asText()).isEqualTo("deployed");
        assertThat(pins.at("/items/0/created_by").asText()).isEqualTo(Seed.OMAR);
        assertThat(api.call("conversations.history", "channel", Seed.PAYMENTS).at("/messages/0/pinned_to/0").asText())
                .isEqualTo(Seed.PAYMENTS);
        assertThat(error(api.call("pins.add", "channel", Seed.PAYMENTS, "timestamp", ts))).isEqualTo("already_pinned");
        assertThat(error(api.call("pins.remove", "channel", Seed.PAYMENTS, "timestamp", ts))).isEmpty();
        assertThat(error(api.call("pins.remove", "channel", Seed.PAYMENTS, "timestamp", ts))).isEqualTo("no_pin");

        assertThat(heard("reaction_added")).hasSize(2); // in any order: they are delivered side by side
        JsonNode reacted = heard("reaction_added").stream()
                .filter(event -> event.path("user").asText().equals(Seed.OMAR)).findFirst().orElseThrow();
        assertThat(reacted.path("item_user").asText()).isEqualTo(Seed.OMAR);
        assertThat(reacted.path("item").toString()).isEqualTo("{\"type\":\"message\",\"channel\":\"" + Seed.PAYMENTS
                + "\",\"ts\":\"" + ts + "\"}");
        assertThat(heard("reaction_removed")).hasSize(2);
        assertThat(heard("pin_added").getFirst().at("/item/message/text").asText()).isEqualTo("deployed");
        assertThat(heard("pin_removed").getFirst().path("has_pins").asBoolean(true)).isFalse();
    }

    @Test
    void bookmarksAreAddedChangedListedAndRemoved() {
        JsonNode added = api.call("bookmarks.add", "channel_id", Seed.PAYMENTS, "title", "Runbook", "type", "link",
                "link", "https://example.com/runbook", "emoji", ":book:");
        String id = added.at("/bookmark/id").asText();
        assertThat(id).startsWith("Bk");
        assertThat(error(api.call("bookmarks.edit", "channel_id", Seed.PAYMENTS, "bookmark_id", id, "title", "Book")))
                .isEmpty();
        JsonNode listed = api.call("bookmarks.list", "channel_id", Seed.PAYMENTS).at("/bookmarks/0");
        assertThat(listed.path("title").asText()).isEqualTo("Book");
        assertThat(listed.path("link").asText()).isEqualTo("https://example.com/runbook");
        assertThat(slack.channel("payments").bookmarks()).extracting(Bookmark::emoji).containsExactly(":book:");
        assertThat(error(api.call("bookmarks.remove", "channel_id", Seed.PAYMENTS, "bookmark_id", id))).isEmpty();
        assertThat(api.call("bookmarks.list", "channel_id", Seed.PAYMENTS).path("bookmarks")).isEmpty();
    }

    @Test
    void peopleRunChannelsWithinTheirRights() {
        String id = lena().create("quiet", false);
        assertThat(heard("channel_created").getFirst().at("/channel/creator").asText()).isEqualTo(Seed.LENA);
        assertThat(heard("member_joined_channel")).as("the bot is not there").isEmpty();
        lena().invite(id, "steward");
        assertThat(heard("member_joined_channel").getFirst().path("inviter").asText()).isEqualTo(Seed.LENA);
        lena().topic(id, "no noise");
        lena().rename(id, "quieter");
        assertThat(api.call("conversations.info", "channel", id).at("/channel/topic/value").asText())
                .isEqualTo("no noise");
        lena().archive(id);
        lena().unarchive(id);
        assertThat(heard("channel_unarchive")).hasSize(1);
        lena().remove(id, "steward");
        assertThat(heard("channel_left")).hasSize(1);
        assertThat(error(api.call("chat.postMessage", "channel", id, "text", "x"))).isEqualTo("not_in_channel");

        ChannelDeeds gus = slack.person("gus").channelDeeds();
        assertThatThrownBy(() -> gus.archive(Seed.PLATFORM_REQUESTS)).hasMessageContaining("no full member");
        assertThatThrownBy(() -> lena().archive(Seed.GENERAL)).hasMessageContaining("Nobody can archive #general");
        assertThatThrownBy(() -> lena().create("Big Words", false)).hasMessageContaining("is no name of a channel");
        assertThatThrownBy(() -> lena().create("general", false)).hasMessageContaining("is taken");
        String ts = omar().post(Seed.GENERAL, Optional.empty(), "mine").ts();
        assertThatThrownBy(() -> slack.person("dana").deeds().edit(Seed.GENERAL, ts, "hers"))
                .hasMessageContaining("Only what dana wrote");
    }

    @Test
    void leavingTwiceIsNoErrorAsSlackHasIt() {
        assertThat(error(api.call("conversations.leave", "channel", Seed.PAYMENTS))).isEmpty();
        JsonNode again = api.call("conversations.leave", "channel", Seed.PAYMENTS);

        assertThat(error(again)).isEmpty();
        assertThat(again.path("not_in_channel").asBoolean()).isTrue();
        assertThat(heard("channel_left").getFirst().path("channel").asText()).isEqualTo(Seed.PAYMENTS);
    }
}
