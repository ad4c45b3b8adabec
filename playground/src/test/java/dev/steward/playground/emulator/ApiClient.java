package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;

/** Calls the Web API as a bot would. Values of a call come in pairs: name, value, name, value. */
final class ApiClient implements AutoCloseable {
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI base;
    private final String token;

    ApiClient(SlackEmulator slack) {
        this(slack, slack.botToken());
    }

    private ApiClient(SlackEmulator slack, String token) {
        this.base = slack.apiUrl();
        this.token = token;
    }

    /** Calls with another token than the bot's. */
    static ApiClient withToken(SlackEmulator slack, String token) {
        return new ApiClient(slack, token);
    }

    JsonNode call(String method, Object... pairs) {
        return body(send(method, "application/x-www-form-urlencoded", "Bearer " + token, form(pairs)));
    }

    JsonNode json(String method, String body) {
        return body(send(method, "application/json; charset=utf-8", "Bearer " + token, body));
    }

    static String form(Object... pairs) {
        ObjectNode fields = Json.object();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.put(pairs[i].toString(), pairs[i + 1].toString());
        }
        return fields.properties().stream().map(field -> field.getKey() + "="
                + URLEncoder.encode(field.getValue().asText(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    HttpResponse<String> send(String method, String type, String authorization, String body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(method)).header("Content-Type", type)
                .POST(HttpRequest.BodyPublishers.ofString(body));
        if (!authorization.isEmpty()) {
            request.header("Authorization", authorization);
        }
        return send(request.build());
    }

    HttpResponse<String> post(URI url, String json) {
        return send(HttpRequest.newBuilder(url).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json)).build());
    }

    HttpResponse<String> get(URI url) {
        return send(HttpRequest.newBuilder(url).header("Authorization", "Bearer " + token).build());
    }

    HttpResponse<String> send(String verb, URI url) {
        return send(HttpRequest.newBuilder(url).method(verb, HttpRequest.BodyPublishers.noBody()).build());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode body(HttpResponse<String> response) {
        return Json.parseObject(response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
