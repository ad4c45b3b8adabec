package dev.steward.bot;

import dev.steward.bot.slack.SlackCall;
import dev.steward.bot.slack.SlackEndpoint;
import dev.steward.bot.slack.SlackReply;
import java.util.concurrent.atomic.AtomicReference;

/** What Slack's requests come through: closed, with status 503, while there is nobody behind it. Slack repeats events. */
final class Doorway implements SlackEndpoint {
    private static final SlackEndpoint CLOSED = call -> SlackReply.text(503,
            "Steward is not connected to Slack. Try again in a minute.");

    private final AtomicReference<SlackEndpoint> behind = new AtomicReference<>(CLOSED);

    /** Lets requests through to the endpoint from now on. */
    void open(SlackEndpoint endpoint) {
        behind.set(endpoint);
    }

    /** Lets none through any more. */
    void shut() {
        behind.set(CLOSED);
    }

    @Override
    public SlackReply answer(SlackCall call) {
        return behind.get().answer(call);
    }
}
