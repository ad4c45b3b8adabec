package dev.steward.playground.emulator.blockkit;

import static dev.steward.playground.emulator.blockkit.ObjectSchema.object;
import static dev.steward.playground.emulator.blockkit.ObjectSchema.typed;
import static dev.steward.playground.emulator.blockkit.Schema.array;
import static dev.steward.playground.emulator.blockkit.Schema.bool;
import static dev.steward.playground.emulator.blockkit.Schema.byType;
import static dev.steward.playground.emulator.blockkit.Schema.oneOf;
import static dev.steward.playground.emulator.blockkit.Schema.string;
import static dev.steward.playground.emulator.blockkit.Schema.union;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Composition objects: texts, options, option groups, confirmation dialogs. */
final class Composition {
    static final Schema ID = string(1, 255);
    static final Schema CONFIRM = object().required("title", plain(100)).required("text", text(300))
            .required("confirm", plain(30)).required("deny", plain(30)).optional("style", oneOf("primary", "danger"));
    static final Schema SELECT_OPTION = object().required("text", plain(75)).required("value", string(1, 150))
            .optional("description", plain(75));
    static final Schema OVERFLOW_OPTION = object().required("text", plain(75)).required("value", string(1, 150))
            .optional("description", plain(75)).optional("url", string(1, 3000));
    /** Options of checkboxes and radio buttons may use mrkdwn. */
    static final Schema TICK_OPTION = object().required("text", text(75)).required("value", string(1, 150))
            .optional("description", text(75));
    static final Schema OPTION_GROUP = object().required("label", plain(75)).required("options",
            array(SELECT_OPTION, 1, 100));

    private Composition() {}

    static Schema plain(int max) {
        return typed("plain_text").required("text", string(1, max)).optional("emoji", bool());
    }

    /** Plain text or mrkdwn. */
    static Schema text(int max) {
        return union(byType(Map.of("plain_text", plain(max), "mrkdwn",
                typed("mrkdwn").required("text", string(1, max)).optional("verbatim", bool()))));
    }

    /** Exactly one of {@code options} and {@code option_groups}. */
    static void optionsOrGroups(JsonNode node, String at, List<Problem> problems) {
        if (node.has("options") == node.has("option_groups")) {
            problems.add(new Problem("must define either `options` or `option_groups`", at));
        }
    }

    /** Each initial option is, property for property, one of those offered. */
    static void initialAmongOffered(JsonNode node, String at, List<Problem> problems) {
        Set<JsonNode> offered = new HashSet<>(BlockKit.offeredOptions(node));
        if (node.has("initial_option") && !offered.contains(node.get("initial_option"))) {
            problems.add(new Problem("must match one of the given options", at + "/initial_option"));
        }
        for (int i = 0; i < node.path("initial_options").size(); i++) {
            if (!offered.contains(node.get("initial_options").get(i))) {
                problems.add(new Problem("must match one of the given options", at + "/initial_options/" + i));
            }
        }
    }
}
