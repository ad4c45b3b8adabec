package dev.steward.terraform;

import dev.steward.database.Database;
import java.io.DataOutputStream;
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

    /** Takes in what was left; answers false when something was left that does not fit. */
    boolean take(Database database, Attempt attempt, RunFolder folder) {
        if (!Files.exists(folder.erroredState())) {
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

    /** Each piece is preceded by its length in four bytes, and sealed for its number. */
    private Path keepInPieces(Attempt attempt, RunFolder folder) throws IOException {
        Path file = PrivateFiles.emptyFile(kept.resolve(attempt.folder() + ".tfstate.pieces.sealed"));
        try (InputStream in = Files.newInputStream(folder.erroredState());
                var out = new DataOutputStream(Files.newOutputStream(file))) {
            int number = 0;
            for (byte[] piece = in.readNBytes(StatePieces.PIECE); piece.length > 0; piece = in
                    .readNBytes(StatePieces.PIECE)) {
                byte[] sealed = tables.seal(piece, "kept:" + attempt.folder() + ":" + number++);
                out.writeInt(sealed.length);
                out.write(sealed);
            }
        }
        return file;
    }

    /** Keeps a state that does not fit, sealed: it may be the only record of what was made. */
    Path keep(Attempt attempt, RunFolder folder) {
        try {
            PrivateFiles.folder(kept);
            if (Files.size(folder.erroredState()) > StatePieces.PIECE) {
                return keepInPieces(attempt, folder);
            }
            return PrivateFiles.write(kept.resolve(attempt.folder() + ".tfstate.sealed"),
                    tables.seal(Files.readAllBytes(folder.erroredState()), "kept:" + attempt.folder()));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the state that " + attempt.run().text() + " left", e);
        }
    }
}
