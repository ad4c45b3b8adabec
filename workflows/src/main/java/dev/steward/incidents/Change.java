package dev.steward.incidents;

import dev.steward.catalog.Entity;
import dev.steward.requests.RequestId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Something that Steward did before an incident, on what it is on or on what that depends on.
 *
 * @param run
 *            {@code RUN-17}
 * @param distance
 *            0: on the thing itself; 1: on what it depends on directly, and so on
 * @param what
 *            in a line: {@code +3 ~0 -0}, or whose access in which role
 * @param grant
 *            whether it gave or took somebody's access
 * @param requester
 *            by name
 * @param approvers
 *            by name; the name of the standing rule where no human decided
 * @param revertible
 *            whether a revert can be proposed now
 */
public record Change(RequestId request, String run, Entity entity, int distance, String title, String what,
        boolean grant, String outcome, Instant at, String requester, List<String> approvers,
        Optional<String> reverting, boolean revertible) {}
