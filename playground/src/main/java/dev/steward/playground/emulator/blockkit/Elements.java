package dev.steward.playground.emulator.blockkit;

import static dev.steward.playground.emulator.blockkit.Composition.CONFIRM;
import static dev.steward.playground.emulator.blockkit.Composition.ID;
import static dev.steward.playground.emulator.blockkit.Composition.OPTION_GROUP;
import static dev.steward.playground.emulator.blockkit.Composition.OVERFLOW_OPTION;
import static dev.steward.playground.emulator.blockkit.Composition.SELECT_OPTION;
import static dev.steward.playground.emulator.blockkit.Composition.TICK_OPTION;
import static dev.steward.playground.emulator.blockkit.Composition.plain;
import static dev.steward.playground.emulator.blockkit.Schema.array;
import static dev.steward.playground.emulator.blockkit.Schema.bool;
import static dev.steward.playground.emulator.blockkit.Schema.integer;
import static dev.steward.playground.emulator.blockkit.Schema.matching;
import static dev.steward.playground.emulator.blockkit.Schema.oneOf;
import static dev.steward.playground.emulator.blockkit.Schema.string;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** The interactive elements and the limits of each (docs.slack.dev/reference/block-kit/block-elements). */
final class Elements {
    private static final Schema SLACK_ID = matching("[A-Z][A-Z0-9]{2,20}");
    private static final Schema DISPATCH = ObjectSchema.object().required("trigger_actions_on",
            array(oneOf("on_enter_pressed", "on_character_entered"), 1, 2));
    /** Longer ones are not compared: that would take a while. */
    private static final int LONGEST_NUMBER = 1000;
    private static final Set<String> TYPED_BY_HAND = Set.of("plain_text_input", "number_input", "email_text_input",
            "url_text_input");
    private static final Map<String, Schema> ALL = table();

    private Elements() {}

    /** Elements that may stand in an {@code actions} block. */
    static Map<String, Schema> inActions() {
        return without(type -> type.startsWith("multi_") || TYPED_BY_HAND.contains(type));
    }

    /** Elements that may stand beside a {@code section}, without the image. */
    static Map<String, Schema> besideSection() {
        return without(type -> TYPED_BY_HAND.contains(type) || type.equals("datetimepicker"));
    }

    /** Elements that may stand in an {@code input} block. */
    static Map<String, Schema> inInput() {
        return without(type -> type.equals("button") || type.equals("overflow"));
    }

    private static Map<String, Schema> without(Predicate<String> excluded) {
        Map<String, Schema> kept = new LinkedHashMap<>(ALL);
        kept.keySet().removeIf(excluded);
        return kept;
    }

    private static Map<String, Schema> table() {
        Map<String, Schema> all = new LinkedHashMap<>();
        all.put("button", ObjectSchema.typed("button").required("text", plain(75)).optional("action_id", ID)
                .optional("url", string(1, 3000)).optional("value", string(1, 2000))
                .optional("style", oneOf("primary", "danger")).optional("confirm", CONFIRM)
                .optional("accessibility_label", string(1, 75)));
        all.put("overflow", ObjectSchema.typed("overflow").optional("action_id", ID)
                .required("options", array(OVERFLOW_OPTION, 1, 5)).optional("confirm", CONFIRM));
        addSelects(all);
        addTicks(all);
        addPickers(all);
        addTextInputs(all);
        return all;
    }

    private static void addSelects(Map<String, Schema> all) {
        all.put("static_select", optionList(select("static_select")).optional("initial_option", SELECT_OPTION)
                .rule(Composition::initialAmongOffered));
        all.put("multi_static_select", optionList(multi("multi_static_select"))
                .optional("initial_options", array(SELECT_OPTION, 1, 100)).rule(Composition::initialAmongOffered));
        all.put("external_select", select("external_select").optional("initial_option", SELECT_OPTION)
                .optional("min_query_length", integer(0, Integer.MAX_VALUE)));
        all.put("multi_external_select", multi("multi_external_select")
                .optional("initial_options", array(SELECT_OPTION, 1, 100))
                .optional("min_query_length", integer(0, Integer.MAX_VALUE)));
        all.put("users_select", select("users_select").optional("initial_user", SLACK_ID));
        all.put("multi_users_select",
                multi("multi_users_select").optional("initial_users", array(SLACK_ID, 1, 100)));
        all.put("channels_select", select("channels_select").optional("initial_channel", SLACK_ID)
                .optional("response_url_enabled", bool()));
        Schema filter = ObjectSchema.object()
                .optional("include", array(oneOf("im", "mpim", "private", "public"), 1, 4))
                .optional("exclude_external_shared_channels", bool()).optional("exclude_bot_users", bool());
        all.put("conversations_select", select("conversations_select").optional("initial_conversation", SLACK_ID)
                .optional("default_to_current_conversation", bool()).optional("response_url_enabled", bool())
                .optional("filter", filter));
    }

