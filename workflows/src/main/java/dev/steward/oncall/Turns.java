package dev.steward.oncall;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.Optional;

/**
 * The turns of one layer, before anybody changed them. All is reckoned in local time, so that people hand over at the same
 * time of day on both sides of a change of the clocks. A hand-over that falls into skipped time is at its end; one in time
 * that comes twice is in the first. So the moments of hand-overs never run backwards, and turns tile the time; a turn that
 * would lie within skipped time altogether does not take place.
 */
record Turns(ZoneId zone, Rotation.Layer layer) {

    /** One turn: from its beginning, up to and without its end. */
    record Turn(Instant from, Instant until, String person) {}

    /** The turn at that moment; none before the first. */
    Optional<Turn> at(Instant moment) {
        long number = number(moment);
        return number < 0
                ? Optional.empty()
                : Optional.of(new Turn(begin(number), begin(number + 1),
                        layer.people().get((int) (number % layer.people().size()))));
    }

    /** When the first turn begins. */
    Instant begins() {
        return begin(0);
    }

    private long number(Instant moment) {
        LocalDateTime local = LocalDateTime.ofInstant(moment, zone);
        long number = Math.floorDiv(Duration.between(layer.starts(), local).toSeconds(), layer.every().toSeconds());
        while (begin(number).isAfter(moment)) {
            number--;
        }
        while (!begin(number + 1).isAfter(moment)) {
            number++;
        }
        return number;
    }

    private Instant begin(long number) {
        LocalDateTime local = layer.starts().plusSeconds(Math.multiplyExact(number, layer.every().toSeconds()));
        ZoneOffsetTransition change = zone.getRules().getTransition(local);
        return change != null && change.isGap() ? change.getInstant() : local.atZone(zone).toInstant();
    }
}
