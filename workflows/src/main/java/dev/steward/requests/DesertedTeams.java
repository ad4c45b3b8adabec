package dev.steward.requests;

import dev.steward.catalog.Desertions;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Team;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Priority;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Tells whoever is above a team what that team owns when nobody is left in it: the parent team, or else the platform
 * team. Once, and once more on the same message when somebody is in it again.
 */
final class DesertedTeams {
    private static final int NAMED = 15;

    private final RequestParts parts;
    private final Desertions desertions;

    DesertedTeams(RequestParts parts) {
        this.parts = parts;
        desertions = new Desertions(parts.store().ledger(), parts.store().clock());
    }

    /** Looks at all teams; each that changed is a transaction of its own. */
    void look() {
        List<Team> left = parts.store().database().read(desertions::toTell);
        left.forEach(team -> parts.store().database().writing(h -> deserted(h, team)));
        List<Team> taken = parts.store().database().read(desertions::toTake);
        taken.forEach(team -> parts.store().database().writing(h -> staffed(h, team)));
    }

    /** Notes and tells that nobody is left in the team, if that is so and was not told before. */
    boolean deserted(Handle handle, Team team) {
        if (desertions.toTell(handle).stream().noneMatch(now -> now.id() == team.id())) {
            return false;
        }
        int owned = parts.catalog().entities().countOwnedBy(handle, team);
        Optional<String> channel = channel(handle, team).filter(_ -> owned > 0);
        Optional<Instant> since = desertions.deserted(handle, team,
                Map.of("owned", owned, "told", channel.orElse("")));
        since.ifPresent(at -> channel.ifPresent(name -> put(handle, team, at, name)));
        return since.isPresent();
    }

    private void staffed(Handle handle, Team team) {
        desertions.staffed(handle, team).filter(at -> parts.store().outbox().knows(handle, key(team, at)))
                .ifPresent(at -> channel(handle, team).ifPresent(name -> put(handle, team, at, name)));
    }

    private void put(Handle handle, Team team, Instant since, String channel) {
        parts.store().outbox().put(handle, new Message(key(team, since), new Destination.Channel(channel),
                Notices.DESERTED, Map.of("team", team.name()), Priority.DECISION));
    }

    private static String key(Team team, Instant since) {
        return "team:" + team.id() + ":deserted:" + since.toEpochMilli();
    }

    /** Where whoever is above the team is told. */
    Optional<String> channel(Handle handle, Team team) {
        return parts.catalog().teams().parentOf(handle, team)
                .flatMap(name -> parts.catalog().teams().byName(handle, name)).flatMap(Team::channel)
                .or(() -> platform(handle));
    }

    Optional<String> platform(Handle handle) {
        return parts.catalog().teams().byName(handle, parts.rules().platformTeam()).flatMap(Team::channel);
    }

    Optional<DesertedTeam> view(Handle handle, String name) {
        return parts.catalog().teams().byName(handle, name).map(team -> {
            List<Entity> shown = parts.catalog().entities().ownedBy(handle, team, NAMED);
            int all = parts.catalog().entities().countOwnedBy(handle, team);
            return new DesertedTeam(team, desertions.since(handle, team),
                    new HomeView.Some<>(shown, all - shown.size()));
        });
    }
}
