package dev.steward.playground.emulator.delivery;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Slack's request signature, version 0 (docs.slack.dev/authentication/verifying-requests-from-slack). */
public final class Signature {
    private Signature() {}

    /** {@code v0=} and the hex of HMAC-SHA256 over {@code v0:timestamp:body}. */
    public static String of(String secret, String timestamp, String body) {
        return of(secret, timestamp, body.getBytes(StandardCharsets.UTF_8));
    }

    /** As for a text, for a body of any bytes. */
    public static String of(String secret, String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This JDK has no HmacSHA256", e);
        }
    }
}
