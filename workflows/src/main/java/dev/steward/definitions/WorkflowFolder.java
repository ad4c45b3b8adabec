package dev.steward.definitions;

import dev.steward.modules.ModuleDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** Reads a folder of workflow files, one workflow each. */
public final class WorkflowFolder {
    private WorkflowFolder() {}

    /**
     * Reads every {@code *.yaml} and {@code *.yml} file of the folder, compiles its expressions and reports all problems
     * of all files at once. Takes about a second the first time in a process, since CEL has to be loaded.
     *
     * @param modules
     *            the module of a name, if there is one
     */
    public static Loaded read(Path folder, Function<String, Optional<ModuleDescriptor>> modules) {
        List<Path> files;
        try (Stream<Path> listed = Files.list(folder)) {
            files = listed.filter(WorkflowFolder::isYaml).sorted().toList();
        } catch (IOException e) {
            return new Loaded(List.of(), List.of(new Problem(folder.toString(), 0,
                    "The folder of workflows cannot be read (%s)".formatted(e.getClass().getSimpleName()),
                    "Create it, or name another in STEWARD_WORKFLOWS")));
        }
        return read(folder, files, modules);
    }

    private static boolean isYaml(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith(".yaml") || name.endsWith(".yml");
    }

    private static Loaded read(Path folder, List<Path> files, Function<String, Optional<ModuleDescriptor>> modules) {
        ExpressionLanguage language = new ExpressionLanguage();
        List<Workflow> workflows = new ArrayList<>();
        List<Problem> all = new ArrayList<>();
        List<Opened> opened = files.stream().map(path -> Opened.of(folder, path)).toList();
        Names names = Names.of(opened);
        for (Opened file : opened) {
            file.yaml().ifPresent(yaml -> names.check(file, yaml.root()));
            Optional<Workflow> workflow = file.yaml()
                    .flatMap(yaml -> new WorkflowReader(file.problems(), language, modules).read(yaml));
            if (file.problems().none()) {
                workflow.ifPresent(workflows::add);
            }
            all.addAll(file.problems().byLine());
        }
        workflows.sort(Comparator.comparing(Workflow::name));
        return new Loaded(workflows, all);
    }

    /** A file, opened once: what it says of others is looked at when all of them are known. */
    private record Opened(String file, Problems problems, Optional<YamlFile> yaml) {
        static Opened of(Path folder, Path path) {
            String file = folder.toAbsolutePath().normalize().getFileName() + "/" + path.getFileName();
            Problems problems = new Problems(file);
            return new Opened(file, problems, YamlFile.read(path, problems));
        }

        Optional<String> name() {
            return yaml.flatMap(read -> Section.peek(read.root(), "name"));
        }
    }

    /**
     * The names of all workflows, broken ones as well.
     *
     * @param first
     *            the first file of each name
     */
    private record Names(Map<String, Opened> first) {
        static Names of(List<Opened> files) {
            Map<String, Opened> first = new HashMap<>();
            files.forEach(file -> file.name().ifPresent(name -> first.putIfAbsent(name, file)));
            return new Names(first);
        }

        void check(Opened file, Node root) {
            file.name().filter(name -> !file.equals(first.get(name)))
                    .ifPresent(name -> file.problems().add(Section.find(root, "name").orElse(root),
                            "The workflow `%s` is already in %s".formatted(name,
                                    Objects.requireNonNull(first.get(name)).file()),
                            "Give one of the two another name"));
            Section.find(root, "lease").flatMap(lease -> Section.find(lease, "promote"))
                    .ifPresent(node -> checkPromotion(file, node));
        }

        private void checkPromotion(Opened file, Node node) {
            if (!(node instanceof ScalarNode scalar) || scalar.getValue().isBlank()) {
                return;
            }
            String name = scalar.getValue().strip();
            Opened promoted = first.get(name);
            if (promoted == null) {
                file.problems().add(node,
                        "`promote` of `lease` names `%s`, and there is no such workflow".formatted(name),
                        Nearest.to(name, first.keySet()).map(near -> "Perhaps `%s` is meant".formatted(near))
                                .orElse("Name the workflow that makes what stays, or remove it"));
            } else if (promoted.equals(file) || promoted.yaml().flatMap(yaml -> Section.peek(yaml.root(), "kind"))
                    .filter("access"::equals).isPresent()) {
                file.problems().add(node, "`promote` of `lease` names `%s`, which %s".formatted(name,
                        promoted.equals(file)
                                ? "is this workflow itself"
                                : "gives access and makes nothing that stays"),
                        "Name the workflow that makes what stays, or remove it");
            }
        }
    }
}
