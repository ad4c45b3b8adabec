package dev.steward.bot.http;

import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/**
 * Terraform's state server: {@code /state/{stack}} for GET, POST, LOCK and UNLOCK, on 127.0.0.1 alone. Bodies are
 * streamed, since Terraform does not retry a 413 and a state may be large.
 */
public final class StateServer implements AutoCloseable {
    /** The largest state that is taken, in bytes. */
    public static final long LARGEST_STATE = 256L << 20;

    private final Javalin server;

    private StateServer(Javalin server) {
        this.server = server;
    }

    /** What answers Terraform. */
    @FunctionalInterface
    public interface Endpoint {
        /** Answers one request; called by many threads at once. */
        Reply answer(Call call);
    }

    /**
     * A request of Terraform's http backend.
     *
     * @param method
     *            GET, POST, LOCK or UNLOCK
     * @param lockId
     *            the query's {@code ID}
     * @param authorization
     *            the header
     */
    public record Call(String method, String stack, Optional<String> lockId, Optional<String> authorization,
            InputStream body) {}

    /** What Terraform is answered: JSON. */
    @SuppressWarnings("ArrayRecordComponent")
    public record Reply(int status, byte[] body) {}

    /**
     * Begins to listen.
     *
     * @param port
     *            0 for any that is free
     * @param largestState
     *            in bytes; {@link #LARGEST_STATE} but in tests
     * @throws RuntimeException
     *             if the port is taken
     */
    public static StateServer start(int port, long largestState, Endpoint states, Metrics metrics) {
        Boundary boundary = new Boundary(metrics);
        return new StateServer(Javalin.create(config -> {
            boundary.configure(config, "127.0.0.1", port);
            for (String method : List.of("GET", "POST", "LOCK", "UNLOCK")) {
                boundary.route(config, method, "/state/{stack}", context -> answer(context, largestState, states));
            }
        }).start());
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void answer(Context context, long largestState, Endpoint states) {
        if (context.req().getContentLengthLong() > largestState) {
            Boundary.tooLarge(context);
            return;
        }
        LimitedBody body = new LimitedBody(context.bodyInputStream(), largestState);
        Reply reply = states.answer(new Call(context.method().name(), context.pathParam("stack"),
                Optional.ofNullable(context.queryParam("ID")), Optional.ofNullable(context.header("Authorization")),
                body));
        context.status(reply.status()).contentType("application/json").result(reply.body());
    }
}
