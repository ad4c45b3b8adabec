package dev.steward.catalog;

import dev.steward.catalog.CatalogDocument.Reference;
import dev.steward.catalog.CatalogDocument.Thing;
import dev.steward.catalog.ImportReport.Verb;
import dev.steward.ledger.Actor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Plans the import of services, resources, systems and their dependencies. */
final class ThingImport {
    private final ImportPlan plan;
    private final Entities entities;
    private final Predicate<String> knowsTeam;
    private final Map<String, Thing> things;
    /** By name, whatever the kind: one name has one owner. */
    private final Map<String, Thing> firstOfName = new TreeMap<>();

    ThingImport(ImportPlan plan, Entities entities, Predicate<String> knowsTeam, Map<String, Thing> things) {
        this.plan = plan;
        this.entities = entities;
        this.knowsTeam = knowsTeam;
        this.things = new LinkedHashMap<>(things);
    }

    void plan() {
        things.values().removeIf(thing -> !acceptable(thing));
        List<Thing> ours = new ArrayList<>();
        for (Thing thing : List.copyOf(things.values())) {
            if (plan(thing)) {
                ours.add(thing);
            } else {
                things.remove(Names.lower(thing.label()));
            }
        }
        ours.forEach(this::dependencies);
    }

    private boolean acceptable(Thing thing) {
        if (!team(thing.owner(), "owner") || !team(thing.operator(), "operator")) {
            return false;
        }
        String name = Names.lower(thing.entity().name());
        String owner = thing.entity().responsibility().owner();
        if (!name.equals(owner) && knowsTeam.test(name)) {
            return refuse(thing, "team " + name + " has that name");
        }
        Thing first = firstOfName.getOrDefault(name, thing);
        if (!first.entity().responsibility().owner().equals(owner)) {
            return refuse(thing, first.label() + " has that name");
        }
        var other = entities.byName(plan.handle(), name).filter(e -> !e.owner().equals(owner)
                && !things.containsKey(Names.lower(e.kind().text() + " " + e.name())));
        if (other.isPresent()) {
            return refuse(thing, other.get().kind().text() + " " + other.get().name() + " has that name");
        }
        firstOfName.put(name, first);
        return true;
    }

    private boolean refuse(Thing thing, String why) {
        plan.problem(thing.where(), "%s: %s, and one name has one owner: rename it".formatted(thing.label(), why));
        return false;
    }

    private boolean team(Reference ref, String role) {
        if (!ref.to().kind().equals("group")) {
            plan.problem(ref.where(), "%s %s is not a group: name the team".formatted(role, ref.to()));
            return false;
        }
        if (!knowsTeam.test(ref.to().name())) {
            plan.problem(ref.where(), "%s %s is no Group in these files or in the catalog: add it".formatted(role,
                    ref.to()));
            return false;
        }
        return true;
    }

    /** Whether the files may speak of the thing. */
    private boolean plan(Thing thing) {
        var known = entities.nameTaken(plan.handle(), thing.entity().kind(), thing.entity().name());
        if (known.isEmpty()) {
            plan.step(Verb.CREATE, thing.label(), "owned by " + thing.entity().responsibility().owner(), thing.where(),
                    (h, actor) -> record(h, actor, thing.entity()));
            return true;
        }
        Entity entity = known.get();
        if (!entity.live()) {
            plan.problem(thing.where(), "%s was decommissioned, and its name is not free: choose another"
                    .formatted(thing.label()));
            return false;
        }
        if (!entity.origin().source().equals(Entities.FROM_FILES)) {
            plan.note("%s comes from %s, not from files, and stays as it is".formatted(thing.label(),
                    entity.origin().source()));
            return false;
        }
        amend(thing, entity);
        return true;
    }

    private void amend(Thing thing, Entity before) {
        NewEntity after = merged(thing.entity(), before.profile());
        String detail = difference(before, after);
        if (!detail.isEmpty()) {
            plan.step(Verb.CHANGE, thing.label(), detail, thing.where(),
                    (h, actor) -> entities.amend(h, actor, before, after)
                            ? ImportPlan.made()
                            : Optional.of(thing.label() + " was changed meanwhile: import again"));
        }
    }

