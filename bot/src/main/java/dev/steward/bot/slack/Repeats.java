package dev.steward.bot.slack;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * What was answered lately, by trigger. A request of which a second copy comes is handled once, and both copies are
 * answered the same: which of the two answers Slack heeds is not known, and an empty one would close a form. Thread-safe.
 */
final class Repeats {
    private static final int KEPT = 200;
    /** Slack waits 3 s. */
    private static final long PATIENCE_MILLIS = 2500;

    private final Map<String, CompletableFuture<SlackReply>> replies = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, CompletableFuture<SlackReply>> eldest) {
            return size() > KEPT;
        }
    };

    /** The answer to the request with that trigger; it is handled by the first who asks. */
    SlackReply answer(String trigger, Supplier<SlackReply> handler) {
        CompletableFuture<SlackReply> mine = new CompletableFuture<>();
        CompletableFuture<SlackReply> earlier;
        synchronized (replies) {
            earlier = replies.putIfAbsent(trigger, mine);
        }
        if (earlier != null) {
            return earlier.copy().completeOnTimeout(SlackReply.ok(), PATIENCE_MILLIS, TimeUnit.MILLISECONDS).join();
        }
        try {
            SlackReply reply = handler.get();
            mine.complete(reply);
            return reply;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        }
    }
}
