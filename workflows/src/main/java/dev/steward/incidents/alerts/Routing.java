package dev.steward.incidents.alerts;

import dev.steward.catalog.Entities;
import dev.steward.catalog.Entity;
import dev.steward.catalog.EntityId;
import dev.steward.database.Json;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Finds what alerts are on: by a label that names it, by something that Steward made for it, or by a rule. It remembers what
 * it found, so it is for one transaction.
 */
final class Routing {
    /** What Terraform or a cloud calls a thing is longer than that. */
    private static final int SHORTEST_ID = 6;

    private final Handle handle;
    private final Entities entities;
    private final AlertRules rules;
    private final Map<String, Optional<EntityId>> named = new HashMap<>();

    Routing(Handle handle, Entities entities, AlertRules rules) {
        this.handle = handle;
        this.entities = entities;
        this.rules = rules;
    }

    Optional<EntityId> of(AlertEvent event) {
        return rules.labels().stream().map(event.labels()::get).filter(Objects::nonNull).map(this::named)
                .flatMap(Optional::stream).findFirst().or(() -> byResource(event))
                .or(() -> rules.rules().stream().filter(rule -> rule.matches(event.labels())).findFirst()
                        .flatMap(rule -> named(rule.service())));
    }

    private Optional<EntityId> named(String name) {
        return named.computeIfAbsent(name, unknown -> entities.byName(handle, unknown).map(Entity::id));
    }

    /** Several things may be made by one address: then it tells nothing. */
    private Optional<EntityId> byResource(AlertEvent event) {
        List<String> texts = Stream.of(event.labels(), event.annotations()).flatMap(all -> all.values().stream())
                .filter(text -> text.length() >= SHORTEST_ID && text.indexOf(' ') < 0).distinct().sorted().toList();
        if (texts.isEmpty()) {
            return Optional.empty();
        }
        List<Long> found = handle.createQuery("""
                WITH wanted (text) AS MATERIALIZED (SELECT value FROM json_each(:texts)),
                    found (stack) AS (
                        SELECT r.stack FROM wanted CROSS JOIN stack_resource r ON r.resource_id = wanted.text
                        UNION SELECT r.stack FROM wanted CROSS JOIN stack_resource r ON r.address = wanted.text)
                SELECT DISTINCT e.id FROM found CROSS JOIN stack_entity se ON se.stack = found.stack
                    CROSS JOIN entity e ON e.id = se.entity
                WHERE e.ended_at IS NULL LIMIT 2""").bind("texts", Json.text(texts)).mapTo(Long.class).list();
        return found.size() == 1 ? Optional.of(new EntityId(found.getFirst())) : Optional.empty();
    }
}