    /** Files say nothing about audience and class of data. */
    private static NewEntity merged(NewEntity wanted, Profile known) {
        Profile p = wanted.profile();
        var profile = new Profile(p.title(), p.description(), p.stage(), p.tier(), p.system(), known.audience(),
                known.dataClass(), p.channel());
        return new NewEntity(wanted.kind(), wanted.name(), wanted.responsibility(), profile, wanted.tags(),
                wanted.links(), wanted.source());
    }

    private String difference(Entity before, NewEntity after) {
        List<String> parts = new ArrayList<>();
        Responsibility was = before.responsibility();
        Responsibility is = after.responsibility();
        if (!was.owner().equals(is.owner())) {
            parts.add("owner %s -> %s".formatted(was.owner(), is.owner()));
        }
        if (!was.operatedBy().equals(is.operatedBy())) {
            parts.add("operated by %s -> %s".formatted(was.operatedBy(), is.operatedBy()));
        }
        if (was.lifecycle() != is.lifecycle()) {
            parts.add("lifecycle %s -> %s".formatted(was.lifecycle().text(), is.lifecycle().text()));
        }
        if (!before.profile().equals(after.profile())) {
            parts.add("profile");
        }
        if (!entities.tags(plan.handle(), before.id()).equals(after.tags())) {
            parts.add("tags");
        }
        if (!urls(entities.links(plan.handle(), before.id())).equals(urls(after.links()))) {
            parts.add("links");
        }
        return String.join(", ", parts);
    }

    private static Map<String, String> urls(List<Link> links) {
        Map<String, String> urls = new TreeMap<>();
        links.forEach(link -> urls.putIfAbsent(link.url(), link.title()));
        return urls;
    }

    private Optional<String> record(Handle handle, Actor actor, NewEntity entity) {
        return switch (entities.record(handle, actor, entity)) {
            case RecordOutcome.Recorded recorded -> ImportPlan.made();
            case RecordOutcome.NameTaken taken ->
                Optional.of("the name %s has been taken meanwhile by %s".formatted(entity.name(), taken.by()));
            case RecordOutcome.UnknownTeam unknown -> Optional.of("there is no team " + unknown.name());
        };
    }

    private void dependencies(Thing thing) {
        for (Reference ref : thing.dependsOn()) {
            target(ref).ifPresent(target -> dependency(thing, Key.of(thing), target));
        }
        for (Reference ref : thing.dependencyOf()) {
            target(ref).ifPresent(target -> dependency(thing, target, Key.of(thing)));
        }
    }

    private void dependency(Thing document, Key from, Key on) {
        if (from.equals(on)) {
            plan.problem(document.where(), document.label() + " depends on itself: remove that");
            return;
        }
        if (!there(from, on)) {
            plan.step(Verb.CHANGE, document.label(), from + " depends on " + on, document.where(), (h, actor) -> {
                var entity = entities.nameTaken(h, from.kind(), from.name());
                var dependsOn = entities.nameTaken(h, on.kind(), on.name());
                if (entity.isEmpty() || dependsOn.isEmpty()) {
                    return Optional.of("%s cannot depend on %s: one of them was not imported".formatted(from, on));
                }
                entities.addDependency(h, actor, entity.get().id(), dependsOn.get().id());
                return ImportPlan.made();
            });
        }
    }

    private boolean there(Key from, Key on) {
        var entity = entities.nameTaken(plan.handle(), from.kind(), from.name());
        Set<Key> known = entity.map(e -> entities.dependenciesOf(plan.handle(), e.id())).orElse(List.of()).stream()
                .map(e -> new Key(e.kind(), Names.lower(e.name()))).collect(Collectors.toSet());
        return known.contains(on);
    }

    private Optional<Key> target(Reference ref) {
        for (EntityKind kind : EntityKind.values()) {
            Key key = new Key(kind, ref.to().name());
            if (ref.to().means(kind) && (things.containsKey(key.toString()) || live(key))) {
                return Optional.of(key);
            }
        }
        plan.problem(ref.where(), "%s is in neither these files nor the catalog: that dependency is left out"
                .formatted(ref.to()));
        return Optional.empty();
    }

    private boolean live(Key key) {
        return entities.nameTaken(plan.handle(), key.kind(), key.name()).filter(Entity::live).isPresent();
    }

    /** A kind and a name in lower case. */
    private record Key(EntityKind kind, String name) {
        static Key of(Thing thing) {
            return new Key(thing.entity().kind(), Names.lower(thing.entity().name()));
        }

        @Override
        public String toString() {
            return Names.lower(kind.text()) + " " + name;
        }
    }
}
