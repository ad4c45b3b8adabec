package dev.steward.playground.live;

/** Why the playground does not open, and what to do. */
public final class Refused extends Exception {
    private static final long serialVersionUID = 1;

    Refused(String why) {
        super(why);
    }
}
