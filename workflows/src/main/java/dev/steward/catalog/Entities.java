package dev.steward.catalog;

import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jdbi.v3.core.statement.StatementContext;

/** The services, resources and systems in the catalog, and what depends on what. */
public final class Entities {
    static final String FROM_FILES = "import";

    private static final String SELECT = """
            SELECT e.*, o.name AS owner_name, r.name AS operator_name
            FROM entity e JOIN team o ON o.id = e.owner JOIN team r ON r.id = e.operated_by\s""";
    /** Of several things with one name, a live one comes before a tombstone, and a service before the rest. */
    private static final String BEST_FIRST = """
             ORDER BY e.ended_at IS NOT NULL,
            CASE e.kind WHEN 'Service' THEN 0 WHEN 'Resource' THEN 1 ELSE 2 END, e.name\s""";

    private final Teams teams;
    private final Ledger ledger;
    private final InstantSource clock;

    /** A store that knows teams by the store given, writes to the ledger and takes the time from the clock. */
    public Entities(Teams teams, Ledger ledger, InstantSource clock) {
        this.teams = teams;
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Records a new entity with its tags and links. */
    public RecordOutcome record(Handle handle, Actor actor, NewEntity entity) {
        var owner = teams.byName(handle, entity.responsibility().owner());
        if (owner.isEmpty()) {
            return new RecordOutcome.UnknownTeam(entity.responsibility().owner());
        }
        var operator = teams.byName(handle, entity.responsibility().operatedBy());
        if (operator.isEmpty()) {
            return new RecordOutcome.UnknownTeam(entity.responsibility().operatedBy());
        }
        var taken = holder(handle, entity, owner.get());
        if (taken.isPresent()) {
            return taken.get();
        }
        var id = insert(handle, entity, owner.get(), operator.get());
        ledger.append(handle, actor, "entity.record", Entity.subject(entity.kind(), entity.name()), facts(entity, id));
        return new RecordOutcome.Recorded(id);
    }

    /** Notes that the thing is gone: a tombstone stays, and its name is not free. Nothing happens to one that is. */
    public void end(Handle handle, Actor actor, EntityId id) {
        long now = clock.millis();
        int ended = handle.createUpdate("""
                UPDATE entity SET ended_at = :now, version = version + 1, updated_at = :now
                WHERE id = :id AND ended_at IS NULL""").bind("now", now).bind("id", id.value()).execute();
        if (ended == 1) {
            ledger.append(handle, actor, "entity.end", byId(handle, id).orElseThrow().subject(),
                    Map.of("entity", id.value()));
        }
    }

    /** The live entity of that name: the service, or else the resource, or else the system. */
    public Optional<Entity> byName(Handle handle, String name) {
        return handle.createQuery(SELECT + "WHERE e.name = :name AND e.ended_at IS NULL" + BEST_FIRST + "LIMIT 1")
                .bind("name", name).map(Entities::entity).findOne();
    }

    /** The entity with that number. */
    public Optional<Entity> byId(Handle handle, EntityId id) {
        return handle.createQuery(SELECT + "WHERE e.id = :id").bind("id", id.value()).map(Entities::entity).findOne();
    }

    /** What holds the name in its kind, tombstones included: while there is something, nothing new can have it. */
    public Optional<Entity> nameTaken(Handle handle, EntityKind kind, String name) {
        return handle.createQuery(SELECT + "WHERE e.kind = :kind AND e.name = :name").bind("kind", kind.text())
                .bind("name", name).map(Entities::entity).findOne();
    }

    /** The live entities of a team, by name. */
    public List<Entity> ownedBy(Handle handle, Team team) {
        return handle.createQuery(SELECT + "WHERE e.owner = :team AND e.ended_at IS NULL ORDER BY e.name")
                .bind("team", team.id()).map(Entities::entity).list();
    }

    /** The first of the live entities of a team, by name. */
    public List<Entity> ownedBy(Handle handle, Team team, int limit) {
        return handle
                .createQuery(SELECT + "WHERE e.owner = :team AND e.ended_at IS NULL ORDER BY e.name LIMIT :limit")
                .bind("team", team.id()).bind("limit", limit).map(Entities::entity).list();
    }

    /** How many live entities a team has. */
    public int countOwnedBy(Handle handle, Team team) {
        return handle.createQuery("SELECT count(*) FROM entity WHERE owner = :team AND ended_at IS NULL")
                .bind("team", team.id()).mapTo(Integer.class).one();
    }

    /** What the entity depends on directly, by name. */
    public List<Entity> dependenciesOf(Handle handle, EntityId id) {
        return handle
                .createQuery(SELECT + "JOIN dependency d ON d.depends_on = e.id WHERE d.entity = :id ORDER BY e.name")
                .bind("id", id.value()).map(Entities::entity).list();
    }

    /** What depends on the entity directly, by name. */
    public List<Entity> dependentsOf(Handle handle, EntityId id) {
        return handle
                .createQuery(SELECT + "JOIN dependency d ON d.entity = e.id WHERE d.depends_on = :id ORDER BY e.name")
                .bind("id", id.value()).map(Entities::entity).list();
    }

    /** What depends on the entity, directly or not, without the entity itself; dependencies may run in circles. */
    public List<Entity> allDependentsOf(Handle handle, EntityId id) {
        return handle.createQuery("""
                WITH RECURSIVE reached (id) AS (
                    SELECT entity FROM dependency WHERE depends_on = :id
                    UNION SELECT d.entity FROM dependency d JOIN reached ON d.depends_on = reached.id)
                """ + SELECT + "JOIN reached ON reached.id = e.id WHERE e.id <> :id ORDER BY e.name")
                .bind("id", id.value()).map(Entities::entity).list();
    }

    /** Records that one entity depends on another. */
    public DependencyOutcome addDependency(Handle handle, Actor actor, EntityId entity, EntityId dependsOn) {
        if (entity.equals(dependsOn)) {
            return DependencyOutcome.ON_ITSELF;
        }
        int rows = handle.createUpdate("INSERT OR IGNORE INTO dependency (entity, depends_on) VALUES (:entity, :on)")
                .bind("entity", entity.value()).bind("on", dependsOn.value()).execute();
        if (rows == 0) {
            return DependencyOutcome.ALREADY_THERE;
        }
        ledger.append(handle, actor, "dependency.add", byId(handle, entity).orElseThrow().subject(),
                Map.of("dependsOn", byId(handle, dependsOn).orElseThrow().subject()));
        return DependencyOutcome.ADDED;
    }

    /** Records that one entity does not depend on another any more. Nothing happens where it did not. */
    public void removeDependency(Handle handle, Actor actor, EntityId entity, EntityId dependsOn) {
        int rows = handle.createUpdate("DELETE FROM dependency WHERE entity = :entity AND depends_on = :on")
                .bind("entity", entity.value()).bind("on", dependsOn.value()).execute();
        if (rows == 1) {
            ledger.append(handle, actor, "dependency.remove", byId(handle, entity).orElseThrow().subject(),
                    Map.of("dependsOn", byId(handle, dependsOn).orElseThrow().subject()));
        }
    }

    /** The entity's tags, sorted. */
    public List<String> tags(Handle handle, EntityId id) {
        return handle.createQuery("SELECT tag FROM entity_tag WHERE entity = :id ORDER BY tag").bind("id", id.value())
                .mapTo(String.class).list();
    }

    /** The entity's links, by title. */
    public List<Link> links(Handle handle, EntityId id) {
        return handle.createQuery("SELECT title, url FROM entity_link WHERE entity = :id ORDER BY title, url")
                .bind("id", id.value()).map((rs, c) -> new Link(rs.getString("title"), rs.getString("url"))).list();
    }

    /** Live entities whose name begins with the text, then those that contain it, then those tagged with it. */
    public List<Entity> search(Handle handle, String text, int limit) {
        return new Search(handle, text, limit).entities();
    }

    /** Names of live entities and of teams that somebody may have meant, nearest first. */
    public List<String> suggestions(Handle handle, String text, int limit) {
        return new Search(handle, text, limit).suggestions();
    }

    /** Changes what an entity says about itself, its tags and its links; its name and who answers for it stay. */
    public void describe(Handle handle, Actor actor, Entity before, NewEntity after) {
        NewEntity now = new NewEntity(before.kind(), before.name(), before.responsibility(), after.profile(),
                after.tags(), after.links(), before.origin().source());
        Team owner = teams.byName(handle, before.owner()).orElseThrow();
        Team operator = teams.byName(handle, before.responsibility().operatedBy()).orElseThrow();
        Database.expectOne(bind(handle.createUpdate("""
                UPDATE entity SET title = :title, description = :description, owner = :owner, stage = :stage,
                    tier = :tier, lifecycle = :lifecycle, operated_by = :operator, system = :system,
                    audience = :audience, data_class = :data_class, channel = :channel, source = :source,
                    updated_at = :now, version = version + 1
                WHERE id = :id AND version = :seen AND ended_at IS NULL"""), now, owner, operator)
                .bind("id", before.id().value()).bind("seen", before.origin().version()).execute(), before.subject());
        replaceTagsAndLinks(handle, before.id(), now);
        ledger.append(handle, actor, "entity.describe", before.subject(), facts(now, before.id()));
    }

    /** Changes what catalog files brought, to what they say now; false when somebody was first. */
    boolean amend(Handle handle, Actor actor, Entity before, NewEntity after) {
        var owner = teams.byName(handle, after.responsibility().owner());
        var operator = teams.byName(handle, after.responsibility().operatedBy());
        if (owner.isEmpty() || operator.isEmpty()) {
            return false;
        }
        int rows = bind(handle.createUpdate("""
                UPDATE entity SET title = :title, description = :description, owner = :owner, stage = :stage,
                    tier = :tier, lifecycle = :lifecycle, operated_by = :operator, system = :system,
                    audience = :audience, data_class = :data_class, channel = :channel, updated_at = :now,
                    version = version + 1
                WHERE id = :id AND version = :seen AND source = :source AND ended_at IS NULL"""), after, owner.get(),
                operator.get()).bind("id", before.id().value()).bind("seen", before.origin().version()).execute();
        if (rows == 1) {
            replaceTagsAndLinks(handle, before.id(), after);
            ledger.append(handle, actor, "entity.amend", before.subject(), facts(after, before.id()));
        }
        return rows == 1;
    }

    /** One name means one owner: otherwise "the owners of checkout" could be whoever took the name last. */
    private Optional<RecordOutcome.NameTaken> holder(Handle handle, NewEntity entity, Team owner) {
        var team = teams.byName(handle, entity.name()).filter(t -> t.id() != owner.id());
        if (team.isPresent()) {
            return team.map(t -> new RecordOutcome.NameTaken("team " + t.name(), Optional.empty()));
        }
        return nameTaken(handle, entity.kind(), entity.name()).or(() -> handle.createQuery(SELECT + """
                WHERE e.name = :name AND e.owner <> :owner AND e.ended_at IS NULL LIMIT 1""")
                .bind("name", entity.name()).bind("owner", owner.id()).map(Entities::entity).findOne())
                .map(Entities::taken);
    }

    private static RecordOutcome.NameTaken taken(Entity by) {
        String what = Names.lower(by.kind().text()) + " " + by.name() + " of team " + by.owner();
        return new RecordOutcome.NameTaken(by.live() ? what : what + ", which is gone",
                Optional.of(by.origin().createdAt()));
    }

    private EntityId insert(Handle handle, NewEntity entity, Team owner, Team operator) {
        bind(handle.createUpdate("""
                INSERT INTO entity (kind, name, title, description, owner, stage, tier, lifecycle, operated_by, system,
                    audience, data_class, channel, source, created_at, updated_at)
                VALUES (:kind, :name, :title, :description, :owner, :stage, :tier, :lifecycle, :operator, :system,
                    :audience, :data_class, :channel, :source, :now, :now)"""), entity, owner, operator)
                .bind("kind", entity.kind().text()).bind("name", entity.name()).execute();
        var id = new EntityId(Database.lastId(handle));
        replaceTagsAndLinks(handle, id, entity);
        return id;
    }

    private <S extends SqlStatement<S>> S bind(S statement, NewEntity entity, Team owner, Team operator) {
        Profile profile = entity.profile();
        return statement.bind("title", profile.title()).bind("description", profile.description())
                .bind("owner", owner.id()).bind("stage", profile.stage().text()).bind("tier", profile.tier().text())
                .bind("lifecycle", entity.responsibility().lifecycle().text()).bind("operator", operator.id())
                .bind("system", profile.system().orElse(null)).bind("audience", profile.audience().orElse(null))
                .bind("data_class", profile.dataClass().orElse(null)).bind("channel", profile.channel().orElse(null))
                .bind("source", entity.source()).bind("now", clock.millis());
    }

    private static void replaceTagsAndLinks(Handle handle, EntityId id, NewEntity entity) {
        handle.createUpdate("DELETE FROM entity_tag WHERE entity = :id").bind("id", id.value()).execute();
        handle.createUpdate("DELETE FROM entity_link WHERE entity = :id").bind("id", id.value()).execute();
        for (String tag : entity.tags()) {
            handle.createUpdate("INSERT OR IGNORE INTO entity_tag (entity, tag) VALUES (:id, :tag)")
                    .bind("id", id.value()).bind("tag", Names.lower(tag)).execute();
        }
        for (Link link : entity.links()) {
            handle.createUpdate("INSERT OR IGNORE INTO entity_link (entity, title, url) VALUES (:id, :title, :url)")
                    .bind("id", id.value()).bind("title", link.title()).bind("url", link.url()).execute();
        }
    }

    private static Map<String, Object> facts(NewEntity entity, EntityId id) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("entity", id.value());
        facts.put("owner", Names.lower(entity.responsibility().owner()));
        facts.put("operatedBy", Names.lower(entity.responsibility().operatedBy()));
        facts.put("lifecycle", entity.responsibility().lifecycle().text());
        facts.put("stage", entity.profile().stage().text());
        facts.put("tier", entity.profile().tier().text());
        facts.put("source", entity.source());
        return facts;
    }

