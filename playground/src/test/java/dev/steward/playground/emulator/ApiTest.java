package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The door of the Web API: tokens, scopes, content types, names and types of arguments. */
class ApiTest extends EmulatorTest {
    private static final String FORM = "application/x-www-form-urlencoded";

    @Test
    void saysWhoTheBotIs() {
        assertThat(api.call("auth.test").path("user_id").asText()).isEqualTo(Seed.BOT_USER);
        assertThat(api.get(slack.apiUrl().resolve("auth.test")).body()).contains("\"ok\":true");
        assertThat(api.call("team.info").at("/team/domain").asText()).isEqualTo("acme");
        assertThat(error(api.call("team.info", "team", "T9"))).isEqualTo("team_not_found");
    }

    @Test
    void knowsOnlyItsMethods() {
        assertThat(error(api.call("chat.shout"))).isEqualTo("unknown_method");
    }

    @Test
    void wantsTheRightToken() {
        assertThat(api.send("auth.test", FORM, "", "").body()).contains("not_authed");
        assertThat(api.send("auth.test", FORM, "Bearer xoxb-wrong", "").body()).contains("invalid_auth");
        assertThat(api.send("auth.test", FORM, "", "token=" + slack.botToken()).body()).contains("\"ok\":true");
        assertThat(api.send("auth.test", "application/json", "", "{\"token\":\"" + slack.botToken() + "\"}").body())
                .as("a token in JSON does not count").contains("not_authed");
        assertThat(slack.journal().calls()).allSatisfy(
                call -> assertThat(call.arguments().toString()).doesNotContain("xoxb"));
    }

    @Test
    void namesTheScopeThatIsMissing() {
        Set<String> scopes = new HashSet<>(Set.of("chat:write", "commands"));
        try (SlackEmulator narrow = SlackEmulator.start(options().withScopes(scopes));
                ApiClient client = new ApiClient(narrow)) {
            JsonNode answer = client.call("users.info", "user", Seed.DANA);
            assertThat(error(answer)).isEqualTo("missing_scope");
            assertThat(answer.path("needed").asText()).isEqualTo("users:read");
            assertThat(answer.path("provided").asText()).isEqualTo("chat:write,commands");
            assertThat(error(client.call("chat.postMessage", "channel", Seed.GENERAL, "text", "x"))).isEmpty();
        }
    }

    @Test
    void takesJsonWhereTheMethodDoes() {
        assertThat(error(api.json("chat.postMessage", "{\"channel\":\"" + Seed.GENERAL + "\",\"blocks\":"
                + buttons("a") + ",\"metadata\":{\"event_type\":\"t\",\"event_payload\":{}},\"unfurl_links\":false}")))
                .isEmpty();
        assertThat(error(api.json("users.info", "{\"user\":\"" + Seed.DANA + "\"}"))).isEqualTo("invalid_post_type");
        assertThat(error(api.json("chat.postMessage", "{oops"))).isEqualTo("invalid_json");
        assertThat(error(api.json("chat.postMessage", "[]"))).isEqualTo("json_not_object");
        assertThat(api.send("auth.test", "text/csv", "Bearer " + slack.botToken(), "a,b").body())
                .contains("invalid_post_type");
        assertThat(api.send("auth.test", FORM, "Bearer " + slack.botToken(), "a=%zz").body())
                .contains("invalid_form_data");
    }

    @Test
    void refusesArgumentsItDoesNotKnowOrOfTheWrongType() {
        JsonNode unknown = api.call("users.info", "user", Seed.DANA, "colour", "red");
        assertThat(error(unknown)).isEqualTo("invalid_arguments");
        assertThat(messages(unknown)).contains("[ERROR] invalid additional property: colour");
        assertThat(error(api.call("users.info", "user", Seed.DANA, "a-b", "x"))).isEqualTo("invalid_arg_name");
        JsonNode typed = api.json("chat.postMessage", "{\"channel\":7,\"text\":true}");
        assertThat(error(typed)).isEqualTo("invalid_arguments");
        assertThat(messages(typed)).contains("[ERROR] must provide a string [json-pointer:/channel]")
                .contains("[ERROR] must provide a string [json-pointer:/text]");
        assertThat(messages(api.call("conversations.list", "limit", "many")))
                .contains("[ERROR] must provide a number [json-pointer:/limit]");
        assertThat(messages(api.call("conversations.list", "exclude_archived", "maybe")))
                .contains("[ERROR] must provide a boolean [json-pointer:/exclude_archived]");
    }

    @Test
    void saysWhatIsMissing() {
        assertThat(error(api.call("chat.postMessage", "text", "x"))).isEqualTo("channel_not_found");
        assertThat(error(api.call("users.info"))).isEqualTo("user_not_found");
        assertThat(error(api.call("users.lookupByEmail"))).isEqualTo("users_not_found");
        assertThat(error(api.call("conversations.create"))).isEqualTo("invalid_name_required");
        assertThat(messages(api.call("views.publish"))).contains("missing required field: user_id");
    }

    @Test
    void enforcesSlacksRatesOnRequest() {
        try (SlackEmulator limited = SlackEmulator.start(options().withRates());
                ApiClient client = new ApiClient(limited)) {
            for (int i = 0; i < 3; i++) {
                assertThat(error(client.call("chat.postMessage", "channel", Seed.GENERAL, "text", "burst"))).isEmpty();
            }
            var oneMore = client.send("chat.postMessage", FORM, "Bearer " + limited.botToken(),
                    ApiClient.form("channel", Seed.GENERAL, "text", "2"));
            assertThat(oneMore.statusCode()).isEqualTo(429);
            assertThat(oneMore.headers().firstValue("Retry-After")).hasValue("1");
            assertThat(oneMore.body()).contains("ratelimited");
            assertThat(error(client.call("chat.postMessage", "channel", Seed.PAYMENTS, "text", "other"))).isEmpty();
            limited.clock().advance(Duration.ofSeconds(1));
            assertThat(error(client.call("chat.postMessage", "channel", Seed.GENERAL, "text", "3"))).isEmpty();
            for (int i = 0; i < 20; i++) {
                assertThat(error(client.call("users.list"))).isEmpty();
            }
            assertThat(error(client.call("users.list"))).isEqualTo("ratelimited");
        }
    }

    @Test
    void journalsEveryCallWithItsAnswer() {
        api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "x");
        api.call("chat.postMessage", "channel", "C9", "text", "x");

        assertThat(slack.journal().callsOf("chat.postMessage")).hasSize(2);
        assertThat(slack.journal().errors()).singleElement()
                .satisfies(call -> assertThat(call.error()).isEqualTo("channel_not_found"));
        assertThat(slack.journal().calls()).extracting(call -> call.number()).isEqualTo(List.of(1L, 2L));
    }

    @Test
    void aResetBringsTheSeedBackAndRepeatsItsIds() {
        String first = openedDirect();
        slack.channel("general").archive();
        slack.faults().on("*").serverError(500);
        slack.reset();

        assertThat(openedDirect()).isEqualTo(first);
        assertThat(slack.channel("general").archived()).isFalse();
        assertThat(slack.journal().calls()).hasSize(1);
    }

    private String openedDirect() {
        JsonNode answer = api.call("conversations.open", "users", Seed.DANA);
        return answer.at("/channel/id").asText();
    }

    private static String messages(JsonNode answer) {
        return Json.tree(answer.at("/response_metadata/messages")).toString();
    }
}
