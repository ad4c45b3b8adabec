package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.steward.bot.slack.socket.Envelope;
import dev.steward.bot.slack.socket.Receiver;
import dev.steward.database.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The door for what comes over Socket Mode: hands an envelope in as the request that Slack would have sent over HTTP, and
 * turns the reply into the acknowledgement. There is no signature; the connection was opened with the app-level token.
 */
final class SocketDoor implements Receiver {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final SlackEndpoint inside;

    SocketDoor(SlackEndpoint inside) {
        this.inside = inside;
    }

    @Override
    public Answer receive(Envelope envelope) {
        SlackReply reply = inside.answer(call(envelope));
        if (reply.status() != 200) {
            return new Answer.Left(new String(reply.body(), StandardCharsets.UTF_8));
        }
        return new Answer.Taken(payload(reply));
    }

    private static SlackCall call(Envelope envelope) {
        return switch (envelope.kind()) {
            case COMMAND -> call(FORM, fields(envelope.payload()));
            case INTERACTION -> call(FORM, "payload=" + encoded(Json.text(envelope.payload())));
            case EVENT -> call("application/json", Json.text(envelope.payload()));
        };
    }

    private static SlackCall call(String type, String body) {
        return new SlackCall(Map.of("content-type", List.of(type)), body.getBytes(StandardCharsets.UTF_8));
    }

    private static String fields(JsonNode payload) {
        return payload.properties().stream().filter(field -> field.getValue().isValueNode())
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue().asText()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static Optional<JsonNode> payload(SlackReply reply) {
        String body = new String(reply.body(), StandardCharsets.UTF_8);
        if (body.isEmpty()) {
            return Optional.empty();
        }
        boolean json = reply.headers().getOrDefault("Content-Type", "").startsWith("application/json");
        return Optional.of(json ? Json.tree(body) : Json.tree(Json.text(Map.of("text", TextNode.valueOf(body)))));
    }
}