    private static void addTicks(Map<String, Schema> all) {
        all.put("checkboxes", base("checkboxes").required("options", array(TICK_OPTION, 1, 10))
                .optional("initial_options", array(TICK_OPTION, 1, 10)).rule(Composition::initialAmongOffered));
        all.put("radio_buttons", base("radio_buttons").required("options", array(TICK_OPTION, 1, 10))
                .optional("initial_option", TICK_OPTION).rule(Composition::initialAmongOffered));
    }

    private static void addPickers(Map<String, Schema> all) {
        all.put("datepicker", base("datepicker").optional("placeholder", plain(150)).optional("initial_date",
                matching("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])")));
        all.put("timepicker",
                base("timepicker").optional("placeholder", plain(150)).optional("timezone", string(1, 100))
                        .optional("initial_time", matching("([01]\\d|2[0-3]):[0-5]\\d")));
        all.put("datetimepicker",
                base("datetimepicker").optional("initial_date_time", integer(1_000_000_000L, 9_999_999_999L)));
    }

    private static void addTextInputs(Map<String, Schema> all) {
        all.put("plain_text_input", typing("plain_text_input").optional("initial_value", string(0, 3000))
                .optional("multiline", bool()).optional("min_length", integer(0, 3000))
                .optional("max_length", integer(1, 3000)).rule(Elements::lengthsInOrder));
        all.put("number_input", typing("number_input").required("is_decimal_allowed", bool())
                .optional("initial_value", matching("-?\\d+(\\.\\d+)?"))
                .optional("min_value", matching("-?\\d+(\\.\\d+)?")).optional("max_value", matching("-?\\d+(\\.\\d+)?"))
                .rule(Elements::boundsInOrder));
        all.put("email_text_input", typing("email_text_input").optional("initial_value", string(0, 3000)));
        all.put("url_text_input", typing("url_text_input").optional("initial_value", string(0, 3000)));
    }

    private static ObjectSchema base(String type) {
        return ObjectSchema.typed(type).optional("action_id", ID).optional("confirm", CONFIRM)
                .optional("focus_on_load", bool());
    }

    private static ObjectSchema select(String type) {
        return base(type).optional("placeholder", plain(150));
    }

    private static ObjectSchema multi(String type) {
        return select(type).optional("max_selected_items", integer(1, Integer.MAX_VALUE));
    }

    private static ObjectSchema optionList(ObjectSchema schema) {
        return schema.optional("options", array(SELECT_OPTION, 1, 100))
                .optional("option_groups", array(OPTION_GROUP, 1, 100)).rule(Composition::optionsOrGroups);
    }

    private static ObjectSchema typing(String type) {
        return ObjectSchema.typed(type).optional("action_id", ID).optional("placeholder", plain(150))
                .optional("focus_on_load", bool()).optional("dispatch_action_config", DISPATCH);
    }

    private static void lengthsInOrder(JsonNode node, String at, List<Problem> problems) {
        if (node.has("min_length") && node.has("max_length")
                && node.get("min_length").asInt() > node.get("max_length").asInt()) {
            problems.add(new Problem("must be less than or equal to `max_length`", at + "/min_length"));
        }
    }

    private static void boundsInOrder(JsonNode node, String at, List<Problem> problems) {
        Optional<BigDecimal> max = number(node, "max_value");
        if (number(node, "min_value").filter(min -> max.isPresent() && min.compareTo(max.get()) > 0).isPresent()) {
            problems.add(new Problem("must be less than or equal to `max_value`", at + "/min_value"));
        }
    }

    private static Optional<BigDecimal> number(JsonNode node, String field) {
        String text = node.path(field).asText();
        return text.length() <= LONGEST_NUMBER && text.matches("-?\\d+(\\.\\d+)?")
                ? Optional.of(new BigDecimal(text))
                : Optional.empty();
    }
}
