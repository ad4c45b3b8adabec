package dev.steward.terraform;

import dev.steward.database.Database;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state that Terraform leaves in its folder when it could not send it. */
final class LeftOverState {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOverState.class);

    static final String KEPT_SUFFIX = ".tfstate.sealed";
    private static final int KEPT_PIECE = 8 << 20;

    private final RunTables tables;
    private final Path kept;

    /**
     * @param kept
     *            where states are kept that cannot be taken in
     */
    LeftOverState(RunTables tables, Path kept) {
        this.tables = tables;
        this.kept = kept;
    }

    /** Whether there is anything to take in. */
    static boolean isIn(RunFolder folder) {
        return Files.exists(folder.erroredState());
    }

    /** Takes in what was left; answers false when something was left that does not fit. */
    boolean take(Database database, Attempt attempt, RunFolder folder) {
        if (!isIn(folder)) {
            return true;
        }
        try (InputStream body = Files.newInputStream(folder.erroredState())) {
            if (Files.size(folder.erroredState()) > StateProtocol.MAX_STATE_BYTES) {
                LOG.error("{} left a state behind that is too large to be taken in", attempt.run().text());
                return false;
            }
            var reply = tables.storeLeftOver(database, attempt, body);
            LOG.warn("{} left a state behind: taken in with answer {}", attempt.run().text(), reply.status());
            return reply.status() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the state that " + attempt.run().text() + " left", e);
        } catch (StateFile.Unreadable e) {
            LOG.error("{} left a state that cannot be read: {}", attempt.run().text(), e.getMessage());
            return false;
        }
    }

    /** In files of their own, each sealed as a kept state is, so that a change of the key finds them. */
    private Path keepInPieces(Attempt attempt, RunFolder folder) throws IOException {
        try (InputStream in = Files.newInputStream(folder.erroredState())) {
            int number = 0;
            for (byte[] piece = in.readNBytes(KEPT_PIECE); piece.length > 0; piece = in.readNBytes(KEPT_PIECE)) {
                String name = String.format("%s.%03d%s", attempt.folder(), number++, KEPT_SUFFIX);
                PrivateFiles.write(kept.resolve(name), tables.seal(piece, RunTables.keptContext(name)));
            }
        }
        return kept.resolve(attempt.folder() + ".*" + KEPT_SUFFIX);
    }

    /** Keeps a state that does not fit, sealed: it may be the only record of what was made. */
    Path keep(Attempt attempt, RunFolder folder) {
        try {
            PrivateFiles.folder(kept);
            if (Files.size(folder.erroredState()) > StatePieces.PIECE) {
                return keepInPieces(attempt, folder);
            }
            return PrivateFiles.write(kept.resolve(attempt.folder() + KEPT_SUFFIX),
                    tables.seal(Files.readAllBytes(folder.erroredState()), RunTables.keptContext(attempt.folder())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the state that " + attempt.run().text() + " left", e);
        }
    }
}
