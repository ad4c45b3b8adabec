package dev.steward.catalog;

import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/**
 * The teams, their members, and who may therefore act.
 *
 * <p>
 * Members who come from Slack count only while they are known to be current: a team bound to a user group has nobody
 * when the group was last read more than {@link #FRESH} ago.
 */
public final class Teams {
    /** How long what Slack said about a user group holds. */
    public static final Duration FRESH = Duration.ofMinutes(30);

    private static final String SELECT = "SELECT * FROM team ";

    private final People people;
    private final Ledger ledger;
    private final InstantSource clock;

    /** A store that knows people by the store given, writes to the ledger and takes the time from the clock. */
    public Teams(People people, Ledger ledger, InstantSource clock) {
        this.people = people;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** The team of that name; upper and lower case do not differ. */
    public Optional<Team> byName(Handle handle, String name) {
        return handle.createQuery(SELECT + "WHERE name = :name").bind("name", Names.lower(name)).map(Teams::team)
                .findOne();
    }

    /** Teams whose name begins with the text, then teams whose name or title contains it, at most {@code limit}. */
    public List<Team> search(Handle handle, String text, int limit) {
        String wanted = Names.lower(text.strip());
        var found = new LinkedHashSet<>(handle
                .createQuery(SELECT + "WHERE name >= :from AND name < :to ORDER BY name LIMIT :limit")
                .bind("from", wanted).bind("to", Names.afterPrefix(wanted)).bind("limit", limit).map(Teams::team)
                .list());
        if (found.size() < limit && !wanted.isEmpty()) {
            found.addAll(handle
                    .createQuery(SELECT
                            + "WHERE instr(name, :text) OR instr(lower(title), :text) ORDER BY name LIMIT :limit")
                    .bind("text", wanted).bind("limit", limit).map(Teams::team).list());
        }
        return found.stream().limit(limit).toList();
    }

    /** All teams, by name. */
    public List<Team> all(Handle handle) {
        return handle.createQuery(SELECT + "ORDER BY name").map(Teams::team).list();
    }

    /** The teams that a person is in, by name, whether or not their members count at the moment. */
    public List<Team> teamsOf(Handle handle, long personId) {
        return handle.createQuery("""
                SELECT t.* FROM team t JOIN team_member m ON m.team = t.id
                WHERE m.person = :person ORDER BY t.name""").bind("person", personId).map(Teams::team).list();
    }

    /** Creates a team. */
    public Team create(Handle handle, Actor actor, String name, String title, TeamSource source,
            Optional<String> channel) {
        return bind(handle, actor, name, title, source, channel);
    }

    /**
     * Creates a team or binds it anew. A team that gets another source loses its members: they came from the old one.
     *
     * @throws IllegalArgumentException
     *             if the name is no valid name
     */
    public Team bind(Handle handle, Actor actor, String name, String title, TeamSource source,
            Optional<String> channel) {
        if (!Names.valid(name)) {
            throw new IllegalArgumentException("not a valid name for a team: " + name);
        }
        var known = byName(handle, name);
        if (known.isEmpty()) {
            insert(handle, name, title, source, channel);
            record(handle, actor, "team.create", name, source);
        } else if (!known.get().source().equals(source)) {
            unbind(handle, known.get());
            update(handle, known.get(), title, source, channel);
            record(handle, actor, "team.bind", name, source);
        } else {
            update(handle, known.get(), title, source, channel);
        }
        return byName(handle, name).orElseThrow();
    }

    /** Replaces the members of every team bound to a Slack user group with the accounts in it, and notes the time. */
    public Mirrored mirror(Handle handle, TeamSource.SlackGroup source, Set<Actor.SlackUser> accounts) {
        Set<Long> ids = new TreeSet<>();
        Set<Actor.SlackUser> unknown = new LinkedHashSet<>();
        for (var account : accounts) {
            Optional<Person> person = people.bySlack(handle, account);
            person.map(Person::id).ifPresent(ids::add);
            if (person.filter(p -> p.standing() != Standing.UNLINKED).isEmpty()) {
                unknown.add(account);
            }
        }
        Set<Long> added = new TreeSet<>();
        Set<Long> removed = new TreeSet<>();
        for (Team team : boundTo(handle, source)) {
            var before = memberIds(handle, team);
            Set<Long> news = minus(ids, before);
            Set<Long> gone = minus(before, ids);
            change(handle, Actor.STEWARD, team, news, gone);
            added.addAll(news);
            removed.addAll(gone);
        }
        handle.createUpdate("UPDATE team SET seen_at = :now WHERE source = :source").bind("now", clock.millis())
                .bind("source", source.text()).execute();
        return new Mirrored(added, removed, unknown);
    }

    /** The Slack user groups that teams are bound to: what there is to mirror. */
    public Set<TeamSource.SlackGroup> sources(Handle handle) {
        Set<TeamSource.SlackGroup> groups = new LinkedHashSet<>();
        for (Team team : all(handle)) {
            if (team.source() instanceof TeamSource.SlackGroup group) {
                groups.add(group);
            }
        }
        return groups;
    }

    /** The members that count at that time, by name; of every standing. */
    public List<Person> members(Handle handle, Team team, Instant now) {
        if (!current(team, now)) {
            return List.of();
        }
        return handle.createQuery("""
                SELECT p.* FROM person p JOIN team_member m ON m.person = p.id
                WHERE m.team = :team ORDER BY p.name""").bind("team", team.id()).map(People::person).list();
    }

    /** Whether the team's members count at that time. */
    public boolean current(Team team, Instant now) {
        return switch (team.source()) {
            case TeamSource.Import fromFiles -> true;
            case TeamSource.SlackGroup group -> team.seenAt()
                    .map(seen -> Duration.between(seen, now).abs().compareTo(FRESH) <= 0).orElse(false);
        };
    }

    /** Numbers of the people who may act for the principal at that time; nobody when it cannot be told. */
    public Set<Long> eligible(Handle handle, Principal principal, Instant now) {
        Set<Long> ids = new TreeSet<>();
        people(handle, principal, now).stream().filter(Person::mayAct).map(Person::id).forEach(ids::add);
        return ids;
    }

    /** Whether that person may act for the principal at that time. */
    public boolean isEligible(Handle handle, Principal principal, long personId, Instant now) {
        return eligible(handle, principal, now).contains(personId);
    }

    /** The team whose members a principal means; none for a person, and none for a name that has several owners. */
    public Optional<Team> teamOf(Handle handle, Principal principal) {
        return switch (principal.kind()) {
            case TEAM -> byName(handle, principal.name());
            case OWNERS -> owner(handle, principal.name());
            case PERSON -> Optional.empty();
        };
    }

    /** For people: who a principal is. */
    public static String describe(Principal principal) {
        return switch (principal.kind()) {
            case TEAM -> "team " + principal.name();
            case OWNERS -> "the owners of " + principal.name();
            case PERSON -> principal.name();
        };
    }

    List<Team> boundTo(Handle handle, TeamSource source) {
        return handle.createQuery(SELECT + "WHERE source = :source ORDER BY name").bind("source", source.text())
                .map(Teams::team).list();
    }

    Set<Long> memberIds(Handle handle, Team team) {
        return memberIds(handle, team.id());
    }

    /** Numbers of all who are in the team with that number, whether or not they count at the moment. */
    public Set<Long> memberIds(Handle handle, long team) {
        return new TreeSet<>(handle.createQuery("SELECT person FROM team_member WHERE team = :team")
                .bind("team", team).mapTo(Long.class).list());
    }

    /** Changes the members and records it, unless there is nothing to change. */
    void change(Handle handle, Actor actor, Team team, Set<Long> added, Set<Long> removed) {
        each(handle, "INSERT OR IGNORE INTO team_member (team, person) VALUES (?, ?)", team, added);
        each(handle, "DELETE FROM team_member WHERE team = ? AND person = ?", team, removed);
        Departures.backInTeam(handle, team, added);
        Departures.leftTeam(handle, team, removed, clock.instant());
        if (!added.isEmpty() || !removed.isEmpty()) {
            ledger.append(handle, actor, "team.members", subject(team.name()),
                    Map.of("source", team.source().text(), "added", added, "removed", removed));
        }
    }

    /** Sets the team that this one is part of. */
    void under(Handle handle, Team team, Team parent) {
        handle.createUpdate("UPDATE team SET parent = :parent WHERE id = :id").bind("parent", parent.id())
                .bind("id", team.id()).execute();
    }

    /** The name of the team that this one is part of. */
    public Optional<String> parentOf(Handle handle, Team team) {
        return handle.createQuery("SELECT p.name FROM team t JOIN team p ON p.id = t.parent WHERE t.id = :id")
                .bind("id", team.id()).mapTo(String.class).findOne();
    }

    private List<Person> people(Handle handle, Principal principal, Instant now) {
        return switch (principal.kind()) {
            case TEAM, OWNERS -> teamOf(handle, principal).map(t -> members(handle, t, now)).orElse(List.of());
            case PERSON -> people.byName(handle, principal.name()).stream().toList();
        };
    }

    /** A team owns itself. A name that stands for things of different owners has no owner that could be told. */
    private Optional<Team> owner(Handle handle, String name) {
        Map<Long, Team> owners = new LinkedHashMap<>();
        byName(handle, name).ifPresent(team -> owners.put(team.id(), team));
        handle.createQuery("""
                SELECT t.* FROM team t JOIN entity e ON e.owner = t.id
                WHERE e.name = :name AND e.ended_at IS NULL""").bind("name", name).map(Teams::team)
                .forEach(team -> owners.put(team.id(), team));
        return owners.size() == 1 ? owners.values().stream().findFirst() : Optional.empty();
    }

    private void insert(Handle handle, String name, String title, TeamSource source, Optional<String> channel) {
        handle.createUpdate("INSERT INTO team (name, title, channel, source) VALUES (:name, :title, :channel, :source)")
                .bind("name", Names.lower(name)).bind("title", title).bind("channel", channel.orElse(null))
                .bind("source", source.text()).execute();
    }

    private void update(Handle handle, Team team, String title, TeamSource source, Optional<String> channel) {
        Database.expectOne(handle.createUpdate("""
                UPDATE team SET title = :title, channel = :channel, source = :source,
                    seen_at = CASE WHEN source = :source THEN seen_at END
                WHERE id = :id""").bind("title", title).bind("channel", channel.orElse(null))
                .bind("source", source.text()).bind("id", team.id()).execute(), "update a team");
    }

    private void unbind(Handle handle, Team team) {
        handle.createUpdate("DELETE FROM team_member WHERE team = :team").bind("team", team.id()).execute();
    }

    private void record(Handle handle, Actor actor, String action, String name, TeamSource source) {
        ledger.append(handle, actor, action, subject(name), Map.of("source", source.text()));
    }

    private static void each(Handle handle, String sql, Team team, Collection<Long> ids) {
        if (ids.isEmpty()) {
            return;
        }
        try (var batch = handle.prepareBatch(sql)) {
            ids.forEach(id -> batch.bind(0, team.id()).bind(1, id).add());
            batch.execute();
        }
    }

    private static Set<Long> minus(Set<Long> all, Set<Long> without) {
        Set<Long> rest = new TreeSet<>(all);
        rest.removeAll(without);
        return rest;
    }

    static String subject(String name) {
        return "team:" + Names.lower(name);
    }

    static Team team(ResultSet rs, StatementContext context) throws SQLException {
        return new Team(rs.getLong("id"), rs.getString("name"), rs.getString("title"),
                Optional.ofNullable(rs.getString("channel")), TeamSource.parse(rs.getString("source")),
                People.instant(rs, "seen_at"));
    }
}
