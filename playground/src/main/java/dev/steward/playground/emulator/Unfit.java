package dev.steward.playground.emulator;

import java.util.LinkedHashMap;
import java.util.Map;

/** What was given cannot be used: why, for each field, in the order of the fields. */
final class Unfit extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final transient Map<String, String> fields;

    Unfit(Map<String, String> fields) {
        super(String.join("; ", fields.values()));
        this.fields = new LinkedHashMap<>(fields);
    }

    Map<String, String> fields() {
        return fields;
    }
}
