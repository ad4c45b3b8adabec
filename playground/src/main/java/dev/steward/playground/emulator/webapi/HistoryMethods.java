package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Workspace;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code conversations.history} (newest first) and {@code conversations.replies} (parent, then oldest first). */
final class HistoryMethods {
    private final Workspace workspace;
    private final Lookup lookup;

    HistoryMethods(Workspace workspace) {
        this.workspace = workspace;
        this.lookup = new Lookup(workspace);
    }

    Map<String, Method> all() {
        return Map.of("conversations.history", this::history, "conversations.replies", this::replies);
    }

    private ObjectNode history(Arguments arguments) {
        Conversation where = readable(arguments);
        Range range = Range.of(arguments);
        List<StoredMessage> messages = new ArrayList<>(workspace.conversations().messages(where.id()).stream()
                .filter(one -> !one.reply() && range.holds(one)).toList());
        Collections.reverse(messages);
        ObjectNode answer = Pages.page(arguments, "messages", shown(where, messages, arguments), 100);
        return answer.put("has_more", more(answer)).put("pin_count",
                workspace.conversations().marks().pins(where.id()).size());
    }

    private ObjectNode replies(Arguments arguments) {
        Conversation where = readable(arguments);
        Range range = Range.of(arguments);
        String ts = arguments.required("ts");
        StoredMessage asked = lookup.message(where, ts, "thread_not_found");
        String parent = asked.threadTs().orElse(ts);
        List<StoredMessage> messages = workspace.conversations().thread(where.id(), parent).stream()
                .filter(one -> one.ts().equals(parent) || range.holds(one)).toList();
        ObjectNode answer = Pages.page(arguments, "messages", shown(where, messages, arguments), 1000);
        return answer.put("has_more", more(answer));
    }

    private Conversation readable(Arguments arguments) {
        Conversation where = lookup.conversation(arguments);
        if (!where.has(Seed.BOT_USER)) {
            throw ApiError.of("not_in_channel");
        }
        return where;
    }

    private List<ObjectNode> shown(Conversation where, List<StoredMessage> messages, Arguments arguments) {
        return messages.stream().map(one -> {
            ObjectNode message = lookup.shown(one, arguments.flag("include_all_metadata"));
            int replies = workspace.conversations().thread(where.id(), one.ts()).size() - 1;
            return replies > 0 && !one.reply() ? message.put("reply_count", replies) : message;
        }).toList();
    }

    private static boolean more(ObjectNode answer) {
        return !answer.path("response_metadata").path("next_cursor").asText().isEmpty();
    }

    /** The time asked for; an end that is not given is open. */
    private record Range(Optional<BigDecimal> oldest, Optional<BigDecimal> latest, boolean inclusive) {
        /** Refuses what is no time, whether or not there is a message to compare it with. */
        static Range of(Arguments arguments) {
            return new Range(bound(arguments, "oldest"), bound(arguments, "latest"), arguments.flag("inclusive"));
        }

        boolean holds(StoredMessage one) {
            BigDecimal at = new BigDecimal(one.ts());
            int fromOldest = oldest.map(at::compareTo).orElse(1);
            int fromLatest = latest.map(at::compareTo).orElse(-1);
            return (fromOldest > 0 || (inclusive && fromOldest == 0))
                    && (fromLatest < 0 || (inclusive && fromLatest == 0));
        }

        private static Optional<BigDecimal> bound(Arguments arguments, String name) {
            return arguments.text(name).filter(text -> !text.equals("now")).map(text -> {
                if (!text.matches("\\d{1,12}(\\.\\d{1,9})?")) {
                    throw ApiError.of("invalid_ts_" + name);
                }
                return new BigDecimal(text);
            });
        }
    }
}
