package dev.steward.playground.emulator.sockets;

/** The far end of one websocket. */
public interface Wire {
    /** Sends a text; one that cannot be sent is lost. */
    void send(String text);

    /** Closes it with a closing handshake. */
    void close();

    /** Breaks it: the bot hears nothing but the end of the connection. */
    void cut();
}
