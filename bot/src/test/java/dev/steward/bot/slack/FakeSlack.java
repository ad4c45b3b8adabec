package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.steward.database.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/**
 * A Slack that answers as told: for faults that the strict emulator has no reason to have. By default it accepts
 * everything, and remembers what was posted.
 */
public final class FakeSlack implements AutoCloseable {
    public static final String BOT_USER = "UBOT";

    private final HttpServer server;
    private final List<Call> calls = new ArrayList<>();
    private final Map<String, Deque<Answer>> scripted = new ConcurrentHashMap<>();
    private final Map<String, Map<String, String>> posted = new LinkedHashMap<>();
    private final Map<String, String> homes = new HashMap<>();
    private int lastTs = 1_000_000;

    /** A call as it came in. */
    public record Call(String method, Map<String, String> args) {
        public String arg(String name) {
            return args.getOrDefault(name, "");
        }
    }

    /** How to answer one call. */
    public record Answer(int status, Map<String, String> headers, String body, boolean applied, boolean answered) {
        public static Answer error(String error) {
            return new Answer(200, Map.of(), "{\"ok\":false,\"error\":\"" + error + "\"}", false, true);
        }

        public static Answer limited(int seconds) {
            return new Answer(429, Map.of("Retry-After", "" + seconds), "{\"ok\":false,\"error\":\"ratelimited\"}",
                    false, true);
        }

        public static Answer status(int status) {
            return new Answer(status, Map.of(), "oops", false, true);
        }

        /** Done, but the connection breaks before the answer. */
        public static Answer lost() {
            return new Answer(0, Map.of(), "", true, false);
        }

        /** Done, but the answer is not JSON. */
        public static Answer garbled() {
            return new Answer(200, Map.of(), "<html>", true, true);
        }

        public static Answer json(String body) {
            return new Answer(200, Map.of(), body, false, true);
        }
    }

    public FakeSlack() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    public URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What stands before a method's name. */
    public URI api() {
        return URI.create(url() + "/api/");
    }

    /** Answers the next call of the method like this, then the one after like the next. */
    public FakeSlack next(String method, Answer... answers) {
        scripted.computeIfAbsent(method, m -> new ArrayDeque<>()).addAll(List.of(answers));
        return this;
    }

    public synchronized List<Call> calls(String method) {
        return calls.stream().filter(c -> c.method().equals(method)).toList();
    }

    public synchronized List<Call> calls() {
        return List.copyOf(calls);
    }

    /** The messages that stand in Slack, by timestamp. */
    public synchronized Map<String, Map<String, String>> messages() {
        return Map.copyOf(posted);
    }

    /** Somebody deletes every message. */
    public synchronized void deleteMessages() {
        posted.clear();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) {
        try (exchange) {
            String method = exchange.getRequestURI().getPath().replaceFirst("^/(api/)?", "");
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> args = body.startsWith("{") ? Map.of("json", body) : form(body);
            Answer answer = answer(method, args);
            if (!answer.answered()) {
                return;
            }
            answer.headers().forEach(exchange.getResponseHeaders()::add);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            byte[] bytes = answer.body().getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(answer.status(), bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private synchronized Answer answer(String method, Map<String, String> args) {
        calls.add(new Call(method, args));
        Deque<Answer> script = scripted.getOrDefault(method, new ArrayDeque<>());
        Answer next = script.poll();
        if (next != null && !next.applied()) {
            return next;
        }
        String body = apply(method, args);
        return next != null ? next : Answer.json(body);
    }

    private String apply(String method, Map<String, String> args) {
        return switch (method) {
            case "auth.test" -> """
                    {"ok":true,"team_id":"T1","user_id":"UBOT","bot_id":"BBOT","url":"https://x.slack.com/"}""";
            case "chat.postMessage" -> {
                String ts = ++lastTs + ".000100";
                posted.put(ts, args);
                yield Json.text(Map.of("ok", true, "channel", args.getOrDefault("channel", ""), "ts", ts));
            }
            case "chat.update" -> {
                String ts = args.getOrDefault("ts", "");
                if (!posted.containsKey(ts)) {
                    yield "{\"ok\":false,\"error\":\"message_not_found\"}";
                }
                posted.put(ts, args);
                yield Json.text(Map.of("ok", true, "channel", args.getOrDefault("channel", ""), "ts", ts));
            }
            case "conversations.list" -> """
                    {"ok":true,"channels":[{"id":"C0REQUESTS","name":"requests"},{"id":"C0FALLBACK","name":"fallback"},
                    {"id":"C0OLD","name":"old"},{"id":"C0OTHER","name":"other"}]}""";
            case "conversations.open" -> "{\"ok\":true,\"channel\":{\"id\":\"D0" + args.get("users") + "\"}}";
            case "views.publish" -> {
                boolean old = args.containsKey("hash") && !args.get("hash").equals(homes.get(args.get("user_id")));
                if (old) {
                    yield "{\"ok\":false,\"error\":\"hash_conflict\"}";
                }
                homes.put(args.getOrDefault("user_id", ""), "hash" + ++lastTs);
                yield "{\"ok\":true,\"view\":{\"id\":\"V1\",\"hash\":\"hash" + lastTs + "\"}}";
            }
            case "conversations.history", "conversations.replies" -> history(args);
            default -> "{\"ok\":true}";
        };
    }

    private String history(Map<String, String> args) {
        List<Map<String, Object>> messages = new ArrayList<>();
        posted.forEach((ts, message) -> {
            if (message.getOrDefault("channel", "").equals(args.get("channel"))) {
                JsonNode metadata = Json.tree(message.getOrDefault("metadata", "{}"));
                messages.add(Map.of("ts", ts, "user", BOT_USER, "metadata", metadata));
            }
        });
        return Json.text(Map.of("ok", true, "messages", messages));
    }

    private static Map<String, String> form(String body) {
        Map<String, String> args = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int eq = pair.indexOf('=');
            if (eq > 0) {
                args.put(decoded(pair.substring(0, eq)), decoded(pair.substring(eq + 1)));
            }
        }
        return args;
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
