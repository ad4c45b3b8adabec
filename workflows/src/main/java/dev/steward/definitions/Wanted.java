package dev.steward.definitions;

import dev.cel.common.types.CelKind;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import java.util.function.Predicate;

/**
 * The type that an expression must have where it stands.
 *
 * @param inWords
 *            for people
 * @param accepts
 *            whether a type will do; what is only known when it runs always will
 */
record Wanted(String inWords, Predicate<CelType> accepts) {
    static final Wanted TRUTH = new Wanted("true or false", Wanted::truth);
    static final Wanted TEXT = new Wanted("text", Wanted::text);
    static final Wanted DURATION = new Wanted("a duration such as `8h`", Wanted::text);
    static final Wanted NUMBER = new Wanted("a number", Wanted::number);
    static final Wanted TEXTS = new Wanted("a list of texts", listOf(Wanted::text));
    static final Wanted LINKS = new Wanted("a map from titles to addresses", mapOf(Wanted::text));
    static final Wanted PRINCIPAL = new Wanted("owners(...), group(...) or person(...)",
            type -> type.equals(ExpressionFunctions.PRINCIPAL));

    /** What a field's answer is. */
    static Wanted answerOf(FieldType type) {
        return switch (type) {
            case NUMBER -> NUMBER;
            case YES_NO -> TRUTH;
            case MANY, LINES -> TEXTS;
            case TEXT, MULTILINE, CHOICE, PERSON, TEAM, SERVICE, ENVIRONMENT, DURATION, DATE -> TEXT;
        };
    }

    /** What a variable of Terraform's type takes; objects and tuples are left to Terraform. */
    static Wanted variable(String terraformType) {
        String type = terraformType.strip();
        return new Wanted(type, accepting(type));
    }

    private static Predicate<CelType> accepting(String type) {
        return switch (type) {
            case "string" -> Wanted::text;
            case "number" -> Wanted::number;
            case "bool" -> Wanted::truth;
            default -> collection(type);
        };
    }

    private static Predicate<CelType> collection(String type) {
        int open = type.indexOf('(');
        if (open < 0 || !type.endsWith(")")) {
            return any -> true;
        }
        String member = type.substring(open + 1, type.length() - 1).strip();
        return switch (type.substring(0, open).strip()) {
            case "list", "set" -> listOf(accepting(member));
            case "map" -> mapOf(accepting(member));
            case "object" -> is(CelKind.MAP);
            case "tuple" -> is(CelKind.LIST);
            default -> any -> true;
        };
    }

    private static boolean text(CelType type) {
        return is(CelKind.STRING).test(type);
    }

    private static boolean truth(CelType type) {
        return is(CelKind.BOOL).test(type);
    }

    private static boolean number(CelType type) {
        return is(CelKind.INT).or(is(CelKind.DOUBLE)).test(type);
    }

    private static Predicate<CelType> is(CelKind kind) {
        return type -> type.kind() == kind || type.kind() == CelKind.DYN;
    }

    private static Predicate<CelType> listOf(Predicate<CelType> member) {
        return type -> type.kind() == CelKind.DYN || (type instanceof ListType list && member.test(list.elemType()));
    }

    private static Predicate<CelType> mapOf(Predicate<CelType> member) {
        return type -> type.kind() == CelKind.DYN || (type instanceof MapType map && member.test(map.valueType()));
    }
}
