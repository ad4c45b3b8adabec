package dev.steward.bot.slack.socket;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One websocket, from its opening to its end; it is never opened again. Envelopes are handed on from the thread that
 * reads, which must stay free: pings are answered by it.
 */
final class Socket extends WebSocketListener {
    private static final Logger LOG = LoggerFactory.getLogger(Socket.class);
    private static final int NORMAL = 1000;
    private static final Map<String, Envelope.Kind> KINDS = Map.of("slash_commands", Envelope.Kind.COMMAND,
            "interactive", Envelope.Kind.INTERACTION, "events_api", Envelope.Kind.EVENT);

    private final BiConsumer<Socket, Envelope> handler;
    private final CompletableFuture<Boolean> greeted = new CompletableFuture<>();
    private final CompletableFuture<String> ended = new CompletableFuture<>();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable WebSocket socket;

    /**
     * A socket that is not open yet.
     *
     * @param handler
     *            takes each envelope, and must return at once
     */
    Socket(BiConsumer<Socket, Envelope> handler) {
        this.handler = handler;
    }

    /** Begins to connect to an address that Slack has given. */
    void connect(SlackApi api, String url) {
        socket = api.connect(url, this);
    }

    /** Waits for Slack's greeting; answers why it did not come, or nothing. */
    Optional<String> awaitGreeting(Duration limit) throws InterruptedException {
        try {
            return greeted.get(limit.toMillis(), TimeUnit.MILLISECONDS)
                    ? Optional.empty()
                    : Optional.of(ended.getNow("no greeting"));
        } catch (TimeoutException e) {
            return Optional.of("no greeting came within " + limit.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IllegalStateException("a greeting never fails by itself", e);
        }
    }

    /** Waits until Slack says that it will close it, or until it is closed; answers why. */
    String awaitEnd() throws InterruptedException {
        try {
            return ended.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end never fails by itself", e);
        }
    }

    /** Whether envelopes come over it and acknowledgements go. */
    boolean isOpen() {
        return closed.getCount() > 0 && greeted.getNow(false);
    }

    /** Sends an acknowledgement; answers false if it cannot be sent any more. */
    boolean acknowledge(Envelope envelope, Optional<JsonNode> payload) {
        WebSocket open = socket;
        String text = payload.map(answer -> Json.text(Map.of("envelope_id", envelope.id(), "payload", answer)))
                .orElseGet(() -> Json.text(Map.of("envelope_id", envelope.id())));
        return open != null && open.send(text);
    }

    /** Waits until the other side has closed it, at most that long, and then closes it from this side. */
    void closeAfter(Duration patience, Duration limit) throws InterruptedException {
        if (!closed.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
            close();
            awaitClosed(limit);
        }
    }

    /** Begins to close it; what was acknowledged before is still sent. */
    void close() {
        WebSocket open = socket;
        if (open != null) {
            open.close(NORMAL, null);
        }
    }

    /** Waits until it is closed, and cuts it off after the limit. */
    void awaitClosed(Duration limit) throws InterruptedException {
        if (!closed.await(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            drop();
        }
    }

    /** Ends it at once. */
    void drop() {
        WebSocket open = socket;
        if (open != null) {
            open.cancel();
        }
    }

    @Override
    public void onMessage(WebSocket from, String text) {
        JsonNode message;
        try {
            message = Json.tree(text);
        } catch (IllegalArgumentException e) {
            LOG.debug("a message over a connection to Slack that is not JSON");
            return;
        }
        String type = message.path("type").asText();
        Envelope.Kind kind = KINDS.get(type);
        if (kind != null) {
            envelope(kind, message);
        } else if (type.equals("hello")) {
            greeted.complete(true);
        } else if (type.equals("disconnect")) {
            end("Slack said: " + message.path("reason").asText("no reason"));
        } else {
            LOG.debug("a message over a connection to Slack of an unknown type");
        }
    }

    private void envelope(Envelope.Kind kind, JsonNode message) {
        String id = message.path("envelope_id").asText();
        if (id.isEmpty() || !message.path("payload").isObject()) {
            LOG.warn("an envelope without its id or payload came from Slack; it is ignored");
            return;
        }
        handler.accept(this, new Envelope(id, kind, message.path("payload"),
                message.path("accepts_response_payload").asBoolean()));
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
        from.close(NORMAL, null);
        end("closed by Slack with code " + code);
    }

    @Override
    public void onClosed(WebSocket from, int code, String reason) {
        end("closed");
        closed.countDown();
    }

    @Override
    public void onFailure(WebSocket from, Throwable failure, @Nullable Response response) {
        // The message of such an exception may hold the address, and with it the ticket.
        end(response == null ? failure.getClass().getSimpleName() : "HTTP status " + response.code());
        closed.countDown();
    }

    private void end(String why) {
        ended.complete(why);
        greeted.complete(false);
    }
}
