package dev.steward.playground.emulator.sockets;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One open connection. */
final class Link {
    private final String id;
    private final String name;
    private final Wire wire;
    private volatile boolean leaving;

    /**
     * A connection.
     *
     * @param id   the server's
     * @param name for people, {@code S1} for the first
     */
    Link(String id, String name, Wire wire) {
        this.id = id;
        this.name = name;
        this.wire = wire;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }

    Wire wire() {
        return wire;
    }

    /** Whether nothing more is sent over it. */
    boolean isLeaving() {
        return leaving;
    }

    void leaves() {
        leaving = true;
    }

    synchronized void send(ObjectNode message) {
        wire.send(message.toString());
    }
}
