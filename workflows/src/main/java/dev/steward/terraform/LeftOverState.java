package dev.steward.terraform;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state that Terraform leaves in its folder when it could not send it. */
final class LeftOverState {
    private static final Logger LOG = LoggerFactory.getLogger(LeftOverState.class);

    static final String KEPT_SUFFIX = ".tfstate.sealed";

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
    boolean take(Handle handle, Attempt attempt, RunFolder folder) {
        if (!isIn(folder)) {
            return true;
        }
        try {
            byte[] body = Files.readAllBytes(folder.erroredState());
            StateFile state = StateFile.read(body);
            var reply = tables.insert(handle, attempt,
                    tables.states().seal(attempt.stack(), state.lineage(), state.serial(), body), state);
            LOG.warn("{} left a state behind, serial {}: taken in with answer {}", attempt.run().text(),
                    state.serial(), reply.status());
            return reply.status() == 200;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the state that " + attempt.run().text() + " left", e);
        } catch (StateFile.Unreadable e) {
            LOG.error("{} left a state that cannot be read: {}", attempt.run().text(), e.getMessage());
            return false;
        }
    }

    /** Keeps a state that does not fit, sealed: it may be the only record of what was made. */
    Path keep(Attempt attempt, RunFolder folder) {
        try {
            PrivateFiles.folder(kept);
            return PrivateFiles.write(kept.resolve(attempt.folder() + KEPT_SUFFIX),
                    tables.seal(Files.readAllBytes(folder.erroredState()), RunTables.keptContext(attempt.folder())));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the state that " + attempt.run().text() + " left", e);
        }
    }
}
