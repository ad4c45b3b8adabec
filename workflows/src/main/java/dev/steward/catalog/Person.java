package dev.steward.catalog;

import dev.steward.ledger.Actor;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody in the catalog.
 *
 * @param id
 *            the row's number, which never changes and is never used again
 * @param name
 *            the catalog's name for the person, lower case, unique; it stays when the person is renamed in Slack
 * @param displayName
 *            free text, for people
 * @param email
 *            as the source gave it; it never links two accounts by itself
 * @param slack
 *            the account in Slack, once known
 * @param standing
 *            what the person is in the workspace
 * @param admin
 *            whether the person administers Steward
 * @param seenAt
 *            when Slack last told us the standing
 */
public record Person(long id, String name, String displayName, Optional<String> email, Optional<Actor.SlackUser> slack,
        Standing standing, boolean admin, Optional<Instant> seenAt) {

    /** Whether this person may ask and decide. */
    public boolean mayAct() {
        return standing.mayAct();
    }
}
