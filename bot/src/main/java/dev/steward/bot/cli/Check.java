package dev.steward.bot.cli;

import dev.steward.bot.Home;
import dev.steward.bot.Modules;
import dev.steward.bot.Settings;
import dev.steward.bot.Stores;
import dev.steward.definitions.Loaded;
import dev.steward.definitions.Problem;
import dev.steward.definitions.Workflow;
import dev.steward.definitions.WorkflowFolder;
import dev.steward.modules.Finding;
import dev.steward.modules.ListedModule;
import dev.steward.modules.ModuleCheck;
import dev.steward.modules.ModuleDescriptor;
import dev.steward.modules.ModuleRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Looks at modules and workflow definitions as a serving Steward would, and collects everything that is wrong.
 *
 * <p>
 * With an initialised home, a module must have been accepted there. Without one, as on a build machine, it must be what
 * {@code modules.lock} names.
 */
final class Check {
    private final Operator operator;
    private final Settings settings;
    private final Path workflows;
    private final List<String> problems = new ArrayList<>();
    private List<String> found = List.of();

    Check(Operator operator, Settings settings, Path workflows) {
        this.operator = operator;
        this.settings = settings;
        this.workflows = workflows;
    }

    /** Everything that is wrong; empty when nothing is. */
    List<String> problems() throws IOException {
        Home home = new Home(settings.places().home());
        if (home.isInitialised()) {
            try (Stores stores = Stores.open(home, operator.clock())) {
                look(Modules.of(settings, home, stores));
            }
        } else {
            withoutHome();
        }
        return problems;
    }

    /** Names of the workflows that are right. */
    List<String> found() {
        return found;
    }

    private void withoutHome() throws IOException {
        Path folder = Files.createTempDirectory("steward-check-");
        Home home = Home.create(folder);
        try (Stores stores = Stores.open(home, operator.clock())) {
            ModuleRegistry registry = Modules.of(settings, home, stores);
            List<Finding> findings = stores.database()
                    .write(h -> registry.adoptLocked(h, operator.actor()).findings());
            findings.forEach(f -> problems.add(settings.places().modules() + ": " + f.text()));
            look(registry);
        } finally {
            delete(folder);
        }
    }

    private void look(ModuleRegistry registry) throws IOException {
        for (ListedModule module : registry.list()) {
            module.problem().ifPresentOrElse(problems::add, () -> lookForCredentials(registry, module.name()));
        }
        Loaded loaded = WorkflowFolder.read(workflows, name -> descriptor(registry, name));
        loaded.problems().stream().map(Problem::text).forEach(problems::add);
        found = loaded.workflows().stream().map(Workflow::name).toList();
    }

    /** Only where Steward serves: a build machine has no credentials. */
    private void lookForCredentials(ModuleRegistry registry, String name) {
        if (new Home(settings.places().home()).isInitialised()) {
            descriptor(registry, name).flatMap(ModuleDescriptor::credentials)
                    .filter(profile -> !settings.credentials().containsKey(profile))
                    .ifPresent(profile -> problems.add("module " + name + ": it uses the credentials profile " + profile
                            + ", which steward.yaml does not name; add it under `credentials`"));
        }
    }

    private static Optional<ModuleDescriptor> descriptor(ModuleRegistry registry, String name) {
        try {
            return registry.check(name) instanceof ModuleCheck.Usable usable
                    ? Optional.of(usable.descriptor())
                    : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read module " + name, e);
        }
    }

    /** Copies of modules are read-only, folders among them. */
    private static void delete(Path folder) throws IOException {
        List<Path> paths;
        try (Stream<Path> walked = Files.walk(folder)) {
            paths = walked.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : paths.reversed()) {
            if (Files.isDirectory(path)) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
        }
        for (Path path : paths) {
            Files.delete(path);
        }
    }
}
