package dev.steward.requests;

import dev.steward.database.Json;
import dev.steward.ledger.Actor;
import dev.steward.terraform.Run;
import dev.steward.terraform.StackId;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Ends changes that failed, once something else is asked of their stack: nobody puts them right any more. */
final class Superseding {
    private final RequestParts parts;
    private final RequestStore requests;
    private final Endings endings;

    Superseding(RequestParts parts, RequestStore requests, Endings endings) {
        this.parts = parts;
        this.requests = requests;
        this.endings = endings;
    }

    /** In the transaction that asks for the other; each says what takes its place. */
    void failed(Handle handle, StackId stack, RequestId by, Actor actor) {
        for (Request request : History.failed(handle, stack)) {
            Run run = parts.store().runs().runs().byId(handle, request.run());
            parts.store().runs().runs().annotate(handle, run.id(), "notes",
                    Json.toTree(List.of(by.text() + " replaces it.")));
            endings.close(handle, request, RequestState.CANCELLED, actor);
            endings.tell(handle, requests.byId(handle, request.id()), run);
        }
    }
}
