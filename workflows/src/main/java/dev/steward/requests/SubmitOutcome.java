package dev.steward.requests;

import dev.steward.definitions.FieldError;
import java.util.List;

/** What became of a submitted form. */
public sealed interface SubmitOutcome {
    /**
     * It is stored and will be planned.
     *
     * @param channel
     *            where its card appears
     */
    record Accepted(RequestId id, String channel) implements SubmitOutcome {}

    /**
     * Some answers cannot be.
     *
     * @param errors
     *            what is wrong with which field; never empty
     */
    record Invalid(List<FieldError> errors) implements SubmitOutcome {
        public Invalid {
            errors = List.copyOf(errors);
        }
    }

    /**
     * This person may not ask for that, or not now.
     *
     * @param why
     *            for them to read
     */
    record Refused(String why) implements SubmitOutcome {}
}
