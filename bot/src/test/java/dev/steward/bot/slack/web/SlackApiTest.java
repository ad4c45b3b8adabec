package dev.steward.bot.slack.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SlackApiTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no address", "ftp://127.0.0.1/x", "file:///etc/passwd", "http://[::1", "//x",
            "https://user@host:99999/"})
    void saysThatNothingWasSentToAnAddressThatIsNone(String address) {
        try (SlackApi api = new SlackApi(URI.create("http://127.0.0.1:1/api/"), "xoxb-test", Duration.ofSeconds(2))) {
            assertThat(api.respond(address, Map.of("text", "hello")))
                    .isEqualTo(new SlackAnswer.Lost(false, false, "an address that is none"));
        }
    }
}
