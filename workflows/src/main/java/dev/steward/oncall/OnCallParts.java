package dev.steward.oncall;

import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import dev.steward.outbox.Outbox;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What on-call is built on. */
public record OnCallParts(Store store, Catalog catalog, Rules rules) {

    /** Where things are kept. */
    public record Store(Database database, Ledger ledger, Jobs jobs, Outbox outbox, InstantSource clock) {}

    /** Who there is. */
    public record Catalog(People people, Teams teams) {}

    /**
     * What the settings say.
     *
     * @param rotations
     *            by name of the team
     * @param platformTeam
     *            name of the team that operates what is shared
     * @param webhook
     *            whether each page is also sent to another service, by jobs of the kind {@link OnCall#WEBHOOK_JOB}
     */
    public record Rules(Map<String, Rotation> rotations, String platformTeam, boolean webhook) {
        public Rules {
            rotations = Map.copyOf(rotations);
        }
    }

    Optional<Rotation> rotation(String team) {
        return Optional.ofNullable(rules.rotations().get(team));
    }

    /** Whether somebody is a member of the team that counts now, or of the platform team. */
    boolean belongs(Handle handle, Team team, Person person) {
        return person.mayAct() && (isMember(handle, team, person)
                || catalog.teams().byName(handle, rules.platformTeam())
                        .filter(platform -> isMember(handle, platform, person)).isPresent());
    }

    private boolean isMember(Handle handle, Team team, Person person) {
        return catalog.teams().members(handle, team, store.clock().instant()).stream()
                .anyMatch(member -> member.id() == person.id());
    }

    /** Where the team hears of things; the platform team's channel for one without. */
    Optional<String> channel(Handle handle, Team team) {
        return team.channel().or(() -> catalog.teams().byName(handle, rules.platformTeam()).flatMap(Team::channel));
    }

    static Actor actor(Person person) {
        return person.slack().<Actor>map(account -> account)
                .orElseThrow(() -> new IllegalArgumentException(person.name() + " has no account in Slack"));
    }
}
