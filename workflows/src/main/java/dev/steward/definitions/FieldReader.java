package dev.steward.definitions;

import dev.steward.definitions.ExpressionReader.Read;
import dev.steward.definitions.Field.Option;
import dev.steward.definitions.Field.Rules;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;

/** Reads one field of a form. */
final class FieldReader {
    private static final List<String> KEYS = List.of("name", "type", "label", "hint", "required", "default", "pattern",
            "pattern_hint", "min", "max", "options", "absent_from", "when", "note", "sensitive");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    /** CEL's reserved words, which cannot follow a dot: https://github.com/google/cel-spec/blob/master/doc/langdef.md */
    private static final Set<String> RESERVED = Set.of("in", "true", "false", "null", "as", "break", "const",
            "continue",
            "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void",
            "while");
    private static final int MAX_LABEL = 2000;

    private final Problems problems;
    private final ExpressionReader expressions;
    private final Scope form;
    private final Set<String> secrets;

    /**
     * A reader of the fields of one form.
     *
     * @param secrets
     *            names of its sensitive fields
     */
    FieldReader(Problems problems, ExpressionLanguage language, Scope form, Set<String> secrets) {
        this.problems = problems;
        this.expressions = new ExpressionReader(problems, language, Map.of());
        this.form = form;
        this.secrets = Set.copyOf(secrets);
    }

    /** The field; nothing when it has no usable name or type. */
    Optional<Field> read(Node node) {
        String words = "field `%s`".formatted(Section.peek(node, "name").orElse("?"));
        return Section.of(problems, node, words, KEYS).flatMap(this::read);
    }

    private Optional<Field> read(Section field) {
        Optional<String> name = name(field);
        Optional<FieldType> type = type(field);
        return name.isEmpty() || type.isEmpty() ? Optional.empty() : Optional.of(read(field, name.get(), type.get()));
    }

    private Field read(Section field, String name, FieldType type) {
        Scope earlier = form.before(name);
        List<Option> options = new OptionReader(problems).read(field, type);
        Rules rules = new RuleReader(problems).read(field, type);
        String label = field.text("label", MAX_LABEL).orElseGet(() -> humanised(name));
        String hint = field.text("hint", MAX_LABEL).orElse("");
        boolean required = field.flag("required").orElse(true);
        boolean sensitive = field.flag("sensitive").orElse(false);
        Optional<Expression> when = condition(field, earlier);
        Optional<Expression> note = note(field, form);
        Optional<Expression> initial = initial(field, type, options, earlier);
        if (sensitive && initial.isPresent()) {
            problems.add(field.at("default"), "%s is sensitive and has a default".formatted(field.words()),
                    "Remove one of the two: a default can be read by everybody who may ask");
        }
        return new Field(name, type, label, hint, required, initial, rules, options, when, note, sensitive);
    }

    private Optional<String> name(Section field) {
        field.required("name", "name: service");
        return field.text("name", 200).filter(name -> {
            boolean usable = NAME.matcher(name).matches() && !RESERVED.contains(name);
            if (!usable) {
                problems.add(field.at("name"), "`%s` cannot be the name of a field".formatted(name),
                        "Use lower case, digits and `_`, starting with a letter, and no word of the expression language");
            }
            return usable;
        });
    }

    private Optional<FieldType> type(Section field) {
        field.required("type", "type: text");
        return field.text("type", 200).flatMap(text -> {
            Optional<FieldType> type = FieldType.parse(text);
            if (type.isEmpty()) {
                problems.add(field.at("type"), "`%s` is no type of field".formatted(text),
                        Nearest.to(text, FieldType.names()).map(near -> "Perhaps `%s` is meant".formatted(near))
                                .orElse("Known are: " + String.join(", ", FieldType.names())));
            }
            return type;
        });
    }

    private Optional<Expression> condition(Section field, Scope earlier) {
        return field.node("when")
                .flatMap(node -> expressions.expression(node, field.place("when"), earlier, Wanted.TRUTH))
                .map(Read::expression);
    }

    private Optional<Expression> note(Section field, Scope all) {
        return field.node("note").flatMap(node -> expressions.expression(node, field.place("note"), all, Wanted.TEXT))
                .map(read -> shown(field, "note", read));
    }

    /** What stands in the form may follow no secret: whoever sees the form sees it, and Slack has it. */
    private Expression shown(Section field, String key, Read read) {
        read.names().fieldsRead().stream().filter(secrets::contains).forEach(name -> problems.add(field.at(key),
                "%s reads `form.%s`, which is sensitive".formatted(field.place(key), name),
                "Leave it out: it would be shown in the form; `has(form.%s)` may be asked".formatted(name)));
        return read.expression();
    }

    private Optional<Expression> initial(Section field, FieldType type, List<Option> options, Scope earlier) {
        return field.node("default")
                .flatMap(node -> expressions.value(node, field.place("default"), earlier, Wanted.answerOf(type)))
                .map(read -> shown(field, "default", read)).filter(value -> {
                    Optional<String> wrong = value.literal().flatMap(literal -> misfit(literal, type, options));
                    wrong.ifPresent(whatToDo -> problems.add(field.at("default"),
                            "%s is `%s`".formatted(field.place("default"), value.source()), whatToDo));
                    return wrong.isEmpty();
                });
    }

    /** What the literal should have been. */
    private static Optional<String> misfit(Object literal, FieldType type, List<Option> options) {
        List<?> chosen = literal instanceof List<?> list ? list : List.of(literal);
        List<String> values = options.stream().map(Option::value).toList();
        boolean fits = switch (type) {
            case CHOICE, MANY, ENVIRONMENT -> values.containsAll(chosen);
            case DURATION -> Durations.parse(literal.toString()).isPresent();
            case DATE -> AnswerReader.date(literal.toString()).isPresent();
            case TEXT, MULTILINE, LINES, NUMBER, YES_NO, PERSON, TEAM, SERVICE -> true;
        };
        return fits ? Optional.empty() : Optional.of(switch (type) {
            case DURATION -> "Write days, hours or minutes, as in `3d`, `4h` or `30m`";
            case DATE -> "Write year, month and day, as in `2026-11-20`";
            default -> "Use one of the options: " + String.join(", ", values);
        });
    }

    /** {@code data_class} to {@code Data class}. */
    static String humanised(String name) {
        String words = name.replace('_', ' ').strip();
        return words.isEmpty() ? name : Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
