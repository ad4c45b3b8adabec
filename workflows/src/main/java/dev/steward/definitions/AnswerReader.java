package dev.steward.definitions;

import dev.steward.definitions.Field.Rules;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Reads one raw answer as its field's type. Raw is what a form or a command line gives: text, a list of texts, a truth
 * value or a number; an already typed answer reads as itself.
 */
final class AnswerReader {
    private static final int MAX_ECHO = 60;
    private static final int MAX_MEMBERS = 100;

    private final FormLookups lookups;

    AnswerReader(FormLookups lookups) {
        this.lookups = lookups;
    }

    /** An answer, none, or what is wrong with it. */
    sealed interface Outcome {
        /** Of the field's type. */
        record Value(Object value) implements Outcome {}

        /** Left empty. */
        record Nothing() implements Outcome {}

        /** For the person who answered. */
        record Wrong(String message) implements Outcome {}
    }

    Outcome read(Field field, Object raw) {
        if (field.type().isList()) {
            return list(field, raw);
        }
        String text = cleaned(raw, field.type());
        if (text.isEmpty()) {
            return new Outcome.Nothing();
        }
        Optional<String> refused = unprintable(text);
        return refused.isPresent() ? new Outcome.Wrong(refused.get()) : single(field, text);
    }

    private Outcome single(Field field, String text) {
        return switch (field.type()) {
            case TEXT, MULTILINE -> text(field, text);
            case NUMBER -> number(field, text);
            case YES_NO -> yesNo(field, text);
            case CHOICE, ENVIRONMENT -> choice(field, text);
            case TEAM -> existing(field, text, lookups.teamExists(), "team");
            case SERVICE -> existing(field, text, lookups.entityExists(), "service");
            case PERSON -> existing(field, text, lookups.personExists(), "person");
            case DURATION -> Durations.parse(text.toLowerCase(Locale.ROOT)).isPresent()
                    ? new Outcome.Value(text.toLowerCase(Locale.ROOT))
                    : wrong(field, text, "use days, hours or minutes, for example `3d`, `4h` or `30m`");
            case DATE -> date(text).<Outcome>map(date -> new Outcome.Value(date.toString()))
                    .orElseGet(() -> wrong(field, text, "use year, month and day, for example `2026-11-20`"));
            case MANY, LINES -> throw new IllegalStateException("read as a list");
        };
    }

    private Outcome text(Field field, String text) {
        int length = text.codePointCount(0, text.length());
        Rules rules = field.rules();
        int min = rules.min().map(BigDecimal::intValueExact).orElse(0);
        int max = rules.max().map(BigDecimal::intValueExact).orElse(RuleReader.MAX_TEXT);
        if (rules.pattern().filter(pattern -> !pattern.matches(text)).isPresent()) {
            return wrong(field, text, patternInWords(field));
        }
        if (length < min || length > max) {
            return new Outcome.Wrong("That is %d characters long: use %s.".formatted(length,
                    range(Integer.toString(min), Integer.toString(max), min == 0) + " characters"));
        }
        if (rules.absentFromCatalog() && lookups.nameTaken().test(text)) {
            return new Outcome.Wrong("%s is taken: choose another name, or look at who has it with `/owner %s`."
                    .formatted(echo(field, text), field.sensitive() ? "" : shortened(text)));
        }
        return new Outcome.Value(text);
    }

    private static String range(String min, String max, boolean noMin) {
        return noMin ? "at most " + max : min + " to " + max;
    }

    private static String patternInWords(Field field) {
        String hint = field.rules().patternHint().isEmpty() ? field.hint() : field.rules().patternHint();
        if (hint.isEmpty()) {
            return "it must match `%s`".formatted(field.rules().pattern().map(Field.Pattern::source).orElse(""));
        }
        boolean acronym = hint.length() > 1 && Character.isUpperCase(hint.charAt(1));
        String start = acronym ? hint.substring(0, 1) : hint.substring(0, 1).toLowerCase(Locale.ROOT);
        return start + hint.substring(1).replaceFirst("\\.$", "");
    }

    private static Outcome number(Field field, String text) {
        Optional<BigDecimal> number = decimal(text);
        if (number.isEmpty()) {
            return wrong(field, text, "use a number, for example `3`");
        }
        Rules rules = field.rules();
        boolean outside = rules.min().filter(min -> number.get().compareTo(min) < 0).isPresent()
                || rules.max().filter(max -> number.get().compareTo(max) > 0).isPresent();
        return outside ? wrong(field, text, "use a number " + bounds(rules)) : new Outcome.Value(plain(number.get()));
    }

