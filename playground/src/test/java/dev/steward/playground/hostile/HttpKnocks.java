package dev.steward.playground.hostile;

import dev.steward.playground.emulator.delivery.Signature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Nonsense over HTTP, and genuine decisions under broken signatures: what Slack's door refuses before it reads any
 * payload.
 */
final class HttpKnocks {
    private static final List<String> METHODS = List.of("GET", "POST", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE",
            "CONNECT", "PATCH", "PROPFIND", "get", "G\u0000T", "", "X".repeat(300), "LOCK");
    private static final List<String> PATHS = List.of("/", "/slack/events", "/slack/events/", "/slack/events?x=1",
            "/SLACK/EVENTS", "//slack//events", "/slack/./events", "/slack/../slack/events", "/slack/%65vents",
            "/slack%2fevents", "/slack/events;jsessionid=1", "/slack/events%00", "/healthz", "/readyz", "/metrics",
            "/metrics?name[]=x", "/..%2f..%2fetc/passwd", "/%c0%ae%c0%ae/", "/%", "/%zz", "*", "", "slack/events",
            "http://example.org/slack/events", "/" + "a".repeat(9000), "/\u00e9", "/?" + "a=b&".repeat(500),
            "/favicon.ico",
            "/WEB-INF/web.xml", "/actuator/env", "/.git/config", "/slack/events#x", "/a b",
            "/webhooks/alertmanager", "/webhooks/grafana", "/webhooks/pagerduty", "/webhooks/generic", "/webhooks/",
            "/webhooks/%67eneric");
    private static final List<String> VERSIONS = List.of("HTTP/1.1", "HTTP/1.0", "HTTP/2.0", "HTTP/0.9", "HTTP/9.9", "",
            "XTTP/1.1", "HTTP/1.1 ");
    private static final List<String> HEADERS = List.of("Host: x", "Host: x\r\nHost: y", "Host:", "Content-Length: 5",
            "Content-Length: -1", "Content-Length: 99999999999999999999", "Content-Length: 5\r\nContent-Length: 6",
            "Content-Length: x", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked",
            "Transfer-Encoding: x", "Content-Length: 5\r\nTransfer-Encoding: chunked", "Expect: 100-continue",
            "Expect: x", "Content-Encoding: gzip", "Content-Encoding: x", "Connection: upgrade\r\nUpgrade: websocket",
            "Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQAAP__",
            "X: " + "y".repeat(20_000), "X: y\r\n".repeat(300) + "Z: z", " folded: x", "X:\r\n y", "no colon", ": x",
            "X\u0000: y", "X: \u0001\u0002", "Cookie: a=b; ; =; \"", "Range: bytes=0-", "Accept: " + "a/b,".repeat(300),
            "Authorization: Basic x", "X-Forwarded-For: 127.0.0.1", "X-HTTP-Method-Override: DELETE",
            "Authorization: Bearer ", "Authorization: Bearer x", "X-PagerDuty-Signature: v1=,v1=" + ",".repeat(300),
            "X-Steward-Signature: sha256=\u00e9\r\nX-Steward-Timestamp: 9e9",
            "Content-Type: multipart/form-data; boundary=", "Origin: null", "Referer: \u00e9");

    private final SlackKnocks.Target target;
    private final String decision;

    /**
     * Nonsense around that genuine decision.
     *
     * @param decision
     *            the body of a click that would approve, were it signed
     */
    HttpKnocks(SlackKnocks.Target target, String decision) {
        this.target = target;
        this.decision = decision;
    }

