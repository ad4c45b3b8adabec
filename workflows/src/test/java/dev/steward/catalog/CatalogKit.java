package dev.steward.catalog;

import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.NullMarked;

/** A catalog in a real file, with a clock that stands still until it is set. */
@NullMarked
public final class CatalogKit implements AutoCloseable, InstantSource {
    /** The workspace of everybody whom {@link #member} makes. */
    public static final String WORKSPACE = "T1";
    /** Somebody at the command line. */
    public static final Actor OPERATOR = new Actor.Operator("root");

    /** When it is, until it is set. */
    public static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    private volatile Instant now = START;
    private final Database database;
    private final Ledger ledger = new Ledger(this);
    private final People people = new People(ledger, this);
    private final Teams teams = new Teams(people, ledger, this);
    private final Entities entities = new Entities(teams, ledger, this);

    /** A new catalog in the folder. */
    public CatalogKit(Path folder) {
        database = FreshDatabase.open(folder.resolve("steward.db"));
    }

    @Override
    public Instant instant() {
        return now;
    }

    /** Sets the clock forward. */
    public void pass(Duration time) {
        now = now.plus(time);
    }

    /** Sets the clock. */
    public void set(Instant instant) {
        now = instant;
    }

    public Database database() {
        return database;
    }

    public Ledger ledger() {
        return ledger;
    }

    public People people() {
        return people;
    }

    public Teams teams() {
        return teams;
    }

    public Entities entities() {
        return entities;
    }

    /** In a write transaction. */
    public <T> T write(Function<Handle, T> work) {
        return database.write(work);
    }

    /** In a read transaction. */
    public <T> T read(Function<Handle, T> work) {
        return database.read(work);
    }

    /** As {@link #read}, for what is asserted on: the compiler then knows that it is a list. */
    public <T> List<T> list(Function<Handle, List<T>> work) {
        return read(work);
    }

    /** As {@link #list}. */
    public <T> Set<T> set(Function<Handle, Set<T>> work) {
        return read(work);
    }

    /** As {@link #list}. */
    public <T> Optional<T> find(Function<Handle, Optional<T>> work) {
        return read(work);
    }

    /** A member of the workspace, whose account is U and the name in capitals. */
    public Person member(String name) {
        return met(name, Standing.MEMBER);
    }

    /** Somebody met in Slack. */
    public Person met(String name, Standing standing) {
        return write(h -> people.meet(h, profile(name, standing)));
    }

    public static SlackProfile profile(String name, Standing standing) {
        var account = account(name);
        return new SlackProfile(account.team(), account.user(), name, display(name), Optional.empty(), standing);
    }

    public static Actor.SlackUser account(String name) {
        return new Actor.SlackUser(WORKSPACE, "U" + name.toUpperCase(Locale.ROOT));
    }

    /** A team bound to the user group {@code S-name}, just mirrored with these members. */
    public Team slackTeam(String name, Person... members) {
        Team team = write(h -> teams.create(h, OPERATOR, name, display(name), TeamSource.slackGroup("S-" + name),
                Optional.of("team-" + name)));
        mirror(name, members);
        return team;
    }

    /** Says again who is in the team's user group. */
    public Mirrored mirror(String name, Person... members) {
        Set<Actor.SlackUser> accounts = new LinkedHashSet<>();
        List.of(members).forEach(member -> accounts.add(member.slack().orElseThrow()));
        return write(h -> teams.mirror(h, new TeamSource.SlackGroup("S-" + name), accounts));
    }

    /** A service of a team that operates it. */
    public Entity service(String name, String owner) {
        return record(EntityKind.SERVICE, name, owner);
    }

    public Entity record(EntityKind kind, String name, String owner) {
        var entity = new NewEntity(kind, name, Responsibility.ofOwner(owner), Profile.titled(display(name)), List.of(),
                List.of(), "request:1");
        var outcome = write(h -> entities.record(h, OPERATOR, entity));
        if (!(outcome instanceof RecordOutcome.Recorded recorded)) {
            throw new AssertionError(outcome);
        }
        return read(h -> entities.byId(h, recorded.id())).orElseThrow();
    }

    /** The actions in the ledger, oldest first. */
    public List<String> actions() {
        return read(h -> ledger.after(h, 0, 100_000)).stream().map(Entry::action).toList();
    }

    /** The facts of the newest entry with that action. */
    public String factsOf(String action) {
        return read(h -> ledger.after(h, 0, 100_000)).reversed().stream().filter(e -> e.action().equals(action))
                .findFirst().orElseThrow().facts();
    }

    public boolean ledgerIntact() {
        return read(h -> ledger.verify(h, Optional.empty())) instanceof Verification.Intact;
    }

    @Override
    public void close() {
        database.close();
    }

    private static String display(String name) {
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
