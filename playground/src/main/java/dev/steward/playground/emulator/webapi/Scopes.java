package dev.steward.playground.emulator.webapi;

import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The scopes that the bot token was granted, held against what a call needs. A method of conversations needs the scope of
 * the kind of conversation that the call is about: {@code channels:}, {@code groups:}, {@code im:} or {@code mpim:}.
 */
final class Scopes {
    private final Workspace workspace;
    private final Set<String> granted;

    Scopes(Workspace workspace, Set<String> granted) {
        this.workspace = workspace;
        this.granted = Set.copyOf(granted);
    }

    /** Whatever the call is about: throws {@code missing_scope} where no scope of the method is granted. */
    void require(MethodSpec method) {
        requireOneOf(method.scopes());
    }

    /** For what this call is about. */
    void require(MethodSpec method, Arguments arguments) {
        for (String family : families(method.name(), arguments)) {
            Set<String> ofFamily = new TreeSet<>(method.scopes());
            ofFamily.removeIf(scope -> !scope.startsWith(family));
            requireOneOf(ofFamily);
        }
    }

    private void requireOneOf(Set<String> needed) {
        if (!needed.isEmpty() && needed.stream().noneMatch(granted::contains)) {
            throw ApiError.with("missing_scope", Json.object().put("needed", String.join(",", new TreeSet<>(needed)))
                    .put("provided", String.join(",", new TreeSet<>(granted))));
        }
    }

    private List<String> families(String method, Arguments arguments) {
        return switch (method) {
            case "conversations.list" -> Arrays.stream(arguments.text("types").orElse("public_channel").split(",", -1))
                    .map(Scopes::ofType).flatMap(Optional::stream).toList();
            case "conversations.create" -> List.of(arguments.flag("is_private") ? "groups:" : "channels:");
            case "conversations.open" -> arguments.given("channel")
                    ? ofChannel(arguments)
                    : List.of(ConversationMethods.users(arguments).size() > 1 ? "mpim:" : "im:");
            default -> method.startsWith("conversations.") ? ofChannel(arguments) : List.of();
        };
    }

    /** An unknown conversation needs nothing: the method answers that there is none. */
    private List<String> ofChannel(Arguments arguments) {
        return arguments.text("channel").flatMap(workspace.conversations()::find).map(Conversation::kind)
                .map(kind -> switch (kind) {
                    case PUBLIC -> "channels:";
                    case PRIVATE -> "groups:";
                    case DIRECT -> "im:";
                    case GROUP -> "mpim:";
                }).stream().toList();
    }

    private static Optional<String> ofType(String type) {
        return switch (type.strip()) {
            case "public_channel" -> Optional.of("channels:");
            case "private_channel" -> Optional.of("groups:");
            case "im" -> Optional.of("im:");
            case "mpim" -> Optional.of("mpim:");
            default -> Optional.empty();
        };
    }
}
