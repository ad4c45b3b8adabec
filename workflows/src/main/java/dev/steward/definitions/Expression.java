package dev.steward.definitions;

import dev.cel.common.values.NullValue;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.steward.catalog.Principal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compiled CEL expression of a workflow file, or a literal. Safe for use by several threads. Whatever cannot be
 * evaluated fails with {@link ExpressionFailure}, which the caller must treat as a denial.
 */
public final class Expression {
    private final String source;
    private final int line;
    private final CelRuntime.@Nullable Program program;
    private final @Nullable Object literal;

    private Expression(String source, int line, CelRuntime.@Nullable Program program, @Nullable Object literal) {
        this.source = source;
        this.line = line;
        this.program = program;
        this.literal = literal;
    }

    static Expression compiled(String source, int line, CelRuntime.Program program) {
        return new Expression(source, line, program, null);
    }

    static Expression literal(Object value, int line) {
        return new Expression(String.valueOf(value), line, null, value);
    }

    /** As written. */
    public String source() {
        return source;
    }

    /** The value of a literal. */
    Optional<Object> literal() {
        return Optional.ofNullable(literal);
    }

    /** Where in its file, from 1; 0 for one that was made from a module's variable. */
    public int line() {
        return line;
    }

    /**
     * The value: {@code String}, {@code Long}, {@code Double}, {@code Boolean}, {@link Principal}, or a list or map of
     * these.
     *
     * @throws ExpressionFailure if there is none
     */
    public Object evaluate(Facts facts) {
        return find(facts).orElseThrow(() -> failure("gave null"));
    }

    /**
     * The value as by {@link #evaluate}, or nothing where the expression says {@code null}.
     *
     * @throws ExpressionFailure if it cannot be evaluated
     */
    public Optional<Object> find(Facts facts) {
        if (literal != null) {
            return Optional.of(literal);
        }
        Object value = run(facts);
        return value == null || value instanceof NullValue ? Optional.empty() : Optional.of(plain(value));
    }

    /**
     * Whether the condition holds.
     *
     * @throws ExpressionFailure if that cannot be said: deny
     */
    public boolean test(Facts facts) {
        return evaluated(facts, Boolean.class);
    }

    /**
     * The value, which is text.
     *
     * @throws ExpressionFailure if it is none
     */
    public String text(Facts facts) {
        return evaluated(facts, String.class);
    }

    /**
     * The value, which is somebody who may decide.
     *
     * @throws ExpressionFailure if it is none
     */
    public Principal principal(Facts facts) {
        return evaluated(facts, Principal.class);
    }

    private <T> T evaluated(Facts facts, Class<T> type) {
        Object value = evaluate(facts);
        if (!type.isInstance(value)) {
            throw failure("gave a " + value.getClass().getSimpleName() + " and not a " + type.getSimpleName());
        }
        return type.cast(value);
    }

    private @Nullable Object run(Facts facts) {
        if (program == null) {
            throw new IllegalStateException("neither a program nor a literal");
        }
        try {
            return program.eval(facts::find);
        } catch (CelEvaluationException e) {
            throw failure("ended with " + e.getErrorCode());
        } catch (RuntimeException | StackOverflowError | LinkageError e) {
            throw failure("ended with " + e.getClass().getSimpleName());
        }
    }

    private Object plain(@Nullable Object value) {
        return switch (value) {
            case String text -> text;
            case Boolean truth -> truth;
            case Long number -> number;
            case Double number -> number;
            case Principal principal -> principal;
            case List<?> list -> list.stream().map(this::plain).toList();
            case Map<?, ?> map -> {
                Map<String, Object> copy = new LinkedHashMap<>();
                map.forEach((key, member) -> copy.put(String.valueOf(key), plain(member)));
                yield Ordered.copy(copy);
            }
            case null, default -> throw failure("gave no usable value");
        };
    }

    private ExpressionFailure failure(String what) {
        return new ExpressionFailure("`%s` (line %d) %s".formatted(source, line, what));
    }

    @Override
    public String toString() {
        return source;
    }
}
