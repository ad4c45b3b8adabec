package dev.steward.playground.bench;

import com.sun.net.httpserver.HttpServer;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** Takes the private answers, which follow the acknowledgements, and says "ok" to each as Slack does. */
final class Sink implements AutoCloseable {
    private static final byte[] OK = "ok".getBytes(StandardCharsets.US_ASCII);
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final HttpServer server;
    private final AtomicLong taken = new AtomicLong();

    Sink() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
        } catch (IOException e) {
            throw new UncheckedIOException("no port for private answers", e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            exchange.sendResponseHeaders(200, OK.length);
            exchange.getResponseBody().write(OK);
            exchange.close();
            taken.incrementAndGet();
        });
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/response";
    }

    long taken() {
        return taken.get();
    }

    /** Waits until that many answers have come since. */
    void await(long before, int answers) {
        Until.isTrue(answers + " private answers", LIMIT, () -> taken.get() - before >= answers);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
