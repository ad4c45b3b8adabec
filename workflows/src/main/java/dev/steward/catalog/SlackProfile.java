package dev.steward.catalog;

import dev.steward.ledger.Actor;
import java.util.Optional;

/**
 * What Slack's {@code users.info} says about an account.
 *
 * @param team
 *            workspace or enterprise id
 * @param user
 *            user id
 * @param name
 *            the account's {@code name}, which its holder cannot edit; not the display name
 * @param displayName
 *            free text
 * @param email
 *            where the app may read it
 * @param standing
 *            read from the account's flags
 */
public record SlackProfile(String team, String user, String name, String displayName, Optional<String> email,
        Standing standing) {

    /** The account's immutable ids. */
    public Actor.SlackUser account() {
        return new Actor.SlackUser(team, user);
    }
}
