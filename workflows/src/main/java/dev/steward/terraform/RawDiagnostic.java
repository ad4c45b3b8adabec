package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An error or a warning as Terraform gives it, <b>not redacted</b>: an {@code error_message} may quote a secret. The
 * {@code snippet}, which quotes whole lines and values, is dropped as it is read; only the name of a variable is taken
 * from it.
 *
 * @param address
 *            of a resource, or empty
 * @param file
 *            where the trouble is, or empty
 * @param line
 *            in that file, from 1; 0 when there is none
 * @param declared
 *            the variable whose declaration, condition or message this is about
 */
record RawDiagnostic(Severity severity, String summary, String detail, String address, String file, int line,
        Optional<String> declared) {
    private static final int LONGEST_TEXT = 20_000;
    private static final String NAME = "([A-Za-z_][A-Za-z0-9_-]*)";
    private static final Pattern DECLARATION = Pattern.compile("^\\s*variable\\s+\"" + NAME + "\"");
    private static final Pattern TRAVERSAL = Pattern.compile("^var\\." + NAME);
    private static final Pattern IN_TEXT = Pattern.compile("(?:\\bvar\\." + NAME + "|variable \"" + NAME
            + "\"|variable named \"" + NAME + "\")");

    /** How bad it is. */
    enum Severity {
        ERROR, WARNING
    }

    /** Reads the {@code diagnostic} object of an output line or of {@code validate}'s list. */
    static RawDiagnostic of(JsonNode node) {
        JsonNode range = node.path("range");
        return new RawDiagnostic(
                node.path("severity").asText().equals("warning") ? Severity.WARNING : Severity.ERROR,
                bounded(node.path("summary")), bounded(node.path("detail")), node.path("address").asText(),
                range.path("filename").asText(), range.path("start").path("line").asInt(), declared(node));
    }

    /** Left out as a whole: half of a secret at the cut would not be recognised any more. */
    private static String bounded(JsonNode text) {
        int length = text.asText().length();
        return length <= LONGEST_TEXT
                ? text.asText()
                : "(a text of " + length + " characters, which is too long to be kept)";
    }

    private static Optional<String> declared(JsonNode node) {
        JsonNode snippet = node.path("snippet");
        return find(DECLARATION, snippet.path("context").asText())
                .or(() -> find(DECLARATION, snippet.path("code").asText()))
                .or(() -> onlyVariable(snippet.path("values")))
                .or(() -> find(IN_TEXT, node.path("detail").asText()));
    }

    private static Optional<String> onlyVariable(JsonNode values) {
        Set<String> names = new HashSet<>();
        values.forEach(value -> find(TRAVERSAL, value.path("traversal").asText()).ifPresent(names::add));
        return names.size() == 1 ? Optional.of(names.iterator().next()) : Optional.empty();
    }

    private static Optional<String> find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        for (int group = 1; group <= matcher.groupCount(); group++) {
            if (matcher.group(group) != null) {
                return Optional.of(matcher.group(group));
            }
        }
        return Optional.empty();
    }
}
