package dev.steward.playground.emulator.delivery;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.faults.Fault;
import dev.steward.playground.emulator.faults.Faults;
import dev.steward.playground.emulator.faults.Strike;
import dev.steward.playground.emulator.journal.Delivery.Outcome;
import dev.steward.playground.emulator.journal.Delivery.Reply;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.journal.Journal;
import dev.steward.playground.emulator.sockets.SocketMode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The line to the bot, over HTTP or, where it is on, over Socket Mode: signs, sends, waits at most the limit of wall time, and writes the journal. An answer after the
 * limit is never read. A new address may be set at any time, as after a restart of the bot.
 */
public final class BotLink implements AutoCloseable {
    private volatile InstantSource wall = Clock.systemUTC();
    private final HttpClient client;
    private final Journal journal;
    private final Faults faults;
    private final SocketMode sockets;
    private final String secret;
    private final Duration limit;
    private final Timing timing = new Timing();
    private volatile Optional<URI> target = Optional.empty();

    public BotLink(Journal journal, Faults faults, SocketMode sockets, String secret, Duration limit) {
        this.journal = journal;
        this.faults = faults;
        this.sockets = sockets;
        this.secret = secret;
        this.limit = limit;
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(limit).build();
    }

    public void deliverTo(URI requestUrl) {
        target = Optional.of(requestUrl);
    }

    /** A slash command: its fields as a form. */
    public Delivery command(ObjectNode fields) {
        String body = fields.properties().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue().asText()))
                .collect(Collectors.joining("&"));
        return send("command", fields, "application/x-www-form-urlencoded", body, 0, Map.of());
    }

    /** Signs by that clock from now on: the bot goes by it, too, and takes nothing that was signed long before. */
    public void signBy(InstantSource clock) {
        wall = clock;
    }

    /** An interaction: JSON in the form field {@code payload}. */
    public Delivery interaction(ObjectNode payload) {
        return send(payload.path("type").asText(), payload, "application/x-www-form-urlencoded",
                "payload=" + encoded(payload.toString()), 0, Map.of());
    }

    /** One attempt to deliver an event. */
    Delivery event(ObjectNode envelope, int attempt, String reason) {
        Map<String, String> headers = attempt == 0
                ? Map.of()
                : Map.of("X-Slack-Retry-Num", Integer.toString(attempt), "X-Slack-Retry-Reason", reason);
        return send("event_callback", envelope, "application/json", envelope.toString(), attempt, headers);
    }

    private Delivery send(String kind, JsonNode payload, String type, String body, int attempt,
            Map<String, String> headers) {
        JsonNode kept = payload.deepCopy();
        Optional<Strike> strike = faults.strikeDelivery(kind, channel(kept));
        return timing.deliver(strike, () -> {
            Reply reply = sockets.isOn()
                    ? sockets.deliver(new SocketMode.Sent(kind, kept, attempt,
                            headers.getOrDefault("X-Slack-Retry-Reason", ""),
                            strike.filter(one -> one.fault() instanceof Fault.SocketDropped).isPresent()))
                    : post(type, body, headers);
            return journal.delivery(number -> new Delivery(number, kind, kept, attempt, reply,
                    strike.map(Strike::label), Optional.empty()));
        });
    }

    /** The conversation that a delivery is about; what is not about one answers the empty text. */
    private static String channel(JsonNode payload) {
        return Stream.of("/channel_id", "/channel/id", "/container/channel_id", "/event/channel", "/event/channel/id",
                "/event/item/channel").map(payload::at).filter(JsonNode::isTextual).map(JsonNode::textValue).findFirst()
                .orElse("");
    }

    private Reply post(String type, String body, Map<String, String> headers) {
        Instant sentAt = wall.instant();
        long started = System.nanoTime();
        Optional<URI> to = target;
        if (to.isEmpty()) {
            return new Reply(Outcome.UNREACHABLE, 0, "", sentAt, Duration.ZERO);
        }
        String timestamp = Long.toString(sentAt.getEpochSecond());
        HttpRequest.Builder request = HttpRequest.newBuilder(to.get()).timeout(limit)
                .header("Content-Type", type).header("User-Agent", "Slackbot 1.0 (+https://api.slack.com/robots)")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", Signature.of(secret, timestamp, body))
                .POST(HttpRequest.BodyPublishers.ofString(body));
        headers.forEach(request::header);
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            Outcome outcome = took.compareTo(limit) > 0
                    ? Outcome.TIMED_OUT
                    : response.statusCode() == 200 ? Outcome.ACKNOWLEDGED : Outcome.REFUSED;
            return new Reply(outcome, response.statusCode(), response.body(), sentAt, took);
        } catch (HttpTimeoutException e) {
            return new Reply(Outcome.TIMED_OUT, 0, "", sentAt, Duration.ofNanos(System.nanoTime() - started));
        } catch (IOException e) {
            return new Reply(Outcome.UNREACHABLE, 0, "", sentAt, Duration.ofNanos(System.nanoTime() - started));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Reply(Outcome.UNREACHABLE, 0, "", sentAt, Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Waits until no second copy of a delivery is under way or to come, at most that long. */
    void settle(Duration atMost) {
        timing.settle(atMost);
    }

    @Override
    public void close() {
        timing.close();
        client.shutdownNow();
        client.close();
    }
}
