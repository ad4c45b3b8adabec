package dev.steward.playground.emulator.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What the app's manifest has Slack's client offer.
 *
 * @param commands  as in the manifest, each with a hint and a description
 * @param shortcuts as in the manifest, each with its type and name
 * @param homeTab   whether the app has a home tab
 * @param writable  whether people can write to the app in its direct message
 */
public record InstalledApp(ArrayNode commands, ArrayNode shortcuts, boolean homeTab, boolean writable) {
    private static final int SHORTCUTS = 10;
    private static final int NAME = 24;
    private static final int DESCRIPTION = 150;
    private static final int CALLBACK_ID = 255;

    /** Reads a manifest. */
    public static InstalledApp of(ObjectNode manifest) {
        return new InstalledApp(manifest.at("/features").withArray("slash_commands"),
                manifest.at("/features").withArray("shortcuts"),
                manifest.at("/features/app_home/home_tab_enabled").asBoolean(),
                !manifest.at("/features/app_home/messages_tab_read_only_enabled").asBoolean());
    }

    /** Whether that is a command of the app, with its slash. */
    public boolean offers(String command) {
        return commands.valueStream().anyMatch(one -> one.path("command").asText().equals(command));
    }

    /** Whether the app has that shortcut, {@code global} or on a {@code message}. */
    public boolean offers(String type, String callbackId) {
        return shortcuts.valueStream().anyMatch(one -> one.path("type").asText().equals(type)
                && one.path("callback_id").asText().equals(callbackId));
    }

    /** What Slack would not take (docs.slack.dev/reference/app-manifest). */
    public List<String> problems() {
        List<String> problems = new ArrayList<>();
        if (shortcuts.size() > SHORTCUTS) {
            problems.add("an app has at most " + SHORTCUTS + " shortcuts");
        }
        Set<String> ids = new HashSet<>();
        shortcuts.forEach(one -> {
            String id = one.path("callback_id").asText();
            check(problems, Set.of("global", "message").contains(one.path("type").asText()),
                    "the type of a shortcut is global or message");
            check(problems, within(one.path("name").asText(), NAME),
                    "the name of a shortcut has 1 to " + NAME + " characters");
            check(problems, within(one.path("description").asText(), DESCRIPTION),
                    "the description of a shortcut has 1 to " + DESCRIPTION + " characters");
            check(problems, within(id, CALLBACK_ID), "the callback_id of a shortcut has 1 to " + CALLBACK_ID
                    + " characters");
            check(problems, ids.add(id), "the callback_id " + id + " is there twice");
        });
        return problems;
    }

    private static void check(List<String> problems, boolean good, String otherwise) {
        if (!good) {
            problems.add(otherwise);
        }
    }

    private static boolean within(String text, int most) {
        return !text.isEmpty() && text.length() <= most;
    }
}
