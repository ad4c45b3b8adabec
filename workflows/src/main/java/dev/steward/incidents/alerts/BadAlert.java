package dev.steward.incidents.alerts;

/** An alert that cannot be taken; the message says why in a few words, and quotes nothing of it. */
final class BadAlert extends Exception {
    private static final long serialVersionUID = 1L;

    BadAlert(String why) {
        super(why);
    }
}
