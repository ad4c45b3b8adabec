package dev.steward.incidents.alerts;

import java.time.Instant;
import java.util.OptionalLong;

/**
 * An alert.
 *
 * @param fingerprint
 *            which of its source
 * @param group
 *            the group that it fired in last; empty: it was never seen to fire
 * @param heard
 *            when its source last said that it fires, to the minute
 */
public record Alert(AlertSource source, String fingerprint, OptionalLong group, Standing standing,
        AlertEvent.Told told, Instant heard) {
    Alert in(long other) {
        return new Alert(source, fingerprint, OptionalLong.of(other), standing, told, heard);
    }
}