    /** Numbers within what {@code Long} and {@code Double} hold: more than anybody types on purpose. */
    static Optional<BigDecimal> decimal(String text) {
        try {
            return Optional.of(text).filter(t -> t.length() <= 18).map(BigDecimal::new)
                    .filter(number -> Math.abs(number.scale()) <= 18);
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Object plain(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0 && number.abs().compareTo(BigDecimal.valueOf(1L << 53)) <= 0
                ? (Object) number.longValue()
                : (Object) number.doubleValue();
    }

    private static String bounds(Rules rules) {
        Optional<String> min = rules.min().map(BigDecimal::toPlainString);
        Optional<String> max = rules.max().map(BigDecimal::toPlainString);
        return min.isPresent() && max.isPresent()
                ? "from %s to %s".formatted(min.get(), max.get())
                : min.map(m -> "of at least " + m).or(() -> max.map(m -> "of at most " + m)).orElse("");
    }

    private static Outcome yesNo(Field field, String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "yes", "true" -> new Outcome.Value(true);
            case "no", "false" -> new Outcome.Value(false);
            default -> wrong(field, text, "answer `yes` or `no`");
        };
    }

    private static Outcome choice(Field field, String text) {
        return field.option(text).<Outcome>map(option -> new Outcome.Value(option.value()))
                .orElseGet(() -> wrong(field, text, "choose " + optionsInWords(field)));
    }

    private static String optionsInWords(Field field) {
        String first = field.options().stream().limit(8).map(option -> "`" + option.value() + "`")
                .collect(Collectors.joining(", "));
        return field.options().size() > 8 ? "one of the options, such as " + first : "one of " + first;
    }

    private static Outcome existing(Field field, String text, Predicate<String> exists, String kind) {
        String name = exists.test(text) ? text : text.toLowerCase(Locale.ROOT);
        return exists.test(name)
                ? new Outcome.Value(name)
                : new Outcome.Wrong(
                        "There is no %s %s in the catalog: pick one from the list, which searches as you type."
                                .formatted(kind, echo(field, text)));
    }

    static Optional<LocalDate> date(String text) {
        try {
            return Optional.of(LocalDate.parse(text));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }

    private Outcome list(Field field, Object raw) {
        List<String> members = new ArrayList<>();
        for (Object member : raw instanceof List<?> list
                ? list
                : List.of((Object[]) String.valueOf(raw).split("\\R"))) {
            String text = cleaned(String.valueOf(member), FieldType.TEXT);
            if (text.isEmpty()) {
                continue;
            }
            Optional<String> refused = unprintable(text);
            Outcome read = refused.isPresent()
                    ? new Outcome.Wrong(refused.get())
                    : field.type() == FieldType.MANY ? choice(field, text) : text(field, text);
            switch (read) {
                case Outcome.Value(Object value) -> members.add(value.toString());
                case Outcome.Wrong wrong -> {
                    return wrong;
                }
                case Outcome.Nothing _ -> {
                }
            }
        }
        if (members.size() > MAX_MEMBERS) {
            return new Outcome.Wrong("Those are %d: use at most %d.".formatted(members.size(), MAX_MEMBERS));
        }
        return members.isEmpty() ? new Outcome.Nothing() : new Outcome.Value(ordered(field, members));
    }

    private static List<String> ordered(Field field, List<String> members) {
        return field.type() == FieldType.MANY
                ? field.options().stream().map(Field.Option::value).filter(members::contains).toList()
                : List.copyOf(members);
    }

    private static String cleaned(Object raw, FieldType type) {
        String text = String.valueOf(raw).strip();
        return type == FieldType.MULTILINE ? text.replace("\r\n", "\n").replace('\r', '\n') : text;
    }

    /** Characters that cannot be seen, among them those that turn the direction of writing. */
    private static Optional<String> unprintable(String text) {
        return text.codePoints().filter(c -> (Character.isISOControl(c) && c != '\n' && c != '\t') || isDirection(c))
                .boxed().findFirst()
                .map(c -> "There is a character in it that cannot be seen (U+%04X): remove it, or type the text anew."
                        .formatted(c));
    }

    private static boolean isDirection(int c) {
        return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
    }

    private static Outcome wrong(Field field, String text, String right) {
        return new Outcome.Wrong("%s is not possible: %s.".formatted(echo(field, text), right));
    }

    private static String echo(Field field, String text) {
        return field.sensitive() ? "That" : "`" + shortened(text) + "`";
    }

    private static String shortened(String text) {
        String oneLine = text.replace('`', '\'').replace('\n', ' ').replace('\t', ' ');
        int end = oneLine.offsetByCodePoints(0, Math.min(MAX_ECHO, oneLine.codePointCount(0, oneLine.length())));
        return end < oneLine.length() ? oneLine.substring(0, end) + "..." : oneLine;
    }
}
