package dev.steward.playground.emulator.faults;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * An order as it stands, or as it was when it was over.
 *
 * @param id     by which it can be withdrawn
 * @param faults one, or several of which each strike takes one
 * @param struck how often it struck
 */
public record Standing(long id, Aim aim, List<Fault> faults, Limits limits, int struck) {
    /**
     * What an order is meant for.
     *
     * @param target a method or a kind of delivery, or {@code *}
     */
    public record Aim(boolean delivery, String target, Optional<String> channel) {}

    /**
     * How far an order goes.
     *
     * @param times for how many more calls it holds, where that is counted
     * @param left  for how much longer it holds, where that is limited
     */
    public record Limits(Optional<Long> times, double probability, Optional<Duration> left) {}
}
