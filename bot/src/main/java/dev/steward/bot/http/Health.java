package dev.steward.bot.http;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;

/**
 * Whether this process is alive, and whether it should be given work. Thread-safe.
 *
 * <p>
 * Healthy means that the process is up and its database answers: restart it when it is not. Ready means healthy, warmed
 * up and not about to stop: send no requests while it is not.
 */
public final class Health {
    /** Connections of our own, over which work comes in. */
    private record Connections(IntSupplier open, int wanted) {}

    private enum Phase {
        STARTING, READY, DRAINING
    }

    private final BooleanSupplier database;
    private volatile Connections connections = new Connections(() -> 0, 0);
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);
    private volatile String waitsFor = "";
    private volatile Supplier<List<String>> warnings = List::of;

    /**
     * The health of a process that is still starting.
     *
     * @param database
     *            whether the database answers
     */
    public Health(BooleanSupplier database) {
        this.database = database;
    }

    /**
     * Says that work comes in over connections of our own: without any of them the process is not ready.
     *
     * @param open
     *            how many are open now
     */
    public void receivesOver(IntSupplier open, int wanted) {
        connections = new Connections(open, wanted);
    }

    /**
     * Says what the start has to wait for.
     *
     * @param why
     *            what is wrong and what to do, in a sentence
     */
    public void waiting(String why) {
        waitsFor = why;
    }

    /** Says that everything is warmed up; without effect once it drains. */
    public void ready() {
        phase.compareAndSet(Phase.STARTING, Phase.READY);
    }

    /** Says that the process is about to stop. */
    public void draining() {
        phase.set(Phase.DRAINING);
    }

    /**
     * Has both probes tell of what somebody should see to. They stay 200: a restart would not help, and a Steward that
     * can store nothing must still be reached, to say so to people.
     */
    public void warnings(Supplier<List<String>> source) {
        warnings = source;
    }

    Answer healthz() {
        if (!database.getAsBoolean()) {
            return new Answer(503, "the database does not answer");
        }
        List<String> toSee = warnings.get();
        return new Answer(200, toSee.isEmpty() ? "ok" : "ok, but " + String.join("; ", toSee));
    }

    Answer readyz() {
        return switch (phase.get()) {
            case STARTING -> new Answer(503, waitsFor.isEmpty() ? "starting" : "starting: " + waitsFor);
            case DRAINING -> new Answer(503, "draining: running applies are being finished, new work is not taken");
            case READY -> connected(healthz());
        };
    }

    private Answer connected(Answer healthy) {
        Connections now = connections;
        if (healthy.status() != 200 || now.wanted() == 0) {
            return healthy;
        }
        int open = now.open().getAsInt();
        return open == 0
                ? new Answer(503, "no connection to Slack is open")
                : new Answer(200, "ok, " + open + " of " + now.wanted() + " connections to Slack are open"
                        + healthy.text().substring("ok".length()));
    }

    /** What a probe is told. */
    record Answer(int status, String text) {}
}
