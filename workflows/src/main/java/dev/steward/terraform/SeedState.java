package dev.steward.terraform;

import dev.steward.database.Json;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The state that a stack begins with: empty, serial 1, and a lineage of its own. Without it a first plan would have no
 * lineage and would apply to any empty stack.
 */
final class SeedState {
    /** The serial of a seed. */
    static final long SERIAL = 1;

    private SeedState() {}

    /** The body of the state file. */
    static byte[] body(TerraformVersion version, String lineage) {
        return Json.text(Map.of("version", 4, "terraform_version", version.text(), "serial", SERIAL, "lineage", lineage,
                "outputs", Map.of(), "resources", List.of())).getBytes(StandardCharsets.UTF_8);
    }
}
