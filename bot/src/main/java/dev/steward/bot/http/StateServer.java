package dev.steward.bot.http;

import dev.steward.terraform.StateProtocol;
import io.javalin.Javalin;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Terraform's state server: {@code /state/{stack}} for GET, POST, LOCK and UNLOCK, on 127.0.0.1 alone. Bodies are
 * streamed, since Terraform does not retry a 413 and a state may be large.
 */
public final class StateServer implements AutoCloseable {
    private final Javalin server;

    private StateServer(Javalin server) {
        this.server = server;
    }

    /** What answers Terraform; called by many threads at once. */
    @FunctionalInterface
    public interface Endpoint {
        /** Answers one request; an exception becomes a status 500, after which Terraform tries again. */
        StateProtocol.Reply answer(StateProtocol.Call call) throws IOException;
    }

    /**
     * Begins to listen.
     *
     * @param port
     *            0 for any that is free
     * @param largestState
     *            in bytes; {@link StateProtocol#MAX_STATE_BYTES} but in tests
     * @throws PortTaken if another program has the port
     */
    public static StateServer start(int port, long largestState, Endpoint states, Metrics metrics) {
        Boundary boundary = new Boundary(metrics);
        return new StateServer(boundary.listen("127.0.0.1", port, config -> {
            for (String method : List.of("GET", "POST", "LOCK", "UNLOCK")) {
                boundary.route(config, method, "/state/{stack}", context -> answer(context, largestState, states));
            }
        }));
    }

    /** The port that is listened on. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }

    private static void answer(Context context, long largestState, Endpoint states)
            throws IOException {
        if (context.req().getContentLengthLong() > largestState) {
            Boundary.tooLarge(context);
            return;
        }
        LimitedBody body = new LimitedBody(context.bodyInputStream(), largestState);
        StateProtocol.Reply reply = states.answer(new StateProtocol.Call(context.method().name(),
                context.pathParam("stack"),
                Optional.ofNullable(context.queryParam("ID")), Optional.ofNullable(context.header("Authorization")),
                body));
        context.status(reply.status()).contentType("application/json");
        if (reply.large().isPresent()) {
            context.res().setContentLengthLong(reply.large().get().bytes());
            reply.large().get().writeTo(context.outputStream());
        } else {
            context.result(reply.body());
        }
    }
}
