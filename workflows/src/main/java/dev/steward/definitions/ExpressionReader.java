package dev.steward.definitions;

import dev.steward.definitions.ExpressionLanguage.Issue;
import dev.steward.definitions.ExpressionLanguage.Outcome;
import dev.cel.common.types.CelType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Compiles the expressions of one file and reports what is wrong with them, with the line.
 *
 * @param fields
 *            the form's fields, once they are read: a use of an answer that may be missing is then reported
 */
record ExpressionReader(Problems problems, ExpressionLanguage language, Map<String, Field> fields) {

    /** An expression, ready, with the names that it reads. */
    record Read(Expression expression, NamesInExpression names) {}

    /** A condition or another place where nothing but an expression may stand. */
    Optional<Read> expression(Node node, String place, Scope scope, Wanted wanted) {
        if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
            problems.add(node, "%s is %s and not an expression".formatted(place, Section.kindOf(node)),
                    "Write a CEL expression");
            return Optional.empty();
        }
        return compile(node, scalar.getValue(), place, scope, wanted);
    }

    /** A place where a literal or an expression may stand, or a list or mapping of them. */
    Optional<Read> value(Node node, String place, Scope scope, Wanted wanted) {
        Optional<Object> literal = Values.literal(node);
        if (literal.isEmpty()) {
            return Values.source(node).flatMap(source -> compile(node, source, place, scope, wanted)).or(() -> {
                if (Values.source(node).isEmpty()) {
                    problems.add(node, "%s is %s, which is no value".formatted(place, Section.kindOf(node)),
                            "Write text, a number, true, false or an expression");
                }
                return Optional.empty();
            });
        }
        if (!fits(node, Values.typeOf(literal.get()), place, wanted)) {
            return Optional.empty();
        }
        return Optional.of(new Read(Expression.literal(literal.get(), firstLine(node)), NamesInExpression.NONE));
    }

    private Optional<Read> compile(Node node, String source, String place, Scope scope, Wanted wanted) {
        return switch (language.compile(source, scope)) {
            case Outcome.Refused(List<Issue> issues) -> {
                issues.forEach(
                        issue -> problems.add(lineOf(node, issue), place + " " + issue.what(), issue.whatToDo()));
                yield Optional.empty();
            }
            case Outcome.Compiled compiled -> {
                boolean fits = fits(node, compiled.type(), place, wanted);
                boolean answered = answered(node, compiled.names(), place);
                yield fits && answered
                        ? Optional.of(new Read(Expression.compiled(source.strip(), firstLine(node), compiled.program()),
                                compiled.names()))
                        : Optional.empty();
            }
        };
    }

    private boolean fits(Node node, CelType type, String place, Wanted wanted) {
        if (wanted.accepts().test(type)) {
            return true;
        }
        problems.add(firstLine(node), "%s gives %s".formatted(place, Values.inWords(type)),
                "It must give " + wanted.inWords());
        return false;
    }

    private boolean answered(Node node, NamesInExpression names, String place) {
        List<String> uncertain = names.fieldsRead().stream()
                .filter(name -> Optional.ofNullable(fields.get(name)).filter(Field::mayBeUnanswered).isPresent())
                .filter(name -> !names.tests(name)).toList();
        uncertain.forEach(name -> problems.add(firstLine(node),
                "%s reads `form.%s`, which may have no answer".formatted(place, name),
                "Ask first, as in `has(form.%s) ? form.%s : \"none\"`".formatted(name, name)));
        return uncertain.isEmpty();
    }

    private static int firstLine(Node node) {
        return node.getStartMark().getLine() + 1 + (isBlock(node) ? 1 : 0);
    }

    /** Only a literal block keeps the file's lines. */
    private static int lineOf(Node node, Issue issue) {
        boolean keepsLines = node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.LITERAL;
        return firstLine(node) + (keepsLines ? issue.line() - 1 : 0);
    }

    private static boolean isBlock(Node node) {
        return node instanceof ScalarNode scalar
                && (scalar.getScalarStyle() == ScalarStyle.LITERAL || scalar.getScalarStyle() == ScalarStyle.FOLDED);
    }
}
