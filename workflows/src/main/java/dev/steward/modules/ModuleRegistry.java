package dev.steward.modules;

import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Ledger;
import dev.steward.modules.ModuleTable.Row;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * The modules that may be used: those whose folder, whose row in the {@code module} table and whose entry in
 * {@code modules.lock} name the same digest. The ledger keeps who accepted which. Thread-safe.
 */
public final class ModuleRegistry {
    private final Database database;
    private final Ledger ledger;
    private final Vetting vetting;
    private final Path modules;
    private final ModuleCopies copies;
    private final ReentrantLock accepting = new ReentrantLock();

    /**
     * A registry over a folder of modules.
     *
     * @param modules
     *            the folder with {@code modules.lock} and a folder per module
     * @param copies
     *            where the read-only copies are kept: {@code modules} in the home
     */
    public ModuleRegistry(Database database, Ledger ledger, Vetting vetting, Path modules, Path copies) {
        this.database = database;
        this.ledger = ledger;
        this.vetting = vetting;
        this.modules = modules.toAbsolutePath().normalize();
        this.copies = new ModuleCopies(copies);
    }

    /**
     * Vets the module and accepts what was vetted: table and ledger in one transaction, then {@code modules.lock}. When
     * the last step is lost, {@link #check} refuses the module, and accepting it again repairs that.
     *
     * @throws IOException
     *             if the folder or {@code modules.lock} cannot be read or written
     */
    public Acceptance accept(String name, Actor actor) throws IOException, InterruptedException {
        accepting.lockInterruptibly();
        try {
            LockFile.Content lock = LockFile.read(lockFile());
            if (!lock.problems().isEmpty()) {
                return new Acceptance.Refused(lock.problems());
            }
            Optional<Path> folder = folder(name);
            if (folder.isEmpty()) {
                return new Acceptance.Refused(
                        List.of(Finding.of(".", missing(name), "look at `./steward modules list`")));
            }
            return switch (vetting.vet(folder.get())) {
                case Vetting.Outcome.Refused refused -> new Acceptance.Refused(refused.findings());
                case Vetting.Outcome.Passed passed -> accept(name, passed, actor, lock);
            };
        } finally {
            accepting.unlock();
        }
    }

    private Acceptance accept(String name, Vetting.Outcome.Passed passed, Actor actor, LockFile.Content lock)
            throws IOException {
        Instant at = database.write(h -> record(h, name, passed.digest(), passed.descriptor(), actor));
        Map<String, LockFile.Locked> locked = new HashMap<>(lock.modules());
        locked.put(name, new LockFile.Locked(passed.digest(), actor.text(), at));
        LockFile.write(lockFile(), locked);
        return new Acceptance.Accepted(name, passed.digest());
    }

    private Instant record(Handle handle, String name, String digest, ModuleDescriptor descriptor, Actor actor) {
        Instant at = ledger.append(handle, actor, "module.accept", name, Map.of("digest", digest)).at();
        ModuleTable.put(handle, new Row(name, digest, actor.text(), at, descriptor));
        return at;
    }

    /**
     * Accepts, in the caller's transaction, what {@code modules.lock} names and the folder holds: the first modules of
     * a home. They were vetted by those who wrote that file; what it does not match is not adopted.
     *
     * @throws UncheckedIOException
     *             if {@code modules.lock} or a folder cannot be read
     */
    public Adoption adoptLocked(Handle handle, Actor actor) {
        try {
            return adopt(handle, actor);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the modules in " + modules, e);
        }
    }

    private Adoption adopt(Handle handle, Actor actor) throws IOException {
        LockFile.Content lock = LockFile.read(lockFile());
        var adopted = new ArrayList<String>();
        var findings = new ArrayList<>(lock.problems());
        if (lock.problems().isEmpty()) {
            for (var entry : lock.modules().entrySet()) {
                List<Finding> refused = adopt(handle, entry.getKey(), entry.getValue().digest(), actor);
                findings.addAll(refused);
                if (refused.isEmpty()) {
                    adopted.add(entry.getKey());
                }
            }
        }
        return new Adoption(adopted, findings);
    }

    private List<Finding> adopt(Handle handle, String name, String digest, Actor actor) throws IOException {
        Optional<Path> folder = folder(name);
        if (folder.isEmpty()) {
            return List.of(Finding.of(LockFile.NAME, missing(name), "restore the folder, or remove the entry"));
        }
        ModuleTree tree = ModuleTree.read(folder.get());
        if (!tree.problems().isEmpty()) {
            return tree.problems();
        }
        if (!tree.digest().equals(digest)) {
            return List.of(Finding.of(name, "does not have the digest that " + LockFile.NAME + " names",
                    acceptIt(name) + " after review"));
        }
        return switch (ModuleFiles.read(tree.root(), name)) {
            case ModuleFiles.Reading.NotUnderstood refused -> refused.findings();
            case ModuleFiles.Reading.Understood understood -> {
                boolean already = ModuleTable.accepted(handle, name).map(Row::digest).equals(Optional.of(digest));
                if (!already) {
                    record(handle, name, digest, understood.manifest().descriptor(), actor);
                }
                yield List.of();
            }
        };
    }

