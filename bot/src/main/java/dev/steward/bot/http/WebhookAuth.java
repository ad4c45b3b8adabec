package dev.steward.bot.http;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Whether who posts alerts knows the secret. What is compared is compared in a time that tells nothing. */
record WebhookAuth(String secret) {
    /** How old, or how far in the future, a signed body may be. */
    private static final Duration WINDOW = Duration.ofMinutes(5);
    private static final String BEARER = "Bearer ";
    private static final int MOST_SIGNATURES = 20;

    /** {@code Authorization: Bearer} and the secret. */
    boolean bearer(Optional<String> authorization) {
        return authorization.filter(text -> text.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .filter(text -> same(text.substring(BEARER.length()).strip(), secret)).isPresent();
    }

    /**
     * {@code X-PagerDuty-Signature: v1=<hex>}, several with commas between them while a secret is being changed.
     *
     * @see <a href="https://developer.pagerduty.com/docs/verifying-webhook-signatures">PagerDuty: signatures</a>
     */
    boolean pagerDuty(Optional<String> signatures, byte[] body) {
        String wanted = "v1=" + hmac(new byte[0], body);
        return signatures.stream().flatMap(text -> Arrays.stream(text.split(",", MOST_SIGNATURES)))
                .filter(one -> same(one.strip(), wanted)).count() > 0;
    }

    /**
     * {@code X-Steward-Signature: sha256=<hex>} over the time in {@code X-Steward-Timestamp} (seconds), a full stop and the
     * body.
     *
     * @return when it was signed; empty if it was not, or too long ago
     */
    Optional<Instant> signed(Optional<String> signature, Optional<String> timestamp, byte[] body, Instant now) {
        Optional<String> seconds = timestamp.map(String::strip).filter(text -> text.matches("[0-9]{1,12}"));
        Optional<Instant> at = seconds.map(text -> Instant.ofEpochSecond(Long.parseLong(text)))
                .filter(signed -> Duration.between(signed, now).abs().compareTo(WINDOW) <= 0);
        return at.filter(signed -> signature.filter(given -> same(given.strip(),
                "sha256=" + hmac((seconds.get() + ".").getBytes(StandardCharsets.UTF_8), body))).isPresent());
    }

    private String hmac(byte[] before, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            mac.update(before);
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 cannot be computed", e);
        }
    }

    private static boolean same(String given, String wanted) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), wanted.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "***";
    }
}
