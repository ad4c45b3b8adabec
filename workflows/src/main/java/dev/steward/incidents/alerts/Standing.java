package dev.steward.incidents.alerts;

import java.time.Instant;
import java.util.Optional;

/**
 * How an alert stands: the latest that is known of it, in whatever order it was told, and however often.
 *
 * @param claimed
 *            when it began to fire, as its source says, right or wrong
 * @param starts
 *            the same, never in the future
 * @param ended
 *            since when it does not fire; empty while it does
 * @param quiet
 *            whether nobody said that it is over: nothing was heard of it any more, and {@code ended} is when something was
 * @param times
 *            how often it is known to have fired
 */
public record Standing(Optional<Instant> claimed, Instant starts, Optional<Instant> ended, boolean quiet, int times) {

    /** Whether it fires. */
    public boolean firing() {
        return ended.isEmpty();
    }

    /** How an alert stands of which this is the first that is known. */
    static Standing first(AlertEvent event) {
        return new Standing(event.moments().claimed(), event.moments().starts().orElse(event.moments().at()),
                end(event, event.moments().starts().orElse(Instant.EPOCH)), false, 1);
    }

    /** How it stands after that; empty when that is older than what is known, or nothing new. */
    Optional<Standing> after(AlertEvent event) {
        int order = order(event);
        if (order > 0 || (order == 0 && quiet && event.firing())) {
            Standing next = first(event);
            return Optional.of(new Standing(next.claimed, next.starts, next.ended, false, times + 1));
        }
        return order == 0 && (firing() || quiet) && !event.firing()
                ? Optional.of(new Standing(claimed, starts, end(event, starts), false, times))
                : Optional.empty();
    }

    /** Whether the event is of an earlier time that the alert fired (negative), of the same one (0), or of a later one. */
    private int order(AlertEvent event) {
        AlertEvent.Moments moments = event.moments();
        if (moments.starts().isEmpty()) {
            return orderByWord(event);
        }
        boolean same = moments.claimed().isPresent() && moments.claimed().equals(claimed);
        return same ? 0 : moments.starts().get().compareTo(starts);
    }

    /** The source does not say when it began: then the time of saying so counts. */
    private int orderByWord(AlertEvent event) {
        Instant at = event.moments().at();
        if (firing()) {
            return !event.firing() && at.isBefore(starts) ? -1 : 0;
        }
        return !event.firing() || ended.filter(at::isAfter).isEmpty() ? -1 : 1;
    }

    private static Optional<Instant> end(AlertEvent event, Instant starts) {
        Instant at = event.moments().at();
        return event.firing() ? Optional.empty() : Optional.of(at.isBefore(starts) ? starts : at);
    }
}
