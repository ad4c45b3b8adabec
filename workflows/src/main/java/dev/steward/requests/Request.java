package dev.steward.requests;

import dev.steward.terraform.RunId;
import dev.steward.terraform.StackId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

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
 * @param operation
 *            what it does to its stack
 * @param origin
 *            the request that made the stack, for one that changes or ends it
 * @param back
 *            what it undoes, for a change that goes back to what was before
 * @param incident
 *            row of the incident that it is for
 * @param askedFor
 *            whether a person asked for the change or the end of a stack; otherwise the end of a lease did
 * @param version
 *            of the row: a change is made only to the version that was seen
 * @param run
 *            the run that serves it now
 */
public record Request(RequestId id, String workflow, String workflowDigest, long requester, String channel,
        String subject, Operation operation, Optional<RequestId> origin, Optional<Back> back, Optional<Long> incident,
        boolean askedFor,
        RequestState state, long version,
        StackId stack, RunId run, Instant createdAt, Instant updatedAt) {

    /** What a request does to its stack. */
    public enum Operation {
        /** Makes it. */
        CREATE,
        /** Makes something else of it. */
        CHANGE,
        /** Ends it. */
        DESTROY;

        String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Operation ofColumn(String column) {
            return valueOf(column.toUpperCase(Locale.ROOT));
        }
    }

    /**
     * A change that goes back.
     *
     * @param from
     *            the request that it undoes, with all that changed the stack since
     * @param to
     *            the request whose answers the stack is to have again
     */
    public record Back(RequestId from, RequestId to) {}

    /** Whether it makes something else of what an earlier request made. */
    public boolean changes() {
        return operation == Operation.CHANGE;
    }

    /** Whether it ends what an earlier request made. */
    public boolean ends() {
        return operation == Operation.DESTROY;
    }

    /** Whether it ends what was to end by itself, without anybody having asked for that. */
    public boolean endsLease() {
        return ends() && !askedFor;
    }
}
