package dev.steward.definitions;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.types.CelType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.extensions.CelExtensions;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CEL as workflows use it: its dialect, its limits and its compiler. Compilers are kept per scope, since building one
 * costs more than most expressions. Not for use by several threads; what it compiles is.
 */
final class ExpressionLanguage {
    static final int MAX_CHARACTERS = 4_000;
    static final int MAX_ITERATIONS = 10_000;
    private static final CelOptions OPTIONS = CelOptions.current().enableHeterogeneousNumericComparisons(true)
            .comprehensionMaxIterations(MAX_ITERATIONS).maxExpressionCodePointSize(MAX_CHARACTERS)
            .maxParseRecursionDepth(64).maxRegexProgramSize(2_000).build();
    private static final CelRuntime RUNTIME = ExpressionFunctions
            .bind(CelRuntimeFactory.plannerRuntimeBuilder().setOptions(OPTIONS).addLibraries(CelExtensions.strings()))
            .build();

    private final Map<Dialect, CelCompiler> compilers = new HashMap<>();

    /** Parses, looks up the names, checks the types and prepares to run. */
    Outcome compile(String source, Scope scope) {
        CelValidationResult parsed = compiler(new Dialect(scope.everywhere(), Set.of())).parse(source);
        if (parsed.hasError()) {
            List<CelIssue> errors = parsed.getErrors();
            return new Outcome.Refused(List.of(ExpressionIssues.of(errors.getFirst(), scope)));
        }
        try {
            var names = NamesInExpression.of(parsed.getAst());
            List<Issue> unknown = names.unknown(scope);
            return unknown.isEmpty() ? check(parsed.getAst(), names, scope) : new Outcome.Refused(unknown);
        } catch (CelValidationException | CelEvaluationException e) {
            return new Outcome.Refused(List.of(ExpressionIssues.unreadable(1, String.valueOf(e.getMessage()))));
        }
    }

    private Outcome check(CelAbstractSyntaxTree parsed, NamesInExpression names, Scope scope)
            throws CelValidationException, CelEvaluationException {
        CelValidationResult checked = compiler(new Dialect(scope.everywhere(), names.tested())).check(parsed);
        if (checked.hasError()) {
            List<CelIssue> errors = checked.getErrors();
            return new Outcome.Refused(errors.stream().map(issue -> ExpressionIssues.of(issue, scope)).toList());
        }
        CelAbstractSyntaxTree ast = checked.getAst();
        return new Outcome.Compiled(RUNTIME.createProgram(ast), ast.getResultType(), names);
    }

    /**
     * A member that {@code has(...)} asks for is not declared by its full name: the checker would take it for a variable
     * of its own, which nothing can be asked of.
     */
    private CelCompiler compiler(Dialect dialect) {
        return compilers.computeIfAbsent(dialect, wanted -> {
            var builder = CelCompilerFactory.standardCelCompilerBuilder().setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS).addLibraries(CelExtensions.strings());
            wanted.scope().variables(wanted.untyped()).forEach(builder::addVar);
            return ExpressionFunctions.declare(builder).build();
        });
    }

    private record Dialect(Scope scope, Set<String> untyped) {}

    /**
     * What is wrong with an expression.
     *
     * @param line
     *            within the expression, from 1
     * @param what
     *            a predicate to follow the name of the place, such as "names {@code form.x}, which ..."
     */
    record Issue(int line, String what, String whatToDo) {}

    /** The expression, or why not. */
    sealed interface Outcome {
        /** Ready to run. */
        record Compiled(CelRuntime.Program program, CelType type, NamesInExpression names) implements Outcome {}

        /** At least one issue. */
        record Refused(List<Issue> issues) implements Outcome {}
    }
}
