package dev.steward.playground.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.playground.emulator.json.Json;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A receiver that keeps what it is sent and answers as told. */
final class FakeBot implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private volatile Answering answering = request -> new Answer(200, "");
    private volatile boolean stuck;

    record Received(Map<String, String> headers, String body) {
        ObjectNode payload() {
            String json = body.startsWith("payload=")
                    ? URLDecoder.decode(body.substring("payload=".length()), StandardCharsets.UTF_8)
                    : body;
            return Json.parseObject(json);
        }

        Map<String, String> form() {
            Map<String, String> fields = new TreeMap<>();
            for (String pair : body.split("&", -1)) {
                String[] parts = pair.split("=", 2);
                fields.put(URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
            }
            return fields;
        }
    }

    record Answer(int status, String body) {}

    @FunctionalInterface
    interface Answering {
        Answer to(Received request) throws IOException, InterruptedException;
    }

    FakeBot() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/slack/events");
    }

    List<Received> received() {
        return received;
    }

    Received last() {
        return received.getLast();
    }

    /** The last command, click or shortcut: an event is delivered when it pleases, and may come after it. */
    Received lastDeed() {
        return received.stream().filter(request -> !request.body().startsWith("{")).reduce((first, second) -> second)
                .orElseThrow();
    }

    /** How it answers now. */
    Answering answering() {
        return answering;
    }

    void answers(Answering how) {
        answering = how;
    }

    void answers(int status, String body) {
        answering = request -> new Answer(status, body);
    }

    /** Takes requests and never answers them, until it is closed. */
    void hangs() {
        stuck = true;
    }

    private void handle(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> headers = new TreeMap<>();
        exchange.getRequestHeaders()
                .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.getFirst()));
        Received request = new Received(headers, body);
        received.add(request);
        try {
            if (stuck) {
                released.await();
            }
            Answer answer = answering.to(request);
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            exchange.close();
        }
    }

    @Override
    public void close() {
        released.countDown();
        server.stop(0);
        threads.shutdownNow();
    }
}
