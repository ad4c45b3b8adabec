package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** An emulator with a frozen clock, a bot that acknowledges everything, and a client with the bot's token. */
abstract class EmulatorTest {
    static final Instant START = Instant.parse("2026-11-20T09:00:00Z");
    static final Duration LIMIT = Duration.ofMillis(300);
    /** For tests in which the time to answer is not the question, on a machine that has much else to do. */
    static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Set<String> SCOPES = Set.of("chat:write", "app_mentions:read", "commands", "channels:read",
            "channels:history",
            "channels:join", "channels:manage", "groups:read", "groups:write", "groups:history", "im:write", "im:read",
            "im:history", "mpim:write", "mpim:read", "mpim:history", "users:read", "users:read.email",
            "usergroups:read", "reactions:write", "reactions:read",
            "pins:write", "pins:read", "bookmarks:write", "bookmarks:read", "team:read");

    SlackEmulator slack;
    FakeBot bot;
    ApiClient api;

    EmulatorOptions options() {
        return everythingGranted();
    }

    /** An app that may call every method served here, and hears of more than Steward asks to. */
    static EmulatorOptions everythingGranted() {
        return EmulatorOptions.defaults().withFrozenClock(START).withAnswerWithin(LIMIT).withScopes(SCOPES)
                .withSubscriptions(Set.of("app_home_opened", "app_mention", "message.im", "message.mpim",
                        "subteam_members_changed",
                        "subteam_updated", "user_change", "team_join"));
    }

    @BeforeEach
    void start() {
        slack = SlackEmulator.start(options());
        bot = new FakeBot();
        slack.deliverTo(bot.url());
        api = new ApiClient(slack);
    }

    @AfterEach
    void stop() {
        api.close();
        slack.close();
        bot.close();
    }

    /** A fresh trigger, as a slash command of dana brings one. */
    String trigger() {
        slack.person("dana").command("general", "/request", "");
        return bot.lastDeed().form().getOrDefault("trigger_id", "");
    }

    static String error(JsonNode answer) {
        return answer.path("ok").asBoolean() ? "" : answer.path("error").asText();
    }

    static String modal(String blocks) {
        return """
                {"type":"modal","callback_id":"form","title":{"type":"plain_text","text":"Form"},
                 "submit":{"type":"plain_text","text":"Send"},"blocks":[%s]}""".formatted(blocks);
    }

    static String textInput(String blockId, String actionId) {
        return """
                {"type":"input","block_id":"%s","label":{"type":"plain_text","text":"Name"},
                 "element":{"type":"plain_text_input","action_id":"%s","max_length":10}}""".formatted(blockId,
                actionId);
    }

    static String buttons(String... actionIds) {
        StringBuilder elements = new StringBuilder();
        for (String actionId : actionIds) {
            elements.append(elements.isEmpty() ? "" : ",").append("""
                    {"type":"button","action_id":"%s","value":"v-%s","text":{"type":"plain_text","text":"%s"}}"""
                    .formatted(actionId, actionId, actionId));
        }
        return "[{\"type\":\"actions\",\"block_id\":\"actions\",\"elements\":[" + elements + "]}]";
    }
}
