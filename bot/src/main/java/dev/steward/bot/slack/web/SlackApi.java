package dev.steward.bot.slack.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.Slack;
import com.slack.api.SlackConfig;
import com.slack.api.util.http.SlackHttpClient;
import dev.steward.database.Json;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;

/**
 * Slack's Web API. Each call is made once: the HTTP client's own repetition after a broken connection is switched off,
 * because it sends a POST again whose first copy may have arrived (OkHttp's {@code RetryAndFollowUpInterceptor}).
 * Thread-safe.
 */
public final class SlackApi implements AutoCloseable {
    private static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(30);
    private static final Duration LONGEST_RETRY_AFTER = Duration.ofMinutes(10);
    /** Answers to these pings tell a connection that died in silence from one over which nothing happens. */
    private static final Duration PING_EVERY = Duration.ofSeconds(10);
    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    /** Errors by which Slack says that it failed, not that it refused. */
    private static final Set<String> SLACKS_OWN_FAILURES = Set.of("internal_error", "fatal_error",
            "service_unavailable", "request_timeout");

    private final String base;
    private final String token;
    private final OkHttpClient client;
    private final Slack slack;
    private volatile Consumer<Boolean> observer = answered -> {};

    /**
     * An API for one workspace's bot.
     *
     * @param prefix
     *            what stands before a method's name, for example {@code https://slack.com/api/}
     * @param token
     *            the bot token, or for Socket Mode the app-level token
     * @param patience
     *            how long one call may take in all
     */
    public SlackApi(URI prefix, String token, Duration patience) {
        this.base = prefix.toString().replaceAll("/+$", "") + "/";
        this.token = token;
        SlackConfig config = new SlackConfig();
        config.setMethodsEndpointUrlPrefix(base);
        config.setHttpClientCallTimeoutMillis((int) patience.toMillis());
        config.setHttpClientReadTimeoutMillis((int) patience.toMillis());
        config.setHttpClientWriteTimeoutMillis((int) patience.toMillis());
        client = SlackHttpClient.buildOkHttpClient(config).newBuilder().retryOnConnectionFailure(false)
                .connectTimeout(patience.toMillis(), TimeUnit.MILLISECONDS).build();
        SlackHttpClient http = new SlackHttpClient(client);
        http.setConfig(config);
        slack = Slack.getInstance(config, http);
    }

    /** Has the observer told after each call whether Slack answered it, be it with a refusal. */
    public void observe(Consumer<Boolean> told) {
        observer = told;
    }

    /** The SDK's client over the same connections, for Bolt. */
    public Slack sdk() {
        return slack;
    }

    /**
     * Calls a method.
     *
     * @param args
     *            its arguments; whatever is not text, a number or a truth value is sent as JSON
     */
    public SlackAnswer call(String method, Map<String, ?> args) {
        FormBody.Builder form = new FormBody.Builder();
        args.forEach((name, value) -> form.add(name, written(value)));
        return send(new Request.Builder().url(base + method).header("Authorization", "Bearer " + token)
                .post(form.build()).build());
    }

    /**
     * Answers a command or a click in private, through the address that came with it; such an address works 5 times
     * within 30 min.
     */
    public SlackAnswer respond(String responseUrl, Map<String, ?> message) {
        HttpUrl url = HttpUrl.parse(responseUrl);
        return url == null
                ? new SlackAnswer.Lost(false, false, "an address that is none")
                : send(new Request.Builder().url(url).post(RequestBody.create(Json.text(message), JSON)).build());
    }

    /**
     * Begins to open a websocket.
     *
     * @param url
     *            with the scheme {@code wss} or {@code ws}
     * @throws IllegalArgumentException
     *             if it is none; the message may hold it, with its ticket
     */
    public WebSocket connect(String url, WebSocketListener listener) {
        Request request = new Request.Builder().url(url).build();
        return client.newBuilder().pingInterval(PING_EVERY.toMillis(), TimeUnit.MILLISECONDS).build()
                .newWebSocket(request, listener);
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }

    private SlackAnswer send(Request request) {
        SlackAnswer answer = sent(request);
        observer.accept(!(answer instanceof SlackAnswer.Lost lost) || !lost.outage());
        return answer;
    }

    private SlackAnswer sent(Request request) {
        try (Response response = client.newCall(request).execute(); ResponseBody body = response.body()) {
            if (response.code() == 429) {
                return new SlackAnswer.Limited(retryAfter(response));
            }
            if (!response.isSuccessful()) {
                return new SlackAnswer.Lost(response.code() >= 500, response.code() >= 500,
                        "HTTP status " + response.code());
            }
            return read(body == null ? "" : body.string());
        } catch (ConnectException | UnknownHostException e) {
            return new SlackAnswer.Lost(false, true, e.getClass().getSimpleName());
        } catch (IOException e) {
            return new SlackAnswer.Lost(true, true, e.getClass().getSimpleName());
        }
    }

    private static SlackAnswer read(String text) {
        if (text.equals("ok")) {
            return new SlackAnswer.Ok(Json.tree("{\"ok\":true}"));
        }
        JsonNode body;
        try {
            body = Json.tree(text);
        } catch (IllegalArgumentException e) {
            return new SlackAnswer.Lost(true, true, "an answer that is not JSON");
        }
        if (body.path("ok").asBoolean()) {
            return new SlackAnswer.Ok(body);
        }
        String error = body.path("error").asText("");
        return switch (error) {
            case "" -> new SlackAnswer.Lost(true, true, "an answer without ok and error");
            case "ratelimited", "rate_limited" -> new SlackAnswer.Limited(DEFAULT_RETRY_AFTER);
            default -> SLACKS_OWN_FAILURES.contains(error)
                    ? new SlackAnswer.Lost(true, true, error)
                    : new SlackAnswer.Refused(error, body);
        };
    }

    private static Duration retryAfter(Response response) {
        String header = response.header("Retry-After");
        if (header == null || !header.matches("\\d{1,9}")) {
            return DEFAULT_RETRY_AFTER;
        }
        Duration asked = Duration.ofSeconds(Math.max(1, Long.parseLong(header)));
        return asked.compareTo(LONGEST_RETRY_AFTER) < 0 ? asked : LONGEST_RETRY_AFTER;
    }

    private static String written(Object value) {
        return value instanceof CharSequence || value instanceof Number || value instanceof Boolean
                ? value.toString()
                : Json.text(value);
    }
}
