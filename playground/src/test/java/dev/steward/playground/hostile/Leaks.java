package dev.steward.playground.hostile;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.journal.Call;
import dev.steward.playground.emulator.json.Json;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds what Steward should keep to itself, and words of strangers that Slack would act on. */
final class Leaks {
    private static final List<String> INSIDE = List.of("Exception", "\tat ", "dev.steward", "java.lang", "java.util",
            "com.slack.", "org.eclipse", "com.fasterxml", "org.jdbi", "com.google", ".java:", "SQLITE", "SQLite",
            "constraint failed", "no such column", "jdbc:", "Error executing");
    private static final Pattern SHOUTS = Pattern.compile("<!(?!date\\^)|<@(?!U0)");

    private final List<String> secrets;

    /**
     * A search.
     *
     * @param secrets
     *            and paths, which must not turn up anywhere
     */
    Leaks(List<String> secrets) {
        this.secrets = secrets;
    }

    /** What of Steward's own is in the answer; what the request had in it does not count. */
    Optional<String> in(String answer, String request) {
        return java.util.stream.Stream.concat(INSIDE.stream(), secrets.stream())
                .filter(leak -> answer.contains(leak) && !request.contains(leak)).findFirst();
    }

    Optional<String> secretIn(String text) {
        return secrets.stream().filter(text::contains).findFirst();
    }

    /** What is wrong with a call of the bot's: something inside it, words that Slack would act on, or blocks that it refused. */
    Optional<String> in(Call call) {
        String text = call.arguments().toString();
        Optional<String> leak = in(text, "");
        if (leak.isPresent()) {
            return Optional.of("says " + leak.get());
        }
        if (shouts(call.arguments())) {
            return Optional.of("calls somebody by a stranger's words");
        }
        return List.of("invalid_blocks", "invalid_arguments", "msg_too_long", "msg_blocks_too_long", "no_text",
                "invalid_form_data", "invalid_json").contains(call.error())
                        ? Optional.of("was refused: " + call.answered().body())
                        : Optional.empty();
    }

    private static boolean shouts(JsonNode node) {
        boolean markup = node.path("type").asText().equals("mrkdwn") || node.has("channel")
                || node.has("response_type");
        if (markup && SHOUTS.matcher(node.path("text").asText()).find()) {
            return true;
        }
        for (JsonNode child : node) {
            // Structured arguments of a form come as text.
            JsonNode within = child.isTextual() && child.textValue().matches("(?s)[\\[{].*")
                    ? Json.parse(child.textValue()).orElse(child)
                    : child;
            if (within.isContainerNode() && shouts(within)) {
                return true;
            }
        }
        return false;
    }
}