    /**
     * Whether the module may be used now, with the copy to use.
     *
     * @throws IOException
     *             if the modules folder, {@code modules.lock} or the copies cannot be read or written
     */
    public ModuleCheck check(String name) throws IOException {
        Optional<Row> row = database.read(h -> ModuleTable.accepted(h, name));
        Optional<String> problem = problem(name, row);
        if (problem.isPresent() || row.isEmpty()) {
            return new ModuleCheck.Unusable(problem.orElseGet(() -> missing(name)));
        }
        String digest = row.get().digest();
        Optional<Path> copy = copies.provide(digest, modules.resolve(name));
        return copy.isPresent()
                ? new ModuleCheck.Usable(row.get().descriptor(), digest, copy.get())
                : new ModuleCheck.Unusable(changed(row.get()));
    }

    /**
     * Looks again, just before a run, whether a copy still is what was approved.
     *
     * @return why it may not be used, for people; empty when it may
     */
    public Optional<String> verify(String digest, Path copy) throws IOException {
        return copies.intact(digest, copy)
                ? Optional.empty()
                : Optional.of("the copy of the module at " + copy + " is missing or was altered since the plan: "
                        + "ask again, so that a new plan is made from the accepted module");
    }

    /** All modules in the folder, in {@code modules.lock} or in the table, sorted by name. */
    public List<ListedModule> list() throws IOException {
        var names = new TreeSet<>(database.read(ModuleTable::names));
        names.addAll(LockFile.read(lockFile()).modules().keySet());
        try (Stream<Path> folders = Files.isDirectory(modules) ? Files.list(modules) : Stream.empty()) {
            folders.filter(f -> Files.exists(f.resolve(ModuleFiles.NAME)))
                    .forEach(f -> names.add(String.valueOf(f.getFileName())));
        }
        var listed = new ArrayList<ListedModule>();
        for (String name : names) {
            Optional<Row> row = database.read(h -> ModuleTable.accepted(h, name));
            listed.add(new ListedModule(name, row.map(r -> r.descriptor().title()).orElse(name),
                    row.map(r -> new ListedModule.Accepted(r.digest(), r.acceptedBy(), r.acceptedAt())),
                    problem(name, row)));
        }
        return listed;
    }

    private Optional<String> problem(String name, Optional<Row> accepted) throws IOException {
        Optional<Path> folder = folder(name);
        if (folder.isEmpty()) {
            return Optional.of(missing(name) + ": look at `./steward modules list`");
        }
        if (accepted.isEmpty()) {
            return Optional.of("module `" + name + "` has not been accepted: " + acceptIt(name) + " after review");
        }
        LockFile.Content lock = LockFile.read(lockFile());
        if (!lock.problems().isEmpty()) {
            return Optional.of(lock.problems().getFirst().text());
        }
        ModuleTree tree = ModuleTree.read(folder.get());
        if (!tree.problems().isEmpty()) {
            return Optional.of("module `" + name + "`: " + tree.problems().getFirst().text());
        }
        return disagreement(accepted.get(), tree.digest(), lock.of(name).map(LockFile.Locked::digest));
    }

    private static Optional<String> disagreement(Row row, String actual, Optional<String> locked) {
        String name = row.name();
        if (!actual.equals(row.digest())) {
            return Optional.of(locked.equals(Optional.of(actual))
                    ? "module `" + name
                            + "` is a newer version, which modules.lock names but nobody here has accepted: "
                            + acceptIt(name) + " after review"
                    : changed(row));
        }
        if (locked.isEmpty()) {
            return Optional.of("modules.lock does not name module `" + name
                    + "`: restore modules.lock from version control, or " + acceptIt(name));
        }
        return locked.get().equals(actual)
                ? Optional.empty()
                : Optional.of("modules.lock names another version of module `" + name + "` than " + acceptedBy(row)
                        + ": restore modules.lock from version control, or " + acceptIt(name));
    }

    private static String changed(Row row) {
        return "module `" + row.name() + "` was changed since " + acceptedBy(row) + ": " + acceptIt(row.name())
                + " after review";
    }

    private static String acceptedBy(Row row) {
        return row.acceptedBy().replaceFirst("^(operator|slack):", "") + " accepted it on "
                + row.acceptedAt().atZone(ZoneOffset.UTC).toLocalDate();
    }

    private static String acceptIt(String name) {
        return "run `./steward modules accept " + name + "`";
    }

    private String missing(String name) {
        return "there is no module `" + name + "` in " + modules;
    }

    /** The module's folder; empty when the name is none, or leads elsewhere by a link. */
    private Optional<Path> folder(String name) throws IOException {
        if (!ModuleFiles.MODULE_NAME.matcher(name).matches()) {
            return Optional.empty();
        }
        Path folder = modules.resolve(name);
        boolean own = Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && folder.toRealPath().startsWith(modules.toRealPath());
        return own ? Optional.of(folder) : Optional.empty();
    }

    private Path lockFile() {
        return modules.resolve(LockFile.NAME);
    }
}
