package dev.steward.incidents;

import dev.steward.database.Json;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Which incidents have to do with which things; dependencies may run in circles. */
final class Reach {
    private Reach() {}

    /** The open ones on these things, or on what those depend on: the worst first. */
    static List<Incident> burning(Handle handle, Set<Long> entities, Set<Severity> severities) {
        List<Integer> numbers = severities.stream().map(Severity::number).sorted().toList();
        return IncidentStore.all(handle, IncidentStore.OPEN + """
                 AND severity IN (SELECT value FROM json_each(:severities)) AND entity IN (
                    WITH RECURSIVE reach (id) AS (SELECT value FROM json_each(:entities)
                        UNION SELECT d.depends_on FROM dependency d JOIN reach ON d.entity = reach.id)
                    SELECT id FROM reach)
                ORDER BY severity, id""",
                Map.of("severities", Json.text(numbers), "entities", json(entities)));
    }

    /** The open ones on these things, or on what depends on them. */
    static List<Incident> openOnOrDependingOn(Handle handle, Set<Long> entities) {
        return IncidentStore.all(handle, IncidentStore.OPEN + """
                 AND entity IN (
                    WITH RECURSIVE reach (id) AS (SELECT value FROM json_each(:entities)
                        UNION SELECT d.entity FROM dependency d JOIN reach ON d.depends_on = reach.id)
                    SELECT id FROM reach)
                ORDER BY id""", Map.of("entities", json(entities)));
    }

    private static String json(Set<Long> entities) {
        return Json.text(entities.stream().sorted().collect(Collectors.toList()));
    }
}
