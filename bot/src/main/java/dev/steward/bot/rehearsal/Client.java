package dev.steward.bot.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends what people do to Steward's public port, signed as Slack signs it. */
final class Client implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final URI steward;
    private final String secret;
    private final URI response;
    private final InstantSource clock;
    private int triggers;

    Client(int port, String secret, URI response, InstantSource clock) {
        this.steward = URI.create("http://127.0.0.1:" + port + "/");
        this.secret = secret;
        this.response = response;
        this.clock = clock;
    }

    /** Reads a page that must be there. */
    void reads(String path) throws IOException, InterruptedException {
        send(HttpRequest.newBuilder(steward.resolve(path)).GET());
    }

    /** Types a slash command. */
    void types(String user, String command, String text) throws IOException, InterruptedException {
        posts(Map.of("command", command, "text", text, "user_id", user, "user_name", user, "team_id",
                PretendSlack.TEAM, "channel_id", PretendSlack.CHANNEL, "channel_name", "rehearsal", "trigger_id",
                trigger(), "response_url", response.toString()));
    }

    /** Clicks a button in a message. */
    void clicks(String user, JsonNode button) throws IOException, InterruptedException {
        Map<String, Object> action = Map.of("type", "button", "action_id", button.path("action_id").asText(),
                "block_id", "rehearsal", "value", button.path("value").asText(), "action_ts", "1.0");
        Map<String, Object> payload = payload("block_actions", user);
        payload.putAll(Map.of("actions", List.of(action), "response_url", response.toString(), "channel",
                Map.of("id", PretendSlack.CHANNEL, "name", "rehearsal")));
        posts(Map.of("payload", Json.text(payload)));
    }

    /** Submits a modal; answers what Steward says to that. */
    JsonNode submits(String user, JsonNode view, Map<String, Object> values)
            throws IOException, InterruptedException {
        Map<String, Object> submitted = new HashMap<>(Map.of("id", "V0REHEARSAL", "hash", "1", "type", "modal",
                "team_id", PretendSlack.TEAM, "state", Map.of("values", values)));
        List.of("callback_id", "private_metadata", "title", "submit", "blocks")
                .forEach(part -> submitted.put(part, view.path(part)));
        Map<String, Object> payload = payload("view_submission", user);
        payload.put("view", submitted);
        String answer = posts(Map.of("payload", Json.text(payload)));
        return Json.tree(answer.isBlank() ? "{}" : answer);
    }

    private Map<String, Object> payload(String type, String user) {
        return new HashMap<>(Map.of("type", type, "trigger_id", trigger(), "user",
                Map.of("id", user, "username", user, "team_id", PretendSlack.TEAM), "team",
                Map.of("id", PretendSlack.TEAM, "domain", "rehearsal")));
    }

    private String trigger() {
        return "rehearsal." + ++triggers;
    }

    private String posts(Map<String, String> fields) throws IOException, InterruptedException {
        StringBuilder form = new StringBuilder();
        fields.forEach((name, value) -> form.append(form.isEmpty() ? "" : "&").append(name).append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        String timestamp = Long.toString(clock.instant().getEpochSecond());
        return send(HttpRequest.newBuilder(steward.resolve("slack/events"))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("X-Slack-Request-Timestamp", timestamp)
                .header("X-Slack-Signature", signature("v0:" + timestamp + ":" + form))
                .POST(HttpRequest.BodyPublishers.ofString(form.toString())));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpRequest built = request.timeout(PATIENCE).build();
        HttpResponse<String> answer = http.send(built, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
            throw new IllegalStateException(built.method() + " " + built.uri().getPath() + " was answered with status "
                    + answer.statusCode() + ": " + answer.body());
        }
        return answer.body();
    }

    private String signature(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    @Override
    public void close() {
        http.close();
    }
}
