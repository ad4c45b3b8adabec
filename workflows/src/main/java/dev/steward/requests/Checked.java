package dev.steward.requests;

import dev.steward.catalog.Person;
import dev.steward.definitions.Field;
import dev.steward.definitions.Workflow;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A form that holds together: what it means, before anything is stored.
 *
 * @param answers
 *            field to typed answer
 * @param inputs
 *            module variable to value, as JSON text
 * @param nameField
 *            the field to which people look when the name is taken
 * @param moduleDigest
 *            of the module as it is today
 */
record Checked(Workflow workflow, Person requester, Map<String, Object> answers, String inputs, Target target,
        String nameField, String moduleDigest) {

    Set<String> sensitiveFields() {
        return workflow.fields().stream().filter(Field::sensitive).map(Field::name).collect(Collectors.toSet());
    }

    /** The incident that access is asked for, by its number; the form let nothing else through. */
    Optional<Long> incident() {
        return Optional.ofNullable(answers.get(Workflow.Access.INCIDENT)).filter(_ -> workflow.access().isPresent())
                .map(String::valueOf).filter(answer -> answer.matches("INC-[1-9][0-9]{0,8}"))
                .map(answer -> Long.parseLong(answer.substring("INC-".length())));
    }

    /**
     * What became of checking a form.
     *
     * @param otherwise
     *            why it does not hold together, where it does not
     */
    record Check(Optional<Checked> checked, SubmitOutcome otherwise) {
        static Check passed(Checked checked) {
            return new Check(Optional.of(checked), new SubmitOutcome.Refused(""));
        }

        static Check failed(SubmitOutcome why) {
            return new Check(Optional.empty(), why);
        }

        static Check refused(String why) {
            return failed(new SubmitOutcome.Refused(why));
        }
    }
}
