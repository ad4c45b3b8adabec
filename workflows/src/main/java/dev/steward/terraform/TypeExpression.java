package dev.steward.terraform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Parses Terraform's type constraints, for example {@code map(object({ size = number, zone = optional(string, "a") }))}.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/language/expressions/type-constraints">Type constraints</a>
 */
final class TypeExpression {
    private static final Pattern TOKEN = Pattern.compile("\\s+|#[^\\n]*|//[^\\n]*|(?s:/\\*.*?\\*/)|"
            + "(?<word>[A-Za-z_][A-Za-z0-9_-]*)|(?<text>\"(?:[^\"\\\\]|\\\\.)*\")|(?<number>-?[0-9][0-9.eE+-]*)|"
            + "(?<sign>[(){}\\[\\],=:])");
    private static final int DEEPEST = 50;

    private final String source;
    private final List<String> tokens;
    private int next;
    private int depth;

    private TypeExpression(String source) {
        this.source = source;
        tokens = tokens(source);
    }

    /**
     * Parses an expression.
     *
     * @throws IllegalArgumentException
     *             if it is none
     */
    static InputType parse(String source) {
        var expression = new TypeExpression(source);
        InputType type = expression.type();
        if (expression.next < expression.tokens.size()) {
            throw expression.unexpected();
        }
        return type;
    }

    private static List<String> tokens(String source) {
        var tokens = new ArrayList<String>();
        Matcher matcher = TOKEN.matcher(source);
        int end = 0;
        while (end < source.length() && matcher.find(end) && matcher.start() == end) {
            end = matcher.end();
            boolean blank = matcher.group("word") == null && matcher.group("text") == null
                    && matcher.group("number") == null && matcher.group("sign") == null;
            if (!blank) {
                tokens.add(matcher.group());
            }
        }
        if (end < source.length()) {
            throw new IllegalArgumentException("not a Terraform type: " + source);
        }
        return tokens;
    }

    private InputType type() {
        if (++depth > DEEPEST) {
            throw new IllegalArgumentException("a Terraform type of more than " + DEEPEST + " levels: " + source);
        }
        String word = take();
        InputType type = switch (word) {
            case "string" -> InputType.Primitive.STRING;
            case "number" -> InputType.Primitive.NUMBER;
            case "bool" -> InputType.Primitive.BOOL;
            case "any" -> new InputType.Anything();
            case "list", "set" -> new InputType.Sequence(inParentheses());
            case "map" -> new InputType.Mapping(inParentheses());
            case "tuple" -> tuple();
            case "object" -> object();
            default -> {
                next--;
                throw unexpected();
            }
        };
        depth--;
        return type;
    }

    private InputType inParentheses() {
        expect("(");
        InputType type = type();
        expect(")");
        return type;
    }

    private InputType tuple() {
        var elements = new ArrayList<InputType>();
        expect("(");
        expect("[");
        while (!skip("]")) {
            elements.add(type());
            if (!skip(",")) {
                expect("]");
                break;
            }
        }
        expect(")");
        return new InputType.Tuple(elements);
    }

    private InputType object() {
        var attributes = new LinkedHashMap<String, InputType.Attribute>();
        expect("(");
        expect("{");
        while (!skip("}")) {
            String name = take();
            if (name.startsWith("\"")) {
                name = name.substring(1, name.length() - 1);
            }
            if (!skip("=")) {
                expect(":");
            }
            attributes.put(name, attribute());
            skip(",");
        }
        expect(")");
        return new InputType.Structure(attributes);
    }

    private InputType.Attribute attribute() {
        if (!skip("optional")) {
            return new InputType.Attribute(type(), false);
        }
        expect("(");
        InputType type = type();
        if (skip(",")) {
            skipDefault();
        }
        expect(")");
        return new InputType.Attribute(type, true);
    }

    /** The default of an optional attribute is any expression; only its brackets matter. */
    private void skipDefault() {
        int open = 0;
        while (open > 0 || !peek().equals(")")) {
            switch (take()) {
                case "(", "[", "{" -> open++;
                case ")", "]", "}" -> open--;
                default -> {
                }
            }
        }
    }

    private String peek() {
        if (next >= tokens.size()) {
            throw new IllegalArgumentException("a Terraform type ends too early: " + source);
        }
        return tokens.get(next);
    }

    private String take() {
        String token = peek();
        next++;
        return token;
    }

    private boolean skip(String token) {
        boolean here = next < tokens.size() && tokens.get(next).equals(token);
        if (here) {
            next++;
        }
        return here;
    }

    private void expect(String token) {
        if (!peek().equals(token)) {
            throw unexpected();
        }
        next++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("not a Terraform type, at '" + tokens.get(next) + "': " + source);
    }
}
