package dev.steward.bot.slack.sending;

import java.time.Duration;
import java.util.Optional;

/** Where a destination is in Slack right now. */
sealed interface Address {
    /**
     * It is there.
     *
     * @param channel
     *            channel id
     * @param thread
     *            timestamp of the message whose thread it is
     */
    record Place(String channel, Optional<String> thread) implements Address {}

    /** The message whose thread it is was not posted yet. */
    record NotYet() implements Address {}

    /** There is no such place. */
    record Nowhere(Undeliverable why) implements Address {}

    /** There never will be such a place, and no other will do: a person without an account, a thread without a root. */
    record Never(String why) implements Address {}

    /** Slack refuses to say, which is no matter of the place: the app lacks something, or asked wrongly. */
    record Refused(String method, String error) implements Address {}

    /**
     * It could not be found out.
     *
     * @param why
     *            for logs
     */
    record Unclear(Duration delay, String why) implements Address {}
}
