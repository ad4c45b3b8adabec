package dev.steward.playground.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.delivery.Signature;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Payloads of one kind, changed and correctly signed. What a number makes depends on the seed alone. */
final class SlackKnocks {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final List<String> TYPES = List.of(FORM, FORM + "; charset=utf-8", "application/json", "text/plain",
            "multipart/form-data; boundary=x", "", "application/xml", FORM + "; charset=utf-16", "*/*", "x");

    private final String kind;
    private final List<ObjectNode> genuine;
    private final Target target;

    /**
     * What there is to hit.
     *
     * @param secret
     *            with which requests are signed
     * @param waiting
     *            proposal and digest of what waits to be approved
     */
    record Target(String secret, String waiting) {
        String digest() {
            return waiting.substring(waiting.indexOf(':') + 1);
        }
    }

    SlackKnocks(String kind, List<ObjectNode> genuine, Target target) {
        this.kind = kind;
        this.genuine = List.copyOf(genuine);
        this.target = target;
        if (genuine.isEmpty()) {
            throw new IllegalArgumentException("nothing genuine of kind " + kind);
        }
    }

    /** The request with that number. */
    Knock number(long seed, int number) {
        var random = new SplittableRandom(seed * 31 + kind.hashCode() * 1_000_003L + number);
        ObjectNode payload = Nasty.one(genuine, random).deepCopy();
        String id = "fz-" + kind + "-" + seed + "-" + number;
        payload.replace("trigger_id", payload.has("trigger_id") ? Json.tree(id) : null);
        payload.replace("event_id", payload.has("event_id") ? Json.tree("Ev" + id) : null);
        List.of("trigger_id", "event_id").forEach(f -> payload.remove(payload.path(f).isNull() ? f : ""));
        forge(payload, random);
        Mutator mutator = new Mutator(random);
        ObjectNode changed = random.nextInt(5) == 0 ? payload : mutator.changed(payload);
        return signed(body(changed, mutator, random), random);
    }

    /** What a forger would change: who acts, on what, with which value, in whose form. */
    private void forge(ObjectNode payload, RandomGenerator random) {
        if (random.nextInt(3) > 0) {
            put(payload, "/user", "id", Nasty.person(random));
            put(payload, "", "user_id", Nasty.person(random));
        }
        if (random.nextInt(4) == 0) {
            put(payload, "/actions/0", "value", random.nextBoolean() ? target.waiting() : Nasty.text(random));
            put(payload, "/actions/0", "action_id", Nasty.text(random));
        }
        if (random.nextInt(4) == 0) {
            put(payload, "/view", "private_metadata", switch (random.nextInt(4)) {
                case 0 -> target.waiting();
                case 1 -> target.waiting() + ":0";
                case 2 -> payload.at("/view/private_metadata").asText().replace("\"page\":0", "\"page\":1");
                default -> Nasty.text(random);
            });
        }
        if (random.nextInt(6) == 0) {
            put(payload, "/view", "callback_id", random.nextBoolean() ? "reject" : Nasty.text(random));
            put(payload, "/team", "id", Seed.OTHER_TEAM);
            put(payload, "/user", "team_id", Seed.OTHER_TEAM);
        }
    }

    private static void put(ObjectNode payload, String at, String field, String value) {
        if (payload.at(at) instanceof ObjectNode object && object.has(field)) {
            object.put(field, value);
        }
    }

    private byte[] body(ObjectNode payload, Mutator mutator, RandomGenerator random) {
        boolean broken = random.nextInt(7) == 0;
        if (kind.equals("command")) {
            return harmless(form(payload, random), random);
        }
        String json = harmlessText(payload.toString(), random);
        String text = broken ? harmlessText(mutator.brokenText(json), random) : json;
        boolean event = kind.equals("event_callback") || kind.equals("url_verification");
        String body = event ? text : "payload=" + encoded(text);
        return random.nextInt(12) == 0 ? bent(body, random) : body.getBytes(StandardCharsets.UTF_8);
    }

    private byte[] harmless(String body, RandomGenerator random) {
        return random.nextInt(10) == 0 ? bent(body, random) : body.getBytes(StandardCharsets.UTF_8);
    }

    private static String form(ObjectNode fields, RandomGenerator random) {
        List<String> pairs = fields.properties().stream().map(f -> encoded(f.getKey()) + "=" + encoded(
                f.getValue().isValueNode() ? f.getValue().asText() : f.getValue().toString()))
                .collect(Collectors.toCollection(ArrayList::new));
        if (random.nextInt(6) == 0 && !pairs.isEmpty()) {
            pairs.add(random.nextInt(pairs.size()), Nasty.one(pairs, random).replaceFirst("=.*", "=" + encoded(Nasty
                    .text(random))));
        }
        return String.join("&", pairs);
    }

    /** Broken percent-encoding, bytes that are not UTF-8, other separators, a cut. */
    private static byte[] bent(String body, RandomGenerator random) {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        int at = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
        String bent = switch (random.nextInt(6)) {
            case 0 ->
                body.substring(0, Math.min(at, body.length())) + "%" + Nasty.one(List.of("", "Z", "ZZ", "u12", "-1",
                        "C3%28", "FF", "00", "ED%A0%80"), random);
            case 1 -> body.replace("&", ";");
            case 2 -> body.replace("=", "");
            case 3 -> body + "&" + body;
            case 4 -> body.substring(0, Math.min(at, body.length()));
            default -> "";
        };
        if (!bent.isEmpty()) {
            return bent.getBytes(StandardCharsets.UTF_8);
        }
        if (bytes.length > 0) {
            bytes[at] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    /**
     * Takes out what would be no forgery: the only approver deciding on exactly what waits, the requester cancelling it.
     * One of the two is replaced, by somebody else or by another digest.
     */
    private String harmlessText(String text, RandomGenerator random) {
        String harmless = text;
        if (text.contains(Seed.OMAR) && text.contains(target.digest())) {
            harmless = random.nextBoolean()
                    ? text.replace(Seed.OMAR, Nasty.one(List.of(Seed.DANA, Seed.OLGA, Seed.PIA, Seed.GUS), random))
                    : text.replace(target.digest(), other(target.digest(), random));
        }
        boolean cancels = harmless.contains("\"cancel\"") || harmless.contains("\"plan-again\"");
        return cancels
                ? harmless.replace(Seed.DANA, Nasty.one(List.of(Seed.OLGA, Seed.SAM, Seed.LENA), random))
                : harmless;
    }

    private static String other(String digest, RandomGenerator random) {
        int at = random.nextInt(digest.length());
        char other = digest.charAt(at) == '0' ? '1' : '0';
        return digest.substring(0, at) + other + digest.substring(at + 1);
    }

    private Knock signed(byte[] body, RandomGenerator random) {
        String timestamp = Long.toString(Instant.now().getEpochSecond() + random.nextInt(-200, 200));
        Map<String, String> headers = new LinkedHashMap<>();
        boolean event = kind.equals("event_callback") || kind.equals("url_verification");
        headers.put("Content-Type",
                random.nextInt(10) == 0 ? Nasty.one(TYPES, random) : event ? "application/json" : FORM);
        headers.put("X-Slack-Request-Timestamp", timestamp);
        headers.put("X-Slack-Signature", Signature.of(target.secret(), timestamp, body));
        if (event && random.nextInt(4) == 0) {
            headers.put("X-Slack-Retry-Num", Nasty.one(List.of("1", "3", "-1", "x", ""), random));
        }
        return Knock.post("/slack/events", headers, body, Knock.Expects.ANSWER);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
