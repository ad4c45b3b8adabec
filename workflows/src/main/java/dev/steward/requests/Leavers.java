package dev.steward.requests;

import dev.steward.approvals.ProposalId;
import dev.steward.approvals.Rerouted;
import dev.steward.catalog.Departures;
import dev.steward.catalog.Departures.Departure;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.ledger.Actor;
import dev.steward.outbox.Priority;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What follows when somebody leaves: what they have ends, what they asked for is cancelled, what waits for their decision
 * waits for the others of the stage, and what a team owns in which nobody is left is told to whoever is above it. A
 * member who becomes a guest has left in this sense. Of somebody who left only a team, what they had by a rule that holds no
 * more ends.
 *
 * <p>
 * For each person all of it is one transaction; with more than {@value #AT_ONCE} things to do, as many as it takes. If one
 * of them fails, each thing is done by itself, so that none holds up the others.
 */
final class Leavers {
    private static final Logger LOG = LoggerFactory.getLogger(Leavers.class);
    private static final int AT_ONCE = 50;
    private static final int PEOPLE = 100;

    private final RequestParts parts;
    private final RequestStore requests;
    private final Deciding deciding;
    private final Leasing leasing;
    private final Notices notices;
    private final DesertedTeams deserted;
    private final Departures departures = new Departures();

    Leavers(RequestParts parts, RequestStore requests, Deciding deciding, Leasing leasing, Notices notices) {
        this.parts = parts;
        this.requests = requests;
        this.deciding = deciding;
        this.leasing = leasing;
        this.notices = notices;
        deserted = new DesertedTeams(parts);
    }

    /**
     * Something that follows.
     *
     * @param kind
     *            the ledger's word for what things of this kind came to
     * @param how
     *            does it, unless it was done or is not to be done any more; answers whether it was done now
     */
    private record Step(String kind, String subject, Predicate<Handle> how) {}

    /** Looks after all who left. */
    void look() {
        parts.store().database().read(h -> departures.people(h, PEOPLE)).forEach(this::follow);
    }

    private void follow(long person) {
        try {
            boolean more = true;
            while (more) {
                List<Step> steps = steps(person);
                more = parts.store().database().write(h -> follow(h, person, steps));
            }
        } catch (IllegalStateException e) {
            LOG.error("what follows from the leaving of person {} cannot be done at once; it is done one by one",
                    person,
                    e);
            oneByOne(person, steps(person));
        } catch (JdbiException e) {
            LOG.error("what follows from the leaving of person {} cannot be done now; it is tried again", person, e);
        }
    }

    /** Whether there is more to do. */
    private boolean follow(Handle handle, long person, List<Step> steps) {
        Map<String, Object> done = new TreeMap<>();
        steps.stream().limit(AT_ONCE).filter(step -> step.how().test(handle)).forEach(step -> note(done, step));
        boolean more = steps.size() > AT_ONCE && !done.isEmpty();
        close(handle, person, done, more);
        return more;
    }

    private void oneByOne(long person, List<Step> steps) {
        Map<String, Object> done = new TreeMap<>();
        for (Step step : steps) {
            try {
                parts.store().database().writing(h -> {
                    if (step.how().test(h)) {
                        note(done, step);
                    }
                });
            } catch (IllegalStateException e) {
                LOG.error("{} could not be seen to although person {} has left; the rest is", step.subject(), person,
                        e);
            }
        }
        parts.store().database().writing(h -> close(h, person, done, false));
    }

    @SuppressWarnings("unchecked")
    private static void note(Map<String, Object> done, Step step) {
        ((List<String>) done.computeIfAbsent(step.kind(), _ -> new ArrayList<String>())).add(step.subject());
    }

    private void close(Handle handle, long person, Map<String, Object> done, boolean more) {
        List<Departure> left = departures.of(handle, person);
        boolean workspace = left.stream().anyMatch(one -> one.team().isEmpty());
        if (workspace || !done.isEmpty()) {
            Map<String, Object> facts = new TreeMap<>(done);
            facts.put("more", more);
            if (!workspace) {
                facts.put("team", left.stream().flatMap(one -> one.team().stream()).map(Team::name).toList());
            }
            parts.store().ledger().append(handle, Actor.STEWARD, workspace ? "person.left" : "person.left_team",
                    "person:" + person, facts);
        }
        if (!more) {
            departures.followed(handle, person);
        }
    }

    private List<Step> steps(long id) {
        return parts.store().database().read(h -> {
            Person person = parts.catalog().people().byId(h, id).orElseThrow();
            boolean gone = person.standing().gone();
            List<Departure> news = departures.of(h, id);
            List<Team> left = news.stream().flatMap(one -> one.team().stream()).toList();
            List<Team> teams = gone
                    ? Stream.concat(left.stream(), parts.catalog().teams().teamsOf(h, id).stream()).distinct().toList()
                    : left;
            boolean known = gone && news.stream().allMatch(one -> one.team().isPresent());
            return Stream.of(leases(h, id, gone), gone ? cancelled(h, id) : Stream.<Step>empty(),
                    known ? Stream.<Step>empty() : rerouted(h, person, teams), deserted(teams))
                    .flatMap(steps -> steps).toList();
        });
    }

    private Stream<Step> leases(Handle handle, long person, boolean gone) {
        return gone || leasing.teamsKnown(handle)
                ? parts.store().leases().heldBy(handle, person).stream().filter(lease -> ends(handle, lease, gone))
                        .map(lease -> new Step("ended", new RequestId(lease.request()).text(),
                                h -> parts.store().leases().of(h, lease.stack()).filter(now -> ends(h, now, gone))
                                        .filter(now -> end(h, now)).isPresent()))
                : Stream.empty();
    }

    private boolean ends(Handle handle, Lease lease, boolean gone) {
        return lease.state() instanceof LeaseState.Active
                && (gone || (lease.grant().isPresent() && leasing.lapsed(handle, lease)));
    }

    private boolean end(Handle handle, Lease lease) {
        boolean done = parts.store().leases().end(handle, lease,
                new LeaseState.Word(LeaseState.Cause.LEFT, Actor.STEWARD));
        if (done) {
            Request request = requests.byId(handle, new RequestId(lease.request()));
            leasing.withdraw(handle, request);
            notices.lease(handle, request);
        }
        return done;
    }

    private Stream<Step> cancelled(Handle handle, long person) {
        return requests.ofLeavers(handle, Integer.MAX_VALUE).stream()
                .filter(request -> request.requester() == person)
                .map(request -> new Step("cancelled", request.id().text(),
                        h -> deciding.cancelForLeaver(h, requests.byId(h, request.id()))));
    }

    private Stream<Step> rerouted(Handle handle, Person person, List<Team> teams) {
        Set<Long> ids = teams.stream().map(Team::id).collect(Collectors.toSet());
        return parts.approvals().waitedFor(handle, person, ids).stream().map(id -> new Step("rerouted",
                parts.approvals().find(handle, id).orElseThrow().subject(), h -> reroute(h, id, person)));
    }

    /** The others decide: who was not asked before is asked, and where they are too few, whoever is above them is told. */
    private boolean reroute(Handle handle, ProposalId id, Person gone) {
        Optional<Rerouted> rerouted = parts.approvals().reroute(handle, id, gone);
        rerouted.ifPresent(now -> {
            if (now.proposal().terms().kind().equals(Leasing.EXTENSION)) {
                leasing.told(handle, now.proposal());
            } else {
                asked(handle, now, gone);
            }
        });
        return rerouted.isPresent();
    }

    private void asked(Handle handle, Rerouted now, Person gone) {
        Request request = requests.byId(handle, new RequestId(
                parts.store().runs().runs().byText(handle, now.proposal().subject()).request()));
        notices.changed(handle, request, Priority.DECISION);
        Set<Long> people = now.waitingFor().stream().map(Person::id).collect(Collectors.toCollection(TreeSet::new));
        if (gone.mayAct() && notices.wasAsked(handle, request, gone.id())) {
            people.add(gone.id());
        }
        notices.approvers(handle, request, people, Priority.DECISION);
        if (now.nobodyCan()) {
            now.proposal().openStage()
                    .flatMap(open -> parts.catalog().teams().teamOf(handle, open.stage().by()))
                    .map(team -> deserted.channel(handle, team)).orElseGet(() -> deserted.platform(handle))
                    .ifPresent(channel -> notices.stuck(handle, request, channel));
        }
    }

    private Stream<Step> deserted(List<Team> teams) {
        return teams.stream().map(team -> new Step("deserted", team.name(), h -> deserted.deserted(h, team)));
    }
}
