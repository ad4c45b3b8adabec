package dev.steward.bot;

import dev.steward.catalog.Entities;
import dev.steward.catalog.Owners;
import dev.steward.catalog.People;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.database.DatabaseUnusable;
import dev.steward.ledger.Ledger;
import java.time.InstantSource;

/**
 * A home's database, and the stores over it that every command needs. Thread-safe.
 *
 * <p>
 * Several processes may have them open at once: an operator's command writes while another process serves, since each
 * write is one transaction that takes SQLite's lock when it begins and waits for it up to 5 s.
 *
 * @param owners
 *            who owns what
 */
public record Stores(Database database, Ledger ledger, People people, Teams teams, Entities entities,
        Owners owners) implements AutoCloseable {

    /**
     * Opens the home's database, creating it when it is absent, and brings its schema up to date; a backup is made
     * before that.
     *
     * @throws DatabaseUnusable
     *             if its schema is newer than this program, or could not be changed; the message says what to do
     */
    public static Stores open(Home home, InstantSource clock) {
        try (Upgrade upgrade = new Upgrade(home, clock)) {
            return over(Database.open(home.database(), upgrade), clock);
        }
    }

    /** The stores over a database that is open already. */
    static Stores over(Database database, InstantSource clock) {
        Ledger ledger = new Ledger(clock);
        People people = new People(ledger, clock);
        Teams teams = new Teams(people, ledger, clock);
        Entities entities = new Entities(teams, ledger, clock);
        return new Stores(database, ledger, people, teams, entities, new Owners(people, teams, entities, ledger));
    }

    @Override
    public void close() {
        database.close();
    }
}
