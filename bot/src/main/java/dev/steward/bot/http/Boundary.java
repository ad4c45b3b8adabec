package dev.steward.bot.http;

import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import io.javalin.util.JavalinBindException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Consumer;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.ServerConnector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What both servers have in common: how they listen, what they measure, and the one place where a failure ends. It logs
 * the failure under an id and answers that id; nobody outside sees a stack trace.
 */
final class Boundary {
    private static final Logger LOG = LoggerFactory.getLogger(Boundary.class);
    private static final String STARTED = "steward.started";
    private static final String ROUTE = "steward.route";

    /** With the default, a burst of new connections overflows the queue and costs repeated SYNs of a second each. */
    private static final int ACCEPT_QUEUE = 4096;

    private final Metrics metrics;

    Boundary(Metrics metrics) {
        this.metrics = metrics;
    }

    /**
     * Begins to listen.
     *
     * @throws PortTaken
     *             if another program has the port
     */
    Javalin listen(String host, int port, Consumer<JavalinConfig> routes) {
        Javalin server = Javalin.create(config -> {
            configure(config, host, port);
            routes.accept(config);
        });
        try {
            return server.start();
        } catch (JavalinBindException e) {
            throw new PortTaken(port, e);
        }
    }

    private void configure(JavalinConfig config, String host, int port) {
        config.startup.showJavalinBanner = false;
        config.startup.showOldJavalinVersionWarning = false;
        config.startup.startupWatcherEnabled = false;
        config.concurrency.useVirtualThreads = true;
        config.http.prefer405over404 = true;
        config.router.javaLangErrorHandler(this::broken);
        config.jetty.modifyServer(server -> server.setErrorHandler(new PlainErrors()));
        config.jetty.modifyHttpConfiguration(http -> http.setSendServerVersion(false));
        config.jetty.addConnector((server, http) -> {
            ServerConnector connector = new ServerConnector(server,
                    new HttpConnectionFactory(http));
            connector.setHost(host);
            connector.setPort(port);
            connector.setAcceptQueueSize(ACCEPT_QUEUE);
            return connector;
        });
        config.routes.before(context -> context.attribute(STARTED, System.nanoTime()));
        config.routes.after(this::measure);
        config.routes.exception(Exception.class, this::failed);
        config.routes.error(404, context -> refuse(context, "There is nothing at this address.\n"));
        config.routes.error(405, context -> refuse(context, "This address does not take such requests.\n"));
    }

    void route(JavalinConfig config, String method, String path, Handler handler) {
        config.routes.addHttpHandler(HandlerType.findOrCreate(method), path, context -> {
            context.attribute(ROUTE, path);
            handler.handle(context);
        });
    }

    private void measure(Context context) {
        Long started = context.attribute(STARTED);
        String route = context.attribute(ROUTE);
        if (started != null) {
            String method = route == null ? "other" : context.method().name();
            metrics.answered(method, route == null ? "other" : route, context.statusCode(),
                    Duration.ofNanos(System.nanoTime() - started));
        }
    }

    private void failed(Exception failure, Context context) {
        if (BodyTooLarge.isBehind(failure)) {
            tooLarge(context);
            return;
        }
        if (BodyUnreadable.isBehind(failure)) {
            LOG.warn("a body to {} that cannot be read to its end", String.valueOf(context.<String>attribute(ROUTE)));
            context.header("Connection", "close");
            text(context, 400, "The body cannot be read to its end.\n");
            return;
        }
        String id = errorId();
        LOG.error("error {} while answering {} {}", id, context.method(), context.attribute(ROUTE), failure);
        text(context, 500, message(id));
    }

    private void broken(HttpServletResponse response, Error error) {
        String id = errorId();
        LOG.error("error {}", id, error);
        response.setStatus(500);
        response.setContentType("text/plain; charset=utf-8");
        try {
            response.getOutputStream().write(message(id).getBytes(StandardCharsets.UTF_8));
        } catch (IOException | IllegalStateException e) {
            LOG.debug("error {} could not be answered", id, e);
        }
    }

    private static void refuse(Context context, String text) {
        if (context.attribute(ROUTE) == null) {
            text(context, context.statusCode(), text);
        }
    }

    static void tooLarge(Context context) {
        // The rest of the body is not read, so the connection cannot be used again.
        context.header("Connection", "close");
        text(context, 413, "The body is too large.\n");
    }

    static void text(Context context, int status, String text) {
        context.status(status).contentType("text/plain; charset=utf-8").result(text);
    }

    private static String errorId() {
        return UUID.randomUUID().toString().substring(0, 8);
    }

    private static String message(String id) {
        return "Something went wrong on our side. It is in Steward's log as error " + id + ".\n";
    }
}
