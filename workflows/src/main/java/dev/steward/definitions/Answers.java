package dev.steward.definitions;

import java.util.List;
import java.util.Map;

/** What became of the answers to a form. */
public sealed interface Answers {
    /**
     * All of them will do.
     *
     * @param typed
     *            field to answer, of the type that its {@link FieldType} says, in the form's order; fields that are
     *            hidden or left empty are absent
     */
    record Accepted(Map<String, Object> typed) implements Answers {
        public Accepted {
            typed = Ordered.copy(typed);
        }
    }

    /**
     * Some will not.
     *
     * @param errors
     *            all of them, at least one, in the form's order
     */
    record Rejected(List<FieldError> errors) implements Answers {
        public Rejected {
            errors = List.copyOf(errors);
        }
    }
}
