package dev.steward.bot;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was opened so far; closed in reverse. A part that fails to close does not keep the others open; one that is added
 * once closing has begun is closed at once. Thread-safe.
 */
final class Opened implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Opened.class);

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private boolean closing;

    /** A part came too late: everything is being closed. */
    static final class Closing extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Closing() {
            super("Steward is stopping");
        }
    }

    /**
     * Notes the part and answers it.
     *
     * @throws Closing if closing has begun
     */
    <T extends AutoCloseable> T add(T part) {
        synchronized (parts) {
            if (!closing) {
                parts.push(part);
                return part;
            }
        }
        close(part);
        throw new Closing();
    }

    @Override
    public synchronized void close() {
        for (AutoCloseable part = last(); part != null; part = last()) {
            close(part);
        }
    }

    private @Nullable AutoCloseable last() {
        synchronized (parts) {
            closing = true;
            return parts.poll();
        }
    }

    private static void close(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            LOG.error("{} could not be closed", part.getClass().getSimpleName(), e);
        }
    }
}
