package dev.steward.playground.stage;

import dev.steward.database.Sha256;
import dev.steward.playground.emulator.Message;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Java's ahead-of-time cache of the bot: what one run has loaded and linked, ready for all later ones, which then need
 * half the processor time to start. Made once per build and Java, by a run of the bot in which one service is asked for
 * and applied, and an incident declared; without it, for whatever reason, the bot starts as ever. Beside it are kept
 * SQLite's library, and the home of that run as it was before the request, with the module prepared.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514: Ahead-of-Time Command-Line Ergonomics</a>
 */
final class StartupCache {
    /** Names the folder of the caches; where it is not set there is none. */
    static final String FOLDER = "steward.startup-cache";
    private static final Logger LOG = LoggerFactory.getLogger(StartupCache.class);
    private static final String CHANNEL = "platform-requests";
    private static final Map<String, String> BASICS = Map.of("service", "first-of-all", "purpose",
            "Loads what later ones need");

    /** Folders in which none could be made; it is not tried at each start. */
    private static final Set<String> VAIN = new HashSet<>();

    private StartupCache() {}

    /** The program, with its cache if there is one or one can be made. */
    static BotProgram add(BotProgram program, Path root) {
        return add(program, root, System.getProperty(FOLDER, ""));
    }

    static synchronized BotProgram add(BotProgram program, Path root, String folder) {
        if (folder.isEmpty() || program.jars().isEmpty() || VAIN.contains(folder)) {
            return program;
        }
        try {
            Path file = Path.of(folder).resolve(key(program) + ".aot");
            if (!Files.exists(file)) {
                Files.createDirectories(file.getParent());
                makeAlone(program, root, file);
            }
            return Files.exists(file) ? starting(program, file) : program;
        } catch (IOException | RuntimeException e) {
            VAIN.add(folder);
            LOG.warn("the bot starts without a cache: {}", e.toString());
            return program;
        }
    }

    /** The cache is mapped where it was made for, or its 80 MB would be written through at each start. */
    private static BotProgram starting(BotProgram program, Path file) {
        return program.with("-XX:AOTCache=" + file).with("-XX:+UnlockDiagnosticVMOptions")
                .with("-XX:ArchiveRelocationMode=0").with("-Dorg.sqlite.lib.path=" + library(file)).with(home(file));
    }

    private static Path home(Path file) {
        return Path.of(file + ".home");
    }

    private static Path library(Path file) {
        return Path.of(file + ".native");
    }

    /** Java compares the class path; the name says besides which build of it was recorded. */
    private static String key(BotProgram program) throws IOException {
        MessageDigest digest = Sha256.digest();
        digest.update((Runtime.version() + "\n" + System.getProperty("java.vendor.version")).getBytes(
                StandardCharsets.UTF_8));
        for (Path jar : program.jars()) {
            digest.update((jar + " " + Files.size(jar) + " " + Files.getLastModifiedTime(jar).toMillis() + "\n")
                    .getBytes(StandardCharsets.UTF_8));
        }
        return HexFormat.of().formatHex(digest.digest()).substring(0, 24);
    }

    private static void makeAlone(BotProgram program, Path root, Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(Path.of(file + ".lock"), StandardOpenOption.CREATE,
                StandardOpenOption.WRITE); var held = channel.lock()) {
            if (!Files.exists(file) && held.isValid()) {
                Path made = Path.of(file + ".new");
                Path stage = Files.createTempDirectory(file.getParent(), "stage-");
                Path unpacked = Files.createDirectory(stage.resolve("native"));
                record(program.with("-XX:AOTCacheOutput=" + made).with("-Dorg.sqlite.tmpdir=" + unpacked), root, stage,
                        file);
                Folders.delete(stage);
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            }
        }
    }

    private static void record(BotProgram recording, Path root, Path folder, Path file) throws IOException {
        Path home = home(file);
        try (Stage stage = new Stage(root, folder, BotProgram.built())) {
            stage.expecting(refusal -> true).initialised();
            Folders.copy(stage.home(), home);
            BotProcess bot = stage.started(recording);
            Actor dana = new Actor(stage.slack().person("dana"));
            dana.types(CHANNEL, "/request", "new-service");
            dana.sees("Service name");
            dana.submits(BASICS);
            dana.sees("Tier");
            dana.finishes(Map.of());
            Message card = Until.present("a card to decide on", Until.LONG, () -> stage.slack().channel(CHANNEL)
                    .messages().stream().filter(m -> !m.buttons().isEmpty()).findFirst());
            new Actor(stage.slack().person("omar")).clicksAndIsTold(card, "approve");
            Until.present("the card of what was applied", Until.LONG, () -> stage.slack().channel(CHANNEL)
                    .message(card.ts()).filter(m -> m.plainText().contains("*Applied*")));
            stage.slack().openHome(dana.person());
            dana.opens(() -> dana.types(CHANNEL, "/incident", "SEV-3 First of all"),
                    "It is fine if this is incomplete");
            dana.submits(Map.of());
            dana.sees("is declared");
            Until.isTrue("all is said", Until.LONG, () -> stage.inspect(
                    h -> h.createQuery("SELECT count(*) FROM outbox").mapTo(Integer.class).one()) == 0);
            keepLibrary(folder.resolve("native"), library(file));
            bot.stop();
            Folders.copy(stage.home().resolve("runs/prepared"), home.resolve("runs/prepared"));
        }
    }

    /** SQLite's own code, which each start would unpack anew, and each that is killed leave behind. */
    private static void keepLibrary(Path unpacked, Path kept) throws IOException {
        try (Stream<Path> all = Files.list(unpacked)) {
            Path code = all.filter(file -> !file.toString().endsWith(".lck")).findFirst()
                    .orElseThrow(() -> new IOException("SQLite unpacked nothing to " + unpacked));
            Files.copy(code, Files.createDirectories(kept).resolve(System.mapLibraryName("sqlitejdbc")));
        }
    }
}
