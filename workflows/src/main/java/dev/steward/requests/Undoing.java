package dev.steward.requests;

import java.util.Optional;

/**
 * How something is to be undone.
 *
 * @param incident
 *            row of the incident for which it is to be undone
 * @param instead
 *            the change that waits and that whoever asks was told would be withdrawn; no other is
 */
public record Undoing(Optional<Long> incident, Optional<RequestId> instead) {
    /** For no incident, and with nothing withdrawn. */
    public static final Undoing PLAIN = new Undoing(Optional.empty(), Optional.empty());

    /** For an incident; what waits stays. */
    public static Undoing of(long incident) {
        return new Undoing(Optional.of(incident), Optional.empty());
    }
}
