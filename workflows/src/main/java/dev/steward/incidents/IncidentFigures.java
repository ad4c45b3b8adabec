package dev.steward.incidents;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;

/**
 * How incidents of some time went. Those that were declined or merged are left out, and so are confidential ones: a figure
 * of one incident tells of it.
 *
 * @param all
 *            all of them together
 * @param byService
 *            by the name of what they were on; those of which that is not known are not in it
 * @param applied
 *            how many runs were applied in that time, without those that gave or took access
 * @param failures
 *            how many runs of that time an incident names as its cause
 */
public record IncidentFigures(Course all, Map<Severity, Course> bySeverity, Map<String, Course> byService, int applied,
        int failures) {

    /** Those that were declared, and the runs that ended, from a moment on and before another. */
    public static IncidentFigures of(Handle handle, Instant from, Instant to) {
        return Counting.of(handle, from, to);
    }

    /**
     * How some incidents went.
     *
     * @param toTakeUp
     *            from the declaration until somebody saw to it
     * @param toResolve
     *            from the declaration until it was resolved
     */
    public record Course(int count, Spread toTakeUp, Spread toResolve) {}

    /**
     * How long something took.
     *
     * @param count
     *            of how many incidents; none: there is neither a median nor a mean
     */
    public record Spread(int count, Optional<Duration> median, Optional<Duration> mean) {}

    /** Which part of what was applied an incident names as its cause; empty when nothing was applied. */
    public OptionalDouble changeFailureRate() {
        return applied == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) failures / applied);
    }
}
