package dev.steward.bot.slack;

/** How what happens in Slack reaches Steward. */
public sealed interface WayIn {
    /**
     * Slack posts to an address of ours.
     *
     * @param signingSecret
     *            what Slack signs its requests with
     */
    record Http(String signingSecret) implements WayIn {
        /** Tells no secret. */
        @Override
        public String toString() {
            return "Http";
        }
    }

    /**
     * Socket Mode: Slack sends over connections that we open.
     *
     * @param appToken
     *            the app-level token, {@code xapp-...}
     * @param connections
     *            how many to keep open, 1 to 10
     */
    record Socket(String appToken, int connections) implements WayIn {
        /** Tells no secret. */
        @Override
        public String toString() {
            return "Socket[" + connections + "]";
        }
    }
}
