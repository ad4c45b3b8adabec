package dev.steward.requests;

import dev.steward.approvals.Proposal;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.definitions.Workflow;
import dev.steward.requests.HomeView.Owned;
import dev.steward.requests.HomeView.Some;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.RunState;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Reads what a member's home shows: so many of each kind that Slack takes all of it, and how many there are besides. */
final class HomeViews {
    private static final int WAITING = 12;
    private static final int WISHES = 5;
    private static final int OPEN = 10;
    private static final int ENDED = 5;
    private static final int TEAMS = 8;
    private static final int ENTITIES = 15;

    private final RequestParts parts;
    private final RequestStore requests;
    private final RequestViews views;
    private final LeaseViews leases;
    private final Extensions extensions;

    HomeViews(RequestParts parts, RequestStore requests, RequestViews views, LeaseViews leases,
            Extensions extensions) {
        this.parts = parts;
        this.requests = requests;
        this.views = views;
        this.leases = leases;
        this.extensions = extensions;
    }

    HomeView of(Handle handle, Person person, List<Workflow> offered) {
        return new HomeView(waiting(handle, person), wishes(handle, person), own(handle, person, false, OPEN),
                own(handle, person, true, ENDED),
                services(handle, person), leases(handle, person), offered);
    }

    private List<LeaseView> leases(Handle handle, Person person) {
        return Stream.concat(parts.store().leases().heldBy(handle, person.id()).stream(),
                parts.suspensions().heldBy(handle, person.id()).stream()).map(lease -> leases.of(handle, lease))
                .toList();
    }

    private Some<RequestView> waiting(Handle handle, Person person) {
        List<Proposal> all = parts.approvals().openFor(handle, Effect.KIND, person);
        List<RequestView> shown = new ArrayList<>();
        int read = 0;
        while (read < all.size() && shown.size() < WAITING) {
            undecided(handle, all.get(read++)).ifPresent(shown::add);
        }
        return new Some<>(shown, all.size() - read);
    }

    private Some<ExtensionView> wishes(Handle handle, Person person) {
        List<ExtensionView> all = parts.approvals().openFor(handle, Leasing.EXTENSION, person).stream()
                .flatMap(proposal -> extensions.view(handle, proposal.id()).stream())
                .filter(wish -> wish.lease().state() instanceof LeaseState.Active).toList();
        return new Some<>(all.stream().limit(WISHES).toList(), Math.max(0, all.size() - WISHES));
    }

    private Optional<RequestView> undecided(Handle handle, Proposal proposal) {
        RequestId id = new RequestId(parts.store().runs().runs().byText(handle, proposal.subject()).request());
        return requests.find(handle, id).map(request -> views.of(handle, request))
                .filter(view -> view.run().state() instanceof RunState.AwaitingApproval);
    }

    private Some<RequestView> own(Handle handle, Person person, boolean ended, int limit) {
        Set<RequestState> states = EnumSet.allOf(RequestState.class);
        states.removeIf(state -> state.ended() != ended);
        List<RequestView> shown = requests.of(handle, person.id(), states, limit).stream()
                .map(request -> views.of(handle, request)).toList();
        return new Some<>(shown, requests.count(handle, person.id(), states) - shown.size());
    }

    private List<Owned> services(Handle handle, Person person) {
        List<Owned> owned = new ArrayList<>();
        for (Team team : parts.catalog().teams().teamsOf(handle, person.id())) {
            List<Entity> shown = owned.size() < TEAMS
                    ? parts.catalog().entities().ownedBy(handle, team, ENTITIES)
                    : List.of();
            int all = parts.catalog().entities().countOwnedBy(handle, team);
            if (all > 0) {
                owned.add(new Owned(team, new Some<>(shown, all - shown.size())));
            }
        }
        return owned;
    }
}
