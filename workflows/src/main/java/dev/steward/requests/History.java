package dev.steward.requests;

import dev.steward.terraform.StackId;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What was asked of a stack, one request after the other. */
final class History {
    private History() {}

    /** The request whose answers the stack has now: the newest that made or changed it and came to its end. */
    static Optional<Request> current(Handle handle, StackId stack) {
        return before(handle, stack, Long.MAX_VALUE);
    }

    /** The request whose answers the stack had before that one. */
    static Optional<Request> before(Handle handle, Request request) {
        return before(handle, request.stack(), request.id().value());
    }

    private static Optional<Request> before(Handle handle, StackId stack, long id) {
        return handle.createQuery("""
                SELECT * FROM request WHERE stack = :stack AND id < :id AND state = 'done'
                    AND operation IN ('create', 'change') ORDER BY id DESC LIMIT 1""").bind("stack", stack.value())
                .bind("id", id).map(RequestStore::request).findOne();
    }

    /** The changes after one request and before another that nobody has undone since, oldest first. */
    static List<RequestId> between(Handle handle, Request request, RequestId after) {
        return handle.createQuery("""
                SELECT id FROM request r WHERE stack = :stack AND id > :after AND id < :id AND state = 'done'
                    AND operation = 'change' AND reverts IS NULL AND NOT EXISTS (SELECT 1 FROM request back
                        WHERE back.stack = r.stack AND back.id > r.id AND back.id < :id AND back.state = 'done'
                            AND back.goes_back_to < r.id)
                ORDER BY id""").bind("stack", request.stack().value())
                .bind("after", after.value()).bind("id", request.id().value()).mapTo(Long.class).map(RequestId::new)
                .list();
    }

    /** The person's request to change or end the stack that is under way, or that ended part of it. */
    static Optional<Request> open(Handle handle, StackId stack) {
        return handle.createQuery("""
                SELECT * FROM request WHERE stack = :stack AND asked_for = 1
                    AND (state IN ('pending', 'approved') OR (state = 'failed' AND operation = 'destroy'))
                ORDER BY id DESC LIMIT 1""").bind("stack", stack.value()).map(RequestStore::request).findOne();
    }

    /** Changes that failed, and that nobody has put right. */
    static List<Request> failed(Handle handle, StackId stack) {
        return handle.createQuery("""
                SELECT * FROM request WHERE stack = :stack AND state = 'failed' AND operation = 'change' ORDER BY id""")
                .bind("stack", stack.value()).map(RequestStore::request).list();
    }

    /** Whether an apply since then ended otherwise than well, so that the stack may not be what it was asked to be. */
    static boolean unsettled(Handle handle, Request current) {
        return handle.createQuery("""
                SELECT count(*) FROM run WHERE stack = :stack AND id > :run
                    AND state IN ('apply_failed', 'partial', 'indeterminate')""")
                .bind("stack", current.stack().value()).bind("run", current.run().value()).mapTo(Integer.class)
                .one() > 0;
    }

    /** Whether something of the request was applied, or may have been, although it did not come to its end. */
    static boolean touched(Handle handle, Request request) {
        return handle.createQuery("""
                SELECT count(*) FROM run WHERE request = :request AND state IN ('partial', 'indeterminate')""")
                .bind("request", request.id().value()).mapTo(Integer.class).one() > 0;
    }

    /** How often people asked for something of the stack since it was made. */
    static long asked(Handle handle, StackId stack) {
        return handle.createQuery("SELECT count(*) FROM request WHERE stack = :stack AND asked_for = 1")
                .bind("stack", stack.value()).mapTo(Long.class).one();
    }
}
