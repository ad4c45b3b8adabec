package dev.steward.playground.emulator.page;

import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import java.util.regex.Pattern;

/**
 * Keeps other web sites out: a page that somebody happens to visit could otherwise act here with their browser, since
 * this listens on their own machine.
 */
public final class SameOrigin {
    private static final Pattern HERE = Pattern.compile("(127\\.0\\.0\\.1|localhost|\\[::1])(:\\d{1,5})?");

    private SameOrigin() {}

    /** Refuses what is addressed to another host, which a rebound name would be, or was sent by another site's page. */
    public static void require(Context context) {
        String host = String.valueOf(context.header("Host"));
        String origin = context.header("Origin");
        if (!HERE.matcher(host).matches() || (origin != null && !origin.equals("http://" + host))) {
            throw new ForbiddenResponse("The playground answers only its own page, and programs on this machine.");
        }
    }
}
