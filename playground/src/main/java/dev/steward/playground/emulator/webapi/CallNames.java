package dev.steward.playground.emulator.webapi;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What a bot can call here: the methods of {@code methods.json}, and response URLs under the name {@code response_url}. */
public final class CallNames {
    private static final String RESPONSE_URL = "response_url";

    private final Map<String, MethodSpec> table;

    private CallNames(Map<String, MethodSpec> table) {
        this.table = table;
    }

    /** Those that are served. */
    public static CallNames served() {
        return new CallNames(MethodSpec.table());
    }

    /** All names, in the order of the alphabet. */
    public List<String> all() {
        return Stream.concat(table.keySet().stream(), Stream.of(RESPONSE_URL)).sorted().toList();
    }

    /** Whether a call of that name says which channel it is about. */
    public boolean ofChannels(String name) {
        MethodSpec spec = table.get(name);
        return name.equals(RESPONSE_URL) || (spec != null
                && spec.arguments().keySet().stream().anyMatch(Set.of("channel", "channel_id")::contains));
    }
}
