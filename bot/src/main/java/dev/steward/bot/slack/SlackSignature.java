package dev.steward.bot.slack;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks that a request is Slack's: the HMAC over the exact bytes, compared in constant time, and a time within five
 * minutes of ours, past or future. (The SDK's own check accepts any future time and compares with {@code equals}.)
 *
 * @see <a href="https://docs.slack.dev/authentication/verifying-requests-from-slack">Slack: verifying requests</a>
 */
final class SlackSignature {
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;
    private final InstantSource clock;

    /**
     * A check with the app's signing secret.
     *
     * @param clock
     *            wall time
     */
    SlackSignature(String signingSecret, InstantSource clock) {
        this.key = new SecretKeySpec(signingSecret.getBytes(StandardCharsets.UTF_8), ALGORITHM);
        this.clock = clock;
    }

    /** Why the request is not to be trusted; empty if it is Slack's. */
    Optional<String> problem(SlackCall call) {
        String timestamp = call.header("x-slack-request-timestamp").orElse("");
        String given = call.header("x-slack-signature").orElse("");
        if (timestamp.isEmpty() || given.isEmpty()) {
            return Optional.of("this request has no signature");
        }
        if (!timestamp.matches("\\d{1,12}")) {
            return Optional.of("this request's time cannot be read");
        }
        long off = Math.abs(clock.instant().getEpochSecond() - Long.parseLong(timestamp));
        if (off > WINDOW.toSeconds()) {
            return Optional.of("this request's time is more than 5 minutes from ours");
        }
        boolean right = MessageDigest.isEqual(expected(timestamp, call.body()).getBytes(StandardCharsets.UTF_8),
                given.getBytes(StandardCharsets.UTF_8));
        return right ? Optional.empty() : Optional.of("this request's signature is wrong");
    }

    private String expected(String timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(("v0:" + timestamp + ":").getBytes(StandardCharsets.UTF_8));
            return "v0=" + HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