    static List<Entity> where(Handle handle, String condition, Map<String, ?> bindings, int limit) {
        return handle.createQuery(SELECT + "WHERE e.ended_at IS NULL AND " + condition + " LIMIT :limit")
                .bindMap(bindings).bind("limit", limit).map(Entities::entity).list();
    }

    static Optional<Entity> tombstone(Handle handle, String name) {
        return handle.createQuery(SELECT + "WHERE e.name = :name" + BEST_FIRST + "LIMIT 1").bind("name", name)
                .map(Entities::entity).findOne();
    }

    static List<Entity> all(Handle handle, Collection<Long> ids) {
        return ids.isEmpty()
                ? List.of()
                : handle.createQuery(SELECT + "WHERE e.id IN (<ids>) ORDER BY e.name").bindList("ids", List.copyOf(ids))
                        .map(Entities::entity).list();
    }

    private static Entity entity(ResultSet rs, StatementContext context) throws SQLException {
        var responsibility = new Responsibility(rs.getString("owner_name"), rs.getString("operator_name"),
                Lifecycle.of(rs.getString("lifecycle")).orElseThrow());
        var profile = new Profile(rs.getString("title"), rs.getString("description"),
                EntityStage.of(rs.getString("stage")).orElseThrow(), Tier.of(rs.getString("tier")).orElseThrow(),
                Optional.ofNullable(rs.getString("system")), Optional.ofNullable(rs.getString("audience")),
                Optional.ofNullable(rs.getString("data_class")), Optional.ofNullable(rs.getString("channel")));
        var origin = new Entity.Origin(rs.getString("source"), rs.getLong("version"),
                Instant.ofEpochMilli(rs.getLong("created_at")), People.instant(rs, "ended_at"));
        return new Entity(new EntityId(rs.getLong("id")), EntityKind.of(rs.getString("kind")).orElseThrow(),
                rs.getString("name"), responsibility, profile, origin);
    }
}
