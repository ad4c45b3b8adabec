package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.database.Json;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Reads {@code show -json} of a saved plan into a {@link PlanView}. */
final class PlanReader {
    private static final String UNKNOWN = PlanView.UNKNOWN;
    private static final int LONGEST_VALUE = 300;
    private static final int MOST_ATTRIBUTES = 100;
    private static final List<String> DIGESTED = List.of("address", "previous_address", "deposed", "action_reason");
    private static final List<String> DIGESTED_CHANGE = List.of("actions", "before", "after", "after_unknown",
            "before_sensitive", "after_sensitive", "replace_paths", "importing");

    private final JsonNode show;
    private final Redactor redactor;

    private PlanReader(JsonNode show, Redactor redactor) {
        this.show = show;
        this.redactor = redactor;
    }

    /**
     * Reads a plan.
     *
     * @param redactor
     *            knows the secrets of this plan too ({@link Redactor.Builder#plan})
     * @param key
     *            for the digest: without it nobody can try out short secrets against the digest
     */
    static PlanView read(JsonNode show, Redactor redactor, byte[] key) {
        if (!show.path("format_version").asText().startsWith("1.")) {
            throw new IllegalArgumentException("not a Terraform plan of format 1");
        }
        return new PlanReader(show, redactor).read(key);
    }

    private PlanView read(byte[] key) {
        var outputs = new ArrayList<PlanView.OutputChange>();
        show.path("output_changes").properties()
                .forEach(e -> output(e.getKey(), e.getValue()).ifPresent(outputs::add));
        outputs.sort(Comparator.comparing(PlanView.OutputChange::name));
        return new PlanView(show.path("terraform_version").asText(), show.path("applyable").asBoolean(),
                show.path("errored").asBoolean(), counts(), resources("resource_changes"), resources("resource_drift"),
                outputs, digest(key));
    }

    private PlanView.Counts counts() {
        int[] n = new int[5];
        for (JsonNode resource : show.path("resource_changes")) {
            Set<String> actions = actions(resource.path("change"));
            n[0] += actions.contains("create") ? 1 : 0;
            n[1] += actions.contains("update") ? 1 : 0;
            n[2] += actions.contains("delete") ? 1 : 0;
            n[3] += resource.path("change").has("importing") ? 1 : 0;
            n[4] += actions.contains("forget") ? 1 : 0;
        }
        return new PlanView.Counts(n[0], n[1], n[2], n[3], n[4]);
    }

    private List<PlanView.ResourceChange> resources(String field) {
        var changes = new ArrayList<PlanView.ResourceChange>();
        for (JsonNode resource : show.path(field)) {
            action(resource).ifPresent(action -> changes.add(resource(resource, action)));
        }
        changes.sort(Comparator.comparing(PlanView.ResourceChange::action)
                .thenComparing(PlanView.ResourceChange::address));
        return changes;
    }

    private PlanView.ResourceChange resource(JsonNode resource, PlanView.Action action) {
        String reason = resource.path("action_reason").asText().replace('_', ' ');
        if (resource.has("deposed")) {
            reason = "left over from a replacement";
        }
        return new PlanView.ResourceChange(redactor.redact(resource.path("address").asText()),
                resource.path("type").asText(), action, reason,
                redactor.redact(resource.path("previous_address").asText()), attributes(resource.path("change")));
    }

    private static Optional<PlanView.Action> action(JsonNode resource) {
        JsonNode change = resource.path("change");
        Optional<PlanView.Action> action = action(actions(change));
        if (action.isPresent()) {
            return action;
        }
        if (change.has("importing")) {
            return Optional.of(PlanView.Action.IMPORT);
        }
        return resource.has("previous_address") ? Optional.of(PlanView.Action.MOVE) : Optional.empty();
    }

    private static Optional<PlanView.Action> action(Set<String> actions) {
        if (actions.contains("delete")) {
            return Optional.of(actions.contains("create") ? PlanView.Action.REPLACE : PlanView.Action.DELETE);
        }
        if (actions.contains("forget")) {
            return Optional.of(PlanView.Action.FORGET);
        }
        if (actions.contains("update")) {
            return Optional.of(PlanView.Action.UPDATE);
        }
        return actions.contains("create") ? Optional.of(PlanView.Action.CREATE) : Optional.empty();
    }

    private static Set<String> actions(JsonNode change) {
        var actions = new TreeSet<String>();
        change.path("actions").forEach(action -> actions.add(action.asText()));
        return actions;
    }

    private Optional<PlanView.OutputChange> output(String name, JsonNode change) {
        return action(actions(change)).map(action -> new PlanView.OutputChange(name, action,
                text(change.path("before"), change.path("before_sensitive")), after(change)));
    }

    private String after(JsonNode change) {
        return after(change.path("after"), change.path("after_unknown"), change.path("after_sensitive"));
    }

