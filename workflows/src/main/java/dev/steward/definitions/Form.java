package dev.steward.definitions;

import dev.steward.definitions.Facts.Requester;
import java.util.Collection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A workflow's form as one person fills it in. Answers are given raw, as they were typed or chosen: text, a list of
 * texts, a truth value or a number; typed answers of an earlier attempt will do as well. Pages count from 0.
 */
public final class Form {
    private final Workflow workflow;
    private final Requester requester;
    private final AnswerReader reader;

    /** The form for this person. */
    public Form(Workflow workflow, Requester requester, FormLookups lookups) {
        this.workflow = workflow;
        this.requester = requester;
        this.reader = new AnswerReader(lookups);
    }

    /** The fields of a page whose conditions hold over the answers so far. */
    public List<Field> visible(int page, Map<String, ?> answers) {
        Pass pass = new Pass(answers);
        workflow.fields().forEach(pass::take);
        return workflow.pages().get(page).fields().stream().filter(pass.shown::contains).toList();
    }

    /** The text to show beneath a field, given the answers so far; nothing when it has none or cannot tell yet. */
    public Optional<String> note(Field field, Map<String, ?> answers) {
        Facts facts = Facts.of(soFar(answers), requester);
        return field.note().flatMap(note -> {
            try {
                return Optional.of(note.text(facts));
            } catch (ExpressionFailure _) {
                return Optional.empty();
            }
        });
    }

    /**
     * What is filled in beforehand, by field, for visible fields that have no answer yet. A default may build on the
     * answers and defaults before it. None is accepted unseen: {@link #check} knows only what is given to it.
     */
    public Map<String, Object> defaults(Map<String, ?> answers) {
        Map<String, Object> known = new LinkedHashMap<>(answers);
        Map<String, Object> defaults = new LinkedHashMap<>();
        for (Field field : workflow.fields()) {
            Facts facts = Facts.of(soFar(known), requester);
            if (!answered(answers, field) && shows(field, facts)) {
                initial(field, facts).ifPresent(value -> {
                    known.put(field.name(), value);
                    defaults.put(field.name(), value);
                });
            }
        }
        return Ordered.copy(defaults);
    }

    private static boolean answered(Map<String, ?> answers, Field field) {
        return answers.containsKey(field.name());
    }

    private static Optional<Object> initial(Field field, Facts facts) {
        return field.initial().flatMap(value -> {
            try {
                return value.find(facts);
            } catch (ExpressionFailure _) {
                return Optional.empty();
            }
        });
    }

    /** Fills fields from the words after a command: see {@link Prefill}. */
    public Prefill.Filled prefill(List<String> words) {
        return new Prefill(workflow.fields(), reader).fill(words);
    }

    /**
     * Fills the fields of what is to be changed from the words after a command. A word that a field knows takes the place of
     * what is there; any other goes into an empty text field, and overwrites nothing.
     *
     * @param current
     *            field to the answer that holds now
     * @param kept
     *            fields that a change leaves as they are
     */
    public Prefill.Filled prefill(List<String> words, Map<String, ?> current, Collection<String> kept) {
        return new Prefill(workflow.fields().stream().filter(field -> !kept.contains(field.name())).toList(), reader)
                .fill(words, field -> !current.containsKey(field.name()) || "".equals(current.get(field.name())));
    }

    /** Fills in what a form is opened for, where it has fields for that; by field. */
    public Map<String, Object> about(Optional<String> service, String text) {
        return new Prefill(workflow.fields(), reader).about(service, text);
    }

    /** Checks the whole form. */
    public Answers check(Map<String, ?> answers) {
        return check(workflow.pages().size() - 1, workflow.fields(), answers);
    }

    /**
     * Checks one page. What is accepted has the usable answers of the pages before it too, but errors are only those of
     * this page, since no other can show them.
     */
    public Answers checkPage(int page, Map<String, ?> answers) {
        return check(page, workflow.pages().get(page).fields(), answers);
    }

    private Answers check(int lastPage, List<Field> judged, Map<String, ?> answers) {
        Pass pass = new Pass(answers);
        workflow.pages().subList(0, lastPage + 1).forEach(page -> page.fields().forEach(pass::take));
        List<String> names = judged.stream().map(Field::name).toList();
        List<FieldError> errors = pass.errors.stream().filter(error -> names.contains(error.field())).toList();
        return errors.isEmpty() ? new Answers.Accepted(pass.typed) : new Answers.Rejected(errors);
    }

    private Map<String, Object> soFar(Map<String, ?> answers) {
        Pass pass = new Pass(answers);
        workflow.fields().forEach(pass::take);
        return pass.typed;
    }

    private static boolean shows(Field field, Facts facts) {
        return field.when().map(when -> {
            try {
                return when.test(facts);
            } catch (ExpressionFailure _) {
                return false;
            }
        }).orElse(true);
    }

    /** One way through the form, from the first field to the last; conditions only look back. */
    private final class Pass {
        private final Map<String, ?> answers;
        private final List<Field> shown = new ArrayList<>();
        private final Map<String, Object> typed = new LinkedHashMap<>();
        private final List<FieldError> errors = new ArrayList<>();

        Pass(Map<String, ?> answers) {
            this.answers = answers;
        }

        void take(Field field) {
            if (!shows(field, Facts.of(typed, requester))) {
                return;
            }
            shown.add(field);
            Object raw = answers.get(field.name());
            switch (raw == null ? new AnswerReader.Outcome.Nothing() : reader.read(field, raw)) {
                case AnswerReader.Outcome.Value(Object value) -> typed.put(field.name(), value);
                case AnswerReader.Outcome.Wrong(String message) -> errors.add(new FieldError(field.name(), message));
                case AnswerReader.Outcome.Nothing _ -> {
                    if (field.required()) {
                        errors.add(new FieldError(field.name(), missing(field)));
                    }
                }
            }
        }

        private static String missing(Field field) {
            return switch (field.type()) {
                case CHOICE, ENVIRONMENT, YES_NO -> "Choose one: this cannot be left open.";
                case MANY -> "Choose at least one: this cannot be left open.";
                case TEAM, SERVICE, PERSON -> "Pick one from the list: this cannot be left open.";
                case TEXT, MULTILINE, LINES, NUMBER, DURATION, DATE -> "Fill this in: it cannot be left empty.";
            };
        }
    }
}
