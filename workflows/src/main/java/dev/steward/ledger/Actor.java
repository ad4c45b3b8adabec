package dev.steward.ledger;

import java.util.regex.Pattern;

/** Who did something, as the ledger and every table name it. */
public sealed interface Actor {
    /** The stored form; {@link #parse} reads it back. */
    String text();

    /**
     * A person in Slack, by immutable ids.
     *
     * @param team
     *            workspace or enterprise id
     * @param user
     *            user id
     */
    record SlackUser(String team, String user) implements Actor {
        @Override
        public String text() {
            return "slack:" + team + "/" + user;
        }
    }

    /**
     * Somebody at the command line of the machine. An operator never decides proposals.
     *
     * @param osUser
     *            the name of the operating system's user
     */
    record Operator(String osUser) implements Actor {
        @Override
        public String text() {
            return "operator:" + osUser;
        }
    }

    /** Steward itself: sweeps, expiries, recovery. */
    record Steward() implements Actor {
        @Override
        public String text() {
            return "steward";
        }
    }

    /** Steward itself. */
    Actor STEWARD = new Steward();

    /**
     * Reads the stored form.
     *
     * @throws IllegalArgumentException if it is none
     */
    static Actor parse(String text) {
        if (text.equals("steward")) {
            return STEWARD;
        }
        if (text.startsWith("operator:")) {
            return new Operator(text.substring("operator:".length()));
        }
        var slack = Pattern.compile("slack:([^/]+)/(.+)").matcher(text);
        if (slack.matches()) {
            return new SlackUser(slack.group(1), slack.group(2));
        }
        throw new IllegalArgumentException("not an actor: " + text);
    }
}
