package dev.steward.definitions;

import com.google.re2j.PatternSyntaxException;
import dev.steward.definitions.Field.Rules;
import java.math.BigDecimal;
import java.util.Optional;

/** Reads what a field's answers must satisfy. */
final class RuleReader {
    /** The longest text that Slack's input takes. */
    static final int MAX_TEXT = 3000;
    private static final int MAX_PATTERN = 500;

    private final Problems problems;

    RuleReader(Problems problems) {
        this.problems = problems;
    }

    Rules read(Section field, FieldType type) {
        Optional<BigDecimal> min = field.number("min");
        Optional<BigDecimal> max = field.number("max");
        refuseWhere(!type.isTyped() && type != FieldType.NUMBER, field, type, "min", "max");
        refuseWhere(!type.isTyped() && type != FieldType.LINES, field, type, "pattern");
        refuseWhere(type != FieldType.TEXT, field, type, "absent_from");
        if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
            problems.add(field.at("min"), "`min` of %s is above its `max`".formatted(field.words()),
                    "Exchange the two");
        }
        if (type.isTyped()) {
            refuseNoLength(field, "min", min);
            refuseNoLength(field, "max", max);
        }
        if (field.has("pattern_hint") && !field.has("pattern")) {
            problems.add(field.at("pattern_hint"), "%s has a `pattern_hint` and no `pattern`".formatted(field.words()),
                    "Add the pattern, or call it `hint`");
        }
        return new Rules(pattern(field), field.text("pattern_hint", MAX_PATTERN).orElse(""), min, max,
                absentFromCatalog(field));
    }

    private void refuseWhere(boolean useless, Section field, FieldType type, String... keys) {
        for (String key : keys) {
            if (useless && field.has(key)) {
                problems.add(field.at(key), "`%s` means nothing for a field of type `%s`".formatted(key, type.text()),
                        "Remove it");
            }
        }
    }

    private void refuseNoLength(Section field, String key, Optional<BigDecimal> value) {
        boolean wrong = value.filter(v -> v.stripTrailingZeros().scale() > 0 || v.signum() < 0
                || v.compareTo(BigDecimal.valueOf(MAX_TEXT)) > 0).isPresent();
        if (wrong) {
            problems.add(field.at(key), "%s is no length of a text".formatted(field.place(key)),
                    "Write a whole number from 0 to %d".formatted(MAX_TEXT));
        }
    }

    private Optional<Field.Pattern> pattern(Section field) {
        return field.text("pattern", MAX_PATTERN).flatMap(source -> {
            try {
                return Optional.of(new Field.Pattern(source));
            } catch (PatternSyntaxException e) {
                problems.add(field.at("pattern"), "%s is no regular expression: %s".formatted(field.place("pattern"),
                        e.getDescription()), "Correct it; the syntax is RE2's, as in Terraform");
                return Optional.empty();
            }
        });
    }

    private boolean absentFromCatalog(Section field) {
        return field.text("absent_from", MAX_PATTERN).filter(text -> {
            if (!text.equals("catalog")) {
                problems.add(field.at("absent_from"), "%s is `%s`".formatted(field.place("absent_from"), text),
                        "Write `catalog`, the only thing that a name can be absent from");
            }
            return text.equals("catalog");
        }).isPresent();
    }
}
