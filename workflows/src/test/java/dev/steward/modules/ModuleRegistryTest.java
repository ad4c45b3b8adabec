package dev.steward.modules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Entry;
import dev.steward.ledger.Ledger;
import dev.steward.terraform.TestTerraform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModuleRegistryTest {
    private static final Actor OPS = new Actor.Operator("ops");
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final String CHANGED = "module `tiny` was changed since ops accepted it on 2026-11-20: "
            + "run `./steward modules accept tiny` after review";

    @TempDir
    Path parent;

    private Path modules;
    private Path folder;
    private Database database;
    private final Ledger ledger = new Ledger(InstantSource.fixed(NOW));
    private ModuleRegistry registry;

    @BeforeEach
    void registryWithOneModule() throws IOException {
        modules = Files.createDirectory(parent.resolve("modules"));
        folder = new TestModule().in(modules);
        database = FreshDatabase.open(parent.resolve("steward.db"));
        registry = registry();
    }

    @AfterEach
    void close() {
        database.close();
    }

    private ModuleRegistry registry() {
        return new ModuleRegistry(database, ledger, new Vetting(TestTerraform.cli(parent), Set.of()), modules,
                parent.resolve("home/modules"));
    }

    @Test
    void anAcceptedModuleIsUsable() throws Exception {
        String digest = accept();
        var usable = usable();
        assertThat(usable.digest()).isEqualTo(digest).isEqualTo(ModuleDigest.of(folder));
        assertThat(usable.descriptor().title()).isEqualTo("Tiny");
        assertThat(usable.copy()).isEqualTo(parent.resolve("home/modules").resolve(digest).toAbsolutePath());
        assertThat(ModuleDigest.of(usable.copy())).isEqualTo(digest);
        assertThat(Files.getPosixFilePermissions(usable.copy().resolve("main.tf")))
                .isEqualTo(PosixFilePermissions.fromString("r--r--r--"));
        assertThat(Files.getPosixFilePermissions(usable.copy()))
                .isEqualTo(PosixFilePermissions.fromString("r-xr-xr-x"));
        assertThat(registry.verify(digest, usable.copy())).isEmpty();
    }

    @Test
    void acceptingIsInTheLedgerAndInTheLock() throws Exception {
        String digest = accept();
        assertThat(entries()).singleElement().satisfies(e -> {
            assertThat(e.action()).isEqualTo("module.accept");
            assertThat(e.actor()).isEqualTo("operator:ops");
            assertThat(e.facts()).isEqualTo("{\"digest\":\"" + digest + "\"}");
        });
        assertThat(modules.resolve("modules.lock")).hasContent("""
                # The accepted modules. Written by `./steward modules accept NAME`: not by hand.

                tiny:
                  digest: sha256:%s
                  accepted_by: "operator:ops"
                  accepted_at: "2026-11-20T10:00:00Z"
                """.formatted(digest));
        assertThat(namesIn(modules)).containsExactly("modules.lock", "tiny");
    }

    @Test
    void aRefusedModuleLeavesNoTrace() throws Exception {
        Files.writeString(folder.resolve("terraform.tfvars"), "");
        assertThat(registry.accept("tiny", OPS)).isInstanceOf(Acceptance.Refused.class);
        assertThat(modules.resolve("modules.lock")).doesNotExist();
        assertThat(entries()).isEmpty();
        assertThat(reason()).isEqualTo(
                "module `tiny` has not been accepted: run `./steward modules accept tiny` after review");
    }

    @Test
    void refusesModulesThatAreNotThere() throws Exception {
        for (String name : new String[]{"none", "../tiny", "/etc", ".", "", "Tiny"}) {
            assertThat(registry.check(name)).isEqualTo(new ModuleCheck.Unusable("there is no module `" + name + "` in "
                    + modules + ": look at `./steward modules list`"));
            assertThat(registry.accept(name, OPS)).isInstanceOf(Acceptance.Refused.class);
        }
    }

    @Test
    void refusesAModuleFolderThatIsALink() throws Exception {
        Files.move(folder, parent.resolve("elsewhere"));
        Files.createSymbolicLink(folder, parent.resolve("elsewhere"));
        assertThat(registry.accept("tiny", OPS)).isInstanceOf(Acceptance.Refused.class);
    }

    @Test
    void refusesChangedContent() throws Exception {
        accept();
        Files.writeString(folder.resolve("main.tf"), Files.readString(folder.resolve("main.tf")) + "\n");
        assertThat(reason()).isEqualTo(CHANGED);
    }

    @Test
    void refusesAChangedMode() throws Exception {
        accept();
        Files.setPosixFilePermissions(folder.resolve("main.tf"), PosixFilePermissions.fromString("rwxr--r--"));
        assertThat(reason()).isEqualTo(CHANGED);
    }

    @Test
    void refusesAnAddedFile() throws Exception {
        accept();
        Files.writeString(folder.resolve("more.tf"), "");
        assertThat(reason()).isEqualTo(CHANGED);
    }

    @Test
    void refusesARemovedFile() throws Exception {
        accept();
        Files.delete(folder.resolve("outputs.tf"));
        assertThat(reason()).isEqualTo(CHANGED);
    }

    @Test
    void refusesAFileReplacedByALinkToItself() throws Exception {
        accept();
        Files.move(folder.resolve("main.tf"), parent.resolve("main.tf"));
        Files.createSymbolicLink(folder.resolve("main.tf"), parent.resolve("main.tf"));
        assertThat(reason()).startsWith("module `tiny`: main.tf: is a symbolic link");
    }

    @Test
    void refusesAnEditedLock() throws Exception {
        String digest = accept();
        Path lock = modules.resolve("modules.lock");
        String text = Files.readString(lock);
        Files.writeString(lock, text.replace(digest, "0".repeat(64)));
        assertThat(reason()).isEqualTo("modules.lock names another version of module `tiny` than ops accepted it on "
                + "2026-11-20: restore modules.lock from version control, or run `./steward modules accept tiny`");
        Files.writeString(lock, "");
        assertThat(reason()).isEqualTo("modules.lock does not name module `tiny`: restore modules.lock from version "
                + "control, or run `./steward modules accept tiny`");
        Files.writeString(lock, text + "\ntiny:\n  digest: sha256:" + digest + "\n");
        assertThat(reason()).startsWith("modules.lock:");
        assertThat(registry.accept("tiny", OPS)).isInstanceOf(Acceptance.Refused.class);
        Files.writeString(lock, text);
        assertThat(usable().digest()).isEqualTo(digest);
    }

    @Test
    void refusesANewerVersionThatOnlyTheLockNames() throws Exception {
        String digest = accept();
        Files.writeString(folder.resolve("NOTES"), "new");
        Path lock = modules.resolve("modules.lock");
        Files.writeString(lock, Files.readString(lock).replace(digest, ModuleDigest.of(folder)));
        assertThat(reason()).isEqualTo("module `tiny` is a newer version, which modules.lock names but nobody here has"
                + " accepted: run `./steward modules accept tiny` after review");
    }

    @Test
    void acceptsANewVersionAndTheOldOneAgain() throws Exception {
        String first = accept();
        Path copy = usable().copy();
        Files.writeString(folder.resolve("NOTES"), "new");
        String second = accept();
        assertThat(second).isNotEqualTo(first);
        assertThat(usable().digest()).isEqualTo(second);
        assertThat(registry.verify(first, copy)).isEmpty();
        Files.delete(folder.resolve("NOTES"));
        assertThat(accept()).isEqualTo(first);
        assertThat(usable().digest()).isEqualTo(first);
    }

    @Test
    void aLostLockFileIsWrittenAgainByAccepting() throws Exception {
        String digest = accept();
        Files.delete(modules.resolve("modules.lock"));
        assertThat(reason()).startsWith("modules.lock does not name module `tiny`");
        assertThat(accept()).isEqualTo(digest);
        assertThat(usable().digest()).isEqualTo(digest);
    }

    @Test
    void refusesAnAlteredCopyAndMakesItAgain() throws Exception {
        String digest = accept();
        Path copy = usable().copy();
        Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.writeString(copy.resolve("evil.tf"), "");
        assertThat(registry.verify(digest, copy)).get().asString()
                .startsWith("the copy of the module at " + copy + " is missing or was altered since the plan: ");
        assertThat(usable().copy()).isEqualTo(copy);
        assertThat(copy.resolve("evil.tf")).doesNotExist();
        assertThat(registry.verify(digest, copy)).isEmpty();
        assertThat(namesIn(parent.resolve("home/modules"))).containsExactly(digest);
    }

    @Test
    void doesNotMakeAnAlteredCopyFromAnotherSource() throws Exception {
        accept();
        Path copy = usable().copy();
        Folders.delete(copy);
        Files.writeString(folder.resolve("main.tf"), "");
        assertThat(reason()).isEqualTo(CHANGED);
        assertThat(copy).doesNotExist();
    }

    @Test
    void refusesACopyThatIsALink() throws Exception {
        String digest = accept();
        Path copy = usable().copy();
        Folders.delete(copy);
        Files.createSymbolicLink(copy, folder);
        assertThat(registry.verify(digest, copy)).isPresent();
        assertThat(usable().copy()).isDirectory().isNotEqualTo(folder);
        assertThat(Files.isSymbolicLink(copy)).isFalse();
        assertThat(folder.resolve("main.tf")).exists();
    }

    @Test
    void manyAskForTheSameCopyAtOnce() throws Exception {
        String digest = accept();
        int threads = 8;
        var together = new CyclicBarrier(threads);
        Callable<ModuleCheck> ask = () -> {
            together.await();
            return registry().check("tiny");
        };
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var asked = new ArrayList<Future<ModuleCheck>>();
            for (int i = 0; i < threads; i++) {
                asked.add(pool.submit(ask));
            }
            var answers = new HashSet<ModuleCheck>();
            for (var answer : asked) {
                answers.add(answer.get());
            }
            assertThat(answers).singleElement().isEqualTo(usable());
        }
        assertThat(namesIn(parent.resolve("home/modules"))).containsExactly(digest);
    }

    @Test
    void adoptsWhatTheLockNames() throws Exception {
        LockFile.write(modules.resolve("modules.lock"), Map.of("tiny",
                new LockFile.Locked(ModuleDigest.of(folder), "operator:maintainers", NOW)));
        var adoption = database.write(h -> registry.adoptLocked(h, OPS));
        assertThat(adoption).isEqualTo(new Adoption(List.of("tiny"), List.of()));
        assertThat(usable().descriptor().name()).isEqualTo("tiny");
        database.write(h -> registry.adoptLocked(h, OPS));
        assertThat(entries()).singleElement()
                .satisfies(e -> assertThat(e.action()).isEqualTo("module.accept"));
    }

    @Test
    void doesNotAdoptWhatTheLockDoesNotMatch() throws Exception {
        LockFile.write(modules.resolve("modules.lock"),
                Map.of("tiny", new LockFile.Locked("1".repeat(64), "operator:maintainers", NOW), "gone",
                        new LockFile.Locked("2".repeat(64), "operator:maintainers", NOW)));
        var adoption = database.write(h -> registry.adoptLocked(h, OPS));
        assertThat(adoption.adopted()).isEmpty();
        assertThat(adoption.findings()).extracting(Finding::text).containsExactly(
                "modules.lock: there is no module `gone` in " + modules + ": restore the folder, or remove the entry",
                "tiny: does not have the digest that modules.lock names: run `./steward modules accept tiny` after review");
        assertThat(entries()).isEmpty();
    }

    @Test
    void listsModulesWithWhatIsWrong() throws Exception {
        String digest = accept();
        Files.createDirectory(modules.resolve("other"));
        Files.writeString(modules.resolve("other/module.yaml"), "");
        assertThat(registry.list()).containsExactly(
                new ListedModule("other", "other", Optional.empty(), Optional.of(
                        "module `other` has not been accepted: run `./steward modules accept other` after review")),
                new ListedModule("tiny", "Tiny",
                        Optional.of(new ListedModule.Accepted(digest, "operator:ops", NOW)), Optional.empty()));
        Folders.delete(folder);
        assertThat(registry.list()).last().extracting(m -> m.problem().orElse("")).asString()
                .startsWith("there is no module `tiny`");
    }

    private static List<String> namesIn(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            return files.map(f -> String.valueOf(f.getFileName())).sorted().toList();
        }
    }

    private List<Entry> entries() {
        return database.read(h -> ledger.about(h, "tiny"));
    }

    private String accept() throws Exception {
        var acceptance = registry.accept("tiny", OPS);
        assertThat(acceptance).isInstanceOf(Acceptance.Accepted.class);
        return ((Acceptance.Accepted) acceptance).digest();
    }

    private ModuleCheck.Usable usable() throws IOException {
        var check = registry.check("tiny");
        assertThat(check).isInstanceOf(ModuleCheck.Usable.class);
        return (ModuleCheck.Usable) check;
    }

    private String reason() throws IOException {
        var check = registry.check("tiny");
        assertThat(check).isInstanceOf(ModuleCheck.Unusable.class);
        return ((ModuleCheck.Unusable) check).reason();
    }
}
