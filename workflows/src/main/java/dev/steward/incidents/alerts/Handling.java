package dev.steward.incidents.alerts;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.requests.ActOutcome;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What people do with the alerts of a group: acknowledge, snooze, attach. */
final class Handling {
    private static final Duration LONGEST_SNOOZE = Duration.ofHours(24);

    private final AlertParts parts;
    private final Groups groups;

    Handling(AlertParts parts, Groups groups) {
        this.parts = parts;
        this.groups = groups;
    }

    /** Something that is done to a group that is not over, by somebody who may act. */
    @FunctionalInterface
    private interface Verb {
        ActOutcome on(Handle handle, AlertGroup group, Person person);
    }

    private ActOutcome act(long id, Person person, Verb verb) {
        return parts.store().database().write(h -> {
            Optional<ActOutcome> outsider = outsider(h, person);
            Optional<AlertGroup> group = GroupTable.byId(h, id);
            if (outsider.isPresent()) {
                return outsider.get();
            }
            if (group.isEmpty()) {
                return new ActOutcome.Refused("There are no such alerts. Nothing was changed.");
            }
            return group.get().live()
                    ? verb.on(h, group.get(), person)
                    : new ActOutcome.Refused((group.get().state() == AlertGroup.State.QUIET
                            ? "Nothing more was heard of these alerts"
                            : "These alerts are over") + "; the card was closed "
                            + AlertWords.ago(group.get().times().closed().orElseThrow(), groups.now())
                            + ". New ones have a card of their own.");
        });
    }

    private Optional<ActOutcome> outsider(Handle handle, Person person) {
        Person now = parts.catalog().people().byId(handle, person.id()).orElse(person);
        return now.mayAct()
                ? Optional.empty()
                : Optional.of(new ActOutcome.Refused("Only members of this workspace can do that, and you are "
                        + now.standing().words() + ". Tell somebody of the team that owns this."));
    }

    ActOutcome ack(long id, Person person) {
        return act(id, person, (handle, group, by) -> take(handle, group, by)
                ? new ActOutcome.Done("You have the alerts " + of(handle, group)
                        + ". If people are affected, declare an incident.")
                : new ActOutcome.Refused(taken(handle, GroupTable.get(handle, id), by)));
    }

    private boolean take(Handle handle, AlertGroup group, Person by) {
        boolean first = GroupTable.ack(handle, group.id(), by.id(), groups.now());
        if (first) {
            groups.log(handle, actor(by), "ack", group, Map.of());
            groups.incident(handle, group).ifPresent(incident -> parts.incidents().takenUp(handle, incident.id()));
            parts.paging().answered(handle, group, by);
            groups.acted(handle, group.id());
        }
        return first;
    }

    private String taken(Handle handle, AlertGroup group, Person by) {
        AlertGroup.Act act = group.handling().acked().orElseThrow();
        String ago = AlertWords.ago(act.at(), groups.now());
        if (act.person() == by.id()) {
            return "You have these alerts already: you acknowledged them " + ago + ".";
        }
        String holder = parts.catalog().people().byId(handle, act.person()).map(Person::displayName)
                .orElse("Somebody");
        return holder + " was first and acknowledged them " + ago + ". Ask " + holder + " whether help is wanted.";
    }

    ActOutcome ackMine(Person person) {
        return parts.store().database().write(h -> outsider(h, person).orElseGet(() -> {
            Set<String> teams = teams(h, person);
            List<AlertGroup> mine = GroupTable.live(h).stream()
                    .filter(group -> group.handling().acked().isEmpty()).filter(group -> of(h, group, teams)).toList();
            mine.forEach(group -> take(h, group, person));
            return mine.isEmpty()
                    ? new ActOutcome.Refused("No alert of your teams waits to be acknowledged.")
                    : new ActOutcome.Done("You have the alerts "
                            + mine.stream().map(group -> of(h, group)).collect(Collectors.joining(", ")) + ".");
        }));
    }

    private Set<String> teams(Handle handle, Person person) {
        return parts.catalog().teams().teamsOf(handle, person.id()).stream().map(Team::name)
                .collect(Collectors.toSet());
    }

    /** Whether one of the teams owns or operates what the alerts are on; what is on nothing is the platform team's. */
    private boolean of(Handle handle, AlertGroup group, Set<String> teams) {
        return entity(handle, group)
                .map(entity -> teams.contains(entity.owner()) || teams.contains(entity.responsibility().operatedBy()))
                .orElseGet(() -> teams.contains(parts.rules().platformTeam()));
    }

