package dev.steward.playground.stage;

import dev.steward.database.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Posts alerts to the bot as Alertmanager does. Thread-safe. */
public final class AlertPost implements AutoCloseable {
    private final HttpClient client = HttpClient.newHttpClient();
    private final URI bot;
    private final URI address;

    /** Posts to the bot on that port. */
    public AlertPost(int port) {
        bot = URI.create("http://127.0.0.1:" + port);
        address = bot.resolve("/webhooks/alertmanager");
    }

    /** An alert that fires: a label for each pair of words. */
    public static Map<String, Object> firing(String fingerprint, Instant starts, String... labels) {
        return alert(fingerprint, "firing", starts, "0001-01-01T00:00:00Z", labels);
    }

    /** The same, over now. */
    public static Map<String, Object> resolved(String fingerprint, Instant starts, String... labels) {
        return alert(fingerprint, "resolved", starts, Instant.now().toString(), labels);
    }

    /** That alert, with words of the caller's for what is wrong. */
    public static Map<String, Object> saying(String summary, Map<String, Object> alert) {
        return with(alert, Map.of("annotations", Map.of("summary", summary)));
    }

    /** That alert, over since then. */
    public static Map<String, Object> over(Instant ends, Map<String, Object> alert) {
        return with(alert, Map.of("status", "resolved", "endsAt", ends.toString()));
    }

    private static Map<String, Object> with(Map<String, Object> alert, Map<String, Object> instead) {
        Map<String, Object> other = new LinkedHashMap<>(alert);
        other.putAll(instead);
        return other;
    }

    private static Map<String, Object> alert(String fingerprint, String status, Instant starts, String ends,
            String... labels) {
        Map<String, Object> all = new LinkedHashMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return Map.of("fingerprint", fingerprint, "status", status, "labels", all, "annotations",
                Map.of("summary", "Something is wrong with it, as of now", "runbook_url",
                        "https://runbooks.example.com/one"),
                "startsAt", starts.toString(), "endsAt", ends, "generatorURL", "https://prometheus.example.com/graph");
    }

    /** Posts them in one body; answers the status, or nothing if there was no answer. */
    public Optional<Integer> post(List<Map<String, Object>> alerts) {
        return post(alerts, BotFolder.WEBHOOK_SECRET);
    }

    /** The same, with a secret of the caller's. */
    public Optional<Integer> post(List<Map<String, Object>> alerts, String secret) {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(15))
                .header("Authorization", "Bearer " + secret).POST(HttpRequest.BodyPublishers.ofString(
                        Json.text(Map.of("version", "4", "status", "firing", "receiver", "steward", "alerts", alerts))))
                .build();
        return send(request).map(HttpResponse::statusCode);
    }

    /** What a Prometheus server reads. */
    public String metrics() {
        return send(HttpRequest.newBuilder(bot.resolve("/metrics")).build()).map(HttpResponse::body).orElse("");
    }

    private Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(client.send(request, HttpResponse.BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
