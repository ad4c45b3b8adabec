package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/**
 * A modal or home tab that a person has before them.
 *
 * @param hash       changes with every update
 * @param definition as the bot gave it, with generated {@code block_id}s and {@code action_id}s filled in
 * @param values     {@code state.values}: block id, then action id
 */
public record StoredView(String id, String hash, Place place, ObjectNode definition, ObjectNode values) {
    /** Whose view it is and where in the stack it stands. */
    public record Place(String ownerId, String rootId, Optional<String> previousId) {}

    public StoredView {
        definition = definition.deepCopy();
        values = values.deepCopy();
    }

    public StoredView withValues(ObjectNode changed) {
        return new StoredView(id, hash, place, definition, changed);
    }
}
