package dev.steward.playground.bench;

import java.time.Duration;

/**
 * How much is measured.
 *
 * @param boots
 *            how often each server is started anew, for what is measured cold
 * @param rounds
 *            at a steady rate, each server in turn
 * @param round
 *            how long a round takes
 * @param perSecond
 *            the steady rate
 * @param burst
 *            how many calls at once, each on a connection of its own
 * @param journeys
 *            requests that are planned and applied, each beside a raw Terraform
 * @param entries
 *            of the long ledger
 * @param history
 *            finished requests beside that ledger
 */
record Sizes(int boots, int rounds, Duration round, int perSecond, int burst, int journeys, int entries, int history) {
    /** What is published: within eight minutes on two quiet cores. */
    static final Sizes FULL = new Sizes(3, 5, Duration.ofSeconds(4), 200, 1000, 15, 1_000_000, 100_000);

    /** A first impression within two minutes. */
    static final Sizes QUICK = new Sizes(1, 2, Duration.ofSeconds(2), 200, 1000, 5, 100_000, 10_000);

    /** Shows that everything works; its figures mean nothing. */
    static final Sizes SMALLEST = new Sizes(1, 1, Duration.ofMillis(250), 40, 20, 1, 1_000, 50);

    /** Calls in one round. */
    int calls() {
        return (int) (perSecond * round.toMillis() / 1000);
    }
}
