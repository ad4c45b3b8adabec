package dev.steward.bot;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A text that is never shown: a token, a key, a credential. Whatever prints it, prints dots; {@link #reveal} is the
 * only way to the text.
 */
public final class Secret {
    private final String text;

    /** A secret with the text given. */
    public Secret(String text) {
        this.text = text;
    }

    /** The text itself; for the one place that must send it or compute with it. */
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && MessageDigest.isEqual(bytes(), secret.bytes());
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "***";
    }

    private byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
