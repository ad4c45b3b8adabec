package dev.steward.playground.emulator.sockets;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** One open connection. */
final class Link {
    private final String name;
    private final Wire wire;
    private volatile boolean leaving;

    Link(String name, Wire wire) {
        this.name = name;
        this.wire = wire;
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
