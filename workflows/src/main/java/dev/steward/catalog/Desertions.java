package dev.steward.catalog;

import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Which teams lost the last member who may act: somebody's account was closed, or they left the team. It compares what is
 * so now with what was so when it was last looked at, so that it does not matter which of both came first, nor what was
 * missed meanwhile. A team that never had anybody lost nobody.
 */
public final class Desertions {
    private static final String SOMEBODY = """
            EXISTS (SELECT 1 FROM team_member m JOIN person p ON p.id = m.person
                WHERE m.team = t.id AND p.standing = 'member')""";

    private final Ledger ledger;
    private final InstantSource clock;

    /** A store that writes to the ledger given and takes the time from the clock. */
    public Desertions(Ledger ledger, InstantSource clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Teams that had somebody and have nobody now, by name; not while it is unknown who is in them. */
    public List<Team> toTell(Handle handle) {
        return handle.createQuery(
                """
                        SELECT * FROM team t WHERE staffed = 1 AND NOT %s AND (source NOT LIKE 'slack:%%' OR seen_at IS NOT NULL)
                        ORDER BY name"""
                        .formatted(SOMEBODY))
                .map(Teams::team).list();
    }

    /** Teams that had nobody and have somebody now, by name. */
    public List<Team> toTake(Handle handle) {
        return handle.createQuery("SELECT * FROM team t WHERE staffed = 0 AND " + SOMEBODY + " ORDER BY name")
                .map(Teams::team).list();
    }

    /**
     * Notes that nobody is left in the team.
     *
     * @param facts
     *            for the ledger: what it leaves behind
     * @return when, unless that was noted before
     */
    public Optional<Instant> deserted(Handle handle, Team team, Map<String, ?> facts) {
        Instant now = clock.instant();
        int rows = handle.createUpdate("UPDATE team SET staffed = 0, deserted_at = :now WHERE id = :id AND staffed = 1")
                .bind("now", now.toEpochMilli()).bind("id", team.id()).execute();
        if (rows == 0) {
            return Optional.empty();
        }
        ledger.append(handle, Actor.STEWARD, "team.deserted", Teams.subject(team.name()), facts);
        return Optional.of(now);
    }

    /**
     * Notes that somebody is in the team.
     *
     * @return since when there had been nobody; empty for a team that is looked at for the first time
     */
    public Optional<Instant> staffed(Handle handle, Team team) {
        Optional<Instant> since = since(handle, team);
        int rows = handle.createUpdate("UPDATE team SET staffed = 1, deserted_at = NULL WHERE id = :id AND staffed = 0")
                .bind("id", team.id()).execute();
        if (rows == 1 && since.isPresent()) {
            ledger.append(handle, Actor.STEWARD, "team.staffed", Teams.subject(team.name()), Map.of());
            return since;
        }
        return Optional.empty();
    }

    /** Since when nobody is left in the team. */
    public Optional<Instant> since(Handle handle, Team team) {
        return handle.createQuery("SELECT deserted_at FROM team WHERE id = :id AND deserted_at IS NOT NULL")
                .bind("id", team.id()).mapTo(Long.class).findOne().map(Instant::ofEpochMilli);
    }
}
