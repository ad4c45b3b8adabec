package dev.steward.terraform;

import java.time.Duration;

/** A short call did not end within its limit and was stopped. */
public final class TerraformTimedOut extends RuntimeException {
    TerraformTimedOut(Command command, Duration limit) {
        super("terraform " + command.name() + " did not end within " + limit.toSeconds()
                + " s and was stopped: look at its output, or raise the limit");
    }
}
