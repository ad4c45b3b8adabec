package dev.steward.catalog;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * One search of the catalog. It looks by index first and scans only while it has found too little; names compared by
 * edit distance are those of about the same length, at most {@link #COMPARED}.
 */
final class Search {
    private static final int COMPARED = 20_000;

    private final Handle handle;
    private final String text;
    private final int limit;

    Search(Handle handle, String text, int limit) {
        this.handle = handle;
        this.text = Names.lower(text.strip());
        this.limit = limit;
    }

    List<Entity> entities() {
        Map<Long, Entity> found = new LinkedHashMap<>();
        add(found, "e.name >= :text AND e.name < :to ORDER BY e.name",
                Map.of("text", text, "to", Names.afterPrefix(text)));
        if (found.size() < limit && !text.isEmpty()) {
            add(found, "(instr(lower(e.name), :text) OR instr(lower(e.title), :text)) ORDER BY e.name",
                    Map.of("text", text));
        }
        if (found.size() < limit && !text.isEmpty()) {
            add(found, "e.id IN (SELECT entity FROM entity_tag WHERE tag = :text) ORDER BY e.name",
                    Map.of("text", text));
        }
        if (found.isEmpty()) {
            nearest("SELECT name FROM entity WHERE ended_at IS NULL AND ").forEach(
                    name -> add(found, "e.name = :name ORDER BY e.name", Map.of("name", name)));
        }
        return found.values().stream().limit(limit).toList();
    }

    List<String> suggestions() {
        Set<String> names = new LinkedHashSet<>();
        nearest("""
                SELECT name FROM (SELECT name, ended_at FROM entity UNION SELECT name, NULL FROM team)
                WHERE ended_at IS NULL AND\s""").forEach(names::add);
        entities().stream().map(Entity::name).forEach(names::add);
        return names.stream().limit(limit).toList();
    }

    private void add(Map<Long, Entity> found, String condition, Map<String, ?> bindings) {
        Entities.where(handle, condition, bindings, limit).forEach(e -> found.putIfAbsent(e.id().value(), e));
    }

    private List<String> nearest(String select) {
        int far = Math.max(1, text.length() / 3);
        return handle.createQuery(select + "length(name) BETWEEN :min AND :max LIMIT :limit")
                .bind("min", text.length() - far).bind("max", text.length() + far).bind("limit", COMPARED)
                .mapTo(String.class).list().stream().distinct()
                .map(name -> Map.entry(EditDistance.between(text, Names.lower(name)), name))
                .filter(entry -> entry.getKey() <= far)
                .sorted(Map.Entry.<Integer, String>comparingByKey().thenComparing(Map.Entry.comparingByValue(
                        Comparator.naturalOrder())))
                .limit(limit).map(Map.Entry::getValue).toList();
    }
}
