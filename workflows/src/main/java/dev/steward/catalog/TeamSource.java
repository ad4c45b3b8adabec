package dev.steward.catalog;

/**
 * Where the members of a team come from. A team has one source, and nothing else changes its members: whoever edits a
 * catalog file does not become an approver of a team that is bound to a Slack user group.
 */
public sealed interface TeamSource {
    /** The stored form; {@link #parse} reads it back. */
    String text();

    /** Catalog files, imported by an operator or an admin. */
    record Import() implements TeamSource {
        @Override
        public String text() {
            return "import";
        }
    }

    /**
     * A Slack user group, mirrored.
     *
     * @param id
     *            Slack's id of the group, for example {@code S0614TZR7}
     */
    record SlackGroup(String id) implements TeamSource {
        @Override
        public String text() {
            return "slack:" + id;
        }
    }

    /** Catalog files. */
    TeamSource IMPORT = new Import();

    /** A Slack user group. */
    static TeamSource slackGroup(String id) {
        return new SlackGroup(id);
    }

    /**
     * Reads the stored form, which is also the form in {@code steward.yaml}.
     *
     * @throws IllegalArgumentException if it is none
     */
    static TeamSource parse(String text) {
        if (text.equals("import")) {
            return IMPORT;
        }
        if (text.startsWith("slack:") && text.length() > "slack:".length()) {
            return new SlackGroup(text.substring("slack:".length()));
        }
        throw new IllegalArgumentException("not a source of members (import, or slack:GROUP-ID): " + text);
    }
}
