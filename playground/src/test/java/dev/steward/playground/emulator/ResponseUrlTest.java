package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.steward.playground.emulator.workspace.Seed;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ResponseUrlTest extends EmulatorTest {
    private URI ofCommand() {
        slack.person("dana").command("general", "/request", "");
        return URI.create(bot.lastDeed().form().getOrDefault("response_url", ""));
    }

    private URI ofClick() {
        api.call("chat.postMessage", "channel", Seed.GENERAL, "text", "Card", "blocks", buttons("ok"));
        slack.person("dana").click(slack.channel("general").messages().getLast(), "ok");
        return URI.create(bot.lastDeed().payload().path("response_url").asText());
    }

    @Test
    void answersThePersonOrTheChannel() {
        URI url = ofCommand();

        assertThat(api.post(url, "{\"text\":\"to you\"}").body()).isEqualTo("ok");
        api.post(url, "{\"text\":\"to all\",\"response_type\":\"in_channel\"}");

        assertThat(slack.person("dana").ephemerals()).extracting(Ephemeral::text).containsExactly("to you");
        assertThat(slack.channel("general").messages()).extracting(Message::text).containsExactly("to all");
    }

    @Test
    void mayBeUsedFiveTimes() {
        URI url = ofCommand();
        assertThat(api.post(url, "{}").statusCode()).as("a refused message costs no use").isEqualTo(400);
        for (int i = 0; i < 5; i++) {
            assertThat(api.post(url, "{\"text\":\"x\"}").statusCode()).isEqualTo(200);
        }

        HttpResponse<String> sixth = api.post(url, "{\"text\":\"x\"}");

        assertThat(sixth.statusCode()).isEqualTo(404);
        assertThat(sixth.body()).contains("used_url");
        assertThat(slack.person("dana").ephemerals()).hasSize(5);
    }

    @Test
    void livesThirtyMinutes() {
        URI url = ofCommand();
        slack.clock().advance(Duration.ofMinutes(30));
        assertThat(api.post(url, "{\"text\":\"x\"}").statusCode()).isEqualTo(200);
        slack.clock().advance(Duration.ofNanos(1));

        assertThat(api.post(url, "{\"text\":\"x\"}").body()).contains("expired_url");
        assertThat(api.post(url.resolve("unknown"), "{\"text\":\"x\"}").statusCode()).isEqualTo(404);
    }

    @Test
    void replacesAndDeletesTheOriginal() {
        URI url = ofClick();
        api.post(url, "{\"text\":\"Done\",\"replace_original\":true}");
        assertThat(slack.channel("general").messages()).singleElement()
                .satisfies(message -> assertThat(message.plainText()).isEqualTo("Done"));
        assertThat(slack.channel("general").messages().getFirst().edited()).isTrue();

        api.post(url, "{\"delete_original\":true}");
        assertThat(slack.channel("general").messages()).isEmpty();
    }

    @Test
    void replacesAndDeletesAnEphemeral() {
        api.call("chat.postEphemeral", "channel", Seed.GENERAL, "user", Seed.DANA, "text", "psst", "blocks",
                buttons("ok"));
        slack.person("dana").click(slack.person("dana").ephemerals().getFirst(), "ok");
        URI url = URI.create(bot.lastDeed().payload().path("response_url").asText());

        api.post(url, "{\"text\":\"Done\",\"replace_original\":true}");
        assertThat(slack.person("dana").ephemerals()).extracting(Ephemeral::plainText).containsExactly("Done");
        api.post(url, "{\"delete_original\":true}");
        assertThat(slack.person("dana").ephemerals()).isEmpty();
    }

    @Test
    void failsInEveryWayInWhichMethodsFail() {
        URI url = ofCommand();
        slack.faults().on("response_url").rateLimited(Duration.ofSeconds(9)).times(1);
        assertThat(api.post(url, "{\"text\":\"x\"}").headers().firstValue("Retry-After")).hasValue("9");
        slack.faults().on("response_url").serverError(503).times(1);
        assertThat(api.post(url, "{\"text\":\"x\"}").statusCode()).isEqualTo(503);
        slack.faults().on("response_url").connectionReset().times(1);
        assertThatThrownBy(() -> api.post(url, "{\"text\":\"x\"}")).isInstanceOf(UncheckedIOException.class);
        slack.faults().on("response_url").hang(Duration.ofMillis(20)).times(1);
        assertThatThrownBy(() -> api.post(url, "{\"text\":\"x\"}")).isInstanceOf(UncheckedIOException.class);
        assertThat(slack.person("dana").ephemerals()).isEmpty();

        slack.faults().on("response_url").responseLost().times(1);
        assertThatThrownBy(() -> api.post(url, "{\"text\":\"lost\"}")).isInstanceOf(UncheckedIOException.class);
        assertThat(slack.person("dana").ephemerals()).extracting(Ephemeral::text).containsExactly("lost");
    }

    @Test
    void isAsStrictAsTheMethods() {
        URI url = ofCommand();

        assertThat(api.post(url, "{}").body()).contains("no_text");
        assertThat(api.post(url, "{\"text\":\"x\",\"color\":\"red\"}").body())
                .contains("invalid additional property: color");
        assertThat(api.post(url, "{\"text\":\"x\",\"response_type\":\"loud\"}").body()).contains("invalid_arguments");
        assertThat(api.post(url, "{\"blocks\":[{\"type\":\"nonsense\"}]}").body()).contains("invalid_blocks");
        assertThat(slack.journal().callsOf("response_url")).hasSize(4).noneMatch(call -> call.ok());
    }
}
