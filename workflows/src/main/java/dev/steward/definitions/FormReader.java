package dev.steward.definitions;

import dev.steward.definitions.Workflow.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.nodes.Node;

/** Reads the form of a workflow file: its pages and their fields. */
final class FormReader {
    private static final int MAX_PAGES = 10;
    /** A field takes at most two of the 100 blocks of a modal; the rest is for what stands around them. */
    static final int MAX_FIELDS = 45;
    private static final int MAX_PAGE_TITLE = 150;

    private final Problems problems;
    private final ExpressionLanguage language;

    FormReader(Problems problems, ExpressionLanguage language) {
        this.problems = problems;
        this.language = language;
    }

    /** The pages; nothing when the file has no form. */
    Optional<List<Page>> read(Section file) {
        if (!file.has("form")) {
            return Optional.empty();
        }
        List<Section> written = new ArrayList<>();
        for (Node node : file.items("form", MAX_PAGES)) {
            String words = "page `%s`".formatted(Section.peek(node, "page").orElse("?"));
            Section.of(problems, node, words, List.of("page", "fields")).ifPresent(written::add);
        }
        if (written.isEmpty()) {
            problems.add(file.at("form"), "The form has no pages",
                    "Add one, or remove `form` to have the fields made from the module's variables");
        }
        FieldReader reader = new FieldReader(problems, language, Scope.of(types(written), true), secrets(written));
        Set<String> names = new HashSet<>();
        return Optional.of(written.stream().map(page -> page(page, reader, names)).toList());
    }

    private Page page(Section page, FieldReader reader, Set<String> names) {
        page.required("page", "page: Basics");
        page.required("fields", "fields: [{ name: service, type: text }]");
        List<Field> fields = new ArrayList<>();
        for (Node node : page.items("fields", MAX_FIELDS)) {
            reader.read(node).ifPresent(fields::add);
            Section.peek(node, "name").filter(name -> !names.add(name)).ifPresent(name -> problems.add(node,
                    "The form has two fields `%s`".formatted(name), "Give one of the two another name"));
        }
        if (page.has("fields") && Section.members(page.at("fields")).findAny().isEmpty()) {
            problems.add(page.at("fields"), "%s has no fields".formatted(page.words()), "Add one, or remove the page");
        }
        return new Page(page.text("page", MAX_PAGE_TITLE).orElse(""), fields);
    }

    private static Set<String> secrets(List<Section> pages) {
        return pages.stream().flatMap(page -> page.node("fields").stream()).flatMap(Section::members)
                .filter(field -> Section.peek(field, "sensitive").filter(Section::isTrue).isPresent())
                .flatMap(field -> Section.peek(field, "name").stream()).collect(Collectors.toSet());
    }

    /** Names and types of all fields, before they are read in full: expressions may name them. */
    private static Map<String, FieldType> types(List<Section> pages) {
        Map<String, FieldType> types = new LinkedHashMap<>();
        for (Section page : pages) {
            page.node("fields").stream().flatMap(Section::members).forEach(field -> Section.peek(field, "name")
                    .ifPresent(name -> types.putIfAbsent(name, Section.peek(field, "type").flatMap(FieldType::parse)
                            .orElse(FieldType.NUMBER))));
        }
        return types;
    }
}
