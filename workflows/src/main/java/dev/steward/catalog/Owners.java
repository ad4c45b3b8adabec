package dev.steward.catalog;

import dev.steward.ledger.Actor;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.StatementContext;

/** Answers who owns something, with what one needs to know next, in one read. */
public final class Owners {
    private static final int SUGGESTIONS = 5;
    private static final int CHANGES = 5;

    private final People people;
    private final Teams teams;
    private final Entities entities;
    private final Ledger ledger;

    /** A reader over the stores given. */
    public Owners(People people, Teams teams, Entities entities, Ledger ledger) {
        this.people = people;
        this.teams = teams;
        this.entities = entities;
        this.ledger = ledger;
    }

    /** Looks for a live entity of that name, a team, a resource id in a stack, and at last a tombstone. */
    public Ownership ownership(Handle handle, String name) {
        String wanted = name.strip();
        var live = entities.byName(handle, wanted);
        if (live.isPresent()) {
            return found(handle, live.get());
        }
        var team = teams.byName(handle, wanted);
        if (team.isPresent()) {
            return new Ownership.TeamFound(team.get(), entities.ownedBy(handle, team.get()));
        }
        return byResourceId(handle, wanted).or(() -> Entities.tombstone(handle, wanted))
                .<Ownership>map(entity -> found(handle, entity))
                .orElseGet(() -> new Ownership.Unknown(entities.suggestions(handle, wanted, SUGGESTIONS)));
    }

    private Ownership.Found found(Handle handle, Entity entity) {
        EntityId id = entity.id();
        var around = new Ownership.Around(entities.dependenciesOf(handle, id), entities.dependentsOf(handle, id));
        var activity = new Ownership.Activity(stacks(handle, id), changes(handle, entity));
        return new Ownership.Found(entity, teams.byName(handle, entity.owner()).orElseThrow(),
                entities.tags(handle, id), entities.links(handle, id), around, activity);
    }

    private static Optional<Entity> byResourceId(Handle handle, String resourceId) {
        var ids = handle.createQuery("""
                SELECT se.entity FROM stack_resource r JOIN stack_entity se ON se.stack = r.stack
                WHERE r.resource_id = :id ORDER BY se.entity""").bind("id", resourceId).mapTo(Long.class).list();
        return Entities.all(handle, ids).stream().findFirst();
    }

    private static List<Ownership.StackLine> stacks(Handle handle, EntityId id) {
        return handle.createQuery("""
                SELECT s.name, s.status, s.module FROM stack s JOIN stack_entity se ON se.stack = s.id
                WHERE se.entity = :id ORDER BY s.name""").bind("id", id.value())
                .map((rs, c) -> new Ownership.StackLine(rs.getString("name"), rs.getString("status"),
                        rs.getString("module")))
                .list();
    }

    /** SQLite keeps the order of a CROSS JOIN; left to itself it begins with every run that was ever applied. */
    private List<Ownership.Change> changes(Handle handle, Entity entity) {
        List<Ownership.Change> changes = new ArrayList<>(handle.createQuery("""
                SELECT r.id, r.operation, r.state, coalesce(r.ended_at, r.updated_at) AS at, p.display_name AS asked_by
                FROM stack_entity se CROSS JOIN run r ON r.stack = se.stack
                LEFT JOIN request q ON q.id = r.request LEFT JOIN person p ON p.id = q.requester
                WHERE se.entity = :id AND r.state IN ('applied', 'partial', 'apply_failed', 'indeterminate')
                ORDER BY r.id DESC LIMIT :limit""").bind("id", entity.id().value()).bind("limit", CHANGES)
                .map(Owners::ofRun).list());
        ledger.about(handle, entity.subject()).reversed().stream().map(entry -> ofEntry(handle, entry))
                .forEach(changes::add);
        return changes.stream().sorted(Comparator.comparing(Ownership.Change::at).reversed()).limit(CHANGES).toList();
    }

    private static Ownership.Change ofRun(ResultSet rs, StatementContext context) throws SQLException {
        String state = rs.getString("state").replace('_', ' ');
        String what = "RUN-%d (%s) %s".formatted(rs.getLong("id"), rs.getString("operation"), state);
        String by = rs.getString("asked_by");
        return new Ownership.Change(Instant.ofEpochMilli(rs.getLong("at")), what, by == null ? "Steward" : by);
    }

    private Ownership.Change ofEntry(Handle handle, Entry entry) {
        String what = switch (entry.action()) {
            case "entity.record" -> "recorded in the catalog";
            case "entity.amend" -> "changed in the catalog";
            case "dependency.add" -> "dependency added";
            default -> entry.action().replace('.', ' ').toLowerCase(Locale.ROOT);
        };
        return new Ownership.Change(entry.at(), what, people.nameOf(handle, Actor.parse(entry.actor())));
    }
}
