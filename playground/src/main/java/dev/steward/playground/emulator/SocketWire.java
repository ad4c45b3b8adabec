package dev.steward.playground.emulator;

import dev.steward.playground.emulator.sockets.Wire;
import io.javalin.websocket.WsContext;

/** The far end of a websocket that the emulator's server has. */
record SocketWire(WsContext context) implements Wire {
    @Override
    public void send(String text) {
        if (context.session.isOpen()) {
            context.send(text);
        }
    }

    @Override
    public void close() {
        context.closeSession(1000, "");
    }

    @Override
    public void cut() {
        context.session.disconnect();
    }
}
