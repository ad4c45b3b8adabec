package dev.steward.approvals;

import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.catalog.Teams;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;

/** Who may sign a stage at a given moment, and which signatures hold at that moment. */
final class Electorate {
    private final People people;
    private final Teams teams;

    Electorate(People people, Teams teams) {
        this.people = people;
        this.teams = teams;
    }

    /** Whether the person may sign the stage; whether the person has signed already is another question. */
    boolean maySign(Handle handle, Proposal proposal, Stage stage, long person, Instant now) {
        return person != proposal.requester() && teams.isEligible(handle, stage.by(), person, now);
    }

    /** How many approvals of the stage are by people who may still sign it. */
    int holding(Handle handle, Proposal proposal, Proposal.SignedStage stage, Instant now) {
        Set<Long> eligible = eligible(handle, proposal, stage.stage(), now);
        return (int) stage.signatures().stream()
                .filter(s -> s.verdict() == Verdict.APPROVE && eligible.contains(s.person())).count();
    }

    /** Who may sign the stage and has not signed anything yet, by display name. */
    List<Person> waitingFor(Handle handle, Proposal proposal, Stage stage, Instant now) {
        return eligible(handle, proposal, stage, now).stream().filter(id -> proposal.signatureOf(id).isEmpty())
                .flatMap(id -> people.byId(handle, id).stream())
                .sorted(Comparator.comparing(Person::displayName).thenComparingLong(Person::id)).toList();
    }

    /** Whether even all who may still sign would be too few. */
    boolean tooFew(Handle handle, Proposal proposal, Proposal.SignedStage stage, Instant now) {
        int possible = holding(handle, proposal, stage, now)
                + waitingFor(handle, proposal, stage.stage(), now).size();
        return possible < stage.stage().need();
    }

    /** Who may sign any of the stages. */
    Set<Long> all(Handle handle, Proposal proposal, Instant now) {
        Set<Long> ids = new TreeSet<>();
        proposal.stages().forEach(stage -> ids.addAll(eligible(handle, proposal, stage.stage(), now)));
        return ids;
    }

    private Set<Long> eligible(Handle handle, Proposal proposal, Stage stage, Instant now) {
        Set<Long> ids = new TreeSet<>(teams.eligible(handle, stage.by(), now));
        ids.remove(proposal.requester());
        return ids;
    }
}
