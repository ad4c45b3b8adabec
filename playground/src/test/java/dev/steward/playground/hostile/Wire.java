package dev.steward.playground.hostile;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A kept-alive connection that speaks HTTP/1.1 by hand, so that anything at all can be sent over it. It is opened anew
 * when the other end has closed it. Not thread-safe.
 */
final class Wire implements AutoCloseable {
    private static final int HANGS = 30_000;

    private final int port;
    private @Nullable Socket socket;
    private @Nullable InputStream in;

    Wire(int port) {
        this.port = port;
    }

    /**
     * What came back.
     *
     * @param status
     *            0 when the other end hung up without an answer
     */
    record Reply(int status, String head, String body, Duration took) {
        String header(String name) {
            return head.lines().filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":")).findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip()).orElse("");
        }
    }

    /** Sends the request and reads one answer. A connection that was closed while it lay idle is opened once more. */
    Reply send(Knock knock) throws IOException {
        boolean reused = socket != null;
        Reply reply = exchange(knock);
        return reused && reply.status() == 0 ? exchange(knock) : reply;
    }

    private Reply exchange(Knock knock) throws IOException {
        long began = System.nanoTime();
        Reply reply = new Reply(0, "", "", Duration.ZERO);
        try {
            Socket to = open();
            to.getOutputStream().write(knock.bytes());
            if (knock.half()) {
                to.shutdownOutput();
            }
            reply = read(began, knock.headOnly());
        } catch (java.net.SocketTimeoutException e) {
            throw new IOException("no answer within " + HANGS / 1000 + " s", e);
        } catch (IOException hungUp) {
            close();
        }
        boolean last = reply.status() == 0 || knock.half() || knock.last()
                || reply.header("connection").equalsIgnoreCase("close");
        if (last) {
            close();
        }
        return reply;
    }

    private Socket open() throws IOException {
        Socket open = socket;
        if (open == null) {
            open = new Socket();
            open.setTcpNoDelay(true);
            open.setSoTimeout(HANGS);
            open.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), HANGS);
            socket = open;
            in = new BufferedInputStream(open.getInputStream());
        }
        return open;
    }

    private Reply read(long began, boolean headOnly) throws IOException {
        String head = head();
        if (!head.startsWith("HTTP/1.")) {
            return new Reply(0, head, "", took(began));
        }
        int status = Integer.parseInt(head.substring(9, 12));
        if (status == 100) {
            return read(began, headOnly);
        }
        Reply bare = new Reply(status, head, "", took(began));
        String body = headOnly || status == 204 || status == 304 ? "" : body(bare);
        return new Reply(status, head, body, took(began));
    }

    private String body(Reply bare) throws IOException {
        if (bare.header("transfer-encoding").equalsIgnoreCase("chunked")) {
            return chunks();
        }
        String length = bare.header("content-length");
        byte[] body = length.isEmpty() ? in().readAllBytes() : in().readNBytes(Integer.parseInt(length));
        return new String(body, StandardCharsets.UTF_8);
    }

    private String chunks() throws IOException {
        var all = new ByteArrayOutputStream();
        while (true) {
            int size = Integer.parseInt(line().split(";", 2)[0].strip(), 16);
            all.write(in().readNBytes(size));
            line();
            if (size == 0) {
                return all.toString(StandardCharsets.UTF_8);
            }
        }
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int next = in().read(); next >= 0 && next != '\n'; next = in().read()) {
            line.write(next);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }

    private InputStream in() throws IOException {
        InputStream open = in;
        if (open == null) {
            throw new IOException("closed");
        }
        return open;
    }

    private static Duration took(long began) {
        return Duration.ofNanos(System.nanoTime() - began);
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        in = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        }
    }
}