    ActOutcome snooze(long id, Person person, Duration duration) {
        return act(id, person, (handle, group, by) -> {
            if (duration.isNegative() || duration.isZero() || duration.compareTo(LONGEST_SNOOZE) > 0) {
                return new ActOutcome.Refused("Alerts can be snoozed for 24 hours at most. Nothing was changed.");
            }
            if (!responsible(handle, group, by)) {
                String owners = entity(handle, group).map(entity -> "the team that owns " + entity.name() + ", ")
                        .orElse("");
                return new ActOutcome.Refused("Only " + owners + "the platform team and whoever acknowledged these"
                        + " alerts can snooze them. Ask one of them.");
            }
            Instant until = groups.now().plus(duration);
            GroupTable.snooze(handle, id, by.id(), until);
            groups.log(handle, actor(by), "snooze", group, Map.of("until", until.toEpochMilli()));
            groups.acted(handle, id);
            groups.show(handle, GroupTable.get(handle, id), Priority.NOTICE);
            return new ActOutcome.Done("The card stays as it is until then. What comes in is kept, and something"
                    + " critical still calls the on-call if nobody has acknowledged.");
        });
    }

    private boolean responsible(Handle handle, AlertGroup group, Person by) {
        Set<String> teams = teams(handle, by);
        return of(handle, group, teams) || teams.contains(parts.rules().platformTeam()) || by.admin()
                || group.handling().acked().filter(act -> act.person() == by.id()).isPresent();
    }

    ActOutcome attach(long id, Person person, IncidentId wanted) {
        return act(id, person, (handle, group, by) -> {
            Optional<Incident> incident = parts.incidents().open(handle, by).stream()
                    .filter(open -> open.id().equals(wanted)).findFirst();
            if (incident.isEmpty()) {
                return new ActOutcome.Refused("There is no open " + wanted.text()
                        + ". Look for its number in the list of open incidents.");
            }
            Optional<Incident> other = groups.incident(handle, group).filter(Incident::open);
            if (other.isPresent()) {
                return new ActOutcome.Refused(other.get().id().equals(wanted)
                        ? wanted.text() + " handles these alerts already."
                        : "Another incident handles these alerts already.");
            }
            attach(handle, group, incident.get(), actor(by));
            return new ActOutcome.Done("The alerts " + of(handle, group) + " are part of " + wanted.text()
                    + " from now on, and join its timeline.");
        });
    }

    private void attach(Handle handle, AlertGroup group, Incident incident, Actor by) {
        if (GroupTable.attach(handle, group, incident.id())) {
            groups.log(handle, by, "attach", group, Map.of("incident", incident.id().value()));
            groups.attached(handle, group, incident);
        }
    }

    /** An incident was declared: for a group, or on a service whose alerts have none that goes on. */
    void adopt(Handle handle, Incident incident) {
        Optional<AlertGroup> declaredFor = group(incident.about().origin()).flatMap(id -> GroupTable.byId(handle, id));
        declaredFor.or(() -> incident.about().entity().flatMap(id -> GroupTable.live(handle, Optional.of(id))))
                .filter(AlertGroup::live).filter(group -> groups.incident(handle, group)
                        .filter(Incident::open).isEmpty())
                .ifPresent(group -> {
                    attach(handle, group, incident, Actor.STEWARD);
                    parts.catalog().people().byId(handle, incident.about().declaredBy())
                            .ifPresent(by -> parts.paging().declared(handle, group, by));
                });
    }

    /** An incident is found to be on a service: the alerts of that are its own as well, unless another sees to them. */
    void adoptAllOn(Handle handle, Incident incident) {
        incident.about().entity().flatMap(id -> GroupTable.live(handle, Optional.of(id)))
                .filter(group -> groups.incident(handle, group).filter(Incident::open).isEmpty())
                .ifPresent(group -> attach(handle, group, incident, Actor.STEWARD));
    }

    private static Optional<Long> group(String origin) {
        return origin.matches("alert:[1-9]\\d{0,17}")
                ? Optional.of(Long.parseLong(origin.substring("alert:".length())))
                : Optional.empty();
    }

    private Optional<Entity> entity(Handle handle, AlertGroup group) {
        return group.entity().flatMap(id -> parts.catalog().entities().byId(handle, id));
    }

    private String of(Handle handle, AlertGroup group) {
        return entity(handle, group).map(entity -> "of " + entity.name()).orElse("that are on no service");
    }

    private static Actor actor(Person person) {
        return person.slack().<Actor>map(account -> account).orElse(Actor.STEWARD);
    }
}