    Knock number(long seed, int number) {
        var random = new SplittableRandom(seed * 31 + number);
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> unsigned(random);
            case 3 -> large(random);
            case 4 -> chunked(random);
            case 5 -> Knock.raw(garbage(random), true);
            default -> nonsense(random);
        };
    }

    /** The decision with a signature that is missing, wrong, of another time or of another body. */
    private Knock unsigned(RandomGenerator random) {
        byte[] body = decision.getBytes(StandardCharsets.UTF_8);
        long now = Instant.now().getEpochSecond();
        String time = Long.toString(now);
        String right = Signature.of(target.secret(), time, body);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        switch (random.nextInt(9)) {
            case 0 -> headers.put("X-Slack-Request-Timestamp", time);
            case 1 -> headers.put("X-Slack-Signature", right);
            case 2 -> times(headers, random.nextBoolean()
                    ? now - 400 - random.nextInt(100_000)
                    : now + 400
                            + random.nextInt(100_000),
                    body);
            case 3 -> put(headers, time, Signature.of("another secret", time, body));
            case 4 -> put(headers, time, Signature.of(target.secret(), time, new byte[0]));
            case 5 -> put(headers, time, Nasty.one(List.of("v0=", "v0", right.substring(0, 66), right.toUpperCase(
                    java.util.Locale.ROOT), right.replace("v0=", "v1="), right.substring(3), right + "0",
                    "v0=" + "0".repeat(64),
                    "\u00e9", right.replace("v0=", "v0= ")), random));
            case 6 -> put(headers,
                    Nasty.one(List.of("0", "-1", "x", "1e9", time + ".0", "0x" + time, "٣", "9".repeat(30), " ",
                            "9223372036854775807", time + "0"), random),
                    right);
            case 7 -> put(headers, Long.toString(now + 1), right);
            default -> {
            }
        }
        return Knock.post("/slack/events", headers, body, Knock.Expects.REFUSAL);
    }

    private void times(Map<String, String> headers, long at, byte[] body) {
        put(headers, Long.toString(at), Signature.of(target.secret(), Long.toString(at), body));
    }

    private static void put(Map<String, String> headers, String time, String signature) {
        headers.put("X-Slack-Request-Timestamp", time);
        headers.put("X-Slack-Signature", signature);
    }

    /** A body beyond the limit, or a promise of one. */
    private static Knock large(RandomGenerator random) {
        int size = random.nextInt(20) == 0 ? (1 << 20) + random.nextInt(1 << 19) : random.nextInt(1 << 14);
        long promised = random.nextBoolean() ? size : size + 1L + random.nextLong(1L << 40);
        String head = "POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: " + promised + "\r\n\r\n";
        return Knock.raw((head + "x".repeat(size)).getBytes(StandardCharsets.ISO_8859_1), true);
    }

    private static Knock chunked(RandomGenerator random) {
        String head = "POST /slack/events HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        String body = Nasty.one(List.of("5\r\nhello\r\n0\r\n\r\n", "5\r\nhel", "z\r\n", "-1\r\n",
                "FFFFFFFFFFFFFFFFF\r\nx",
                "5;x=y\r\nhello\r\n0\r\n\r\n", "0\r\n\r\n", "0\r\nTrailer: x\r\n\r\n", "5\r\nhelloX0\r\n\r\n", "\r\n",
                "7fffffff\r\nx"), random);
        return Knock.raw((head + body).getBytes(StandardCharsets.ISO_8859_1), true);
    }

    private static byte[] garbage(RandomGenerator random) {
        byte[] bytes = new byte[1 + random.nextInt(400)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Knock nonsense(RandomGenerator random) {
        StringBuilder request = new StringBuilder(Nasty.one(METHODS, random) + " " + Nasty.one(PATHS, random) + " "
                + (random.nextInt(3) == 0 ? Nasty.one(VERSIONS, random) : "HTTP/1.1") + "\r\n");
        if (random.nextInt(4) > 0) {
            request.append("Host: x\r\n");
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            request.append(Nasty.one(HEADERS, random)).append("\r\n");
        }
        request.append("\r\n").append(random.nextBoolean() ? "hello" : "");
        return Knock.raw(request.toString().getBytes(StandardCharsets.UTF_8), true);
    }
}
