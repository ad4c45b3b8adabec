package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.database.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * An http backend in memory, for tests that need Terraform's state to go somewhere: one state per name, one user, strict
 * about lock ids. A POST or UNLOCK whose id is not the holder's is refused, as is an unlock without an id.
 */
public final class LoopbackBackend implements AutoCloseable {
    private static final String USER = "attempt";
    private static final String PASSWORD = "loopback-token";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Stack> stacks = new ConcurrentHashMap<>();
    private final List<String> journal = new CopyOnWriteArrayList<>();

    private static final class Stack {
        byte @Nullable [] state;
        @Nullable
        String lock;
        int versions;
    }

    /** Starts on a free port of the loopback interface. */
    public LoopbackBackend() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new IllegalStateException("cannot listen on the loopback interface", e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    /** What Terraform must know to keep the named state here. */
    public BackendEnvironment environment(String name) {
        return new BackendEnvironment("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name, USER, PASSWORD);
    }

    /** The current state. */
    public Optional<byte[]> state(String name) {
        Stack stack = stack(name);
        synchronized (stack) {
            return Optional.ofNullable(stack.state).map(byte[]::clone);
        }
    }

    /** Puts a state there, past locks. */
    public void seed(String name, byte[] state) {
        Stack stack = stack(name);
        synchronized (stack) {
            stack.state = state.clone();
        }
    }

    /** How often Terraform has written the state. */
    public int versions(String name) {
        Stack stack = stack(name);
        synchronized (stack) {
            return stack.versions;
        }
    }

    /** The id of the lock's holder. */
    public Optional<String> lock(String name) {
        Stack stack = stack(name);
        synchronized (stack) {
            return Optional.ofNullable(stack.lock);
        }
    }

    /** Frees the lock, as a person would after a crash. */
    public void unlock(String name) {
        Stack stack = stack(name);
        synchronized (stack) {
            stack.lock = null;
        }
    }

    /** Every request as {@code METHOD name status}, with the operation after a LOCK. */
    public List<String> journal() {
        return List.copyOf(journal);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private Stack stack(String name) {
        return stacks.computeIfAbsent(name, n -> new Stack());
    }

    private static final class Answer {
        final int status;
        final byte[] body;

        Answer(int status, byte[] body) {
            this.status = status;
            this.body = body;
        }

        static Answer of(int status) {
            return new Answer(status, new byte[0]);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String name = exchange.getRequestURI().getPath().substring(1);
            String method = exchange.getRequestMethod();
            Answer answer = authorised(exchange) ? answer(exchange, name, method, body) : Answer.of(403);
            String operation = method.equals("LOCK") && body.length > 0
                    ? " " + Json.tree(new String(body, StandardCharsets.UTF_8)).path("Operation").asText()
                    : "";
            journal.add(method + " " + name + " " + answer.status + operation);
            exchange.sendResponseHeaders(answer.status, answer.body.length == 0 ? -1 : answer.body.length);
            if (answer.body.length > 0) {
                exchange.getResponseBody().write(answer.body);
            }
        }
    }

    private static boolean authorised(HttpExchange exchange) {
        String expected = "Basic " + Base64.getEncoder()
                .encodeToString((USER + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return expected.equals(exchange.getRequestHeaders().getFirst("Authorization"));
    }

    private Answer answer(HttpExchange exchange, String name, String method, byte[] body) {
        Stack stack = stack(name);
        synchronized (stack) {
            return switch (method) {
                case "GET" -> stack.state == null ? Answer.of(204) : new Answer(200, stack.state);
                case "POST" -> post(stack, exchange.getRequestURI().getQuery(), body);
                case "LOCK" -> lock(stack, body);
                case "UNLOCK" -> unlock(stack, body);
                default -> Answer.of(405);
            };
        }
    }

    private static Answer post(Stack stack, @Nullable String query, byte[] body) {
        if (stack.lock == null || !("ID=" + stack.lock).equals(query)) {
            return Answer.of(409);
        }
        stack.state = body;
        stack.versions++;
        return Answer.of(200);
    }

    private static Answer lock(Stack stack, byte[] body) {
        String id = id(body);
        if (stack.lock != null && !stack.lock.equals(id)) {
            return new Answer(423, ("{\"ID\":\"" + stack.lock + "\"}").getBytes(StandardCharsets.UTF_8));
        }
        stack.lock = id;
        return Answer.of(200);
    }

    private static Answer unlock(Stack stack, byte[] body) {
        if (body.length == 0 || stack.lock == null || !stack.lock.equals(id(body))) {
            return Answer.of(409);
        }
        stack.lock = null;
        return Answer.of(200);
    }

    private static String id(byte[] body) {
        JsonNode id = Json.tree(new String(body, StandardCharsets.UTF_8)).path("ID");
        return id.asText();
    }
}
