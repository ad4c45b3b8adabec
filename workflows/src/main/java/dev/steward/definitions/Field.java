package dev.steward.definitions;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/**
 * One question of a form.
 *
 * @param name
 *            what expressions call it: {@code form.<name>}
 * @param hint
 *            shown beneath; may be empty
 * @param required
 *            whether it must be answered where it is shown
 * @param initial
 *            what is filled in beforehand; a failure to evaluate leaves the field empty
 * @param rules
 *            what an answer must satisfy
 * @param options
 *            of a choice, many or environment; empty for the others
 * @param when
 *            the field is shown only where this holds over the answers before it; a failure to evaluate hides it
 * @param note
 *            text shown beneath, from the answers so far; a failure to evaluate shows none
 * @param sensitive
 *            whether the answer is a secret
 */
public record Field(String name, FieldType type, String label, String hint, boolean required,
        Optional<Expression> initial, Rules rules, List<Option> options, Optional<Expression> when,
        Optional<Expression> note, boolean sensitive) {

    public Field {
        options = List.copyOf(options);
    }

    /** Whether it may be left without an answer: it is optional, or not always shown. */
    public boolean mayBeUnanswered() {
        return !required || when.isPresent();
    }

    /** The option with that value or, whatever its case, that value or label. */
    Optional<Option> option(String text) {
        return options.stream().filter(o -> o.value().equals(text)).findFirst().or(() -> options.stream()
                .filter(o -> o.value().equalsIgnoreCase(text) || o.label().equalsIgnoreCase(text)).findFirst());
    }

    /** An answer as people read it: an option by its label, a duration in words. */
    public String shown(String answer) {
        return switch (type) {
            case CHOICE, MANY, ENVIRONMENT -> options.stream().filter(o -> o.value().equals(answer)).findFirst()
                    .map(Option::label).orElse(answer);
            case DURATION -> Durations.parse(answer).map(Durations::words).orElse(answer);
            default -> answer;
        };
    }

    /**
     * One possible answer.
     *
     * @param value
     *            what expressions see, at most 150 characters
     * @param label
     *            what people see, at most 75 characters
     * @param description
     *            at most 75 characters, may be empty
     */
    public record Option(String value, String label, String description) {}

    /**
     * What an answer must satisfy.
     *
     * @param pattern
     *            RE2 syntax, as in CEL and Terraform; the whole answer must match
     * @param patternHint
     *            for people: what the pattern wants; may be empty
     * @param min
     *            shortest length of a text, smallest number
     * @param max
     *            longest length of a text, largest number
     * @param absentFromCatalog
     *            whether the answer must be a name that nothing has yet
     */
    public record Rules(Optional<Pattern> pattern, String patternHint, Optional<BigDecimal> min,
            Optional<BigDecimal> max, boolean absentFromCatalog) {
        /** Everything goes. */
        static final Rules NONE = new Rules(Optional.empty(), "", Optional.empty(), Optional.empty(), false);
    }

    /** A compiled pattern; matching takes time linear in the answer, whatever the pattern. */
    public static final class Pattern {
        private final com.google.re2j.Pattern compiled;

        /**
         * Compiles.
         *
         * @throws com.google.re2j.PatternSyntaxException if it is no pattern
         */
        Pattern(String source) {
            this.compiled = com.google.re2j.Pattern.compile(source);
        }

        /** Whether the whole text matches. */
        public boolean matches(String text) {
            return compiled.matches(text);
        }

        /** As written. */
        public String source() {
            return compiled.pattern();
        }
    }
}
