package dev.steward.playground.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.delivery.Signature;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Makes calls as Slack would: from one that was delivered before, each with a trigger of its own, signed, and answered in
 * private at the address of {@link Sink}.
 */
final class Calls {
    private static final AtomicLong TRIGGERS = new AtomicLong();

    private final ObjectNode delivered;
    private final String signingSecret;
    private final String responseUrl;

    /**
     * @param delivered
     *            the fields of a command, or the payload of an interaction
     */
    Calls(JsonNode delivered, String signingSecret, String responseUrl) {
        this.delivered = delivered.deepCopy();
        this.signingSecret = signingSecret;
        this.responseUrl = responseUrl;
    }

    /** So many whole HTTP requests, to be sent within the next minutes. */
    List<byte[]> next(int count) {
        List<byte[]> requests = new ArrayList<>(count);
        String timestamp = Long.toString(Instant.now().getEpochSecond());
        for (int i = 0; i < count; i++) {
            requests.add(request(timestamp));
        }
        return requests;
    }

    private byte[] request(String timestamp) {
        ObjectNode call = delivered.put("trigger_id", "bench." + TRIGGERS.incrementAndGet()).put("response_url",
                responseUrl);
        String body = call.has("command") ? form(call) : "payload=" + encoded(call.toString());
        return ("POST /slack/events HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: */*\r\n"
                + "User-Agent: Slackbot 1.0 (+https://api.slack.com/robots)\r\n"
                + "Content-Type: application/x-www-form-urlencoded\r\nX-Slack-Request-Timestamp: " + timestamp
                + "\r\nX-Slack-Signature: " + Signature.of(signingSecret, timestamp, body) + "\r\nContent-Length: "
                + body.length() + "\r\n\r\n" + body).getBytes(StandardCharsets.US_ASCII);
    }

    private static String form(ObjectNode fields) {
        return fields.properties().stream().map(f -> encoded(f.getKey()) + "=" + encoded(f.getValue().asText()))
                .collect(Collectors.joining("&"));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
