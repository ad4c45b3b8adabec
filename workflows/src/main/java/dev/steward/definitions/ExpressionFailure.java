package dev.steward.definitions;

/**
 * An expression that could not be evaluated: a missing fact, a wrong type, a limit. Whoever catches it must deny. The
 * message names the expression and its line, never the values it was evaluated on.
 */
public final class ExpressionFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** What could not be evaluated, for people. */
    public ExpressionFailure(String message) {
        super(message);
    }
}
