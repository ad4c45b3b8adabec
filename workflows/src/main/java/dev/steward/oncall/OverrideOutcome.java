package dev.steward.oncall;

import java.util.List;

/** What became of something that somebody wanted with an override. */
public sealed interface OverrideOutcome {
    /**
     * It is as the override says.
     *
     * @param wins
     *            earlier overrides of the same time and layer, which this one is put before
     */
    record Done(ShiftOverride override, List<ShiftOverride> wins) implements OverrideOutcome {}

    /**
     * Nothing was changed.
     *
     * @param why
     *            for the person to read
     */
    record Refused(String why) implements OverrideOutcome {}
}
