package dev.steward.playground.emulator.blockkit;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The attachments of a message. One with blocks may have a colour and a fallback beside them, and nothing else
 * ({@code invalid_keys}, github.com/slackapi/node-slack-sdk/pull/832); its blocks are held to the same rules as those of
 * the message. In one without blocks Slack takes properties that it does not know
 * (github.com/slackapi/java-slack-sdk/issues/184).
 */
public final class Attachments {
    /** The most attachments of one message. */
    public static final int MOST = 100;

    private static final Set<String> BESIDE_BLOCKS = Set.of("blocks", "color", "fallback");

    private Attachments() {}

    /** What Slack refuses in them, in its words, some with a pointer; an empty list means that it takes them. */
    public static List<String> problems(JsonNode attachments) {
        List<String> problems = new ArrayList<>();
        for (int i = 0; i < attachments.size(); i++) {
            JsonNode one = attachments.path(i);
            String at = "/attachments/" + i;
            if (!one.isObject()) {
                problems.add(new Problem("must provide an object", at).toString());
            } else if (one.has("blocks")) {
                if (!one.propertyStream().map(Map.Entry::getKey).allMatch(BESIDE_BLOCKS::contains)) {
                    problems.add("invalid_keys");
                }
                BlockKit.blocks(one.get("blocks"), at + "/blocks").forEach(problem -> problems.add(problem.toString()));
            }
        }
        return List.copyOf(problems);
    }
}
