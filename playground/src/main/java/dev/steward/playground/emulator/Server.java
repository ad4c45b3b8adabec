package dev.steward.playground.emulator;

import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.page.Refusal;
import dev.steward.playground.emulator.page.SameOrigin;
import dev.steward.playground.emulator.sockets.SocketMode;
import dev.steward.playground.emulator.webapi.Answer;
import dev.steward.playground.emulator.webapi.ApiGate;
import dev.steward.playground.emulator.webapi.ApiRequest;
import dev.steward.playground.emulator.webapi.ResponseMessages;
import io.javalin.Javalin;
import io.javalin.config.RoutesConfig;
import io.javalin.http.BadRequestResponse;
import io.javalin.http.ContentTooLargeResponse;
import io.javalin.http.Context;
import io.javalin.http.ForbiddenResponse;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The emulator's HTTP side: hands requests to the gate and answers back, or breaks the connection. */
final class Server implements AutoCloseable {
    /** Blocks of a view may be 250 kB before form encoding, which can triple them. */
    private static final long MAX_REQUEST = 4_000_000;

    /** Read as it came: the servlet's own look at it fails over a charset that there is not. */
    private static final String TYPE = "Content-Type";
    private static final String LINE = "line";
    private static final Logger LOG = LoggerFactory.getLogger(Server.class);

    private final ApiGate gate;
    private final ResponseMessages responses;
    private final SocketMode sockets;
    private @Nullable Javalin javalin;

    Server(ApiGate gate, ResponseMessages responses, SocketMode sockets) {
        this.gate = gate;
        this.responses = responses;
        this.sockets = sockets;
    }

    @SafeVarargs
    final void start(int port, Consumer<RoutesConfig>... others) {
        javalin = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            config.startup.showOldJavalinVersionWarning = false;
            config.concurrency.useVirtualThreads = true;
            config.http.maxRequestSize = MAX_REQUEST;
            config.jetty.modifyHttpConfiguration(http -> http.addCustomizer((request, headers) -> {
                request.setAttribute(LINE, request.getConnectionMetaData().getConnection().getEndPoint());
                return request;
            }));
            RoutesConfig routes = config.routes;
            routes.post("/api/{method}", this::api);
            routes.get("/api/{method}", this::api);
            routes.post("/response/{id}",
                    context -> answer(context, responses.serve(context.pathParam("id"), body(context))));
            sockets(routes);
            for (Consumer<RoutesConfig> other : others) {
                other.accept(routes);
            }
            routes.before(SameOrigin::require);
            routes.exception(Refusal.class,
                    (refusal, context) -> refused(context, refusal.status(), refusal.getMessage()));
            routes.exception(HttpResponseException.class,
                    (refusal, context) -> refused(context, refusal.getStatus(), refusal.getMessage()));
            routes.exception(RuntimeException.class, Server::bug);
        }).start("127.0.0.1", port);
    }

    private void sockets(RoutesConfig routes) {
        routes.wsBeforeUpgrade("/link", context -> {
            if (!sockets.admits(Optional.ofNullable(context.queryParam("ticket")))) {
                throw new ForbiddenResponse("this ticket does not admit");
            }
        });
        routes.ws("/link", ws -> {
            ws.onConnect(context -> sockets.opened(context.sessionId(), new SocketWire(context)));
            ws.onMessage(context -> sockets.received(context.sessionId(), context.message()));
            ws.onClose(context -> sockets.ended(context.sessionId()));
            ws.onError(context -> sockets.ended(context.sessionId()));
        });
    }

    /** The address, with a trailing slash. */
    String base() {
        if (javalin == null) {
            throw new IllegalStateException("The server has not been started");
        }
        return "http://127.0.0.1:" + javalin.port() + "/";
    }

    /** A bug of the emulator, never an answer that Slack would give: loud in the log and in the body. */
    private static void bug(RuntimeException exception, Context context) {
        LOG.error("The emulator failed at {} {}", context.method(), context.path(), exception);
        context.status(500).result("The emulator failed: " + exception);
    }

    private static void refused(Context context, int status, @Nullable String why) {
        context.status(status).contentType("application/json; charset=utf-8")
                .result(Json.object().put("error", String.valueOf(why)).toString());
    }

    private void api(Context context) {
        answer(context, gate.serve(new ApiRequest(context.pathParam("method"),
                Optional.ofNullable(context.header("Authorization")), Optional.ofNullable(context.header(TYPE)),
                Objects.requireNonNullElse(context.queryString(), ""), body(context))));
    }

    /** At most what is allowed, whatever length was announced, and only if it is text. */
    private static Optional<String> body(Context context) {
        if (context.req().getContentLengthLong() > MAX_REQUEST) {
            throw new ContentTooLargeResponse();
        }
        try {
            byte[] bytes = context.req().getInputStream().readNBytes((int) MAX_REQUEST + 1);
            if (bytes.length > MAX_REQUEST) {
                throw new ContentTooLargeResponse();
            }
            String type = Objects.requireNonNullElse(context.header(TYPE), "");
            Charset charset = ApiRequest.latin(type) ? StandardCharsets.ISO_8859_1 : StandardCharsets.UTF_8;
            return Optional.of(charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException noText) {
            return Optional.empty();
        } catch (IOException clientIsGone) {
            throw new BadRequestResponse("the body broke off");
        }
    }

    private static void answer(Context context, Answer answer) {
        switch (answer) {
            case Answer.Whole whole -> {
                whole.headers().forEach(context::header);
                context.status(whole.status()).contentType(whole.contentType()).result(whole.body());
            }
            case Answer.Cut cut -> cut(context);
            case Answer.Reset reset -> reset(context);
        }
    }

    /** Promises more bytes than it sends: the server then drops the connection, and no client can read the answer. */
    private static void cut(Context context) {
        try {
            context.res().setContentLength(1_000);
            context.res().getOutputStream().write("{".getBytes(StandardCharsets.UTF_8));
            context.res().flushBuffer();
        } catch (IOException clientIsGone) {
            context.status(500);
        }
    }

    /** Closes the socket without lingering, upon which the kernel sends RST. */
    private static void reset(Context context) {
        EndPoint line = Objects.requireNonNull(context.attribute(LINE), "the line of a request");
        try {
            ((SocketChannel) line.getTransport()).setOption(StandardSocketOptions.SO_LINGER, 0);
        } catch (IOException clientIsGone) {
            LOG.debug("the client was faster", clientIsGone);
        }
        line.close();
    }

    @Override
    public void close() {
        if (javalin != null) {
            javalin.stop();
        }
    }
}
