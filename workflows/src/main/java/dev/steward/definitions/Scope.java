package dev.steward.definitions;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an expression may name where it stands.
 *
 * @param fields
 *            the form's fields, in order
 * @param later
 *            those of them that are asked only at or after this place, and so may not be named in it
 * @param fieldsKnown
 *            whether these are all; otherwise any name of a field is let pass, since the form is broken anyway
 * @param afterPlan
 *            whether {@code plan}, {@code stack} and {@code model} may be named
 * @param ofAccess
 *            whether {@code entity} may be named: what access is asked to
 */
record Scope(Map<String, FieldType> fields, Set<String> later, boolean fieldsKnown, boolean afterPlan,
        boolean ofAccess) {
    private static final CelType TEXTS = ListType.create(SimpleType.STRING);
    private static final CelType ANYTHING_BY_NAME = MapType.create(SimpleType.STRING, SimpleType.DYN);
    private static final Map<String, CelType> REQUESTER = Map.of("name", SimpleType.STRING, "display_name",
            SimpleType.STRING, "team", SimpleType.STRING, "teams", TEXTS);
    private static final Map<String, CelType> PLAN = Map.of("creates", SimpleType.INT, "updates", SimpleType.INT,
            "deletes", SimpleType.INT, "resources", ListType.create(ANYTHING_BY_NAME));
    private static final Map<String, CelType> ENTITY = Map.of("name", SimpleType.STRING, "kind", SimpleType.STRING,
            "owner", SimpleType.STRING, "operated_by", SimpleType.STRING, "tier", SimpleType.STRING, "stage",
            SimpleType.STRING, "lifecycle", SimpleType.STRING, "tags", TEXTS);

    /** Before anything is answered: who asks, and what access is asked to. */
    static final Scope BEFORE_ANSWERS = new Scope(Map.of(), Set.of(), true, false, true);

    Scope {
        fields = Ordered.copy(fields);
        later = Set.copyOf(later);
    }

    /** The whole form, before there is a plan. */
    static Scope of(Map<String, FieldType> fields, boolean fieldsKnown) {
        return new Scope(fields, Set.of(), fieldsKnown, false, false);
    }

    /** The same in an access workflow. */
    Scope withEntity() {
        return new Scope(fields, later, fieldsKnown, afterPlan, true);
    }

    /** The same, once there is a plan. */
    Scope withPlan() {
        return new Scope(fields, later, fieldsKnown, true, ofAccess);
    }

    /** The same, before the field: it sees only those that come earlier. */
    Scope before(String field) {
        List<String> order = List.copyOf(fields.keySet());
        return new Scope(fields, Set.copyOf(order.subList(Math.max(0, order.indexOf(field)), order.size())),
                fieldsKnown, afterPlan, ofAccess);
    }

    /** The same for every place: what has to be declared does not depend on what was asked before. */
    Scope everywhere() {
        return new Scope(fields, Set.of(), fieldsKnown, afterPlan, ofAccess);
    }

    /** Whether there are answers to name. */
    boolean hasAnswers() {
        return !fields.isEmpty() || !fieldsKnown;
    }

    /** The names with members, such as {@code form}. */
    Map<String, Map<String, CelType>> roots() {
        Map<String, Map<String, CelType>> roots = new LinkedHashMap<>();
        Map<String, CelType> answers = new LinkedHashMap<>();
        fields.forEach((name, type) -> {
            if (!later.contains(name)) {
                answers.put(name, answerType(type));
            }
        });
        roots.put("form", answers);
        roots.put("requester", REQUESTER);
        if (afterPlan) {
            roots.put("plan", PLAN);
        }
        if (ofAccess) {
            roots.put("entity", ENTITY);
        }
        return roots;
    }

    /** Every name that can be declared with its type; the members in {@code untyped} only through their root. */
    Map<String, CelType> variables(Set<String> untyped) {
        Map<String, CelType> variables = new LinkedHashMap<>();
        roots().forEach((root, members) -> {
            variables.put(root, ANYTHING_BY_NAME);
            members.forEach((member, type) -> {
                if (!untyped.contains(root + "." + member)) {
                    variables.put(root + "." + member, type);
                }
            });
        });
        if (afterPlan) {
            variables.put("stack", SimpleType.DYN);
            variables.put("model", SimpleType.STRING);
        }
        return variables;
    }

    private static CelType answerType(FieldType type) {
        return switch (type) {
            case NUMBER -> SimpleType.DYN;
            case YES_NO -> SimpleType.BOOL;
            case MANY, LINES -> TEXTS;
            case TEXT, MULTILINE, CHOICE, PERSON, TEAM, SERVICE, ENVIRONMENT, DURATION, DATE -> SimpleType.STRING;
        };
    }
}
