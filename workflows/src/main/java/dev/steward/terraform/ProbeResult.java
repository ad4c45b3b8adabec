package dev.steward.terraform;

import java.util.List;

/** What a module's probe says of whether something is still there. */
public sealed interface ProbeResult {
    /** The module has no probe. */
    record None() implements ProbeResult {}

    /** It finds nothing. */
    record Clear() implements ProbeResult {}

    /**
     * It finds something.
     *
     * @param what
     *            names of it, at most 20, without secrets
     */
    record Found(List<String> what) implements ProbeResult {
        public Found {
            what = List.copyOf(what);
        }
    }

    /**
     * It could not look.
     *
     * @param why
     *            for people
     */
    record Failed(String why) implements ProbeResult {}
}
