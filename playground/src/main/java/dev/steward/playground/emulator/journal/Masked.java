package dev.steward.playground.emulator.journal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What of the journal may be shown and saved: whatever opens something is masked. That is tokens, the signing secret, the
 * secret part of response URLs, and tickets for Socket Mode.
 */
public final class Masked {
    private static final String MASK = "(masked)";
    private static final Pattern TOKEN = Pattern.compile("\\b(xox[a-z]|xapp)-[\\w-]{6,}");
    private static final Pattern RESPONSE_URL = Pattern.compile("(/response/)[\\w-]+");
    private static final Pattern TICKET = Pattern.compile("(\\bticket=)[^&\\s\"]+");

    private final Set<String> secrets;

    /** Masks these, too. */
    public Masked(Set<String> secrets) {
        this.secrets = Set.copyOf(secrets);
    }

    /** The same without secrets. */
    public String text(String text) {
        String masked = TOKEN.matcher(text).replaceAll("$1-" + MASK);
        masked = RESPONSE_URL.matcher(masked).replaceAll("$1" + MASK);
        masked = TICKET.matcher(masked).replaceAll("$1" + MASK);
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** A copy without secrets. */
    public JsonNode json(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode copy = object.objectNode();
                object.properties().forEach(field -> copy.set(text(field.getKey()),
                        field.getKey().equals("token") ? TextNode.valueOf(MASK) : json(field.getValue())));
                yield copy;
            }
            case ArrayNode array -> {
                ArrayNode copy = array.arrayNode();
                array.forEach(one -> copy.add(json(one)));
                yield copy;
            }
            case TextNode text -> TextNode.valueOf(text(text.textValue()));
            default -> node;
        };
    }
}
