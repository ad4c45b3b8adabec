package dev.steward.playground.emulator.delivery;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.journal.Delivery.Outcome;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.VirtualClock;
import dev.steward.playground.emulator.workspace.Workspace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Events on their way to the bot: each is tried at once, and after a failure at 60 and at 300 seconds of virtual time
 * counted from when it happened. Events the app has not subscribed to are not sent.
 */
public final class EventQueue implements AutoCloseable {
    private static final List<Duration> RETRIES = List.of(Duration.ofSeconds(60), Duration.ofSeconds(300));

    private final Workspace workspace;
    private final VirtualClock clock;
    private final BotLink link;
    private final Set<String> subscribed;
    private final ExecutorService sender = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().daemon().name("slack-event-retries").unstarted(task));
    private final ScheduledFuture<?> ticking;
    private final Object idle = new Object();
    private final List<Waiting> waiting = new ArrayList<>();
    private int underWay;

    private record Waiting(ObjectNode envelope, int attempt, String reason, Instant happenedAt) {
        Instant due() {
            return happenedAt.plus(RETRIES.get(attempt - 1));
        }
    }

    public EventQueue(Workspace workspace, VirtualClock clock, BotLink link, Set<String> subscribed) {
        this.workspace = workspace;
        this.clock = clock;
        this.link = link;
        this.subscribed = Set.copyOf(subscribed);
        workspace.listen(this::happened);
        clock.onAdvance(this::retryDue);
        ticking = ticker.scheduleWithFixedDelay(this::retryDue, 200, 200, TimeUnit.MILLISECONDS);
    }

    /**
     * Waits until every attempt under way has ended, at most that long; retries that are not yet due are not waited for.
     */
    public void settle(Duration atMost) {
        long until = System.nanoTime() + atMost.toNanos();
        synchronized (idle) {
            try {
                for (long left = atMost.toMillis(); underWay > 0 && left > 0; left = (until - System.nanoTime())
                        / 1_000_000) {
                    idle.wait(left);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
        link.settle(Duration.ofNanos(Math.max(0, until - System.nanoTime())));
    }

    /** Drops what waits for a retry. */
    public void clear() {
        synchronized (waiting) {
            waiting.clear();
        }
    }

    private void happened(String subscription, ObjectNode event) {
        if (subscribed.contains(subscription)) {
            submit(new Waiting(envelope(event), 0, "", clock.instant()));
        }
    }

    private ObjectNode envelope(ObjectNode event) {
        ObjectNode envelope = Json.object().put("token", "verification-token").put("team_id", Seed.TEAM)
                .put("context_team_id", Seed.TEAM).putNull("context_enterprise_id").put("api_app_id", Seed.APP);
        ObjectNode copy = event.deepCopy();
        if (!copy.has("event_ts")) {
            copy.put("event_ts", workspace.newTs());
        }
        envelope.set("event", copy);
        envelope.put("type", "event_callback").put("event_id", workspace.newEventId())
                .put("event_time", clock.instant().getEpochSecond()).put("is_ext_shared_channel", false)
                .put("event_context", "1-" + event.path("type").asText());
        envelope.putArray("authorizations").addObject().putNull("enterprise_id").put("team_id", Seed.TEAM)
                .put("user_id", Seed.BOT_USER).put("is_bot", true).put("is_enterprise_install", false);
        return envelope;
    }

    private void retryDue() {
        List<Waiting> due = new ArrayList<>();
        synchronized (waiting) {
            for (Iterator<Waiting> each = waiting.iterator(); each.hasNext();) {
                Waiting one = each.next();
                if (!clock.instant().isBefore(one.due())) {
                    due.add(one);
                    each.remove();
                }
            }
        }
        due.forEach(this::submit);
    }

    private void submit(Waiting event) {
        synchronized (idle) {
            underWay++;
        }
        sender.execute(() -> {
            try {
                attempt(event);
            } finally {
                synchronized (idle) {
                    underWay--;
                    idle.notifyAll();
                }
            }
        });
    }

    private void attempt(Waiting event) {
        Delivery delivery = link.event(event.envelope, event.attempt, event.reason);
        if (!delivery.acknowledged() && event.attempt < RETRIES.size()) {
            synchronized (waiting) {
                waiting.add(new Waiting(event.envelope, event.attempt + 1, reason(delivery), event.happenedAt));
            }
        }
    }

    private static String reason(Delivery delivery) {
        Outcome outcome = delivery.reply().outcome();
        return switch (outcome) {
            case TIMED_OUT -> "http_timeout";
            case REFUSED -> "http_error";
            case UNREACHABLE -> "connection_failed";
            case ACKNOWLEDGED -> "";
        };
    }

    @Override
    public void close() {
        ticking.cancel(false);
        ticker.shutdownNow();
        sender.shutdownNow();
    }
}
