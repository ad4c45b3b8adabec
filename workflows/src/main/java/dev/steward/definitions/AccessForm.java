package dev.steward.definitions;

import dev.steward.definitions.Field.Option;
import dev.steward.definitions.Field.Rules;
import dev.steward.definitions.Workflow.Access;
import dev.steward.definitions.Workflow.Page;
import dev.steward.definitions.Workflow.Role;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The form of every access workflow: what, in which role, for how long, why and for which incident. */
final class AccessForm {
    private static final Rules A_SENTENCE = new Rules(Optional.empty(), "", Optional.of(BigDecimal.valueOf(5)),
            Optional.of(BigDecimal.valueOf(500)), false);
    private static final Rules AN_INCIDENT = new Rules(Optional.of(new Field.Pattern("^INC-[1-9][0-9]{0,8}$")),
            "use an incident's number, for example `INC-7`", Optional.empty(), Optional.empty(), false);

    private AccessForm() {}

    static Page page(String title, Access access) {
        return new Page(title, List.of(
                field(Access.ENTITY, FieldType.SERVICE, "What", "The name of a %s: the list searches as you type"
                        .formatted(kinds(access)), Rules.NONE, List.of()),
                field(Access.ROLE, FieldType.CHOICE, "Role", "", Rules.NONE, roles(access)),
                field(Access.DURATION, FieldType.CHOICE, "For how long",
                        "Counted from the moment at which it works. Some roles and tiers allow less.", Rules.NONE,
                        durations(access)),
                field(Access.REASON, FieldType.MULTILINE, "Why",
                        "What you are going to do. Whoever decides reads it, and it stays on record.", A_SENTENCE,
                        List.of()),
                field(Access.INCIDENT, FieldType.TEXT, "Incident", "If it is for one: its number, such as INC-7",
                        AN_INCIDENT, List.of())));
    }

    private static Field field(String name, FieldType type, String label, String hint, Rules rules,
            List<Option> options) {
        return new Field(name, type, label, hint, !name.equals(Access.INCIDENT), only(options), rules, options,
                Optional.empty(), Optional.empty(), false);
    }

    /** Where there is nothing to choose, it is chosen. */
    private static Optional<Expression> only(List<Option> options) {
        return options.size() == 1
                ? Optional.of(Expression.literal(options.getFirst().value(), 0))
                : Optional.empty();
    }

    private static String kinds(Access access) {
        List<String> kinds = access.kinds().stream().map(kind -> kind.toLowerCase(Locale.ROOT)).toList();
        return kinds.size() < 2
                ? String.join("", kinds)
                : kinds.stream().limit(kinds.size() - 1L).collect(Collectors.joining(", ")) + " or "
                        + kinds.getLast();
    }

    private static List<Option> roles(Access access) {
        return access.roles().stream().map(role -> new Option(role.name(), role.title(), role.description())).toList();
    }

    private static List<Option> durations(Access access) {
        return access.roles().stream().map(Role::durations).flatMap(List::stream).distinct().sorted()
                .map(duration -> new Option(Durations.written(duration), Durations.words(duration), "")).toList();
    }
}
