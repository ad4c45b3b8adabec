package dev.steward.terraform;

import java.io.IOException;
import java.io.InputStream;

/**
 * JSON whose long strings are cut, so that its reader never holds one: of each string the first {@value #KEPT} bytes
 * pass. What is cut is longer than anything that is compared, and stays so. Not thread-safe.
 */
final class ShortStrings extends InputStream {
    /** More than any identifier takes, even when every character is written as an escape of six bytes. */
    static final int KEPT = 16 * 1024;

    private final InputStream in;
    private final byte[] buffer = new byte[64 * 1024];
    private int next;
    private int end;
    private boolean inString;
    private boolean escaped;
    private boolean cut;
    /** How many of an escape's four digits are still to come. */
    private int digits;
    private int length;

    ShortStrings(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] out, int offset, int wanted) throws IOException {
        int count = 0;
        while (count == 0 && wanted > 0) {
            if (next == end) {
                next = 0;
                end = in.read(buffer);
                if (end < 0) {
                    end = 0;
                    return -1;
                }
            }
            while (next < end && count < wanted) {
                byte b = buffer[next++];
                if (passes(b)) {
                    out[offset + count++] = b;
                }
            }
        }
        return count;
    }

    private boolean passes(byte b) {
        if (!inString) {
            inString = b == '"';
            length = 0;
            cut = false;
            return true;
        }
        if (b == '"' && !escaped) {
            inString = false;
            return true;
        }
        // Only between two characters, and never within an escape: what is left must be JSON still.
        boolean begins = !escaped && digits == 0 && (b & 0xc0) != 0x80;
        cut = cut || (length > KEPT && begins);
        digits = escaped && b == 'u' ? 4 : Math.max(0, digits - 1);
        escaped = b == '\\' && !escaped;
        length++;
        return !cut;
    }
}
