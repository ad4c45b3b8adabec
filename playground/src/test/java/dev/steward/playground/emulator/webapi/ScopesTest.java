package dev.steward.playground.emulator.webapi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Conversation.Kind;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.VirtualClock;
import dev.steward.playground.emulator.workspace.Workspace;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scopes of each method of the table, one by one, and what the kind of a conversation has to do with them. */
class ScopesTest {
    private static final Map<String, MethodSpec> METHODS = MethodSpec.table();
    private static final Map<Kind, String> FAMILY = Map.of(Kind.PUBLIC, "channels:", Kind.PRIVATE, "groups:",
            Kind.DIRECT, "im:", Kind.GROUP, "mpim:");
    private static final Workspace WORKSPACE = new Workspace(
            new VirtualClock(Optional.of(Instant.parse("2026-11-20T09:00:00Z"))));

    /** A method, and one of its scopes. */
    record Grant(MethodSpec method, String scope) {
        @Override
        public String toString() {
            return method.name() + " with " + scope;
        }
    }

    static Stream<Grant> grants() {
        return METHODS.values().stream().flatMap(method -> method.scopes().stream().map(one -> new Grant(method, one)));
    }

    @ParameterizedTest
    @MethodSource("grants")
    void anyOneScopeOfAMethodOpensIt(Grant grant) {
        assertThatCode(() -> scopes(Set.of(grant.scope)).require(grant.method)).doesNotThrowAnyException();
    }

    static Stream<MethodSpec> ofOneConversation() {
        return METHODS.values().stream().filter(method -> method.name().startsWith("conversations."))
                .filter(method -> method.arguments().containsKey("channel"));
    }

    @ParameterizedTest
    @MethodSource("ofOneConversation")
    void aConversationNeedsAScopeOfItsKind(MethodSpec method) {
        FAMILY.forEach((kind, family) -> {
            Set<String> needed = new TreeSet<>(method.scopes());
            needed.removeIf(scope -> !scope.startsWith(family));
            Set<String> others = new TreeSet<>(method.scopes());
            others.removeAll(needed);
            Arguments arguments = Arguments.unchecked(Json.object().put("channel", id(kind)));

            for (String scope : needed) {
                assertThatCode(() -> scopes(Set.of(scope)).require(method, arguments)).as(kind + " with " + scope)
                        .doesNotThrowAnyException();
            }
            if (!needed.isEmpty()) {
                ApiError refused = catchThrowableOfType(ApiError.class,
                        () -> scopes(others).require(method, arguments));
                assertThat(refused.body()).as(kind.toString()).isEqualTo(Json.object().put("ok", false)
                        .put("error", "missing_scope").put("needed", String.join(",", needed))
                        .put("provided", String.join(",", others)));
            }
        });
    }

    @Test
    void howManyPeopleADirectMessageIsWithDecidesOnItsScope() {
        MethodSpec open = METHODS.getOrDefault("conversations.open", METHODS.values().iterator().next());
        Arguments one = Arguments.unchecked(Json.object().put("users", Seed.DANA));
        Arguments two = Arguments.unchecked(Json.object().put("users", Seed.DANA + "," + Seed.OMAR));

        assertThatCode(() -> scopes(Set.of("im:write")).require(open, one)).doesNotThrowAnyException();
        assertThatCode(() -> scopes(Set.of("mpim:write")).require(open, two)).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(ApiError.class, () -> scopes(Set.of("im:write")).require(open, two)).body()
                .path("needed").asText()).isEqualTo("mpim:write");
        assertThat(catchThrowableOfType(ApiError.class, () -> scopes(Set.of("mpim:write")).require(open, one)).body()
                .path("needed").asText()).isEqualTo("im:write");
    }

    private static Scopes scopes(Set<String> granted) {
        return new Scopes(WORKSPACE, granted);
    }

    private static String id(Kind kind) {
        return WORKSPACE.atomically(() -> switch (kind) {
            case PUBLIC -> Seed.GENERAL;
            case PRIVATE -> WORKSPACE.conversations().named("secret")
                    .orElseGet(() -> WORKSPACE.conversations().create("secret", Kind.PRIVATE, List.of(Seed.BOT_USER),
                            Seed.BOT_USER))
                    .id();
            case DIRECT -> WORKSPACE.conversations().openDirect(Seed.DANA).id();
            case GROUP -> WORKSPACE.conversations().openGroup("mpdm-1", List.of(Seed.DANA, Seed.OMAR)).id();
        });
    }
}
