package dev.steward.definitions;

import dev.cel.common.values.NullValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What expressions are evaluated over.
 *
 * @param form
 *            field to typed answer; a field without an answer is absent
 * @param plan
 *            absent before there is a plan: expressions that need one fail
 * @param stack
 *            facts of the stack that is changed; absent when there is none yet, which expressions see as {@code null}
 * @param model
 *            name of the operating model; absent when unknown: expressions that need it fail
 * @param entity
 *            what access is asked to; absent for all but access
 */
public record Facts(Map<String, Object> form, Requester requester, Optional<Plan> plan,
        Optional<Map<String, Object>> stack, Optional<String> model, Optional<Target> entity) {

    public Facts {
        form = plain(form);
        stack = stack.map(Facts::plain);
    }

    /** Facts before there is a plan. */
    public static Facts of(Map<String, Object> form, Requester requester) {
        return new Facts(form, requester, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** The same with a plan. */
    public Facts withPlan(Plan newPlan) {
        return new Facts(form, requester, Optional.of(newPlan), stack, model, entity);
    }

    /** The same with a stack. */
    public Facts withStack(Map<String, Object> newStack) {
        return new Facts(form, requester, plan, Optional.of(newStack), model, entity);
    }

    /** The same with an operating model. */
    public Facts withModel(String newModel) {
        return new Facts(form, requester, plan, stack, Optional.of(newModel), entity);
    }

    /** The same with the entity that access is asked to. */
    public Facts withEntity(Target target) {
        return new Facts(form, requester, plan, stack, model, Optional.of(target));
    }

    /** The value of a name such as {@code form}, {@code form.owner}, {@code plan.deletes} or {@code model}. */
    Optional<Object> find(String name) {
        int dot = name.indexOf('.');
        String root = dot < 0 ? name : name.substring(0, dot);
        Optional<?> whole = switch (root) {
            case "form" -> Optional.of(form);
            case "requester" -> Optional.of(requester.asMap());
            case "plan" -> plan.map(Plan::asMap);
            case "stack" -> stack.<Object>map(known -> known).or(() -> Optional.of(NullValue.NULL_VALUE));
            case "model" -> model;
            case "entity" -> entity.map(Target::asMap);
            default -> Optional.empty();
        };
        if (dot < 0) {
            return whole.map(value -> value);
        }
        return whole.flatMap(
                value -> value instanceof Map<?, ?> map
                        ? Optional.ofNullable(map.get(name.substring(dot + 1)))
                        : Optional.empty());
    }

    /** Copies with the number types that expressions know, and without nulls. */
    private static Map<String, Object> plain(Map<String, Object> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> {
            if (value != null) {
                copy.put(key, plainValue(value));
            }
        });
        return Ordered.copy(copy);
    }

    private static Object plainValue(Object value) {
        return switch (value) {
            case Integer number -> number.longValue();
            case Float number -> number.doubleValue();
            case Map<?, ?> map -> {
                Map<String, Object> named = new LinkedHashMap<>();
                map.forEach((key, member) -> named.put(String.valueOf(key), member));
                yield plain(named);
            }
            case List<?> list -> {
                List<Object> items = new ArrayList<>();
                list.forEach(item -> items.add(plainValue(item)));
                yield List.copyOf(items);
            }
            default -> value;
        };
    }

    /**
     * Who asks.
     *
     * @param name
     *            catalog name
     * @param team
     *            the one team they are in, or their first; absent for somebody in no team
     * @param teams
     *            all of them
     */
    public record Requester(String name, String displayName, Optional<String> team, List<String> teams) {
        public Requester {
            teams = List.copyOf(teams);
        }

        Map<String, Object> asMap() {
            Map<String, Object> map = new HashMap<>(
                    Map.of("name", name, "display_name", displayName, "teams", teams));
            team.ifPresent(value -> map.put("team", value));
            return Map.copyOf(map);
        }
    }

    /**
     * An entity of the catalog, as expressions see it.
     *
     * @param kind
     *            {@code Service}, {@code Resource} or {@code System}
     * @param owner
     *            name of the owner team
     * @param operatedBy
     *            name of the operating team
     */
    public record Target(String name, String kind, String owner, String operatedBy, String tier, String stage,
            String lifecycle, List<String> tags) {
        public Target {
            tags = List.copyOf(tags);
        }

        Map<String, Object> asMap() {
            return Map.of("name", name, "kind", kind, "owner", owner, "operated_by", operatedBy, "tier", tier, "stage",
                    stage, "lifecycle", lifecycle, "tags", tags);
        }
    }

    /** What a plan would do. */
    public record Plan(long creates, long updates, long deletes, List<Resource> resources) {
        public Plan {
            resources = List.copyOf(resources);
        }

        Map<String, Object> asMap() {
            return Map.of("creates", creates, "updates", updates, "deletes", deletes, "resources",
                    resources.stream().map(Resource::asMap).toList());
        }
    }

    /**
     * One resource of a plan.
     *
     * @param actions
     *            as Terraform names them: {@code create}, {@code update}, {@code delete}, {@code no-op}, {@code read}
     */
    public record Resource(String address, String type, List<String> actions) {
        public Resource {
            actions = List.copyOf(actions);
        }

        Map<String, Object> asMap() {
            return Map.of("address", address, "type", type, "actions", actions);
        }
    }
}
