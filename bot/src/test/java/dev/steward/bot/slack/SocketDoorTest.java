package dev.steward.bot.slack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.bot.slack.socket.Envelope;
import dev.steward.bot.slack.socket.Envelope.Kind;
import dev.steward.bot.slack.socket.Receiver.Answer;
import dev.steward.database.Json;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SocketDoorTest {
    private final List<SlackCall> calls = new ArrayList<>();
    private SlackReply reply = SlackReply.ok();
    private final SocketDoor door = new SocketDoor(call -> {
        calls.add(call);
        return reply;
    });

    @Test
    void handsInACommandAsTheFormThatHttpWouldBring() {
        receive(Kind.COMMAND, "{\"command\":\"/request\",\"text\":\"a & b=\u00e4\",\"is_enterprise_install\":false}");

        assertThat(body()).isEqualTo("command=%2Frequest&text=a+%26+b%3D%C3%A4&is_enterprise_install=false");
        assertThat(calls.getLast().header("content-type")).contains("application/x-www-form-urlencoded");
    }

    @Test
    void handsInAnInteractionAsAPayloadAndAnEventAsItIs() {
        receive(Kind.INTERACTION, "{\"type\":\"block_actions\"}");
        assertThat(body()).isEqualTo("payload=%7B%22type%22%3A%22block_actions%22%7D");

        receive(Kind.EVENT, "{\"type\":\"event_callback\"}");
        assertThat(body()).isEqualTo("{\"type\":\"event_callback\"}");
        assertThat(calls.getLast().header("content-type")).contains("application/json");
    }

    @Test
    void turnsTheReplyIntoTheAcknowledgement() {
        assertThat(receive(Kind.EVENT, "{}")).isEqualTo(new Answer.Taken(Optional.empty()));

        reply = SlackReply.json("{\"response_action\":\"clear\"}");
        assertThat(receive(Kind.INTERACTION, "{}"))
                .isEqualTo(new Answer.Taken(Optional.of(Json.tree("{\"response_action\":\"clear\"}"))));

        reply = SlackReply.text(200, "Done");
        assertThat(receive(Kind.COMMAND, "{}"))
                .isEqualTo(new Answer.Taken(Optional.of(Json.tree("{\"text\":\"Done\"}"))));
    }

    @Test
    void acknowledgesNothingThatWasRefused() {
        reply = SlackReply.text(400, "the payload cannot be read");

        assertThat(receive(Kind.INTERACTION, "{}")).isEqualTo(new Answer.Left("the payload cannot be read"));
    }

    private Answer receive(Kind kind, String payload) {
        return door.receive(new Envelope("E1", kind, Json.tree(payload), true));
    }

    private String body() {
        return new String(calls.getLast().body(), StandardCharsets.UTF_8);
    }
}
