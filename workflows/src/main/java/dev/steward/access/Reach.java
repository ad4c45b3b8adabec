package dev.steward.access;

import java.time.Instant;
import java.util.Optional;

/**
 * One person's access to one thing, at some moment.
 *
 * @param person
 *            catalog name of whoever has it
 * @param entity
 *            the ledger's word for it, for example {@code service:checkout}
 * @param role
 *            name of the role
 * @param request
 *            that asked for it, {@code REQ-42}
 * @param since
 *            when it began
 * @param endedAt
 *            when it was seen to be gone; empty as long as it is there
 * @param suspended
 *            whether it was not there at that moment, and could have been given back
 */
public record Reach(String person, String entity, String role, String request, Instant since,
        Optional<Instant> endedAt, boolean suspended) {}
