package dev.steward.playground.emulator;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Sends bytes as they are, as no client library would, and reads what comes back until the connection ends. */
final class RawHttp {
    private static final int PATIENCE_MS = 20_000;

    private final int port;

    RawHttp(URI server) {
        this.port = server.getPort();
    }

    /** Status 0: the connection ended without an answer. */
    record Reply(int status, String body) {}

    Reply send(String verb, String target, List<String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(verb + " " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + port
                + "\r\nConnection: close\r\n");
        headers.forEach(header -> head.append(header).append("\r\n"));
        boolean measured = headers.stream().anyMatch(header -> header.startsWith("Content-Length")
                || header.startsWith("Transfer-Encoding"));
        if (!measured) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        return exchange(head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1), body);
    }

    private Reply exchange(byte[] head, byte[] body) {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MS);
            socket.getOutputStream().write(head);
            write(socket, body);
            return parsed(new String(whole(socket), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** All that there is to send; a server that has refused already need not read on. */
    private static void write(Socket socket, byte[] body) {
        try {
            socket.getOutputStream().write(body);
            socket.getOutputStream().flush();
            socket.shutdownOutput();
        } catch (IOException refusedMeanwhile) {
            return;
        }
    }

    private static byte[] whole(Socket socket) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        try {
            socket.getInputStream().transferTo(all);
        } catch (java.net.SocketException reset) {
            return all.toByteArray();
        }
        return all.toByteArray();
    }

    private static Reply parsed(String response) {
        if (response.isEmpty()) {
            return new Reply(0, "");
        }
        int end = response.indexOf("\r\n\r\n");
        return new Reply(Integer.parseInt(response.substring(9, 12)), end < 0 ? "" : response.substring(end + 4));
    }
}
