package dev.steward.catalog;

import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The people in the catalog.
 *
 * <p>
 * A row comes from Slack, by meeting somebody, or from a catalog file; the two become one only by
 * {@link #link link}, never because a name or an e-mail is the same.
 */
public final class People {
    private static final String SELECT = "SELECT * FROM person ";

    private final Ledger ledger;
    private final InstantSource clock;

    /** A store that writes to the ledger given and takes the time from the clock. */
    public People(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Stores what Slack says about an account, and answers the person it belongs to. */
    public Person meet(Handle handle, SlackProfile profile) {
        var known = bySlack(handle, profile.account());
        if (known.isEmpty()) {
            insertMet(handle, profile);
        } else {
            updateMet(handle, known.get(), profile);
        }
        return bySlack(handle, profile.account()).orElseThrow();
    }

    /** The person with that number. */
    public Optional<Person> byId(Handle handle, long id) {
        return one(handle.createQuery(SELECT + "WHERE id = :id").bind("id", id));
    }

    /** The person who holds that account. */
    public Optional<Person> bySlack(Handle handle, Actor.SlackUser account) {
        return one(handle.createQuery(SELECT + "WHERE slack_team = :team AND slack_user = :user")
                .bind("team", account.team()).bind("user", account.user()));
    }

    /** The person of that name in the catalog; upper and lower case do not differ. */
    public Optional<Person> byName(Handle handle, String name) {
        return one(handle.createQuery(SELECT + "WHERE name = :name").bind("name", Names.lower(name)));
    }

    /** Members whose name begins with the text, then those whose name or display name contains it. */
    public List<Person> search(Handle handle, String text, int limit) {
        return handle.createQuery("""
                SELECT * FROM person
                WHERE standing = 'member' AND (instr(name, :text) OR instr(lower(display_name), :text))
                ORDER BY instr(name, :text) <> 1, name LIMIT :limit""").bind("text", Names.lower(text.strip()))
                .bind("limit", limit).map(People::person).list();
    }

    /** For people: the name of whoever acted. */
    public String nameOf(Handle handle, Actor actor) {
        return switch (actor) {
            case Actor.SlackUser account ->
                bySlack(handle, account).map(Person::displayName).orElse("somebody unknown (" + account.user() + ")");
            case Actor.Operator operator -> operator.osUser() + " (operator)";
            case Actor.Steward steward -> "Steward";
        };
    }

    /** Whether the actor may administer: an operator of the machine, Steward itself, or an admin who may act. */
    public boolean administers(Handle handle, Actor actor) {
        return switch (actor) {
            case Actor.Operator operator -> true;
            case Actor.Steward steward -> true;
            case Actor.SlackUser account -> bySlack(handle, account).filter(p -> p.admin() && p.mayAct()).isPresent();
        };
    }

    /** Records that the account was closed; answers whether that was news. */
    public boolean deactivated(Handle handle, Actor.SlackUser account) {
        var known = bySlack(handle, account);
        if (known.isEmpty() || known.get().standing() == Standing.DEACTIVATED) {
            return false;
        }
        stand(handle, known.get(), Standing.DEACTIVATED);
        return true;
    }

    /**
     * Makes the holder of an account an admin; the account need not have been met.
     *
     * @throws IllegalArgumentException
     *             if the actor does not administer
     */
    public Person makeAdmin(Handle handle, Actor actor, Actor.SlackUser account) {
        if (!administers(handle, actor)) {
            throw new IllegalArgumentException("only an operator or an admin makes admins");
        }
        if (bySlack(handle, account).isEmpty()) {
            insertNamed(handle, account);
        }
        Person person = bySlack(handle, account).orElseThrow();
        if (!person.admin()) {
            handle.createUpdate("UPDATE person SET admin = 1 WHERE id = :id").bind("id", person.id()).execute();
            ledger.append(handle, actor, "person.admin", subject(person.id()), Map.of("account", account.text()));
        }
        return byId(handle, person.id()).orElseThrow();
    }

    /**
     * Makes a person from a catalog file and an account in Slack one. A person who was met before keeps the number,
     * takes the name of the catalog file, and the memberships that the files give.
     */
    public LinkOutcome link(Handle handle, Actor actor, String personName, Actor.SlackUser account) {
        if (!administers(handle, actor)) {
            return new LinkOutcome.NotAllowed();
        }
        var named = byName(handle, personName);
        if (named.isEmpty()) {
            return new LinkOutcome.NoSuchPerson(personName);
        }
        Person person = named.get();
        var met = bySlack(handle, account).filter(other -> other.id() != person.id());
        if (person.slack().isPresent() && !person.slack().get().equals(account)) {
            return new LinkOutcome.AlreadyLinked(person);
        }
        if (met.isPresent() && inFiles(handle, met.get().id())) {
            return new LinkOutcome.AlreadyLinked(met.get());
        }
        if (person.slack().isPresent() && inFiles(handle, person.id())) {
            return new LinkOutcome.Linked(person);
        }
        long id = met.isPresent() ? join(handle, person, met.get()) : bind(handle, person, account);
        ledger.append(handle, actor, "person.link", subject(id), Map.of("account", account.text()));
        return new LinkOutcome.Linked(byId(handle, id).orElseThrow());
    }

    /** Whether catalog files speak of this person: imported, or met and then linked. */
    boolean inFiles(Handle handle, long id) {
        return handle.createQuery("SELECT in_files FROM person WHERE id = :id").bind("id", id).mapTo(Integer.class)
                .findOne().orElse(0) == 1;
    }

    /** Stores somebody from a catalog file, who may do nothing until linked. */
    long insertFromFile(Handle handle, String name, String displayName, Optional<String> email) {
        handle.createUpdate("""
                INSERT INTO person (name, display_name, email, standing, in_files)
                VALUES (:name, :display, :email, 'unlinked', 1)""").bind("name", Names.lower(name))
                .bind("display", displayName).bind("email", email.orElse(null)).execute();
        return Database.lastId(handle);
    }

    /** Stores what a catalog file says now; for somebody with an account, Slack's word stands. */
    void updateFromFile(Handle handle, long id, String displayName, Optional<String> email) {
        handle.createUpdate("""
                UPDATE person SET display_name = :display, email = :email
                WHERE id = :id AND in_files = 1 AND slack_user IS NULL""").bind("display", displayName)
                .bind("email", email.orElse(null)).bind("id", id).execute();
    }

    private void insertMet(Handle handle, SlackProfile profile) {
        handle.createUpdate("""
                INSERT INTO person (name, display_name, email, slack_team, slack_user, standing, seen_at)
                VALUES (:name, :display, :email, :team, :user, :standing, :now)""")
                .bind("name", freeName(handle, profile)).bind("display", profile.displayName())
                .bind("email", profile.email().orElse(null)).bind("team", profile.team()).bind("user", profile.user())
                .bind("standing", profile.standing().stored()).bind("now", clock.millis()).execute();
    }

    private void updateMet(Handle handle, Person known, SlackProfile profile) {
        boolean nameless = known.seenAt().isEmpty() && !inFiles(handle, known.id());
        handle.createUpdate("""
                UPDATE person SET name = :name, display_name = :display, email = coalesce(:email, email)
                WHERE id = :id""").bind("name", nameless ? freeName(handle, profile) : known.name())
                .bind("display", profile.displayName()).bind("email", profile.email().orElse(null))
                .bind("id", known.id()).execute();
        stand(handle, known, profile.standing());
    }

    private void stand(Handle handle, Person person, Standing standing) {
        handle.createUpdate("UPDATE person SET standing = :standing, seen_at = :now WHERE id = :id")
                .bind("standing", standing.stored()).bind("now", clock.millis()).bind("id", person.id()).execute();
        if (person.standing() != standing) {
            if (!standing.gone()) {
                Departures.back(handle, person.id());
            } else if (!person.standing().gone()) {
                Departures.left(handle, person.id(), clock.instant());
            }
            ledger.append(handle, Actor.STEWARD, "person.standing", subject(person.id()),
                    Map.of("from", person.standing().stored(), "to", standing.stored()));
        }
    }

    /** The account's name; when another row has it, the name with the account's id; after that, with a number. */
    private String freeName(Handle handle, SlackProfile profile) {
        String wanted = Names.nearest(profile.name(), profile.user());
        if (free(handle, wanted, profile)) {
            return wanted;
        }
        String suffix = "-" + Names.lower(profile.user());
        String distinct = wanted.substring(0, Math.min(wanted.length(), Names.LONGEST - 4 - suffix.length())) + suffix;
        String candidate = distinct;
        for (int n = 2; !free(handle, candidate, profile); n++) {
            candidate = distinct + "-" + n;
        }
        return candidate;
    }

    private boolean free(Handle handle, String name, SlackProfile profile) {
        return byName(handle, name).flatMap(Person::slack).map(profile.account()::equals)
                .orElseGet(() -> byName(handle, name).isEmpty());
    }

    private void insertNamed(Handle handle, Actor.SlackUser account) {
        var nobody = new SlackProfile(account.team(), account.user(), account.user(), account.user(),
                Optional.empty(), Standing.UNLINKED);
        handle.createUpdate("""
                INSERT INTO person (name, display_name, slack_team, slack_user, standing)
                VALUES (:name, :display, :team, :user, 'unlinked')""").bind("name", freeName(handle, nobody))
                .bind("display", account.user()).bind("team", account.team()).bind("user", account.user()).execute();
    }

    private static long bind(Handle handle, Person person, Actor.SlackUser account) {
        Database.expectOne(handle.createUpdate("""
                UPDATE person SET slack_team = :team, slack_user = :user, in_files = 1 WHERE id = :id""")
                .bind("team", account.team()).bind("user", account.user()).bind("id", person.id()).execute(),
                "link a person");
        return person.id();
    }

    /** The row that was met stays, since requests and decisions name it; the file's row has done nothing and goes. */
    private static long join(Handle handle, Person fromFile, Person met) {
        handle.createUpdate("""
                INSERT OR IGNORE INTO team_member (team, person)
                SELECT team, :met FROM team_member WHERE person = :file""").bind("met", met.id())
                .bind("file", fromFile.id()).execute();
        handle.createUpdate("DELETE FROM team_member WHERE person = :file").bind("file", fromFile.id()).execute();
        handle.createUpdate("DELETE FROM departure WHERE person = :file").bind("file", fromFile.id()).execute();
        handle.createUpdate("DELETE FROM person WHERE id = :file").bind("file", fromFile.id()).execute();
        Database.expectOne(handle.createUpdate("UPDATE person SET name = :name, in_files = 1 WHERE id = :id")
                .bind("name", fromFile.name()).bind("id", met.id()).execute(), "link a person");
        return met.id();
    }

    static String subject(long id) {
        return "person:" + id;
    }

    private static Optional<Person> one(Query query) {
        return query.map(People::person).findOne();
    }

    static Person person(ResultSet rs, StatementContext context) throws SQLException {
        return new Person(rs.getLong("id"), rs.getString("name"), rs.getString("display_name"),
                Optional.ofNullable(rs.getString("email")), account(rs), Standing.ofStored(rs.getString("standing")),
                rs.getInt("admin") == 1, instant(rs, "seen_at"));
    }

    private static Optional<Actor.SlackUser> account(ResultSet rs) throws SQLException {
        String user = rs.getString("slack_user");
        return user == null
                ? Optional.empty()
                : Optional.of(new Actor.SlackUser(rs.getString("slack_team"), user));
    }

    static Optional<Instant> instant(ResultSet rs, String column) throws SQLException {
        long millis = rs.getLong(column);
        return rs.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
    }
}
