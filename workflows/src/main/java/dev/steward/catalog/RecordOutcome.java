package dev.steward.catalog;

import java.time.Instant;
import java.util.Optional;

/** What came of recording an entity. */
public sealed interface RecordOutcome {
    /**
     * It is in the catalog.
     *
     * @param id
     *            its number
     */
    record Recorded(EntityId id) implements RecordOutcome {}

    /**
     * The name is taken: by a thing of the same kind, also when that is gone; or by a team or a thing of another kind
     * with another owner, since one name means one owner.
     *
     * @param by
     *            for people: what has the name, for example {@code service checkout of team payments}
     * @param since
     *            when that was recorded; empty for a team
     */
    record NameTaken(String by, Optional<Instant> since) implements RecordOutcome {}

    /**
     * Owner or operator is no team in the catalog.
     *
     * @param name
     *            the name that is no team's
     */
    record UnknownTeam(String name) implements RecordOutcome {}
}
