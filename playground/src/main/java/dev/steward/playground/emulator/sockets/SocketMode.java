package dev.steward.playground.emulator.sockets;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.journal.Delivery.Outcome;
import dev.steward.playground.emulator.journal.Delivery.Reply;
import dev.steward.playground.emulator.journal.Journal;
import dev.steward.playground.emulator.journal.SocketNote;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The app's connections, and what is sent over them in turn. An envelope must be acknowledged in time over the connection
 * that it was sent over. When that ends before, an event is sent again over another at once; for a command or an
 * interaction the person is told. Safe for concurrent use; times are wall time.
 */
public final class SocketMode implements AutoCloseable {
    /** Slack's limit of connections of one app. */
    public static final int MOST = 10;

    private volatile InstantSource wall = Clock.systemUTC();
    private final Journal journal;
    private final Duration limit;
    private final Tickets tickets = new Tickets();
    private final ScheduledExecutorService closing = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("slack-socket-closing").unstarted(task));
    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Map<String, Pending> pending = new LinkedHashMap<>();
    private boolean on;
    private int turn;
    private long lastLink;
    private long lastEnvelope;

    /** Why Slack says that it will close a connection. */
    public enum Reason {
        /** It will be closed in about ten seconds. */
        WARNING,
        /** It is to be replaced now; nothing more is sent over it. */
        REFRESH_REQUESTED,
        /** Socket Mode was switched off. */
        LINK_DISABLED,
        /** The app has more connections than it may have. */
        TOO_MANY_WEBSOCKETS;

        String word() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /** No connections yet, and Socket Mode off. */
    public SocketMode(Journal journal, Duration limit) {
        this.journal = journal;
        this.limit = limit;
    }

    /** Notes times by that clock from now on; limits stay those of wall time. */
    public void tellTimeBy(InstantSource clock) {
        wall = clock;
    }

    /** Switches Socket Mode on or off in the app's settings; off ends every connection. */
    public void set(boolean wanted) {
        synchronized (this) {
            on = wanted;
        }
        if (!wanted) {
            disconnect(MOST, Reason.LINK_DISABLED, Duration.ZERO);
        }
    }

    public synchronized boolean isOn() {
        return on;
    }

    /** A ticket for one connection. */
    public String ticket() {
        return tickets.issue();
    }

    /** Uses a ticket up; answers whether it admits. */
    public boolean admits(Optional<String> ticket) {
        return tickets.use(ticket) && isOn();
    }

    /** A connection was opened: it is greeted, or turned away when there are too many. */
    public synchronized void opened(String id, Wire wire) {
        Link link = new Link(id, "S" + ++lastLink, wire);
        if (links.size() >= MOST) {
            note(link, "turned away: " + Reason.TOO_MANY_WEBSOCKETS.word());
            link.send(farewell(Reason.TOO_MANY_WEBSOCKETS));
            wire.close();
            return;
        }
        links.put(id, link);
        note(link, "opened");
        ObjectNode hello = Json.object().put("type", "hello").put("num_connections", links.size());
        hello.putObject("connection_info").put("app_id", Seed.APP);
        hello.putObject("debug_info").put("host", "applink-playground").put("build_number", 1)
                .put("approximate_connection_time", 18060).put("started", wall.instant().toString());
        link.send(hello);
    }

    /** Something came over a connection; only acknowledgements count. */
    public synchronized void received(String id, String text) {
        Link link = links.get(id);
        JsonNode message = Json.parse(text).orElse(Json.object());
        String envelope = message.path("envelope_id").asText();
        if (link == null || envelope.isEmpty()) {
            return;
        }
        Pending waiting = pending.get(envelope);
        if (waiting == null) {
            note(link, "acknowledged " + envelope + ", which nobody waits for");
        } else if (!waiting.link().equals(link)) {
            note(link, "acknowledged " + envelope + ", which came over " + waiting.link().name());
        } else {
            pending.remove(envelope);
            note(link, "acknowledged " + envelope);
            waiting.answered(message.path("payload"));
        }
    }

    /** A connection has ended. */
    public synchronized void ended(String id) {
        Link link = links.remove(id);
        if (link == null) {
            return;
        }
        note(link, "ended");
        List<Pending> left = pending.values().stream().filter(one -> one.link().equals(link)).toList();
        pending.values().removeAll(left);
        left.forEach(Pending::lost);
    }

    /** How many are open. */
    public synchronized int open() {
        return links.size();
    }

    /** How many envelopes wait for their acknowledgement. */
    public synchronized int waiting() {
        return pending.size();
    }

    /** Breaks that many connections, oldest first, without a word; answers how many there were. */
    public int drop(int count) {
        List<Link> meant = oldest(count);
        meant.forEach(this::cut);
        return meant.size();
    }

    private void cut(Link link) {
        note(link, "broken");
        ended(link.id());
        link.wire().cut();
    }

    /** Says on that many connections, oldest first, that they will be closed, and closes them after a while. */
    public int disconnect(int count, Reason reason, Duration closedAfter) {
        List<Link> meant = oldest(count);
        meant.forEach(link -> {
            note(link, "disconnect " + reason.word());
            if (reason != Reason.WARNING) {
                link.leaves();
            }
            link.send(farewell(reason));
            var _ = closing.schedule(() -> link.wire().close(), closedAfter.toMillis(), TimeUnit.MILLISECONDS);
        });
        return meant.size();
    }

    private synchronized List<Link> oldest(int count) {
        return links.values().stream().filter(link -> !link.isLeaving()).limit(count).toList();
    }

    private static ObjectNode farewell(Reason reason) {
        ObjectNode farewell = Json.object().put("type", "disconnect").put("reason", reason.word());
        farewell.putObject("debug_info").put("host", "applink-playground");
        return farewell;
    }

    /**
     * Something to send.
     *
     * @param kind    {@code command}, {@code event_callback}, or the type of the interaction
     * @param attempt 0 for the first
     * @param reason  why it is sent again, empty for the first attempt
     * @param dropped whether the connection breaks as soon as it was sent
     */
    public record Sent(String kind, JsonNode payload, int attempt, String reason, boolean dropped) {
        Sent again() {
            return new Sent(kind, payload, attempt + 1, "connection_lost", false);
        }
    }

    /** Sends something and waits for its acknowledgement. */
    public Reply deliver(Sent first) {
        Instant sentAt = wall.instant();
        long started = System.nanoTime();
        Sent what = first;
        while (true) {
            Optional<Pending> sent = send(what);
            if (what.dropped()) {
                sent.ifPresent(one -> cut(one.link()));
            }
            Pending.End end = sent.map(one -> one.await(limit.minusNanos(System.nanoTime() - started)))
                    .orElse(new Pending.Lost());
            sent.ifPresent(this::forget);
            Duration took = Duration.ofNanos(System.nanoTime() - started);
            switch (end) {
                case Pending.Answered answered -> {
                    return reply(what.kind(), answered.payload(), sentAt, took);
                }
                case Pending.TimedOut timedOut -> {
                    return new Reply(Outcome.TIMED_OUT, 0, "", sentAt, took);
                }
                case Pending.Lost lost -> {
                    if (!what.kind().equals("event_callback") || sent.isEmpty()) {
                        return new Reply(Outcome.UNREACHABLE, 0, "", sentAt, took);
                    }
                    what = what.again();
                }
            }
        }
    }

    private synchronized Optional<Pending> send(Sent what) {
        List<Link> able = new ArrayList<>(links.values());
        able.removeIf(Link::isLeaving);
        if (able.isEmpty()) {
            return Optional.empty();
        }
        Link link = able.get(turn++ % able.size());
        String id = "E" + ++lastEnvelope;
        ObjectNode envelope = Json.object().put("envelope_id", id).put("type", type(what.kind()))
                .put("accepts_response_payload", takesAnswer(what.kind()));
        envelope.set("payload", what.payload());
        if (what.attempt() > 0) {
            envelope.put("retry_attempt", what.attempt()).put("retry_reason", what.reason());
        }
        Pending waiting = new Pending(id, link);
        pending.put(id, waiting);
        note(link, "sent " + id + " " + what.kind()
                + (what.attempt() > 0 ? ", attempt " + (what.attempt() + 1) : ""));
        link.send(envelope);
        return Optional.of(waiting);
    }

    private synchronized void forget(Pending waiting) {
        pending.remove(waiting.envelope());
    }

    /** An answer where none is taken is a mistake of the bot, so it is refused. */
    private static Reply reply(String kind, JsonNode payload, Instant sentAt, Duration took) {
        if (payload.isMissingNode() || payload.isNull()) {
            return new Reply(Outcome.ACKNOWLEDGED, 200, "", sentAt, took);
        }
        return takesAnswer(kind)
                ? new Reply(Outcome.ACKNOWLEDGED, 200, payload.toString(), sentAt, took)
                : new Reply(Outcome.REFUSED, Delivery.TAKEN_NOT, "no payload is taken for " + kind, sentAt, took);
    }

    private static String type(String kind) {
        return switch (kind) {
            case "command" -> "slash_commands";
            case "event_callback" -> "events_api";
            default -> "interactive";
        };
    }

    private static boolean takesAnswer(String kind) {
        return kind.equals("command") || kind.equals("view_submission") || kind.equals("block_suggestion");
    }

    private void note(Link link, String what) {
        journal.socket(number -> new SocketNote(number, wall.instant(), link.name(), what));
    }

    @Override
    public void close() {
        closing.shutdownNow();
    }
}
