package dev.steward.bot.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/**
 * A request's body that refuses to be read beyond a limit, and says so when it cannot be read at all. It never holds
 * more than its reader asks for.
 */
final class LimitedBody extends FilterInputStream {
    private final long limit;
    private long count;

    LimitedBody(InputStream body, long limit) {
        super(body);
        this.limit = limit;
    }

    boolean isExceeded() {
        return count > limit;
    }

    @Override
    public int read() throws IOException {
        int value = readable(super::read);
        counted(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = readable(() -> super.read(buffer, offset, length));
        counted(Math.max(0, read));
        return read;
    }

    @Override
    public long skip(long wanted) throws IOException {
        long skipped = super.skip(wanted);
        counted(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    /** Jetty throws I/O exceptions and exceptions of its own at a body that breaks off or whose chunks are none. */
    private static int readable(Reading reading) throws BodyUnreadable {
        try {
            return reading.read();
        } catch (IOException | RuntimeException e) {
            throw new BodyUnreadable(e);
        }
    }

    @FunctionalInterface
    private interface Reading {
        int read() throws IOException;
    }

    private void counted(long read) throws BodyTooLarge {
        count += read;
        if (isExceeded()) {
            throw new BodyTooLarge(limit);
        }
    }
}
