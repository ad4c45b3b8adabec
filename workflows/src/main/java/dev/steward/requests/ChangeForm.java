package dev.steward.requests;

import dev.steward.definitions.Workflow;
import java.util.HashMap;
import java.util.Map;

/** What comes of wanting to change what stands there. */
public sealed interface ChangeForm {
    /**
     * The form can be filled in.
     *
     * @param current
     *            the request whose answers hold now; the change is asked of it
     * @param answers
     *            those answers, secrets among them: for the form's draft, never for showing
     */
    record Open(RequestId current, String subject, Workflow workflow, Map<String, Object> answers)
            implements
                ChangeForm {
        public Open {
            answers = Map.copyOf(answers);
        }

        /** The same form with other answers to some fields. */
        public Open with(Map<String, Object> others) {
            Map<String, Object> all = new HashMap<>(answers);
            all.putAll(others);
            return new Open(current, subject, workflow, all);
        }

        @Override
        public String toString() {
            return "Open[" + current.text() + "]";
        }
    }

    /** It cannot be changed, or not now, or not by this person. */
    record Refused(String why) implements ChangeForm {}
}
