package dev.steward.definitions;

import dev.steward.definitions.Workflow.Access;
import dev.steward.definitions.Workflow.Allow;
import dev.steward.definitions.Workflow.Kind;
import dev.steward.definitions.Workflow.Lease;
import dev.steward.definitions.Workflow.Page;
import dev.steward.definitions.Workflow.RecordedEntity;
import dev.steward.modules.ModuleDescriptor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads one workflow file. The limits on lengths are Slack's: https://docs.slack.dev/reference/block-kit */
final class WorkflowReader {
    private static final List<String> KEYS = List.of("name", "kind", "title", "description", "allow", "channel", "form",
            "access", "module", "inputs", "lease", "approval", "guardrails", "records");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,38}");
    private static final Pattern CHANNEL = Pattern.compile("[a-z0-9][a-z0-9_-]{0,79}");
    private static final Pattern GROUP = Pattern.compile("[a-z0-9][a-z0-9._-]{0,79}");
    private static final int MAX_TITLE = 24;
    private static final int MAX_TEXT = 3000;

    private final Problems problems;
    private final ExpressionLanguage language;
    private final Function<String, Optional<ModuleDescriptor>> modules;

    WorkflowReader(Problems problems, ExpressionLanguage language,
            Function<String, Optional<ModuleDescriptor>> modules) {
        this.problems = problems;
        this.language = language;
        this.modules = modules;
    }

    /** The workflow, of use only if no problems were added. */
    Optional<Workflow> read(YamlFile yaml) {
        return Section.of(problems, yaml.root(), "the workflow", KEYS).map(file -> read(file, yaml.digest()));
    }

    private Workflow read(Section file, String digest) {
        String name = matching(file, "name", "new-service", NAME,
                "Use lower case, digits and dashes, 39 characters at most");
        Kind kind = kind(file);
        file.required("title", "title: New service");
        String title = file.text("title", MAX_TITLE).orElse("");
        String description = file.text("description", MAX_TEXT).orElse("");
        Allow allow = allow(file);
        String channel = matching(file, "channel", "platform-requests", CHANNEL,
                "Use the channel's name without #: lower case, digits, `-` and `_`");
        file.required("module", "module: service");
        Optional<ModuleDescriptor> module = module(file);
        Optional<Access> access = access(file, kind);
        List<Page> pages = pages(file, title, access, module);
        var reader = new ExpressionReader(problems, language, byName(pages));
        Scope scope = scope(kind, pages);
        var inputs = new InputReader(problems, reader, scope).read(file, module,
                access.isEmpty() && !file.has("form"));
        var policy = new PolicyReader(problems, reader, scope.withPlan());
        List<RecordedEntity> records = access.isPresent()
                ? List.of()
                : new RecordReader(problems, reader, scope).read(file);
        Optional<Lease> lease = access.isPresent()
                ? Optional.empty()
                : new LeaseReader(problems, reader, scope).read(file);
        return new Workflow(name, kind, title, description, allow, channel, pages,
                module.map(ModuleDescriptor::name).orElse(""), inputs, policy.approval(file), policy.guardrails(file),
                records, access, lease, digest);
    }

    private Optional<Access> access(Section file, Kind kind) {
        return switch (kind) {
            case ACCESS -> Optional.of(new AccessReader(problems, language).read(file));
            case PROVISION -> {
                if (file.has("access")) {
                    problems.add(file.at("access"), "A workflow of kind `provision` has no `access`",
                            "Remove it, or write `kind: access`");
                }
                yield Optional.empty();
            }
        };
    }

    private List<Page> pages(Section file, String title, Optional<Access> access, Optional<ModuleDescriptor> module) {
        return access.map(offered -> List.of(AccessForm.page(title, offered)))
                .or(() -> new FormReader(problems, language).read(file))
                .orElseGet(() -> fromModule(file, title, module));
    }

    private static Scope scope(Kind kind, List<Page> pages) {
        Scope scope = Scope.of(types(pages), pages.stream().anyMatch(page -> !page.fields().isEmpty()));
        return kind == Kind.ACCESS ? scope.withEntity() : scope;
    }

    private String matching(Section file, String key, String example, Pattern pattern, String whatToDo) {
        file.required(key, key + ": " + example);
        return file.text(key, 200).filter(text -> {
            boolean matches = pattern.matcher(text).matches();
            if (!matches) {
                problems.add(file.at(key), "%s is `%s`".formatted(file.place(key), text), whatToDo);
            }
            return matches;
        }).orElse("");
    }

    private Kind kind(Section file) {
        file.required("kind", "kind: provision");
        return switch (file.text("kind", 200).orElse("provision")) {
            case "provision" -> Kind.PROVISION;
            case "access" -> Kind.ACCESS;
            case String other -> {
                problems.add(file.at("kind"), "`%s` is no kind of workflow".formatted(other),
                        "Use `provision` or `access`");
                yield file.has("access") ? Kind.ACCESS : Kind.PROVISION;
            }
        };
    }

    private Allow allow(Section file) {
        file.required("allow", "allow: everyone");
        if (file.node("allow").filter(ScalarNode.class::isInstance).isPresent()) {
            file.text("allow", 200).filter(text -> !text.equals("everyone"))
                    .ifPresent(text -> problems.add(file.at("allow"), "`allow` is `%s`".formatted(text),
                            "Write `everyone`, or a list of groups such as `[%s]`".formatted(text)));
            return new Allow.Everyone();
        }
        List<String> groups = new ArrayList<>();
        for (Node group : file.items("allow", 100)) {
            file.textOf(group, "A group in `allow`", 80).ifPresent(name -> {
                groups.add(name);
                if (!GROUP.matcher(name).matches()) {
                    problems.add(group, "`%s` is no name of a group".formatted(name),
                            "Use lower case, digits, dots and dashes");
                }
            });
        }
        if (groups.isEmpty() && file.has("allow")) {
            problems.add(file.at("allow"), "`allow` names nobody, so nobody could ask",
                    "Write `everyone`, or a list of groups");
        }
        return new Allow.Groups(groups);
    }

    private Optional<ModuleDescriptor> module(Section file) {
        return file.text("module", 200).flatMap(name -> {
            Optional<ModuleDescriptor> module = modules.apply(name);
            if (module.isEmpty()) {
                problems.add(file.at("module"), "There is no module `%s` that may be used".formatted(name),
                        "See `steward modules list`: add or accept it, or name another");
            }
            return module;
        });
    }

    private List<Page> fromModule(Section file, String title, Optional<ModuleDescriptor> module) {
        return module.map(known -> new ModuleForm(problems).pages(file, title, known)).orElse(List.of());
    }

    private static Map<String, Field> byName(List<Page> pages) {
        Map<String, Field> fields = new LinkedHashMap<>();
        pages.forEach(page -> page.fields().forEach(field -> fields.put(field.name(), field)));
        return fields;
    }

    private static Map<String, FieldType> types(List<Page> pages) {
        Map<String, FieldType> types = new LinkedHashMap<>();
        byName(pages).forEach((name, field) -> types.put(name, field.type()));
        return types;
    }
}
