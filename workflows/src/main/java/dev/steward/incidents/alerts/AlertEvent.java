package dev.steward.incidents.alerts;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * What a source said about one alert at one time, read and bounded.
 *
 * @param fingerprint
 *            which alert of the source
 * @param firing
 *            false: it is over
 * @param told
 *            what people see of it
 * @param labels
 *            by name
 * @param annotations
 *            by name
 */
public record AlertEvent(AlertSource source, String fingerprint, boolean firing, Moments moments, Told told,
        NavigableMap<String, String> labels, NavigableMap<String, String> annotations) {

    /**
     * When.
     *
     * @param claimed
     *            when it began to fire, as the source says, right or wrong
     * @param starts
     *            the same, never in the future; empty where the source does not say
     * @param at
     *            when it was over, for one that is; otherwise when it was said; never in the future
     */
    public record Moments(Optional<Instant> claimed, Optional<Instant> starts, Instant at) {}

    /** What people see of an alert. */
    public record Told(String name, AlertSeverity severity, String summary, Links links) {
        Told as(AlertSeverity other) {
            return new Told(name, other, summary, links);
        }
    }

    /** Where to look, by {@code http} or {@code https}; empty: the source does not say. */
    public record Links(String source, String dashboard, String runbook) {}

    Map<String, Object> stored() {
        Map<String, Object> stored = new LinkedHashMap<>();
        stored.put("source", source.text());
        stored.put("fingerprint", fingerprint);
        stored.put("firing", firing);
        moments.claimed().ifPresent(at -> stored.put("claimed", at.toEpochMilli()));
        moments.starts().ifPresent(at -> stored.put("starts", at.toEpochMilli()));
        stored.put("at", moments.at().toEpochMilli());
        stored.put("name", told.name());
        stored.put("severity", told.severity().rank());
        stored.put("summary", told.summary());
        stored.put("links", told.links());
        stored.put("labels", labels);
        stored.put("annotations", annotations);
        return stored;
    }

    static AlertEvent of(JsonNode stored) {
        return new AlertEvent(AlertSource.of(stored.path("source").asText()), stored.path("fingerprint").asText(),
                stored.path("firing").asBoolean(),
                new Moments(instant(stored, "claimed"), instant(stored, "starts"),
                        Instant.ofEpochMilli(stored.path("at").asLong())),
                new Told(stored.path("name").asText(), AlertSeverity.of(stored.path("severity").asInt()),
                        stored.path("summary").asText(), links(stored.path("links"))),
                texts(stored.path("labels")), texts(stored.path("annotations")));
    }

    static Links links(JsonNode links) {
        return new Links(links.path("source").asText(), links.path("dashboard").asText(),
                links.path("runbook").asText());
    }

    private static Optional<Instant> instant(JsonNode stored, String name) {
        return stored.has(name)
                ? Optional.of(Instant.ofEpochMilli(stored.path(name).asLong()))
                : Optional.empty();
    }

    private static NavigableMap<String, String> texts(JsonNode object) {
        NavigableMap<String, String> texts = new TreeMap<>();
        object.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }
}
