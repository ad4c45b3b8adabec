package dev.steward.incidents.alerts;

import java.util.OptionalLong;

/**
 * An alert.
 *
 * @param fingerprint
 *            which of its source
 * @param group
 *            the group that it fired in last; empty: it was never seen to fire
 */
public record Alert(AlertSource source, String fingerprint, OptionalLong group, Standing standing,
        AlertEvent.Told told) {
    Alert in(long other) {
        return new Alert(source, fingerprint, OptionalLong.of(other), standing, told);
    }
}
