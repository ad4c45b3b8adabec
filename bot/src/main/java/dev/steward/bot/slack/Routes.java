package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/**
 * What answers what.
 *
 * @param command
 *            every slash command; runs after the acknowledgement
 * @param clicks
 *            by the action id's part before a colon; run after the acknowledgement, those that decide something from
 *            where they were stored before it
 * @param submissions
 *            by callback id; they answer within Slack's 3 s, from the database alone: with what is to become of the
 *            modal, empty to close it
 * @param suggestions
 *            by the action id's part after its first colon; they answer within 3 s with options
 * @param shortcuts
 *            by callback id; run after the acknowledgement
 * @param happened
 *            hears of what happened in channels
 */
record Routes(Consumer<CommandCall> command, Map<String, Consumer<Click>> clicks,
        Map<String, Function<Submission, Map<String, Object>>> submissions,
        Map<String, Function<Suggestion, List<Map<String, Object>>>> suggestions,
        Map<String, Consumer<Shortcut>> shortcuts, Happenings happened) {

    /**
     * What happens in channels, and what people say to Steward.
     *
     * @param concerns
     *            whether there is anything to do about an event; the others are not even noted
     * @param take
     *            takes one, in the transaction that notes it
     */
    record Happenings(Predicate<JsonNode> concerns, BiConsumer<Handle, JsonNode> take) {}

    /** Without shortcuts, and deaf to what happens in channels. */
    Routes(Consumer<CommandCall> command, Map<String, Consumer<Click>> clicks,
            Map<String, Function<Submission, Map<String, Object>>> submissions,
            Map<String, Function<Suggestion, List<Map<String, Object>>>> suggestions) {
        this(command, clicks, submissions, suggestions, Map.of(),
                new Happenings(event -> false, (handle, event) -> {}));
    }
}
