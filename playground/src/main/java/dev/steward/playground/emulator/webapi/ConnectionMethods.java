package dev.steward.playground.emulator.webapi;

import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.sockets.SocketMode;
import dev.steward.playground.emulator.workspace.Seed;
import java.util.Map;
import java.util.function.Supplier;

/** {@code apps.connections.open}: the address of a connection for Socket Mode, for one use. */
final class ConnectionMethods {
    private final SocketMode sockets;
    private final Supplier<String> base;

    /** Methods for the connections; the base is where they lead to, {@code ws://host:port/}. */
    ConnectionMethods(SocketMode sockets, Supplier<String> base) {
        this.sockets = sockets;
        this.base = base;
    }

    Map<String, Method> all() {
        return Map.of("apps.connections.open", arguments -> {
            if (!sockets.isOn()) {
                throw ApiError.of("forbidden_team");
            }
            return Json.object().put("url",
                    base.get() + "link/?ticket=" + sockets.ticket() + "&app_id=" + Seed.APP);
        });
    }
}
