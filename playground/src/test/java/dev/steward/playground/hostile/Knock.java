package dev.steward.playground.hostile;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One request as it goes over the wire.
 *
 * @param expects
 *            what may come back
 * @param half
 *            nothing more is sent after it, though more was promised
 * @param last
 *            the connection is not used again: where this request ends is open to argument
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, only sent
record Knock(byte[] bytes, Expects expects, boolean half, boolean last) {
    /** What may come back. */
    enum Expects {
        /** Anything but a failure of the server, and not the answer to a broken signature. */
        ANSWER,
        /** The answer to a broken signature. */
        REFUSAL,
        /** Anything but a failure of the server, but for what HTTP itself demands (501, 505); or nothing. */
        ANYTHING
    }

    /** A well-formed POST. */
    static Knock post(String path, Map<String, String> headers, byte[] body, Expects expects) {
        return whole("POST", path, headers, body, expects);
    }

    /** A well-formed request with that method. */
    static Knock whole(String method, String path, Map<String, String> headers, byte[] body, Expects expects) {
        Map<String, String> all = new LinkedHashMap<>(headers);
        all.putIfAbsent("Host", "127.0.0.1");
        all.putIfAbsent("Content-Length", String.valueOf(body.length));
        StringBuilder head = new StringBuilder(method + " " + path + " HTTP/1.1\r\n");
        all.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return new Knock(joined(head.append("\r\n").toString(), body), expects, false, false);
    }

    /** Bytes that may be no request at all. */
    static Knock raw(byte[] bytes, boolean half) {
        return new Knock(bytes, Expects.ANYTHING, half, true);
    }

    boolean headOnly() {
        return text().startsWith("HEAD ");
    }

    String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] joined(String head, byte[] body) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(body);
        return all.toByteArray();
    }
}
