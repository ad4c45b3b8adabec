package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an app's manifest has Slack offer of it, and what Slack takes of a manifest. */
class ManifestTest extends EmulatorTest {
    private static final String SMALL = """
            features:
              app_home: { messages_tab_enabled: true, messages_tab_read_only_enabled: true }
              shortcuts:
                - { name: Declare an incident, type: global, callback_id: declare, description: Something is broken }
                - { name: Declare from this, type: message, callback_id: declare_from, description: This is broken }
            oauth_config: { scopes: { bot: [commands, channels:history, SCOPE] } }
            settings: { event_subscriptions: { bot_events: [EVENT] } }
            """;

    private static String manifest(String scope, String event) {
        return SMALL.replace("SCOPE", scope).replace("EVENT", event);
    }

    @Override
    EmulatorOptions options() {
        return EmulatorOptions.defaults().withFrozenClock(START).withAnswerWithin(PATIENCE)
                .withManifest(manifest("reactions:read", "reaction_added"));
    }

    private JsonNode acts(String act, String body) {
        return Json.parse(api.post(slack.controlUrl().resolve("people/dana/" + act), body).body()).orElseThrow();
    }

    @Test
    void offersTheShortcutsOfTheManifestAndNoOthers() {
        JsonNode boot = Json.parse(api.get(slack.pageUrl().resolve("page/boot")).body()).orElseThrow();
        assertThat(boot.path("shortcuts").findValuesAsText("callback_id"))
                .isEqualTo(List.of("declare", "declare_from"));
        assertThat(boot.path("commands")).isEmpty();
        assertThat(acts("shortcut", "{\"callback_id\":\"declare_from\"}").path("error").asText())
                .isEqualTo("The app has no global shortcut \"declare_from\"");
        assertThat(bot.received()).isEmpty();
    }

    @Test
    void aGlobalShortcutComesAsSlackSendsIt() {
        acts("shortcut", "{\"callback_id\":\"declare\"}");

        JsonNode payload = bot.lastDeed().payload();
        assertThat(payload.propertyStream().map(entry -> entry.getKey())).containsExactlyInAnyOrder("type", "token",
                "api_app_id", "user", "team", "enterprise", "is_enterprise_install", "callback_id", "action_ts",
                "trigger_id");
        assertThat(payload.path("type").asText()).isEqualTo("shortcut");
        assertThat(payload.path("callback_id").asText()).isEqualTo("declare");
        assertThat(payload.at("/user/id").asText()).isEqualTo(Seed.DANA);
        JsonNode opened = api.call("views.open", "trigger_id", payload.path("trigger_id").asText(), "view",
                modal(textInput("name", "name")));
        assertThat(error(opened)).isEmpty();
    }

    @Test
    void aMessageShortcutBringsTheMessageAndWhereToAnswer() {
        String ts = slack.person("omar").deeds().post(Seed.GENERAL, Optional.empty(), "checkout is slow").ts();
        acts("message-action", "{\"callback_id\":\"declare_from\",\"channel\":\"general\",\"ts\":\"" + ts + "\"}");

        JsonNode payload = bot.lastDeed().payload();
        assertThat(payload.propertyStream().map(entry -> entry.getKey())).containsExactlyInAnyOrder("type", "token",
                "api_app_id", "user", "team", "enterprise", "is_enterprise_install", "callback_id", "action_ts",
                "trigger_id", "message_ts", "channel", "message", "response_url");
        assertThat(payload.path("type").asText()).isEqualTo("message_action");
        assertThat(payload.path("message_ts").asText()).isEqualTo(ts);
        assertThat(payload.at("/message/text").asText()).isEqualTo("checkout is slow");
        assertThat(payload.at("/message/user").asText()).isEqualTo(Seed.OMAR);
        assertThat(payload.at("/channel/name").asText()).isEqualTo("general");
        api.post(java.net.URI.create(payload.path("response_url").asText()), "{\"text\":\"On it\"}");
        assertThat(slack.person("dana").ephemerals()).extracting(Ephemeral::text).containsExactly("On it");
    }

    @Test
    void sendsTheEventsOfTheManifest() {
        String ts = slack.person("omar").deeds().post(Seed.GENERAL, Optional.empty(), "hello").ts();
        slack.person("dana").deeds().react(Seed.GENERAL, ts, "eyes");
        slack.settle();

        assertThat(bot.received()).extracting(one -> one.payload().at("/event/type").asText())
                .containsExactly("reaction_added");
    }

    @Test
    void nobodyWritesToAnAppThatTakesNoMessages() {
        assertThat(acts("post", "{\"channel\":\"@steward\",\"text\":\"hi\"}").path("error").asText())
                .isEqualTo("Sending messages to this app has been turned off.");
        assertThat(slack.person("dana").directMessages()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"chat:write, reaction_added, the event reaction_added needs the scope reactions:read",
            "chat:write, message.groups, the event message.groups needs the scope groups:history",
            "chat:write, app_mention, the event app_mention needs the scope app_mentions:read",
            "chat:write, message.im, the event message.im needs the scope im:history",
            "chat:write, member_joined_channel, needs the scope channels:read or groups:read",
            "chat:write, message.everywhere, no event is called message.everywhere"})
    void refusesAManifestWhoseEventsLackTheirScopes(String scope, String event, String words) {
        assertThatThrownBy(() -> Manifest.of(manifest(scope, event))).hasMessageContaining(words);
    }

    @Test
    void refusesShortcutsThatSlackWouldRefuse() {
        String good = manifest("reactions:read", "reaction_added");
        assertThatThrownBy(() -> Manifest.of(good.replace("[commands, ", "["))).hasMessageContaining("scope commands");
        assertThatThrownBy(() -> Manifest.of(good.replace("type: global", "type: local")))
                .hasMessageContaining("global or message");
        assertThatThrownBy(() -> Manifest.of(good.replace("callback_id: declare_from", "callback_id: declare")))
                .hasMessageContaining("declare is there twice");
        assertThat(Manifest.of(good.replace("Declare from this", "x".repeat(24))).app().shortcuts()).hasSize(2);
        assertThatThrownBy(() -> Manifest.of(good.replace("Declare from this", "x".repeat(25))))
                .hasMessageContaining("1 to 24 characters");
    }
}
