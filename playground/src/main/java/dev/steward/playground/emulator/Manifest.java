package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.page.InstalledApp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * The manifest that the app is installed from, as far as Slack holds the bot to it afterwards.
 *
 * @param scopes granted to the bot token
 * @param events subscribed to; no others are sent
 * @param app    what Slack's client offers of it
 */
record Manifest(Set<String> scopes, Set<String> events, InstalledApp app) {
    Manifest {
        scopes = Set.copyOf(scopes);
        events = Set.copyOf(events);
    }

    /** The bot's own {@code slack-manifest.yaml}, which the build puts beside this class. */
    static Manifest shipped() {
        try (InputStream in = Manifest.class.getResourceAsStream("slack-manifest.yaml")) {
            if (in == null) {
                throw new IllegalStateException("slack-manifest.yaml is not beside Manifest on the class path");
            }
            Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
            ObjectNode manifest = (ObjectNode) Json.tree(read);
            return new Manifest(texts(manifest.at("/oauth_config/scopes/bot")),
                    texts(manifest.at("/settings/event_subscriptions/bot_events")),
                    InstalledApp.of(manifest));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }
}
