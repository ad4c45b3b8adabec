package dev.steward.playground.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.steward.playground.emulator.workspace.Seed;
import java.util.List;
import java.util.random.RandomGenerator;

/** Values that have broken other programs. */
final class Nasty {
    /** Everybody there is, those who may do nothing and those who do not exist. */
    static final List<String> PEOPLE = List.of(Seed.DANA, Seed.OMAR, Seed.PIA, Seed.PAUL, Seed.OLGA, Seed.LENA,
            Seed.GUS, Seed.SAM, Seed.INES, Seed.BOT_USER, Seed.BOT_ID, "U0NOBODY01", "USLACKBOT", "W0ENTERPR1", "");

    private static final List<String> OTHER_IDS = List.of(Seed.TEAM, Seed.OTHER_TEAM, Seed.APP, Seed.GENERAL,
            Seed.NO_BOT, Seed.OLD_REQUESTS, Seed.GROUP_PAYMENTS, Seed.GROUP_PLATFORM_LEADS, "T0NOWHERE1", "V0NOTHING1");

    private static final List<String> ACTIONS = List.of("approve", "reject", "cancel", "fix", "plan-again",
            "open-form:new-service", "open-form", "form-back", "answer:choice:lifecycle", "answer:team:owner", "answer",
            "form", "reject-reason", "confirm-deletes", "reason", "deletes", "service", "extend:1", "end-lease:1",
            "ask-again:1", "promote:1", "ask-access", "more", ":", "::", "APPROVE");

    private static final List<String> TEXTS = List.of("", " ", "\u0000", "a\u0000b", "\ud800", "\udfff\ud83d",
            "👩‍👩‍👧‍👦🏴‍☠️",
            "\u202eevil\u202c", "\u200f\u200e", "é", "e\u0301", "ﷺ".repeat(50), "İıẞſ", "\r\n\r\nX: y", "\u2028\u2029",
            "<!channel>", "<!here> <!everyone>", "<@U0LENA0001>", "<!subteam^S0PLATFORM>", "<http://x|Approve>",
            "*_~`>```&lt;&amp;", "&lt;!channel&gt;", "' OR '1'='1", "'; DROP TABLE request;--", "\" OR \"\"=\"",
            "%' --",
            "${jndi:ldap://x/y}", "${var.name}", "%{ for x in y }", "{{7*7}}", "1 == 1 || form.x",
            "form.tier == \"tier-1\"",
            "../../../../etc/passwd", "/dev/zero", "file:///etc/passwd", "http://127.0.0.1:1/", "http://[::1",
            "ftp://x",
            "//x", "https://user@host:99999/", "javascript:alert(1)", "<script>alert(1)</script>", "-1", "0", "1e999",
            "9223372036854775808", "NaN", "true", "null", "[]", "{}", "{\"draft\":\"x\",\"page\":-1}",
            "{\"draft\":{\"a\":[]},\"page\":99999999999}", "1:" + "0".repeat(64), "1:" + "f".repeat(64), "0:0", "REQ-1",
            "999999999999999999:" + "a".repeat(64), "99999999999999999999:1", "٣:" + "0".repeat(64), "new-service",
            "new-service payments-api tier-1", "request new-service", "help", "payments");

    private Nasty() {}

    static <T> T one(List<T> of, RandomGenerator random) {
        return of.get(random.nextInt(of.size()));
    }

    static String person(RandomGenerator random) {
        return one(PEOPLE, random);
    }

    static String text(RandomGenerator random) {
        return switch (random.nextInt(20)) {
            case 0, 1 -> person(random);
            case 2 -> one(OTHER_IDS, random);
            case 3, 4 -> one(ACTIONS, random);
            case 5 -> one(TEXTS, random).repeat(1 + random.nextInt(200));
            case 6 -> "x".repeat(1 << random.nextInt(15));
            case 7 -> String.valueOf((char) random.nextInt(0x10000)).repeat(1 + random.nextInt(5));
            default -> one(TEXTS, random);
        };
    }

    static JsonNode value(RandomGenerator random) {
        JsonNodeFactory make = JsonNodeFactory.instance;
        return switch (random.nextInt(16)) {
            case 0 -> make.nullNode();
            case 1 -> make.booleanNode(random.nextBoolean());
            case 2 -> make.numberNode(random.nextLong());
            case 3 -> make.numberNode(random.nextInt(3) - 1);
            case 4 -> make.numberNode(Double.MAX_VALUE);
            case 5 -> make.numberNode(new java.math.BigDecimal("1e4000"));
            case 6 -> make.arrayNode();
            case 7 -> make.objectNode();
            case 8 -> make.arrayNode().add(text(random)).add(1).addNull();
            case 9 -> make.objectNode().put(text(random), text(random));
            default -> make.textNode(text(random));
        };
    }
}
