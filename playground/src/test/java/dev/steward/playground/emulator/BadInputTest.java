package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.BadInput.Bad;
import dev.steward.playground.emulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What no good client sends, over real connections: each is refused in Slack's way, at once, and the next one is served. */
class BadInputTest {
    private static final int LARGEST_ANSWER = 100_000;
    private static final int LARGEST_ENTRY = 800_000;

    private static StrictWorkspace there;
    private static RawHttp raw;

    @BeforeAll
    static void open() {
        there = new StrictWorkspace();
        raw = new RawHttp(there.slack.apiUrl());
    }

    @AfterAll
    static void close() {
        there.close();
    }

    static Stream<Bad> requests() {
        return Stream.concat(BadInput.requests(), BadInput.jsonWhereNoneIsTaken());
    }

    @ParameterizedTest
    @MethodSource("requests")
    void isAnsweredInSlacksWayAndTheNextIsServed(Bad bad) {
        RawHttp.Reply reply = send(bad);

        assertThat(reply.status()).as(reply.body()).isEqualTo(bad.status());
        assertThat(reply.body()).contains(bad.answer()).hasSizeLessThan(LARGEST_ANSWER);
        assertThat(there.call("auth.test")).as("the next").isEmpty();
        assertThat(there.slack.journal().calls().stream().map(call -> call.arguments().toString().length()))
                .allMatch(size -> size < LARGEST_ENTRY);
        assertThat(there.slack.journal().calls().stream().map(call -> call.arguments().toString()))
                .noneMatch(arguments -> arguments.contains(there.slack.botToken()));
    }

    static Stream<Bad> responses() {
        return BadInput.responses();
    }

    @ParameterizedTest
    @MethodSource("responses")
    void isRefusedAtAResponseUrlToo(Bad bad) {
        String url = there.responseUrl().getPath();

        RawHttp.Reply reply = raw.send(bad.verb(), bad.target().replace("$url", url), bad.headers(), bytes(bad));

        assertThat(reply.status()).as(reply.body()).isEqualTo(bad.status());
        assertThat(reply.body()).contains(bad.answer());
        assertThat(there.respond(there.responseUrl())).as("the next").isEmpty();
    }

    @Test
    void nonsenseByTheThousandIsNamedOnlyInPart() {
        StringBuilder fields = new StringBuilder("x0=1");
        for (int i = 1; i < 1000; i++) {
            fields.append("&x").append(i).append("=1");
        }
        RawHttp.Reply reply = send(BadInput.form("a thousand unknown arguments", fields.toString(), ""));

        JsonNode reasons = Json.parseObject(reply.body()).at("/response_metadata/messages");
        assertThat(reasons).hasSize(100);
        assertThat(reasons.get(0).asText()).isEqualTo("[ERROR] invalid additional property: x0 [json-pointer:]");
    }

    private static byte[] bytes(Bad bad) {
        return bad.body().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static RawHttp.Reply send(Bad bad) {
        List<String> headers = bad.headers().stream().map(header -> header
                .replace("$bot", there.slack.botToken()).replace("$app", there.slack.appToken())).toList();
        return raw.send(bad.verb(), bad.target().replace("$bot", there.slack.botToken()), headers, bytes(bad));
    }
}
