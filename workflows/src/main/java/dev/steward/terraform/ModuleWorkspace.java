package dev.steward.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Working folders for vetted modules, and one prepared data directory ({@code TF_DATA_DIR}) per module digest and
 * Terraform version, which all stacks share.
 *
 * <p>
 * The backend is configured by environment alone, so the data directory holds neither address nor credentials. It is
 * made read-only once it is prepared: plan, show and apply of Terraform 1.11 write nothing to it (tried under an account
 * without the right to). Thread-safe, also between processes.
 */
final class ModuleWorkspace {
    /** Added to every copy, outside the digest: without it Terraform ignores {@code TF_HTTP_*} and keeps state locally. */
    static final String BACKEND_FILE = "steward_backend.tf";

    private static final String BACKEND = "terraform {\n  backend \"http\" {}\n}\n";
    private static final Duration INIT_LIMIT = Duration.ofMinutes(10);
    private static final Set<PosixFilePermission> WRITABLE = Set.of(PosixFilePermission.OWNER_WRITE,
            PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final TerraformCli cli;
    private final TerraformVersion version;
    private final Path root;
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    /**
     * Workspaces below a folder.
     *
     * @param version
     *            of the command line; another version prepares its own data directories
     * @param root
     *            holds what was prepared; may be deleted while nothing runs
     */
    ModuleWorkspace(TerraformCli cli, TerraformVersion version, Path root) {
        this.cli = cli;
        this.version = version;
        this.root = root.toAbsolutePath();
    }

    /**
     * The data directory for a module, prepared by {@code init} at the first call.
     *
     * @param digest
     *            the module's content digest
     * @param module
     *            the folder with that content
     * @param backend
     *            {@code init} reads the state once (GET, without a lock), so an attempt's own endpoint must answer
     * @throws ModuleNotPrepared
     *             if {@code init} fails; the next call tries again
     */
    Path prepare(String digest, Path module, BackendEnvironment backend) throws InterruptedException {
        if (!digest.matches("[A-Za-z0-9]{8,128}")) {
            throw new IllegalArgumentException("not a digest: " + digest);
        }
        String name = digest + "-" + version.text().replaceAll("[^A-Za-z0-9.-]", "_");
        Path folder = root.resolve(name);
        if (ready(folder)) {
            return data(folder);
        }
        ReentrantLock lock = locks.computeIfAbsent(name, n -> new ReentrantLock());
        lock.lockInterruptibly();
        try {
            PrivateFiles.folder(root);
            prepareOnce(folder, module, backend);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare the module in " + folder, e);
        } finally {
            lock.unlock();
        }
        return data(folder);
    }

    private void prepareOnce(Path folder, Path module, BackendEnvironment backend)
            throws IOException, InterruptedException {
        try (FileChannel channel = FileChannel.open(Path.of(folder + ".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); var held = channel.lock()) {
            if (ready(folder) || !held.isValid()) {
                return;
            }
            // Whatever is there without the mark was left by a crash.
            PrivateFiles.deleteFolder(folder);
            checkOut(module, folder.resolve("module"));
            initialise(folder, backend);
            makeReadOnly(data(folder));
            Files.createFile(mark(folder));
        }
    }

    private void initialise(Path folder, BackendEnvironment backend) throws InterruptedException {
        Call call = new Call(folder.resolve("module"), folder.resolve("output"), Optional.of(data(folder)),
                Optional.of(backend), Map.of(), INIT_LIMIT);
        Finished finished = cli.run(new InitCommand(true), call);
        if (finished.exitCode() != 0) {
            String why = OutputEvents.read(finished.output()).diagnostics().stream()
                    .filter(d -> d.severity() == RawDiagnostic.Severity.ERROR).map(RawDiagnostic::summary).findFirst()
                    .orElse("exit code " + finished.exitCode());
            throw new ModuleNotPrepared("terraform init failed: " + why);
        }
    }

    /**
     * Copies a module and adds the backend: the working folder of one attempt.
     *
     * @throws IllegalArgumentException
     *             if the module brings a file of the backend file's name
     */
    static void checkOut(Path module, Path workingFolder) {
        if (Files.exists(module.resolve(BACKEND_FILE))) {
            throw new IllegalArgumentException("the module has a file " + BACKEND_FILE + ", which Steward adds itself");
        }
        scratch(module, workingFolder);
        try {
            Files.writeString(workingFolder.resolve(BACKEND_FILE), BACKEND);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot add the backend in " + workingFolder, e);
        }
    }

    /** Copies a module without adding a backend, for {@code validate} and {@code test}. */
    static void scratch(Path module, Path workingFolder) {
        try {
            PrivateFiles.copyModule(module, workingFolder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot copy the module to " + workingFolder, e);
        }
    }

    private static boolean ready(Path folder) {
        return Files.exists(mark(folder));
    }

    private static Path mark(Path folder) {
        return folder.resolve("prepared");
    }

    private static Path data(Path folder) {
        return folder.resolve("data");
    }

    private static void makeReadOnly(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) all::iterator) {
                if (!Files.isSymbolicLink(path)) {
                    var mode = Files.getPosixFilePermissions(path);
                    mode.removeAll(WRITABLE);
                    Files.setPosixFilePermissions(path, mode);
                }
            }
        }
    }
}
