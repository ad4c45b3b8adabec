package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.ledger.Actor;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * What requests have to know of incidents, which stand to their right: whether one keeps an apply waiting, lets somebody
 * in at once, or is over. All of it is asked in the transaction that acts on the answer.
 */
public interface Emergencies {
    /** There is never any. */
    Emergencies NONE = new Emergencies() {
        @Override
        public Optional<Frozen> freezes(Handle handle, Set<Long> entities, RequestId request,
                Optional<Long> incident) {
            return Optional.empty();
        }

        @Override
        public BreakGlass breakGlass(Handle handle, Person person, Entity entity, long incident) {
            return new BreakGlass.Refused("there are no incidents here");
        }

        @Override
        public void brokeGlass(Handle handle, Request request, Person person, Entity entity, long incident) {
            throw new IllegalStateException("nobody was let in for an incident");
        }

        @Override
        public Optional<String> unusable(Handle handle, Person person, long incident) {
            return Optional.of("There is no INC-" + incident + ".");
        }

        @Override
        public boolean urgent(Handle handle, Set<Long> entities, long incident) {
            return false;
        }

        @Override
        public boolean over(Handle handle, long incident) {
            return true;
        }

        @Override
        public void merged(Handle handle, long from, long to) {
            // Nothing was given for one.
        }

        @Override
        public void happened(Handle handle, Happening happening) {
            // Nobody listens.
        }
    };

    /**
     * An incident keeps an apply waiting.
     *
     * @param why
     *            for people: which one, and on what; nothing of one that only its members may see
     */
    record Frozen(long incident, String why) {}

    /** Whether somebody may be let in before anybody decides. */
    sealed interface BreakGlass {
        /** They may: they are on call, and it burns there. */
        record Allowed() implements BreakGlass {}

        /** They may not, and wait for a decision like everybody. */
        record Refused(String why) implements BreakGlass {}
    }

    /**
     * Something that Steward did.
     *
     * @param kind
     *            {@code run} or {@code grant}
     * @param entities
     *            rows of what it was done to
     * @param incident
     *            row of the incident that it was done for
     * @param source
     *            its own key; the same again is the same happening
     * @param request
     *            that it was done for; of an ending, the request that asked for what ended
     */
    record Happening(String kind, Set<Long> entities, Optional<Long> incident, String text, String source, Actor by,
            RequestId request) {}

    /**
     * What keeps an apply on these entities waiting, unless somebody let this request through.
     *
     * @param entities
     *            rows: what the apply is to, or what that is going to depend on
     * @param incident
     *            the incident that the request belongs to, which does not keep it waiting
     */
    Optional<Frozen> freezes(Handle handle, Set<Long> entities, RequestId request, Optional<Long> incident);

    /** Whether that person may be let into the entity at once for that incident. */
    BreakGlass breakGlass(Handle handle, Person person, Entity entity, long incident);

    /** Somebody was let in before anybody decided: it is told loudly, and somebody else has to look at it. */
    void brokeGlass(Handle handle, Request request, Person person, Entity entity, long incident);

    /** Why that person cannot ask for something for the sake of that incident; empty when they can. */
    Optional<String> unusable(Handle handle, Person person, long incident);

    /** Whether that incident goes on, is a SEV-1 or SEV-2, and is on one of these entities, by their rows. */
    boolean urgent(Handle handle, Set<Long> entities, long incident);

    /** Whether that incident does not go on. */
    boolean over(Handle handle, long incident);

    /** Has emergency access that was given for one incident belong to the other, into which that was merged. */
    void merged(Handle handle, long from, long to);

    /** Notes what happened where it is of interest. */
    void happened(Handle handle, Happening happening);
}
