package dev.steward.bot.http;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A request's body broke off, or is not what its headers say: the fault of whoever sent it. */
final class BodyUnreadable extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    BodyUnreadable(Exception cause) {
        super("the body cannot be read to its end", cause);
    }

    static boolean isBehind(Throwable failure) {
        for (@Nullable
        Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BodyUnreadable) {
                return true;
            }
        }
        return false;
    }
}
