package dev.steward.definitions;

import dev.steward.definitions.ExpressionReader.Read;
import dev.steward.definitions.Workflow.Access;
import dev.steward.definitions.Workflow.Role;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.Node;

/** Reads what an access workflow offers: to which entities, in which roles. */
final class AccessReader {
    private static final List<String> KINDS = List.of("Service", "Resource", "System");
    private static final int MAX_ROLES = 20;
    private static final Duration LONGEST_BREAK_GLASS = Duration.ofHours(24);
    /** Slack's limit on the options of a field. */
    private static final int MAX_DURATIONS = 100;

    private final Problems problems;
    private final ExpressionReader expressions;

    AccessReader(Problems problems, ExpressionLanguage language) {
        this.problems = problems;
        this.expressions = new ExpressionReader(problems, language, Map.of());
    }

    /** What is offered; of use only if no problems were added. */
    Access read(Section file) {
        refuse(file, "form", "its form always asks for entity, role, duration, reason and incident");
        refuse(file, "records", "what it leaves is somebody's access and no entity");
        refuse(file, "lease", "the `durations` of its roles say how long access lasts");
        file.required("access", "access: { to: [Service], roles: [{ name: reader, durations: [8h] }] }");
        return file.node("access")
                .flatMap(node -> Section.of(problems, node, "`access`", List.of("to", "where", "roles", "break_glass")))
                .map(this::offered)
                .orElseGet(() -> new Access(List.of(), Optional.empty(), List.of(), Optional.empty()));
    }

    private void refuse(Section file, String key, String why) {
        if (file.has(key)) {
            problems.add(file.at(key), "A workflow of kind `access` has no `%s`: %s".formatted(key, why), "Remove it");
        }
    }

    private Access offered(Section access) {
        List<String> kinds = kinds(access);
        Optional<Expression> where = access.node("where")
                .flatMap(node -> expressions.expression(node, access.place("where"), Scope.BEFORE_ANSWERS,
                        Wanted.TRUTH))
                .map(Read::expression);
        return new Access(kinds, where, roles(access), breakGlass(access));
    }

    /** How long somebody on call may be let in at once while it burns; nobody is, where nothing is said. */
    private Optional<Duration> breakGlass(Section access) {
        return access.node("break_glass").flatMap(node -> access.durationOf(node, access.place("break_glass")))
                .filter(cap -> {
                    boolean fits = cap.compareTo(LONGEST_BREAK_GLASS) <= 0;
                    if (!fits) {
                        problems.add(access.at("break_glass"),
                                "%s is %s, and an emergency has to be looked at sooner".formatted(
                                        access.place("break_glass"), Durations.written(cap)),
                                "Write " + Durations.written(LONGEST_BREAK_GLASS) + " at most");
                    }
                    return fits;
                });
    }

    private List<String> kinds(Section access) {
        access.required("to", "to: [Service, Resource]");
        List<String> kinds = new ArrayList<>();
        for (Node node : access.someItems("to", KINDS.size(), "nobody could ask for anything",
                "Name at least one of: " + String.join(", ", KINDS))) {
            access.textOf(node, "A kind in " + access.place("to"), 40).ifPresent(kind -> {
                if (!KINDS.contains(kind)) {
                    problems.add(node, "`%s` is nothing that access is given to".formatted(kind),
                            Nearest.to(kind, KINDS).map(near -> "Perhaps `%s` is meant".formatted(near))
                                    .orElse("Use one of: " + String.join(", ", KINDS)));
                } else if (kinds.contains(kind)) {
                    problems.add(node, "%s has `%s` twice".formatted(access.place("to"), kind),
                            "Remove one of the two");
                }
                kinds.add(kind);
            });
        }
        return kinds;
    }

    private List<Role> roles(Section access) {
        access.required("roles", "roles: [{ name: reader, durations: [1h, 8h] }]");
        RoleReader reader = new RoleReader(problems, expressions);
        List<Role> roles = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Node node : access.someItems("roles", MAX_ROLES, "nobody could ask for anything",
                "Add at least one, for example `{ name: reader, durations: [8h] }`")) {
            reader.read(node).ifPresent(roles::add);
            Section.peek(node, "name").filter(name -> !names.add(name)).ifPresent(
                    name -> problems.add(node, "There are two roles `%s`".formatted(name), "Rename one of the two"));
        }
        Set<Duration> durations = new HashSet<>();
        roles.forEach(role -> durations.addAll(role.durations()));
        if (durations.size() > MAX_DURATIONS) {
            problems.add(access.at("roles"),
                    "The roles have %d different durations between them".formatted(durations.size()),
                    "Keep to %d at most: more do not fit into the form".formatted(MAX_DURATIONS));
        }
        return roles;
    }
}
