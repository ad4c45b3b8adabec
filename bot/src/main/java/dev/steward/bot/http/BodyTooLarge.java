package dev.steward.bot.http;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A request's body went over its limit while it was read. */
final class BodyTooLarge extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    BodyTooLarge(long limit) {
        super("the body has more than " + limit + " bytes");
    }

    static boolean isBehind(Throwable failure) {
        for (@Nullable
        Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyTooLarge) {
                return true;
            }
        }
        return false;
    }
}
