package dev.steward.bot.slack.sending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Rendered;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The views that render the outbox's messages, by name. Built once, before the sender starts. */
public final class MessageViews {
    private final Map<String, View> views = new HashMap<>();

    /** Renders one kind of message from current rows. */
    @FunctionalInterface
    public interface View {
        /**
         * The message as it is now, or nothing when there is nothing left to say.
         *
         * @param args
         *            what was put in the outbox: ids, and facts that no row holds
         */
        Optional<Rendered> render(JsonNode args);
    }

    /**
     * Adds a view.
     *
     * @throws IllegalStateException if there is one of that name
     */
    public MessageViews with(String name, View view) {
        if (views.putIfAbsent(name, view) != null) {
            throw new IllegalStateException("two views are called " + name);
        }
        return this;
    }

    Optional<Rendered> render(String name, JsonNode args) {
        View view = views.get(name);
        if (view == null) {
            throw new IllegalStateException("no view renders messages of kind " + name);
        }
        return view.render(args);
    }
}
