package dev.steward.definitions;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Puts words such as {@code payments tier-2} into the fields that they fit. For each word, the first empty field that
 * knows it: one with such an option; a team, service or person of that name; a number, duration or date. Otherwise the
 * first empty text field whose pattern it matches. Sensitive and conditional fields are never filled from a command.
 */
public final class Prefill {
    private static final int MAX_WORDS = 50;
    private final List<Field> fields;
    private final AnswerReader reader;

    Prefill(List<Field> fields, AnswerReader reader) {
        this.fields = fields.stream().filter(field -> !field.sensitive() && field.when().isEmpty()).toList();
        this.reader = reader;
    }

    Filled fill(List<String> words) {
        return fill(words, _ -> true);
    }

    /**
     * The same.
     *
     * @param empty
     *            whether a field has room for a word that it does not know
     */
    Filled fill(List<String> words, Predicate<Field> empty) {
        Map<String, Object> answers = new LinkedHashMap<>();
        List<String> unused = new ArrayList<>();
        for (String word : words.stream().limit(MAX_WORDS).toList()) {
            Optional<Field> field = first(answers, word, this::knows).or(
                    () -> first(answers, word, (text, given) -> empty.test(text) && takes(text, given)));
            field.ifPresentOrElse(found -> answers.put(found.name(), value(found, word)), () -> unused.add(word));
        }
        return new Filled(answers, unused);
    }

    /** The service into the first field for one; the text into the first field for a long text, or else for any text. */
    Map<String, Object> about(Optional<String> service, String text) {
        Map<String, Object> answers = new LinkedHashMap<>();
        service.ifPresent(name -> first(answers, name, (field, word) -> field.type() == FieldType.SERVICE
                && knows(field, word)).ifPresent(field -> answers.put(field.name(), value(field, name))));
        Optional.of(text).filter(words -> !words.isBlank())
                .flatMap(words -> first(answers, words, (field, _) -> field.type() == FieldType.MULTILINE)
                        .or(() -> first(answers, words, this::takesAny)))
                .ifPresent(field -> answers.put(field.name(), value(field, text)));
        return answers;
    }

    private boolean takesAny(Field field, String text) {
        return field.type() == FieldType.TEXT && field.rules().pattern().isEmpty()
                && !field.rules().absentFromCatalog();
    }

    private Optional<Field> first(Map<String, Object> answers, String word, BiPredicate<Field, String> fits) {
        return fields.stream().filter(field -> !answers.containsKey(field.name()))
                .filter(field -> fits.test(field, word)).findFirst();
    }

    private boolean knows(Field field, String word) {
        return switch (field.type()) {
            case CHOICE, MANY, ENVIRONMENT, TEAM, SERVICE, PERSON, NUMBER, DURATION, DATE ->
                reader.read(field, word) instanceof AnswerReader.Outcome.Value;
            case TEXT, MULTILINE, LINES, YES_NO -> false;
        };
    }

    /** A name that is taken still goes in: the form then says so where it can be corrected. */
    private boolean takes(Field field, String word) {
        return field.type() == FieldType.TEXT
                && field.rules().pattern().map(pattern -> pattern.matches(word)).orElse(true);
    }

    private Object value(Field field, String word) {
        return reader.read(field, word) instanceof AnswerReader.Outcome.Value(Object value) ? value : word;
    }

    /**
     * What the words gave.
     *
     * @param answers
     *            field to answer
     * @param unused
     *            words that fit nowhere, to be told to the person
     */
    public record Filled(Map<String, Object> answers, List<String> unused) {
        public Filled {
            answers = Ordered.copy(answers);
            unused = List.copyOf(unused);
        }
    }
}
