package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.workspace.Seed;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Conversations, people, user groups, reactions and pins. */
class ConversationsTest extends EmulatorTest {
    @Test
    void findsAMessageByItsMetadata() {
        String ts = api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "x", "metadata",
                "{\"event_type\":\"card\",\"event_payload\":{\"key\":\"k\"}}").path("ts").asText();

        JsonNode with = api.call("conversations.history", "channel", Seed.GENERAL, "include_all_metadata", "true",
                "oldest", ts, "inclusive", "1");
        JsonNode without = api.call("conversations.history", "channel", Seed.GENERAL);

        assertThat(with.at("/messages/0/metadata/event_payload/key").asText()).isEqualTo("k");
        assertThat(without.at("/messages/0").has("metadata")).isFalse();
    }

    @Test
    void pagesThroughHistoryNewestFirst() {
        for (int i = 1; i <= 3; i++) {
            api.call("chat.postMessage", "channel", Seed.GENERAL, "text", i);
        }

        JsonNode first = api.call("conversations.history", "channel", Seed.GENERAL, "limit", 2);
        String cursor = first.at("/response_metadata/next_cursor").asText();
        JsonNode second = api.call("conversations.history", "channel", Seed.GENERAL, "limit", 2, "cursor", cursor);

        assertThat(first.path("messages").findValuesAsText("text")).containsExactly("3", "2");
        assertThat(first.path("has_more").asBoolean()).isTrue();
        assertThat(second.path("messages").findValuesAsText("text")).containsExactly("1");
        assertThat(second.path("has_more").asBoolean()).isFalse();
        String middle = first.at("/messages/1/ts").asText();
        assertThat(api.call("conversations.history", "channel", Seed.GENERAL, "latest", middle).path("messages")
                .findValuesAsText("text")).containsExactly("1");
        assertThat(api.call("conversations.history", "channel", Seed.GENERAL, "oldest", middle).path("messages")
                .findValuesAsText("text")).containsExactly("3");
        assertThat(error(api.call("conversations.history", "channel", Seed.GENERAL, "cursor", "x")))
                .isEqualTo("invalid_cursor");
        assertThat(error(api.call("conversations.history", "channel", Seed.GENERAL, "oldest", "soon")))
                .isEqualTo("invalid_ts_oldest");
        assertThat(error(api.call("conversations.history", "channel", Seed.NO_BOT))).isEqualTo("not_in_channel");
    }

    @Test
    void listsAndDescribesChannels() {
        JsonNode all = api.call("conversations.list");
        JsonNode open = api.call("conversations.list", "exclude_archived", "1", "limit", "3");

        assertThat(all.path("channels").findValuesAsText("name")).contains("general", "old-requests", "no-bot");
        assertThat(open.path("channels")).hasSize(3);
        assertThat(open.at("/response_metadata/next_cursor").asText()).isNotEmpty();
        assertThat(error(api.call("conversations.list", "types", "secret"))).isEqualTo("invalid_types");
        assertThat(api.call("conversations.info", "channel", Seed.OLD_REQUESTS).at("/channel/is_archived").asBoolean())
                .isTrue();
        assertThat(api.call("conversations.info", "channel", Seed.NO_BOT).at("/channel/is_member").asBoolean())
                .isFalse();
        assertThat(error(api.call("conversations.info", "channel", "C9"))).isEqualTo("channel_not_found");
        assertThat(api.call("conversations.members", "channel", Seed.PAYMENTS).path("members").toString())
                .contains(Seed.DANA, Seed.OMAR);
    }

    @Test
    void createsChannelsWithProperNames() {
        JsonNode made = api.call("conversations.create", "name", "inc-7-checkout");

        assertThat(made.at("/channel/is_member").asBoolean()).isTrue();
        assertThat(error(create("inc-7-checkout"))).isEqualTo("name_taken");
        assertThat(error(create("Upper case"))).isEqualTo("invalid_name_specials");
        assertThat(error(create("-_-"))).isEqualTo("invalid_name_punctuation");
        assertThat(error(create("x".repeat(80)))).isEmpty();
        assertThat(error(create("x".repeat(81)))).isEqualTo("invalid_name_maxlength");
    }

    private JsonNode create(String name) {
        return api.call("conversations.create", "name", name);
    }

    @Test
    void invitesJoinsAndArchives() {
        assertThat(error(invite(Seed.PAYMENTS, Seed.OLGA))).isEmpty();
        assertThat(error(invite(Seed.PAYMENTS, Seed.OLGA))).isEqualTo("already_in_channel");
        assertThat(error(invite(Seed.PAYMENTS, Seed.BOT_USER))).isEqualTo("cant_invite_self");
        assertThat(error(invite(Seed.PAYMENTS, "U9"))).isEqualTo("user_not_found");
        assertThat(error(invite(Seed.PAYMENTS, Seed.INES))).isEqualTo("cant_invite");
        assertThat(error(invite(Seed.NO_BOT, Seed.GUS))).isEqualTo("not_in_channel");
        assertThat(error(invite(Seed.OLD_REQUESTS, Seed.GUS))).isEqualTo("is_archived");
        assertThat(error(api.call("conversations.join", "channel", Seed.NO_BOT))).isEmpty();
        assertThat(api.call("conversations.join", "channel", Seed.NO_BOT).path("warning").asText())
                .isEqualTo("already_in_channel");
        assertThat(error(api.call("conversations.join", "channel", Seed.OLD_REQUESTS))).isEqualTo("is_archived");
        assertThat(error(api.call("conversations.archive", "channel", Seed.NO_BOT))).isEmpty();
        assertThat(error(api.call("conversations.archive", "channel", Seed.NO_BOT))).isEqualTo("already_archived");
        assertThat(error(api.call("conversations.archive", "channel", Seed.GENERAL)))
                .isEqualTo("cant_archive_general");
    }

    private JsonNode invite(String channel, String user) {
        return api.call("conversations.invite", "channel", channel, "users", user);
    }

    @Test
    void opensDirectMessagesOnlyWithPeopleWhoCanAnswer() {
        assertThat(error(api.call("conversations.open"))).isEqualTo("users_list_not_supplied");
        assertThat(error(api.call("conversations.open", "users", "U9"))).isEqualTo("user_not_found");
        assertThat(error(api.call("conversations.open", "users", Seed.INES))).isEqualTo("user_disabled");
        assertThat(error(api.call("conversations.open", "users", Seed.OMAR, "prevent_creation", "true")))
                .isEqualTo("channel_not_found");
        assertThat(api.call("conversations.open", "users", Seed.OMAR, "return_im", "true").at("/channel/user").asText())
                .isEqualTo(Seed.OMAR);
    }

    @Test
    void opensOneDirectMessageForTheSamePeople() {
        JsonNode opened = api.call("conversations.open", "users", Seed.DANA + "," + Seed.OMAR, "return_im", "true");
        String id = opened.at("/channel/id").asText();
        api.call("chat.postMessage", "channel", id, "text", "to both");
        slack.person("dana").deeds().post(id, Optional.empty(), "thanks");
        slack.settle();

        assertThat(opened.at("/channel/is_mpim").asBoolean()).isTrue();
        assertThat(opened.at("/channel/name").asText()).isEqualTo("mpdm-dana--omar--steward-1");
        assertThat(api.call("conversations.open", "users", Seed.OMAR + ", " + Seed.DANA).at("/channel/id").asText())
                .as("in whatever order").isEqualTo(id);
        assertThat(error(api.call("conversations.open", "channel", id))).isEmpty();
        assertThat(api.call("conversations.list", "types", "mpim").path("channels").findValuesAsText("id"))
                .containsExactly(id);
        assertThat(slack.channel(id).messages()).extracting(Message::text).containsExactly("to both", "thanks");
        assertThat(bot.received()).extracting(one -> one.payload().at("/event/channel_type").asText())
                .contains("mpim");
        assertThatThrownBy(() -> slack.person("olga").deeds().post(id, Optional.empty(), "and I?"))
                .hasMessageContaining("sees no conversation");
    }

    @Test
    void writesToPeopleOfAnotherWorkspaceOnlyInCompanyThatSharesAChannel() {
        String newcomer = slack.people().add("nova", "Nova Novak");

        assertThat(error(api.call("conversations.open", "users", Seed.SAM + "," + Seed.DANA))).isEmpty();
        assertThat(error(api.call("conversations.open", "users", Seed.SAM + "," + newcomer)))
                .isEqualTo("invalid_user_combination");
        assertThat(error(api.call("conversations.open", "users", Seed.DANA + "," + newcomer))).isEmpty();
    }

    @Test
    void tellsPeopleApart() {
        assertThat(api.call("users.info", "user", Seed.GUS).at("/user/is_restricted").asBoolean()).isTrue();
        assertThat(api.call("users.info", "user", Seed.INES).at("/user/deleted").asBoolean()).isTrue();
        assertThat(api.call("users.info", "user", Seed.BOT_USER).at("/user/is_bot").asBoolean()).isTrue();
        JsonNode stranger = api.call("users.info", "user", Seed.SAM);
        assertThat(stranger.at("/user/is_stranger").asBoolean()).isTrue();
        assertThat(stranger.at("/user/team_id").asText()).isEqualTo(Seed.OTHER_TEAM);
        assertThat(api.call("users.info", "user", Seed.DANA).at("/user/tz").asText()).isEqualTo("Europe/Madrid");
        assertThat(error(api.call("users.info", "user", "U9"))).isEqualTo("user_not_found");
        assertThat(api.call("users.lookupByEmail", "email", "Dana@example.com").at("/user/id").asText())
                .isEqualTo(Seed.DANA);
        assertThat(error(api.call("users.lookupByEmail", "email", "ines@example.com"))).isEqualTo("users_not_found");
        assertThat(api.call("users.list", "presence", "0").path("members").findValuesAsText("id"))
                .contains(Seed.DANA, Seed.INES)
                .doesNotContain(Seed.SAM);
    }

    @Test
    void knowsTheTeamsAsUserGroups() {
        JsonNode groups = api.call("usergroups.list", "include_users", "true");

        assertThat(groups.path("usergroups").findValuesAsText("handle")).containsExactly("payments", "checkout",
                "platform", "platform-leads");
        assertThat(groups.at("/usergroups/0/users").toString()).contains(Seed.DANA, Seed.OMAR);
        assertThat(api.call("usergroups.list").at("/usergroups/0").has("users")).isFalse();
        assertThat(api.call("usergroups.users.list", "usergroup", Seed.GROUP_PLATFORM).path("users")).hasSize(3);
        assertThat(error(api.call("usergroups.users.list", "usergroup", "S9"))).isEqualTo("no_such_subteam");
    }

    @Test
    void reactsAndPinsOnce() {
        String ts = api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "x").path("ts").asText();

        assertThat(error(react(ts, "eyes"))).isEmpty();
        assertThat(error(react(ts, "eyes"))).isEqualTo("already_reacted");
        assertThat(error(react(ts, ":eyes:"))).isEqualTo("invalid_name");
        assertThat(error(react("1700000000.000001", "eyes"))).isEqualTo("message_not_found");
        assertThat(error(react("yesterday", "eyes"))).isEqualTo("bad_timestamp");
        assertThat(error(api.call("pins.add", "channel", Seed.GENERAL, "timestamp", ts))).isEmpty();
        assertThat(error(api.call("pins.add", "channel", Seed.GENERAL, "timestamp", ts))).isEqualTo("already_pinned");
        assertThat(error(api.call("pins.add", "channel", Seed.GENERAL))).isEqualTo("no_item_specified");
        assertThat(error(api.call("pins.add", "channel", Seed.NO_BOT, "timestamp", ts))).isEqualTo("not_in_channel");
    }

    private JsonNode react(String ts, String name) {
        return api.call("reactions.add", "channel", Seed.GENERAL, "timestamp", ts, "name", name);
    }
}
