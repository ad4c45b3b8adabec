package dev.steward.playground.endtoend;

import dev.steward.playground.stage.Stage;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The address that Slack posts to, knocked at by hand. */
final class Door implements AutoCloseable {
    static final String FORM = "application/x-www-form-urlencoded";
    static final String JSON = "application/json";

    private final HttpClient client = HttpClient.newHttpClient();
    private final URI address;
    private final String secret;

    Door(Stage stage) {
        address = URI.create("http://127.0.0.1:" + stage.port() + "/slack/events");
        secret = stage.slack().signingSecret();
    }

    /** What came back. */
    record Answer(int status, String body) {}

    /** Posts as Slack would. */
    Answer signed(String type, String body) {
        return signed(type, body, Instant.now());
    }

    /** Posts as Slack would have at that time. */
    Answer signed(String type, String body, Instant at) {
        String timestamp = Long.toString(at.getEpochSecond());
        return send(request(type, body).header("X-Slack-Request-Timestamp", timestamp).header("X-Slack-Signature",
                signature(timestamp, body)));
    }

    /** Posts with a signature of one's own making. */
    Answer with(String signature, String body) {
        return send(request(FORM, body).header("X-Slack-Request-Timestamp", Long.toString(Instant.now()
                .getEpochSecond())).header("X-Slack-Signature", signature));
    }

    /** Posts without any signature. */
    Answer unsigned(String body) {
        return send(request(FORM, body));
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String type, String body) {
        return HttpRequest.newBuilder(address).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException("the bot did not answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private String signature(String timestamp, String body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return "v0=" + HexFormat.of()
                    .formatHex(mac.doFinal(("v0:" + timestamp + ":" + body).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