    private List<PlanView.AttributeChange> attributes(JsonNode change) {
        JsonNode before = change.path("before");
        JsonNode after = change.path("after");
        JsonNode unknown = change.path("after_unknown");
        var names = new TreeSet<String>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        unknown.fieldNames().forEachRemaining(names::add);
        var attributes = new ArrayList<PlanView.AttributeChange>();
        for (String name : names) {
            boolean same = value(before, name).equals(value(after, name)) && !anyTrue(unknown.path(name));
            if (!same && attributes.size() < MOST_ATTRIBUTES) {
                attributes.add(new PlanView.AttributeChange(redactor.redact(name),
                        text(value(before, name), mark(change.path("before_sensitive"), name)),
                        after(value(after, name), unknown.path(name), mark(change.path("after_sensitive"), name)),
                        forces(change, name)));
            }
        }
        return attributes;
    }

    private static JsonNode value(JsonNode object, String name) {
        JsonNode value = object.path(name);
        return value.isMissingNode() ? JsonNodeFactory.instance.nullNode() : value;
    }

    /** The mark of an attribute, where the whole may be marked. */
    private static JsonNode mark(JsonNode marks, String name) {
        return marks.isBoolean() ? marks : marks.path(name);
    }

    private static boolean forces(JsonNode change, String name) {
        for (JsonNode path : change.path("replace_paths")) {
            if (path.path(0).asText().equals(name)) {
                return true;
            }
        }
        return false;
    }

    private static boolean anyTrue(JsonNode node) {
        if (node.isBoolean()) {
            return node.asBoolean();
        }
        for (JsonNode child : node) {
            if (anyTrue(child)) {
                return true;
            }
        }
        return false;
    }

    private String after(JsonNode value, JsonNode unknown, JsonNode mark) {
        boolean sensitive = mark.isBoolean() && mark.asBoolean();
        if (unknown.isBoolean() && unknown.asBoolean()) {
            return sensitive ? Redactor.MASK : UNKNOWN;
        }
        return anyTrue(unknown) ? text(withUnknown(value, unknown), mark) : text(value, mark);
    }

    private static JsonNode withUnknown(JsonNode value, JsonNode unknown) {
        if (unknown.isBoolean()) {
            return unknown.asBoolean() ? JsonNodeFactory.instance.textNode(UNKNOWN) : value;
        }
        if (unknown.isObject()) {
            ObjectNode object = value.isObject() ? value.deepCopy() : JsonNodeFactory.instance.objectNode();
            unknown.properties()
                    .forEach(e -> object.set(e.getKey(), withUnknown(value.path(e.getKey()), e.getValue())));
            return object;
        }
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (int i = 0; i < Math.max(value.size(), unknown.size()); i++) {
            JsonNode element = value.path(i);
            array.add(i < unknown.size() ? withUnknown(element, unknown.get(i)) : element);
        }
        return array;
    }

    private String text(JsonNode value, JsonNode mark) {
        if (value.isNull() || value.isMissingNode()) {
            return "";
        }
        JsonNode masked = redactor.redact(masked(value, mark));
        String text = masked.isTextual() ? masked.asText() : Json.text(masked);
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }

    private static JsonNode masked(JsonNode value, JsonNode mark) {
        if (mark.isBoolean() && mark.asBoolean()) {
            return JsonNodeFactory.instance.textNode(Redactor.MASK);
        }
        if (mark.isObject() && value.isObject()) {
            ObjectNode object = value.deepCopy();
            mark.properties().forEach(e -> {
                if (object.has(e.getKey())) {
                    object.set(e.getKey(), masked(object.path(e.getKey()), e.getValue()));
                }
            });
            return object;
        }
        if (mark.isArray() && value.isArray()) {
            ArrayNode array = value.deepCopy();
            for (int i = 0; i < Math.min(mark.size(), array.size()); i++) {
                array.set(i, masked(array.get(i), mark.get(i)));
            }
            return array;
        }
        return value;
    }

    /**
     * Drift counts only where it is all that the plan has (a refresh): elsewhere it would make equal plans differ by
     * attributes that change by themselves.
     */
    private String digest(byte[] key) {
        ArrayNode content = digested("resource_changes");
        boolean refresh = content.isEmpty();
        ObjectNode all = JsonNodeFactory.instance.objectNode();
        all.set("resources", refresh ? digested("resource_drift") : content);
        ObjectNode outputs = all.putObject("outputs");
        show.path("output_changes").properties().forEach(e -> {
            if (action(actions(e.getValue())).isPresent()) {
                outputs.set(e.getKey(), picked(e.getValue(), DIGESTED_CHANGE));
            }
        });
        all.put("terraform", show.path("terraform_version").asText());
        return hmac(key, Json.text(all));
    }

    private ArrayNode digested(String field) {
        var sorted = new ArrayList<ObjectNode>();
        for (JsonNode resource : show.path(field)) {
            if (action(resource).isPresent()) {
                ObjectNode node = picked(resource, DIGESTED);
                node.set("change", picked(resource.path("change"), DIGESTED_CHANGE));
                sorted.add(node);
            }
        }
        sorted.sort(Comparator.comparing((ObjectNode n) -> n.path("address").asText())
                .thenComparing(n -> n.path("deposed").asText()));
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        sorted.forEach(array::add);
        return array;
    }

    private static ObjectNode picked(JsonNode from, List<String> names) {
        ObjectNode picked = JsonNodeFactory.instance.objectNode();
        names.stream().filter(from::has).forEach(name -> picked.set(name, from.path(name)));
        return picked;
    }

    private static String hmac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
