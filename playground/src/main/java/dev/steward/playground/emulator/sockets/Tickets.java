package dev.steward.playground.emulator.sockets;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Tickets for connections: each admits once, within half a minute of wall time. Safe for concurrent use. */
final class Tickets {
    private static final Duration GOOD_FOR = Duration.ofSeconds(30);

    private final Map<String, Long> issued = new HashMap<>();

    synchronized String issue() {
        String ticket = UUID.randomUUID().toString();
        issued.put(ticket, System.nanoTime());
        return ticket;
    }

    /** Uses the ticket up; answers whether it admits. */
    synchronized boolean use(Optional<String> ticket) {
        Long at = ticket.map(issued::remove).orElse(null);
        return at != null && System.nanoTime() - at <= GOOD_FOR.toNanos();
    }
}
