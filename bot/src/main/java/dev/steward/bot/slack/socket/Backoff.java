package dev.steward.bot.slack.socket;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: twice as long after each failure, up to a limit, and never quite the same, so that
 * several connections do not knock together.
 */
final class Backoff {
    private static final Duration FIRST = Duration.ofMillis(250);

    private final RandomGenerator random;
    private final Duration longest;
    private int failures;

    Backoff(Duration longest, RandomGenerator random) {
        this.longest = longest;
        this.random = random;
    }

    /** The wait after one more failure: from half of what is meant to all of it, and no less than Slack asked for. */
    Duration next(Duration asked) {
        Duration meant = FIRST.multipliedBy(1L << Math.min(failures++, 7));
        if (meant.compareTo(longest) > 0) {
            meant = longest;
        }
        Duration wait = Duration.ofMillis(meant.toMillis() / 2 + random.nextLong(meant.toMillis() / 2 + 1));
        return wait.compareTo(asked) < 0 ? asked : wait;
    }

    /** It worked: the next failure is the first again. */
    void reset() {
        failures = 0;
    }
}
