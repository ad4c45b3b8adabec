package dev.steward.bot.slack.sending;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether Slack answers at all. After a few calls in a row without an answer it counts as away: then one message at a
 * time is tried, every few seconds, instead of all of them again and again; the first answer, to whatever call, ends it.
 * Thread-safe.
 */
final class Outage {
    private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
    private static final int LOST_IN_A_ROW = 4;
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(5);

    private final InstantSource clock;
    private final Runnable over;
    private int lost;
    private long since;
    private long nextTry;

    /**
     * Slack is there, until it is not.
     *
     * @param over
     *            called when an outage is over
     */
    Outage(InstantSource clock, Runnable over) {
        this.clock = clock;
        this.over = over;
    }

    /** Notes how a call ended. */
    void noted(boolean answered) {
        if (answered ? ended() : begun()) {
            LOG.warn(answered ? "Slack answers again" : "Slack does not answer; one message is tried every {} s",
                    BETWEEN_TRIES.toSeconds());
            if (answered) {
                over.run();
            }
        }
    }

    private synchronized boolean begun() {
        if (lost++ == 0) {
            since = clock.millis();
        }
        return lost == LOST_IN_A_ROW;
    }

    private synchronized boolean ended() {
        boolean away = lost >= LOST_IN_A_ROW;
        lost = 0;
        return away;
    }

    /** Since when Slack does not answer; empty if it does. */
    synchronized Optional<Instant> since() {
        return lost >= LOST_IN_A_ROW ? Optional.of(Instant.ofEpochMilli(since)) : Optional.empty();
    }

    /** Whether a message may be tried now; while Slack is away, each yes counts. */
    synchronized boolean mayTry() {
        if (lost < LOST_IN_A_ROW) {
            return true;
        }
        long now = clock.millis();
        if (now < nextTry) {
            return false;
        }
        nextTry = now + BETWEEN_TRIES.toMillis();
        return true;
    }

    /** How long until a message may be tried; zero when one may be now. */
    synchronized Duration wait(Instant now) {
        return lost < LOST_IN_A_ROW ? Duration.ZERO : Duration.ofMillis(Math.max(0, nextTry - now.toEpochMilli()));
    }
}
