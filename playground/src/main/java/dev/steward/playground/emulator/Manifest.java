package dev.steward.playground.emulator;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.page.InstalledApp;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
    private static final Set<String> CONVERSATIONS = Set.of("channels:read", "groups:read", "im:read", "mpim:read");
    /** Any one of these scopes lets an app subscribe (docs.slack.dev/reference/events). */
    private static final Map<String, Set<String>> EVENT_SCOPES = Map.ofEntries(entry("app_home_opened", Set.of()),
            entry("app_mention", Set.of("app_mentions:read")), entry("app_uninstalled", Set.of()),
            entry("tokens_revoked", Set.of()), entry("message.channels", Set.of("channels:history")),
            entry("message.groups", Set.of("groups:history")), entry("message.im", Set.of("im:history")),
            entry("message.mpim", Set.of("mpim:history")), entry("reaction_added", Set.of("reactions:read")),
            entry("reaction_removed", Set.of("reactions:read")), entry("pin_added", Set.of("pins:read")),
            entry("pin_removed", Set.of("pins:read")),
            entry("member_joined_channel", Set.of("channels:read", "groups:read")),
            entry("member_left_channel", Set.of("channels:read", "groups:read")),
            entry("channel_archive", Set.of("channels:read")), entry("channel_unarchive", Set.of("channels:read")),
            entry("channel_created", Set.of("channels:read")), entry("channel_deleted", Set.of("channels:read")),
            entry("channel_left", Set.of("channels:read")), entry("channel_rename", Set.of("channels:read")),
            entry("channel_id_changed", CONVERSATIONS), entry("group_archive", Set.of("groups:read")),
            entry("group_unarchive", Set.of("groups:read")), entry("group_deleted", Set.of("groups:read")),
            entry("group_left", Set.of("groups:read")), entry("group_rename", Set.of("groups:read")),
            entry("user_change", Set.of("users:read")), entry("team_join", Set.of("users:read")),
            entry("subteam_created", Set.of("usergroups:read")), entry("subteam_updated", Set.of("usergroups:read")),
            entry("subteam_members_changed", Set.of("usergroups:read")));

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
            return of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads a manifest; throws {@link IllegalArgumentException} for one that Slack would not take. */
    static Manifest of(String yaml) {
        Object read = new Yaml(new SafeConstructor(new LoaderOptions())).load(yaml);
        ObjectNode given = (ObjectNode) Json.tree(read);
        Manifest manifest = new Manifest(texts(given.at("/oauth_config/scopes/bot")),
                texts(given.at("/settings/event_subscriptions/bot_events")), InstalledApp.of(given));
        List<String> problems = Stream.concat(manifest.unheard().stream(), manifest.app.problems().stream()).toList();
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException("Slack would not take this manifest: " + String.join("; ", problems));
        }
        return manifest;
    }

    /** Events for which a scope is missing, and commands and shortcuts without theirs. */
    private List<String> unheard() {
        List<String> problems = new ArrayList<>();
        events.stream().sorted().forEach(event -> {
            Set<String> needed = EVENT_SCOPES.get(event);
            if (needed == null) {
                problems.add("no event is called " + event);
            } else if (!needed.isEmpty() && needed.stream().noneMatch(scopes::contains)) {
                problems.add("the event " + event + " needs the scope " + String.join(" or ", new TreeSet<>(needed)));
            }
        });
        if (!scopes.contains("commands") && !(app.commands().isEmpty() && app.shortcuts().isEmpty())) {
            problems.add("commands and shortcuts need the scope commands");
        }
        return problems;
    }

    private static Set<String> texts(JsonNode list) {
        return list.valueStream().map(JsonNode::asText).collect(Collectors.toSet());
    }
}
