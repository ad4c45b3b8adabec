package dev.steward.playground.emulator.forms;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/** What a person can pick from beyond the options written into an element. */
public interface Offers {
    /** The options an external select offers for this query. */
    List<JsonNode> suggestions(JsonNode element, String query);

    /** The id of a person by name or id. */
    Optional<String> person(String nameOrId);

    /** The id of a channel by name or id. */
    Optional<String> channel(String nameOrId);
}
