package dev.steward.bot.http;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.charset.Charset;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.jspecify.annotations.Nullable;

/**
 * Answers what is refused before any of our own code sees it, such as a request that is not HTTP. Jetty's own page quotes
 * the request and names the exception behind it.
 */
final class PlainErrors extends ErrorHandler {
    private static final String TEXT = "This request cannot be answered: it is not as HTTP wants it.\n";

    @Override
    protected void writeErrorHtml(Request request, Writer writer, Charset charset, int code,
            @Nullable String message, @Nullable Throwable cause) throws IOException {
        writer.write(TEXT);
    }

    @Override
    protected void writeErrorPlain(Request request, PrintWriter writer, int code, @Nullable String message,
            @Nullable Throwable cause) {
        writer.write(TEXT);
    }

    @Override
    protected void writeErrorJson(Request request, PrintWriter writer, int code, @Nullable String message,
            @Nullable Throwable cause) {
        writer.write("{}\n");
    }
}
