package dev.steward.oncall;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The table of overrides. */
final class Overrides {
    private static final String SELECT = """
            SELECT o.*, t.name AS team_name, r.id AS half, r.from_at AS half_from, r.to_at AS half_to
            FROM rotation_override o JOIN team t ON t.id = o.team
            LEFT JOIN rotation_override r ON r.in_return_for = o.id OR r.id = o.in_return_for\s""";

    private final OnCallParts parts;

    Overrides(OnCallParts parts) {
        this.parts = parts;
    }

    /** An override that has no row yet. */
    record New(Team team, String layer, Person person, Optional<Person> covers, Instant from, Instant until,
            Person askedBy, ShiftOverride.State state, Optional<OverrideId> inReturnFor) {}

    OverrideId add(Handle handle, New wanted) {
        handle.createUpdate("""
                INSERT INTO rotation_override (team, layer, person, covers, from_at, to_at, asked_by, state, created_at,
                    in_return_for)
                VALUES (:team, :layer, :person, :covers, :from, :to, :asker, :state, :now, :for)""")
                .bind("team", wanted.team().id()).bind("layer", wanted.layer()).bind("person", wanted.person().id())
                .bind("covers", wanted.covers().map(Person::id).orElse(null))
                .bind("from", wanted.from().toEpochMilli()).bind("to", wanted.until().toEpochMilli())
                .bind("asker", wanted.askedBy().id()).bind("state", stored(wanted.state()))
                .bind("now", parts.store().clock().millis())
                .bind("for", wanted.inReturnFor().map(OverrideId::value).orElse(null)).execute();
        return new OverrideId(Database.lastId(handle));
    }

    Optional<ShiftOverride> find(Handle handle, OverrideId id) {
        return handle.createQuery(SELECT + "WHERE o.id = :id").bind("id", id.value())
                .map((rs, c) -> row(handle, rs)).findOne();
    }

    ShiftOverride byId(Handle handle, OverrideId id) {
        return find(handle, id).orElseThrow(() -> new IllegalStateException("there is no " + id.text()));
    }

    /** Sets the state; false if somebody changed it since it was seen. */
    boolean change(Handle handle, ShiftOverride seen, ShiftOverride.State state) {
        return handle.createUpdate("""
                UPDATE rotation_override SET state = :state, version = version + 1
                WHERE id = :id AND version = :seen""").bind("state", stored(state)).bind("id", seen.id().value())
                .bind("seen", seen.version()).execute() == 1;
    }

    /** Those that hold, of people who can still be reached, and that end after the moment; the latest asked for last. */
    List<ShiftOverride> active(Handle handle, String team, String layer, Instant after) {
        return handle.createQuery(SELECT + """
                JOIN person p ON p.id = o.person AND p.standing = 'member'
                WHERE t.name = :team AND o.layer = :layer AND o.state = 'active' AND o.to_at > :after
                ORDER BY o.id""").bind("team", team).bind("layer", layer).bind("after", after.toEpochMilli())
                .map((rs, c) -> row(handle, rs)).list();
    }

    /** A layer of a team. */
    record Where(String team, String layer) {}

    /** Where that person is to be on call in another's place, now or later. */
    Set<Where> of(Handle handle, Person person, Instant now) {
        return handle.createQuery("""
                SELECT DISTINCT t.name, o.layer FROM rotation_override o JOIN team t ON t.id = o.team
                WHERE o.person = :person AND o.state = 'active' AND o.to_at > :now""").bind("person", person.id())
                .bind("now", now.toEpochMilli()).map((rs, c) -> new Where(rs.getString(1), rs.getString(2))).set();
    }

    /** Those that hold or wait for an answer, and are not over, the first to begin first. */
    List<ShiftOverride> coming(Handle handle, String team, Instant now) {
        return handle.createQuery(SELECT + """
                WHERE t.name = :team AND o.state IN ('proposed', 'active') AND o.to_at > :now
                ORDER BY o.from_at, o.id""").bind("team", team).bind("now", now.toEpochMilli())
                .map((rs, c) -> row(handle, rs)).list();
    }

    private ShiftOverride row(Handle handle, ResultSet rs) throws SQLException {
        long covers = rs.getLong("covers");
        OptionalLong covered = rs.wasNull() ? OptionalLong.empty() : OptionalLong.of(covers);
        return new ShiftOverride(new OverrideId(rs.getLong("id")), rs.getString("team_name"), rs.getString("layer"),
                person(handle, rs.getLong("person")),
                covered.isPresent() ? Optional.of(person(handle, covered.getAsLong())) : Optional.empty(),
                Instant.ofEpochMilli(rs.getLong("from_at")), Instant.ofEpochMilli(rs.getLong("to_at")),
                person(handle, rs.getLong("asked_by")),
                ShiftOverride.State.valueOf(rs.getString("state").toUpperCase(Locale.ROOT)), rs.getLong("version"),
                half(rs));
    }

    private static Optional<ShiftOverride.Half> half(ResultSet rs) throws SQLException {
        long id = rs.getLong("half");
        return rs.wasNull()
                ? Optional.empty()
                : Optional.of(new ShiftOverride.Half(new OverrideId(id), Instant.ofEpochMilli(rs.getLong("half_from")),
                        Instant.ofEpochMilli(rs.getLong("half_to")), rs.getLong("in_return_for") != 0));
    }

    private Person person(Handle handle, long id) {
        return parts.catalog().people().byId(handle, id).orElseThrow();
    }

    private static String stored(ShiftOverride.State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
