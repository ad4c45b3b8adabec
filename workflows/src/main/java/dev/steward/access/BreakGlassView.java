package dev.steward.access;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Access that nobody had decided on, with what became of it.
 *
 * @param incident
 *            row of the incident for which it was
 * @param reason
 *            what the holder said
 * @param lease
 *            the access itself
 * @param passedOver
 *            who would have had to decide
 * @param due
 *            by when somebody has to have looked at it
 * @param signed
 *            who has
 */
public record BreakGlassView(RequestId request, long incident, Entity entity, Person holder, String reason,
        LeaseView lease, List<Person> passedOver, Instant opened, Instant due, boolean overdue,
        Optional<Signed> signed) {

    /** Somebody else looked at it. */
    public record Signed(Person by, Instant at, boolean justified, String words) {}
}
