package dev.steward.access;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.requests.LeaseView;
import dev.steward.requests.Requests;
import dev.steward.stacks.Leases;
import java.util.List;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** What is asked about access: what somebody has, and who has something. */
public final class Access {
    private final Requests requests;
    private final Leases leases;

    /** The questions over the stores given. */
    public Access(Requests requests, Leases leases) {
        this.requests = requests;
        this.leases = leases;
    }

    /** The access and the sandboxes that a person has or asked for, the first to end first; then what is suspended. */
    public List<LeaseView> mine(Handle handle, Person person) {
        return Stream.concat(leases.heldBy(handle, person.id()).stream().map(lease -> requests.view(handle, lease)),
                requests.suspendedOf(handle, person).stream()).toList();
    }

    /** Who has access to an entity now, the first to end first; then whose is suspended. */
    public List<LeaseView> who(Handle handle, Entity entity) {
        return Stream.concat(leases.on(handle, entity.id().value()).stream().map(lease -> requests.view(handle, lease)),
                requests.suspendedOn(handle, entity).stream()).toList();
    }
}
