package dev.steward.playground.emulator.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * What the app's manifest has Slack's client offer.
 *
 * @param commands  as in the manifest, each with a hint and a description
 * @param shortcuts as in the manifest, each with its type and name
 * @param homeTab   whether the app has a home tab
 * @param writable  whether people can write to the app in its direct message
 */
public record InstalledApp(ArrayNode commands, ArrayNode shortcuts, boolean homeTab, boolean writable) {
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
}
