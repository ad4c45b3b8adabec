package dev.steward.requests;

import dev.steward.terraform.RunId;
import dev.steward.terraform.StackId;
import java.time.Instant;

/**
 * One person's ask, as it was read from its row.
 *
 * @param workflow
 *            name of the workflow that it came through
 * @param workflowDigest
 *            of the definition that it was last checked against
 * @param requester
 *            row of the person who asks
 * @param channel
 *            where its card is
 * @param subject
 *            the name of what is asked for
 * @param version
 *            of the row: a change is made only to the version that was seen
 * @param run
 *            the run that serves it now
 */
public record Request(RequestId id, String workflow, String workflowDigest, long requester, String channel,
        String subject, RequestState state, long version, StackId stack, RunId run, Instant createdAt,
        Instant updatedAt) {}
