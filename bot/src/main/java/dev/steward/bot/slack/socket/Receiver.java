package dev.steward.bot.slack.socket;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * What handles envelopes, whatever connection they came over. Called by many threads at once. It stores what an envelope
 * carries before it answers, since the answer is the acknowledgement.
 */
@FunctionalInterface
public interface Receiver {
    /** Handles one envelope; an exception is a bug, after which it is not acknowledged. */
    Answer receive(Envelope envelope);

    /** What becomes of an envelope. */
    sealed interface Answer {
        /**
         * It was taken.
         *
         * @param payload
         *            what Slack is to do or to show, for a command, a submission or a search
         */
        record Taken(Optional<JsonNode> payload) implements Answer {}

        /**
         * It was not taken, and is not acknowledged: Slack tells the person, or sends the event again.
         *
         * @param why
         *            for the log
         */
        record Left(String why) implements Answer {}
    }
}
