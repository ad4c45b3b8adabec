package dev.steward.bot.slack;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Makes requests signed as Slack signs them. */
final class SignedCalls {
    static final String SECRET = "a-signing-secret-for-tests";

    private SignedCalls() {}

    static SlackCall signed(byte[] body, Instant at) {
        return signed(body, at, SECRET);
    }

    static SlackCall signed(byte[] body, Instant at, String secret) {
        String timestamp = Long.toString(at.getEpochSecond());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
            return new SlackCall(Map.of("x-slack-request-timestamp", List.of(timestamp), "x-slack-signature",
                    List.of("v0=" + HexFormat.of().formatHex(mac.doFinal(body)))), body);
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] form(Map<String, String> fields) {
        return fields.entrySet().stream()
                .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&")).getBytes(StandardCharsets.UTF_8);
    }

    static byte[] json(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
