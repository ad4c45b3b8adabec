package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.definitions.Field;
import dev.steward.definitions.FieldType;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The element in which a field is answered. */
final class FieldElement {
    private static final int TEXT_MAX = 3000;
    private static final int FEW_OPTIONS = 5;
    private static final int BOXES_MAX = 10;

    private FieldElement() {}

    /**
     * The element.
     *
     * @param answer
     *            what is filled in: raw or typed
     */
    static Map<String, Object> of(Field field, Optional<Object> answer) {
        Optional<Object> shown = answer.filter(value -> !field.sensitive() && !value.equals(""));
        return switch (field.type()) {
            case TEXT -> text(field, shown, false, "");
            case MULTILINE, LINES -> text(field, shown, true, "");
            case DURATION -> text(field, shown, false, "For example 3d, 4h or 30m");
            case NUMBER -> number(field, shown);
            case DATE -> dated(element("datepicker", field), shown);
            case YES_NO -> oneOf(field, List.of(new Field.Option("yes", "Yes", ""), new Field.Option("no", "No", "")),
                    shown.map(value -> value.equals(true) || value.equals("yes") ? "yes" : "no"));
            case CHOICE, ENVIRONMENT -> oneOf(field, field.options(), shown.map(String::valueOf));
            case MANY -> several(field, shown);
            case TEAM, SERVICE, PERSON -> searched(field, shown);
        };
    }

    private static Map<String, Object> text(Field field, Optional<Object> answer, boolean lines, String placeholder) {
        Map<String, Object> element = element("plain_text_input", field);
        element.put("multiline", lines);
        int wanted = field.type() == FieldType.TEXT || field.type() == FieldType.MULTILINE
                ? field.rules().max().map(BigDecimal::intValue).orElse(TEXT_MAX)
                : TEXT_MAX;
        int max = Math.clamp(wanted, 1, TEXT_MAX);
        element.put("max_length", max);
        // Slack refuses the whole form for a text that is longer than its field takes.
        answer.map(FieldElement::lines).filter(text -> text.length() <= max)
                .ifPresent(text -> element.put("initial_value", text));
        if (!placeholder.isEmpty()) {
            element.put("placeholder", Blocks.plain(placeholder, 150));
        }
        return element;
    }

    private static Map<String, Object> number(Field field, Optional<Object> answer) {
        Map<String, Object> element = element("number_input", field);
        element.put("is_decimal_allowed", true);
        answer.map(String::valueOf).filter(text -> text.matches("-?\\d{1,15}(\\.\\d{1,15})?"))
                .ifPresent(text -> element.put("initial_value", text));
        return element;
    }

    private static Map<String, Object> dated(Map<String, Object> element, Optional<Object> answer) {
        answer.map(String::valueOf).filter(text -> text.matches("\\d{4}-\\d{2}-\\d{2}"))
                .ifPresent(text -> element.put("initial_date", text));
        return element;
    }

    private static Map<String, Object> oneOf(Field field, List<Field.Option> options, Optional<String> answer) {
        String type = options.size() <= FEW_OPTIONS ? "radio_buttons" : "static_select";
        Map<String, Object> element = element(type, field);
        element.put("options", options.stream().limit(100).map(FieldElement::option).toList());
        options.stream().filter(o -> answer.filter(o.value()::equals).isPresent()).findFirst()
                .ifPresent(o -> element.put("initial_option", option(o)));
        return element;
    }

    private static Map<String, Object> several(Field field, Optional<Object> answer) {
        String type = field.options().size() <= BOXES_MAX ? "checkboxes" : "multi_static_select";
        Map<String, Object> element = element(type, field);
        element.put("options", field.options().stream().limit(100).map(FieldElement::option).toList());
        List<?> chosen = answer.map(value -> value instanceof List<?> list ? list : List.of(value)).orElse(List.of());
        List<Map<String, Object>> initial = field.options().stream().filter(o -> chosen.contains(o.value()))
                .map(FieldElement::option).toList();
        if (!initial.isEmpty()) {
            element.put("initial_options", initial);
        }
        return element;
    }

    private static Map<String, Object> searched(Field field, Optional<Object> answer) {
        Map<String, Object> element = element("external_select", field);
        element.put("min_query_length", 1);
        element.put("placeholder", Blocks.plain("Type to search", 150));
        answer.map(String::valueOf).filter(name -> name.length() <= 150)
                .ifPresent(name -> element.put("initial_option", Blocks.option(name, name)));
        return element;
    }

    private static Map<String, Object> element(String type, Field field) {
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("type", type);
        element.put("action_id", FormModal.ANSWER + ":" + field.type().text() + ":" + field.name());
        return element;
    }

    private static Map<String, Object> option(Field.Option option) {
        return Blocks.option(option.value(), option.label(), option.description());
    }

    private static String lines(Object value) {
        return value instanceof List<?> list
                ? String.join("\n", list.stream().map(String::valueOf).toList())
                : String.valueOf(value);
    }
}
