package dev.steward.database;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is secret at rest (plan bytes, state, sensitive inputs) with AES-256-GCM.
 *
 * <p>
 * A sealed value is bound to its context (for example {@code plan:17}): moved to another row, it does not open. Layout:
 * 1 byte version, 12 bytes nonce, ciphertext with tag. Thread-safe.
 */
public final class Sealer {
    private static final byte VERSION = 1;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecretKeySpec key;
    private final String keyId;
    private final SecureRandom random = new SecureRandom();

    /**
     * A sealer with the key given.
     *
     * @throws IllegalArgumentException if the key does not have 32 bytes
     */
    public Sealer(byte[] keyBytes) {
        if (keyBytes.length != 32) {
            throw new IllegalArgumentException("an encryption key has 32 bytes, this one has " + keyBytes.length);
        }
        key = new SecretKeySpec(keyBytes, "AES");
        keyId = Sha256.of(("steward-key:" + Sha256.of(keyBytes)).getBytes(StandardCharsets.UTF_8)).substring(0, 12);
    }

    /** Names the key without telling it. */
    public String keyId() {
        return keyId;
    }

    /** Another key, for another purpose, that follows from this one and does not tell it. */
    public byte[] derive(String purpose) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac.doFinal(("steward:" + purpose).getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** Encrypts the bytes for the context. */
    public byte[] seal(byte[] plain, String context) {
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, nonce, context).doFinal(plain);
            return ByteBuffer.allocate(1 + NONCE_BYTES + encrypted.length).put(VERSION).put(nonce).put(encrypted)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot encrypt", e);
        }
    }

    /** Encrypts text for the context. */
    public byte[] sealText(String plain, String context) {
        return seal(plain.getBytes(StandardCharsets.UTF_8), context);
    }

    /**
     * Decrypts what {@link #seal} made for the same context.
     *
     * @throws IllegalStateException if the key or the context is another, or the bytes were altered
     */
    public byte[] open(byte[] sealed, String context) {
        if (sealed.length <= NONCE_BYTES || sealed[0] != VERSION) {
            throw new IllegalStateException("not a sealed value: " + context);
        }
        byte[] nonce = Arrays.copyOfRange(sealed, 1, 1 + NONCE_BYTES);
        try {
            return cipher(Cipher.DECRYPT_MODE, nonce, context).doFinal(sealed, 1 + NONCE_BYTES,
                    sealed.length - 1 - NONCE_BYTES);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("cannot decrypt " + context + ": another key, or altered", e);
        }
    }

    /** Whether {@link #open} would succeed. */
    public boolean opens(byte[] sealed, String context) {
        try {
            open(sealed, context);
            return true;
        } catch (IllegalStateException e) {
            return false;
        }
    }

    /** Decrypts text. */
    public String openText(byte[] sealed, String context) {
        return new String(open(sealed, context), StandardCharsets.UTF_8);
    }

    private Cipher cipher(int mode, byte[] nonce, String context) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(context.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }
}
