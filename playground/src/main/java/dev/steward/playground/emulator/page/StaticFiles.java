package dev.steward.playground.emulator.page;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.regex.Pattern;

/** The page itself: files from the class path, by plain names only. */
final class StaticFiles {
    private static final String FOLDER = "/dev/steward/playground/page/";
    private static final Pattern NAME = Pattern
            .compile("(?:[a-z0-9_-]+/){0,4}[a-zA-Z0-9_-]+(?:\\.[a-z0-9-]+)*\\.([a-z0-9]+)");
    private static final Map<String, String> TYPES = Map.of("html", "text/html; charset=utf-8", "js",
            "text/javascript; charset=utf-8", "css", "text/css; charset=utf-8", "json",
            "application/json; charset=utf-8", "svg", "image/svg+xml", "png", "image/png", "ico", "image/x-icon",
            "woff2", "font/woff2", "txt", "text/plain; charset=utf-8");
    /** Nothing of the page comes from elsewhere, except images that a message names. */
    private static final String POLICY = "default-src 'self'; img-src 'self' data: https:; style-src 'self' "
            + "'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private StaticFiles() {}

    /** Serves a file by its path below {@code /}; the empty path is {@code index.html}. */
    static void serve(Context context, String path) throws IOException {
        String name = path.isEmpty() ? "index.html" : path;
        var match = NAME.matcher(name);
        String type = match.matches() ? TYPES.get(match.group(1)) : null;
        try (InputStream in = type == null ? null : StaticFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                context.status(404).contentType("text/plain; charset=utf-8")
                        .result("There is nothing at /" + path + ". The page is at /.");
                return;
            }
            context.status(200).contentType(String.valueOf(type)).header("Cache-Control", "no-cache")
                    .header("X-Content-Type-Options", "nosniff").header("Content-Security-Policy", POLICY)
                    .result(in.readAllBytes());
        }
    }
}
