package dev.steward.incidents;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.requests.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * An incident with all that its headline shows.
 *
 * @param roles
 *            who does what; a role that nobody has is absent
 * @param update
 *            what was told last
 * @param items
 *            what is to be done, the open ones first
 * @param alike
 *            open incidents that may be the same, of those that everybody may see
 * @param frozen
 *            whether applies on the entity and its dependents wait
 */
public record IncidentView(Incident incident, Optional<Entity> entity, Person declaredBy,
        Map<IncidentRole, Person> roles, Optional<Update> update, List<Item> items, List<Link> links,
        List<Incident> alike, boolean frozen) {

    /** What was told last, and by whom. */
    public record Update(String conditions, String actions, String needs, String by, Instant at) {}

    /**
     * Something to be done.
     *
     * @param followup
     *            so that it does not happen again; otherwise now
     * @param request
     *            that it became, unless that came to nothing
     * @param requestDone
     *            whether what that asked for is there
     */
    public record Item(long id, boolean followup, String text, Optional<Person> owner, Optional<Instant> due,
            boolean open, Optional<RequestId> request, boolean requestDone) {}

    /** Something to look at. */
    public record Link(String title, String url) {}
}
