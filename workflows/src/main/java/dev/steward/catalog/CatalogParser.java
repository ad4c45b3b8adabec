package dev.steward.catalog;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads one document of Backstage's entity format
 * (https://backstage.io/docs/features/software-catalog/descriptor-format). A document with a problem is not imported.
 */
final class CatalogParser {
    private static final int SHORT = 200;
    private static final int REF = 200;
    private static final int LONG = 4000;
    private static final int URL = 2000;

    private final List<Problem> problems;
    private final List<String> notes;

    CatalogParser(List<Problem> problems, List<String> notes) {
        this.problems = problems;
        this.notes = notes;
    }

    Optional<CatalogDocument> read(String file, Node node) {
        if (node.getTag().equals(Tag.NULL)) {
            return Optional.empty();
        }
        if (!(node instanceof MappingNode)) {
            note(file, node.getStartMark().getLine() + 1, "not a Backstage document, ignored");
            return Optional.empty();
        }
        int before = problems.size();
        YamlMap document = new YamlMap(file, node, problems);
        if (!document.text("apiVersion", SHORT).orElse("").startsWith("backstage.io/")) {
            note(file, document.line(), "not a Backstage document, ignored");
            return Optional.empty();
        }
        var read = read(document);
        return problems.size() == before ? read : Optional.empty();
    }

    private Optional<CatalogDocument> read(YamlMap document) {
        String kind = document.text("kind", SHORT).orElse("");
        return switch (Names.lower(kind)) {
            case "group" -> named(document).map(name -> group(document, name));
            case "user" -> named(document).map(name -> user(document, name));
            case "component" -> named(document).flatMap(name -> thing(document, EntityKind.SERVICE, name));
            case "resource" -> named(document).flatMap(name -> thing(document, EntityKind.RESOURCE, name));
            case "system" -> named(document).flatMap(name -> thing(document, EntityKind.SYSTEM, name));
            case "" -> {
                document.problem(document.line(), "kind is missing: Group, User, Component, Resource or System");
                yield Optional.empty();
            }
            default -> {
                note(document.file(), document.line("kind"), kind + " documents are not imported, ignored");
                yield Optional.empty();
            }
        };
    }

    private Optional<String> named(YamlMap document) {
        YamlMap metadata = document.map("metadata");
        var name = metadata.text("name", SHORT);
        if (name.isEmpty()) {
            document.problem(document.line("metadata"), "metadata.name is missing: give it a name");
            return Optional.empty();
        }
        if (!Names.valid(name.get())) {
            metadata.problem(metadata.line("name"), "%s is not a valid name: use up to 63 letters, digits, -, _ and ."
                    .formatted(name.get()));
            return Optional.empty();
        }
        if (!metadata.text("namespace", SHORT).orElse("default").equalsIgnoreCase("default")) {
            metadata.problem(metadata.line("namespace"), "only the namespace default is imported: move it there");
            return Optional.empty();
        }
        return name;
    }

    private CatalogDocument group(YamlMap document, String name) {
        YamlMap metadata = document.map("metadata");
        YamlMap spec = document.map("spec");
        var title = spec.map("profile").text("displayName", SHORT).or(() -> metadata.text("title", SHORT));
        var parent = reference(spec, "parent", "group").map(ref -> ref.to().name());
        var children = references(spec, "children", "group").stream().map(ref -> ref.to().name()).toList();
        return new CatalogDocument.Group(where(document), Names.lower(name), title, channel(metadata), parent, children,
                references(spec, "members", "user"));
    }

    private CatalogDocument user(YamlMap document, String name) {
        YamlMap profile = document.map("spec").map("profile");
        String displayName = profile.text("displayName", SHORT)
                .or(() -> document.map("metadata").text("title", SHORT)).orElse(name);
        return new CatalogDocument.User(where(document), Names.lower(name), displayName, profile.text("email", SHORT),
                references(document.map("spec"), "memberOf", "group"));
    }

    private Optional<CatalogDocument> thing(YamlMap document, EntityKind kind, String name) {
        YamlMap metadata = document.map("metadata");
        YamlMap annotations = metadata.map("annotations");
        YamlMap spec = document.map("spec");
        var owner = reference(spec, "owner", "group");
        var operatedBy = reference(annotations, "steward.dev/operated-by", "group");
        var lifecycle = word(annotations, "steward.dev/lifecycle", Lifecycle::of, "application-bound or shared")
                .orElse(Lifecycle.APPLICATION_BOUND);
        var profile = profile(metadata, annotations, spec, name);
        var tags = tags(metadata);
        var links = links(metadata);
        var dependsOn = references(spec, "dependsOn", "");
        var dependencyOf = references(spec, "dependencyOf", "");
        if (owner.isEmpty() && !spec.has("owner")) {
            document.problem(spec.line(), "%s has no owner: name a group as spec.owner".formatted(name));
        }
        return owner.map(by -> {
            var operator = operatedBy.orElse(by);
            var responsibility = new Responsibility(by.to().name(), operator.to().name(), lifecycle);
            var entity = new NewEntity(kind, name, responsibility, profile, tags, links, Entities.FROM_FILES);
            return new CatalogDocument.Thing(where(document), entity, by, operator, dependsOn, dependencyOf);
        });
    }

    private Profile profile(YamlMap metadata, YamlMap annotations, YamlMap spec, String name) {
        var tier = word(annotations, "steward.dev/tier", Tier::of, "tier-1, tier-2, tier-3 or tier-4")
                .orElse(Tier.TIER_3);
        return new Profile(metadata.text("title", SHORT).orElse(name), metadata.text("description", LONG).orElse(""),
                stage(spec), tier, reference(spec, "system", "system").map(ref -> ref.to().name()), Optional.empty(),
                Optional.empty(), channel(metadata));
    }

    /** Backstage knows free text here; what is none of the three words is taken for the stricter. */
    private EntityStage stage(YamlMap spec) {
        var text = spec.text("lifecycle", SHORT);
        var stage = text.flatMap(EntityStage::of);
        if (text.isPresent() && stage.isEmpty()) {
            note(spec.file(), spec.line("lifecycle"), "lifecycle %s is read as production".formatted(text.get()));
        }
        return stage.orElse(EntityStage.PRODUCTION);
    }

    private static Optional<String> channel(YamlMap metadata) {
        return metadata.map("annotations").text("steward.dev/channel", SHORT)
                .map(channel -> channel.startsWith("#") ? channel.substring(1) : channel)
                .filter(channel -> !channel.isEmpty());
    }

    private static List<String> tags(YamlMap metadata) {
        return metadata.texts("tags", Names.LONGEST).stream().map(line -> Names.lower(line.text())).distinct().sorted()
                .toList();
    }

    private static List<Link> links(YamlMap metadata) {
        List<Link> links = new ArrayList<>();
        for (YamlMap link : metadata.maps("links")) {
            var url = link.text("url", URL);
            if (url.isEmpty() || !url.get().matches("https?://\\S+")) {
                link.problem(link.line("url"), "a link needs an http or https url");
            } else {
                links.add(new Link(link.text("title", SHORT).orElse(url.get()), url.get()));
            }
        }
        return links;
    }

    private <T> Optional<T> word(YamlMap map, String key, Function<String, Optional<T>> words, String allowed) {
        var text = map.text(key, SHORT);
        var value = text.flatMap(words);
        if (text.isPresent() && value.isEmpty()) {
            map.problem(map.line(key), "%s is %s: it must be %s".formatted(key, text.get(), allowed));
        }
        return value;
    }

    private static Optional<CatalogDocument.Reference> reference(YamlMap map, String key, String defaultKind) {
        return map.text(key, REF).flatMap(text -> reference(map, text, map.line(key), defaultKind));
    }

    private static List<CatalogDocument.Reference> references(YamlMap map, String key, String defaultKind) {
        return map.texts(key, REF).stream()
                .flatMap(line -> reference(map, line.text(), line.line(), defaultKind).stream()).toList();
    }

    private static Optional<CatalogDocument.Reference> reference(YamlMap map, String text, int line,
            String defaultKind) {
        var ref = EntityRef.parse(text, defaultKind);
        if (ref.isEmpty()) {
            map.problem(line, "%s is no reference into the namespace default: write kind:name".formatted(text));
        }
        return ref.map(to -> new CatalogDocument.Reference(to, new CatalogDocument.Where(map.file(), line)));
    }

    private static CatalogDocument.Where where(YamlMap document) {
        return new CatalogDocument.Where(document.file(), document.line());
    }

    private void note(String file, int line, String text) {
        notes.add(file + ":" + line + ": " + text);
    }
}
