package dev.steward.bot.http;

import java.io.Serial;

/** Another program listens on the port already. */
public final class PortTaken extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final int port;

    PortTaken(int port, Throwable cause) {
        super("port " + port + " is taken by another program", cause);
        this.port = port;
    }

    /** The port. */
    public int port() {
        return port;
    }
}
