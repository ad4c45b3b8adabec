package dev.steward.definitions;

import dev.steward.definitions.ExpressionReader.Read;
import dev.steward.definitions.Workflow.RecordedEntity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.nodes.Node;

/** Reads which entities an applied request leaves in the catalog. */
record RecordReader(Problems problems, ExpressionReader expressions, Scope scope) {
    private static final List<String> KINDS = List.of("Service", "Resource", "System");
    private static final List<String> KEYS = List.of("kind", "name", "owner", "tier", "stage", "lifecycle",
            "operated_by", "description", "audience", "data_class", "system", "depends_on", "channel", "links", "tags");
    private static final Map<String, List<String>> ALLOWED = Map.of("tier",
            List.of("tier-1", "tier-2", "tier-3", "tier-4"), "stage",
            List.of("experimental", "production", "deprecated"), "lifecycle", List.of("application-bound", "shared"));
    private static final int MAX_RECORDS = 20;

    List<RecordedEntity> read(Section file) {
        file.required("records", "records: [{ kind: Service, name: form.service, owner: form.owner }]");
        List<RecordedEntity> records = new ArrayList<>();
        int number = 0;
        for (Node node : file.items("records", MAX_RECORDS)) {
            number++;
            Section.of(problems, node, "record " + number, KEYS).map(this::entity).ifPresent(records::add);
        }
        if (file.has("records") && number == 0) {
            problems.add(file.at("records"), "`records` has no entity, so nobody would own the result",
                    "Add at least one");
        }
        return records;
    }

    private RecordedEntity entity(Section entity) {
        entity.required("kind", "kind: Service");
        entity.required("name", "name: form.service");
        if (!entity.has("owner")) {
            problems.add(entity.at(), "%s has no `owner`, and nothing may be without one".formatted(entity.words()),
                    "Add it, for example `owner: form.owner`");
        }
        String kind = entity.text("kind", 40).orElse("");
        if (!kind.isEmpty() && !KINDS.contains(kind)) {
            problems.add(entity.at("kind"), "`%s` is no kind of entity".formatted(kind),
                    "Use one of: " + String.join(", ", KINDS));
        }
        Map<String, Expression> values = new LinkedHashMap<>();
        entity.values().forEach((key, node) -> {
            if (!key.equals("kind") && KEYS.contains(key)) {
                value(entity, key, node).ifPresent(value -> values.put(key, value));
            }
        });
        return new RecordedEntity(kind, values);
    }

    private Optional<Expression> value(Section entity, String key, Node node) {
        Wanted wanted = switch (key) {
            case "tags", "depends_on" -> Wanted.TEXTS;
            case "links" -> Wanted.LINKS;
            default -> Wanted.TEXT;
        };
        Optional<Read> read = expressions.value(node, entity.place(key), scope, wanted);
        read.ifPresent(value -> {
            refuseSecrets(entity, key, value);
            List<String> allowed = ALLOWED.getOrDefault(key, List.of());
            value.expression().literal().filter(literal -> !allowed.isEmpty() && !allowed.contains(literal))
                    .ifPresent(literal -> problems.add(node, "%s is `%s`".formatted(entity.place(key), literal),
                            "Use one of: " + String.join(", ", allowed)));
        });
        return read.map(Read::expression);
    }

    private void refuseSecrets(Section entity, String key, Read value) {
        value.names().fieldsRead().stream()
                .filter(name -> Optional.ofNullable(expressions.fields().get(name)).filter(Field::sensitive)
                        .isPresent())
                .forEach(name -> problems.add(entity.at(key),
                        "%s records `form.%s`, which is sensitive".formatted(entity.place(key), name),
                        "Leave it out: everybody can read the catalog"));
    }
}
