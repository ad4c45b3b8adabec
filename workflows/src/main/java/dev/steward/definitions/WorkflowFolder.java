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
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

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
        Map<String, String> fileOfName = new HashMap<>();
        for (Path path : files) {
            String file = folder.toAbsolutePath().normalize().getFileName() + "/" + path.getFileName();
            Problems problems = new Problems(file);
            Optional<YamlFile> yaml = YamlFile.read(path, problems);
            yaml.ifPresent(read -> refuseSecondName(read, file, fileOfName, problems));
            Optional<Workflow> workflow = yaml
                    .flatMap(read -> new WorkflowReader(problems, language, modules).read(read));
            if (problems.none()) {
                workflow.ifPresent(workflows::add);
            }
            all.addAll(problems.byLine());
        }
        workflows.sort(Comparator.comparing(Workflow::name));
        return new Loaded(workflows, all);
    }

    private static void refuseSecondName(YamlFile yaml, String file, Map<String, String> fileOfName,
            Problems problems) {
        Section.peek(yaml.root(), "name").ifPresent(name -> {
            String first = fileOfName.putIfAbsent(name, file);
            if (first != null) {
                problems.add(Section.find(yaml.root(), "name").orElse(yaml.root()),
                        "The workflow `%s` is already in %s".formatted(name,
                                first),
                        "Give one of the two another name");
            }
        });
    }
}
