package dev.steward.incidents.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import dev.steward.database.Sha256;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.Optional;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads single values out of what another system sent: of the wrong type, too long or nonsense, they are as if absent. */
final class Wire {
    /** The longest value of a label or an annotation that is kept. */
    static final int VALUE = 512;
    private static final int NAME = 128;
    private static final int MOST = 64;
    private static final int URL = 1000;
    /** Zero of other systems means: unknown. */
    private static final Instant FIRST = Instant.parse("2000-01-01T00:00:00Z");
    private static final Instant LAST = Instant.parse("9999-01-01T00:00:00Z");
    private static final long MILLIS_FROM = 100_000_000_000L;
    private static final Pattern BREAKING = Pattern.compile("[\\p{Cntrl}\\u2028\\u2029\\s]+");
    private static final Pattern WEB = Pattern.compile("https?://[^\\s<>|\"\\p{Cntrl}]+");

    private Wire() {}

    /** A text, a number or a truth value as text on one line; empty for anything else. */
    static String text(JsonNode value, int max) {
        return value.isValueNode() && !value.isNull() ? line(value.asText(), max) : "";
    }

    /** The first of them that is not blank. */
    static String first(int max, JsonNode... values) {
        for (JsonNode value : values) {
            String text = text(value, max);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return "";
    }

    private static String line(String raw, int max) {
        String line = BREAKING.matcher(raw.length() > 4 * max ? raw.substring(0, 4 * max) : raw).replaceAll(" ")
                .strip();
        return cut(line, max);
    }

    private static String cut(String line, int max) {
        if (line.length() <= max) {
            return line;
        }
        boolean splits = Character.isHighSurrogate(line.charAt(max - 1));
        return line.substring(0, splits ? max - 1 : max);
    }

    /** The texts of an object by name, so many and so long as are kept. */
    static NavigableMap<String, String> texts(JsonNode object) {
        NavigableMap<String, String> texts = new TreeMap<>();
        object.properties().stream().filter(entry -> entry.getValue().isValueNode()).limit(MOST)
                .forEach(entry -> texts.put(line(entry.getKey(), NAME), text(entry.getValue(), VALUE)));
        texts.remove("");
        return texts;
    }

    /** The worst that these say, if any of them says how bad it is. */
    static Optional<AlertSeverity> worst(JsonNode one, JsonNode other) {
        return Stream.of(one, other).map(value -> AlertSeverity.parse(text(value, NAME))).flatMap(Optional::stream)
                .min(Comparator.naturalOrder());
    }

    /** A moment, as a text with an offset or as seconds or milliseconds; empty for what nobody means. */
    static Optional<Instant> time(JsonNode value) {
        try {
            Instant at = value.isNumber() ? number(value) : OffsetDateTime.parse(value.asText()).toInstant();
            return Optional.of(Instant.ofEpochMilli(at.toEpochMilli())).filter(FIRST::isBefore)
                    .filter(LAST::isAfter);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Instant number(JsonNode value) {
        double number = value.asDouble();
        return Instant.ofEpochMilli((long) (Math.abs(number) >= MILLIS_FROM ? number : number * 1000));
    }

    /** A web address that people can follow; empty for anything else. */
    static String link(JsonNode value) {
        String url = value.isTextual() ? value.asText().strip() : "";
        return url.length() <= URL && WEB.matcher(url).matches() ? url : "";
    }

    /** The first of them that is a web address. */
    static String link(JsonNode first, JsonNode second) {
        String url = link(first);
        return url.isEmpty() ? link(second) : url;
    }

    /** The fingerprint given, or else one of what tells this alert from others. */
    static String fingerprint(JsonNode given, JsonNode identity) {
        String text = given.isTextual() || given.isNumber() ? given.asText() : "";
        if (!text.isBlank() && text.equals(line(text, NAME))) {
            return text;
        }
        return digest(text.isBlank() ? Json.text(identity) : text);
    }

    private static String digest(String text) {
        return Sha256.of(text).substring(0, 32);
    }
}
