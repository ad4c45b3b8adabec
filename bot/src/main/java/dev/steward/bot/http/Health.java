package dev.steward.bot.http;

import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Whether this process is alive, and whether it should be given work. Thread-safe.
 *
 * <p>
 * Healthy means that the process is up and its database answers: restart it when it is not. Ready means healthy, warmed
 * up and not about to stop: send no requests while it is not.
 */
public final class Health {
    private enum Phase {
        STARTING, READY, DRAINING
    }

    private final BooleanSupplier database;
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
            case READY -> healthz();
        };
    }

    /** What a probe is told. */
    record Answer(int status, String text) {}
}
