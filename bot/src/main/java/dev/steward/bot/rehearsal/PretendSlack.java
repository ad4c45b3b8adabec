package dev.steward.bot.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.database.Json;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A Slack on the loopback address that agrees to everything and remembers what it was told. Thread-safe. */
final class PretendSlack implements AutoCloseable {
    static final String TEAM = "T0REHEARSAL";
    static final String GROUP = "S0REHEARSAL";
    /** Asks for things. */
    static final String ASKER = "U0ASKER";
    /** Decides on them, and is the admin. */
    static final String DECIDER = "U0DECIDER";
    /** The one channel; whatever it is called, it is found by this id. */
    static final String CHANNEL = "C0REHEARSAL";

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Call> calls = new ArrayList<>();
    private int messages;

    /** What Slack was told: a method of its API and the arguments. */
    record Call(String method, Map<String, String> arguments) {
        String text(String name) {
            return arguments.getOrDefault(name, "");
        }

        JsonNode json(String name) {
            return Json.tree(arguments.getOrDefault(name, "null"));
        }
    }

    private PretendSlack(HttpServer server) {
        this.server = server;
    }

    static PretendSlack start() throws IOException {
        var slack = new PretendSlack(
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
        slack.server.createContext("/", slack::handle);
        slack.server.setExecutor(slack.threads);
        slack.server.start();
        return slack;
    }

    /** What stands before a method's name. */
    URI api() {
        return URI.create(base() + "api/");
    }

    /** Where a command or a click is answered in private. */
    URI response() {
        return URI.create(base() + "response");
    }

    private String base() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /**
     * Waits until Slack was told something.
     *
     * @param found
     *            what is wanted of a call; nothing when it is not the one
     * @throws IllegalStateException
     *             if it was not told within the limit
     */
    synchronized <T> T await(String what, Duration limit, Function<Call, Optional<T>> found)
            throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        while (true) {
            Optional<T> there = calls.reversed().stream().map(found).flatMap(Optional::stream).findFirst();
            if (there.isPresent()) {
                return there.get();
            }
            long millis = (deadline - System.nanoTime()) / 1_000_000;
            if (millis <= 0) {
                throw new IllegalStateException("in " + limit.toSeconds() + " s there was no " + what);
            }
            wait(millis);
        }
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> arguments = body.startsWith("{") ? Map.of("body", body) : form(body);
            byte[] answer = Json.text(answer(exchange.getRequestURI().getPath().replaceFirst("^/(api/)?", ""),
                    arguments)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json; charset=utf-8");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
        }
    }

    private synchronized Map<String, Object> answer(String method, Map<String, String> arguments) {
        calls.add(new Call(method, arguments));
        notifyAll();
        Map<String, Object> answer = new HashMap<>(Map.of("ok", true));
        answer.putAll(switch (method) {
            case "auth.test" -> Map.of("team_id", TEAM, "team", "Rehearsal", "user_id", "U0STEWARD", "bot_id",
                    "B0STEWARD", "user", "steward", "url", "https://rehearsal.slack.com/");
            case "users.info" -> Map.of("user", person(arguments.getOrDefault("user", ASKER)));
            case "usergroups.users.list" -> Map.of("users", List.of(ASKER, DECIDER));
            case "conversations.open" -> Map.of("channel", Map.of("id", "D" + arguments.get("users")));
            case "chat.postMessage" -> Map.of("channel", arguments.getOrDefault("channel", ""), "ts",
                    1_000_000 + ++messages + ".000100");
            case "chat.update" -> Map.of("channel", arguments.getOrDefault("channel", ""), "ts",
                    arguments.getOrDefault("ts", ""));
            case "views.open", "views.update" -> Map.of("view", Map.of("id", "V0REHEARSAL", "hash", "1"));
            default -> Map.of();
        });
        return answer;
    }

    private static Map<String, Object> person(String user) {
        String name = user.equals(ASKER) ? "Anna" : "Ben";
        return Map.of("id", user, "team_id", TEAM, "name", name, "real_name", name, "profile",
                Map.of("real_name", name, "display_name", name, "email", name + "@rehearsal.example"));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> arguments = new HashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                arguments.put(decoded(pair.substring(0, equals)), decoded(pair.substring(equals + 1)));
            }
        }
        return arguments;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.close();
    }
}
