package dev.steward.bot.slack.channels;

import java.time.Duration;

/** Why the steps for a channel do not go on now. */
sealed interface Stop {
    /** Soon enough to be tried again after an answer was lost. */
    Duration SOON = Duration.ofSeconds(2);

    /** They go on by themselves. */
    record Later(Duration after) implements Stop {}

    /** People have to do something first. */
    record Stuck(Trouble trouble) implements Stop {}
}
