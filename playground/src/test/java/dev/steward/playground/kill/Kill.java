package dev.steward.playground.kill;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** One kill: when it came, and what became of the life that it struck. */
final class Kill {
    private final String moment;
    private final boolean terraformToo;
    private @Nullable Duration settled;
    private @Nullable Ending ending;

    Kill(String moment, boolean terraformToo) {
        this.moment = moment;
        this.terraformToo = terraformToo;
    }

    /**
     * How a life ended.
     *
     * @param state
     *            applied, waiting or indeterminate
     * @param doubled
     *            whether a plan was applied twice
     * @param lost
     *            whether something is not there that Slack was told "ok" about
     */
    record Ending(String state, boolean doubled, boolean lost) {}

    String moment() {
        return moment;
    }

    boolean terraformToo() {
        return terraformToo;
    }

    /** Nothing was left to do that long after the next start. */
    void settledAfter(Duration time) {
        settled = time;
    }

    void ended(Ending how) {
        ending = how;
    }

    @Nullable
    Duration settled() {
        return settled;
    }

    @Nullable
    Ending ending() {
        return ending;
    }

    @Override
    public String toString() {
        return moment + (terraformToo ? " (Terraform too)" : "");
    }
}
