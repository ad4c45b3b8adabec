package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The journal as it is read and saved from outside. */
class ControlJournalTest extends EmulatorTest {
    private ObjectNode look(String path) {
        return Json.parseObject(api.get(slack.controlUrl().resolve(path)).body());
    }

    private List<ObjectNode> saved() {
        return api.get(slack.controlUrl().resolve("journal/download")).body().lines().map(Json::parseObject).toList();
    }

    private void posts(int count, String text) {
        for (int i = 1; i <= count; i++) {
            api.call("chat.postMessage", "channel", Seed.GENERAL, "text", text + i);
        }
    }

    @Test
    void keepsSecretsToItself() {
        slack.person("dana").command("general", "/request", "my token is " + slack.botToken());
        api.call("chat.postMessage", "channel", Seed.GENERAL, "text",
                "secret " + slack.signingSecret() + " and " + slack.appToken());
        String responseUrl = bot.lastDeed().form().getOrDefault("response_url", "");
        api.post(java.net.URI.create(responseUrl), "{\"text\":\"see " + responseUrl + "\"}");
        String all = api.get(slack.controlUrl().resolve("journal/download")).body()
                + api.get(slack.controlUrl().resolve("journal")).body();

        assertThat(all).contains("my token is xoxb-(masked)", "secret (masked) and xapp-(masked)",
                "/response/(masked)", "\"token\":\"(masked)\"");
        assertThat(all).doesNotContain(slack.botToken(), slack.appToken(), slack.signingSecret(), "verification-token",
                responseUrl);
        assertThat(bot.lastDeed().form().getOrDefault("text", "")).as("what is sent is not touched")
                .contains(slack.botToken());
    }

    @Test
    void dropsTheOldestBeyondItsBoundAndSaysSo() {
        slack.journal().keepAtMost(4, 1_000_000);
        posts(3, "message ");
        slack.person("dana").command("general", "/request", "");
        posts(3, "later ");

        assertThat(look("journal").path("dropped").asInt()).isEqualTo(3);
        assertThat(saved()).extracting(line -> line.path("entry").asText() + line.path("count").asText())
                .containsExactly("dropped3", "deliveries", "calls", "calls", "calls");
        slack.journal().keepAtMost(1_000, 50_000);
        posts(3, "x".repeat(20_000));
        assertThat(look("journal").path("calls").size()).as("by size").isEqualTo(1);
        posts(1, "y".repeat(39_000));
        assertThat(saved().getLast().at("/arguments/text").asText()).as("the newest stays").startsWith("yy");
    }

    @Test
    void answersWithTheNewestAndTellsWhenItBeganAnew() {
        posts(5, "message ");
        ObjectNode newest = look("journal?after=1&limit=2");

        assertThat(newest.path("calls").findValuesAsText("number")).containsExactly("4", "5");
        assertThat(newest.path("left_out").asInt()).isEqualTo(2);
        assertThat(newest.path("last").asInt()).isEqualTo(5);
        slack.reset();
        assertThat(look("journal").path("last").asInt()).isZero();
        assertThat(look("journal").path("life")).isNotEqualTo(newest.path("life"));
    }
}
