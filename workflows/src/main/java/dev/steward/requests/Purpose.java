package dev.steward.requests;

import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What a form is sent in for, beyond its request. Both halves run in the transaction that stores the request, so that of two
 * forms for the same thing only one becomes a request.
 *
 * @param obstacle
 *            why there is to be no such request any more, in a sentence; asked before anything is stored
 * @param became
 *            notes the request that was stored; not called again for a form that is sent in again
 */
public record Purpose(Function<Handle, Optional<String>> obstacle, BiConsumer<Handle, RequestId> became) {
    /** Nothing beyond the request. */
    public static final Purpose NONE = noted((_, _) -> {});

    static Purpose noted(BiConsumer<Handle, RequestId> became) {
        return new Purpose(_ -> Optional.empty(), became);
    }
}
