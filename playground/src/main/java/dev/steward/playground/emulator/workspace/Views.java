package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Each person's stack of modals and their home tab. */
public final class Views {
    /** The deepest stack Slack shows. */
    public static final int DEPTH = 3;

    private final Ids ids;
    private final Changes changes;
    private final Map<String, List<StoredView>> stacks = new LinkedHashMap<>();
    private final Map<String, StoredView> homes = new LinkedHashMap<>();
    private final Map<String, Map<String, String>> errors = new LinkedHashMap<>();

    Views(Ids ids, Changes changes) {
        this.ids = ids;
        this.changes = changes;
    }

    ObjectNode saved() {
        ObjectNode saved = Json.object();
        ObjectNode open = saved.putObject("stacks");
        stacks.forEach((person, stack) -> open.set(person, Saved.array(stack, Saved::of)));
        saved.set("homes", Saved.array(homes.values(), Saved::of));
        saved.set("errors", Json.tree(errors));
        return saved;
    }

    void load(JsonNode saved) {
        Saved.map(saved.required("stacks"), stack -> new ArrayList<>(Saved.list(stack, Saved::view)))
                .forEach(stacks::put);
        Saved.list(saved.required("homes"), Saved::view).forEach(home -> homes.put(home.place().ownerId(), home));
        errors.putAll(Saved.map(saved.required("errors"), of -> Saved.map(of, JsonNode::asText)));
    }

    /** The stack of a person, bottom first. */
    public List<StoredView> stack(String personId) {
        return List.copyOf(stacks.getOrDefault(personId, List.of()));
    }

    public Optional<StoredView> top(String personId) {
        List<StoredView> stack = stack(personId);
        return stack.isEmpty() ? Optional.empty() : Optional.of(stack.getLast());
    }

    public Optional<StoredView> home(String personId) {
        return Optional.ofNullable(homes.get(personId));
    }

    public Optional<StoredView> byId(String viewId) {
        return all().filter(view -> view.id().equals(viewId)).findFirst();
    }

    public Optional<StoredView> byExternalId(String externalId) {
        return all().filter(view -> view.definition().path("external_id").asText().equals(externalId)).findFirst();
    }

    /** Opens a modal on a fresh stack; whatever the person had open is gone. */
    public StoredView open(String personId, ObjectNode definition) {
        clear(personId);
        return push(personId, definition);
    }

    /** Puts a modal on top. The caller has checked the depth. */
    public StoredView push(String personId, ObjectNode definition) {
        List<StoredView> stack = stacks.computeIfAbsent(personId, key -> new ArrayList<>());
        String id = ids.next("V");
        Optional<String> previous = stack.isEmpty() ? Optional.empty() : Optional.of(stack.getLast().id());
        String root = stack.isEmpty() ? id : stack.getFirst().id();
        StoredView view = made(id, new StoredView.Place(personId, root, previous), definition, Json.object());
        stack.add(view);
        changes.note(new Change.OfViews(personId));
        return view;
    }

    /** Replaces what a view shows. What was entered stays where block id, action id and type stay. */
    public StoredView update(StoredView view, ObjectNode definition) {
        StoredView changed = made(view.id(), view.place(), definition, view.values());
        errors.remove(view.id());
        replace(changed);
        return changed;
    }

    /** Notes what the person entered, without a new hash. */
    public StoredView enter(StoredView view, ObjectNode values) {
        StoredView before = byId(view.id()).orElse(view);
        StoredView changed = before.withValues(values);
        if (!values.equals(before.values())) {
            replace(changed);
        }
        return changed;
    }

    /** The errors shown beside a view's inputs, by block id, since its last submission. */
    public Map<String, String> errors(StoredView view) {
        return errors.getOrDefault(view.id(), Map.of());
    }

    /** Shows these errors, and no others. */
    public void showErrors(StoredView view, Map<String, String> byBlockId) {
        if (!errors(view).equals(byBlockId)) {
            errors.put(view.id(), Map.copyOf(byBlockId));
            changes.note(new Change.OfViews(view.place().ownerId()));
        }
    }

    /** Takes one view away and whatever lies above it. */
    public void close(StoredView view) {
        List<StoredView> stack = stacks.getOrDefault(view.place().ownerId(), new ArrayList<>());
        for (int i = 0; i < stack.size(); i++) {
            if (stack.get(i).id().equals(view.id())) {
                forget(stack.subList(i, stack.size()));
                changes.note(new Change.OfViews(view.place().ownerId()));
            }
        }
    }

    public void clear(String personId) {
        forget(stacks.getOrDefault(personId, new ArrayList<>()));
        changes.note(new Change.OfViews(personId));
    }

    private void forget(List<StoredView> gone) {
        gone.forEach(view -> errors.remove(view.id()));
        gone.clear();
    }

    public StoredView publish(String personId, ObjectNode definition) {
        StoredView before = homes.get(personId);
        String id = before == null ? ids.next("V") : before.id();
        StoredView home = made(id, new StoredView.Place(personId, id, Optional.empty()), definition,
                before == null ? Json.object() : before.values());
        homes.put(personId, home);
        changes.note(new Change.OfHome(personId));
        return home;
    }

    private StoredView made(String id, StoredView.Place place, ObjectNode given, ObjectNode entered) {
        ObjectNode definition = given.deepCopy();
        if (definition.path("blocks") instanceof ArrayNode blocks) {
            definition.set("blocks", BlockIds.filled(blocks, ids));
        }
        String hash = "1790000000." + ids.next("h");
        return new StoredView(id, hash, place, definition, kept(definition, entered));
    }

    private static ObjectNode kept(JsonNode definition, ObjectNode entered) {
        ObjectNode kept = Json.object();
        for (JsonNode block : definition.path("blocks")) {
            JsonNode values = entered.path(block.path("block_id").asText());
            keep(block, block.path("element"), values, kept);
            keep(block, block.path("accessory"), values, kept);
            block.path("elements").forEach(element -> keep(block, element, values, kept));
        }
        return kept;
    }

    private static void keep(JsonNode block, JsonNode element, JsonNode values, ObjectNode kept) {
        String actionId = element.path("action_id").asText();
        JsonNode value = values.path(actionId);
        if (value.isObject() && value.path("type").equals(element.path("type"))) {
            kept.withObjectProperty(block.path("block_id").asText()).set(actionId, value.deepCopy());
        }
    }

    private void replace(StoredView changed) {
        String owner = changed.place().ownerId();
        boolean atHome = home(owner).filter(home -> home.id().equals(changed.id())).isPresent();
        changes.note(atHome ? new Change.OfHome(owner) : new Change.OfViews(owner));
        stacks.values().forEach(stack -> stack.replaceAll(one -> one.id().equals(changed.id()) ? changed : one));
        if (atHome) {
            homes.put(owner, changed);
        }
    }

    private Stream<StoredView> all() {
        return Stream.concat(stacks.values().stream().flatMap(List::stream), homes.values().stream());
    }
}
