package dev.steward.incidents.alerts;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Says which service an alert is on by what its labels are. Patterns are RE2's, whose time grows with the text alone
 * whatever they are, and must match the whole of a label.
 */
public final class AlertRule {
    private final Map<String, Pattern> match;
    private final String service;

    private AlertRule(Map<String, Pattern> match, String service) {
        this.match = match;
        this.service = service;
    }

    /**
     * A rule.
     *
     * @param match
     *            pattern by label; all of them must match
     * @param service
     *            name in the catalog
     * @throws IllegalArgumentException
     *             if something is no pattern, or nothing is to match; the message says which
     */
    public static AlertRule of(Map<String, String> match, String service) {
        Map<String, Pattern> patterns = new LinkedHashMap<>();
        match.forEach((label, pattern) -> patterns.put(label, compiled(pattern)));
        if (patterns.isEmpty()) {
            throw new IllegalArgumentException("names no label that is to match");
        }
        return new AlertRule(patterns, service);
    }

    private static Pattern compiled(String pattern) {
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new IllegalArgumentException("is not a pattern: " + e.getDescription(), e);
        }
    }

    boolean matches(Map<String, String> labels) {
        return match.entrySet().stream().allMatch(wanted -> {
            String value = labels.get(wanted.getKey());
            return value != null && wanted.getValue().matcher(value).matches();
        });
    }

    String service() {
        return service;
    }
}
