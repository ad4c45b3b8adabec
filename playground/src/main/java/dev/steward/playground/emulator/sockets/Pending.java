package dev.steward.playground.emulator.sockets;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** An envelope that was sent over a connection and waits for its acknowledgement. */
final class Pending {
    private final String envelope;
    private final Link link;
    private final CompletableFuture<End> end = new CompletableFuture<>();

    /** What became of it. */
    sealed interface End {}

    /** It was acknowledged; the payload may be missing. */
    record Answered(JsonNode payload) implements End {}

    /** Nothing came in time. */
    record TimedOut() implements End {}

    /** Its connection has ended. */
    record Lost() implements End {}

    Pending(String envelope, Link link) {
        this.envelope = envelope;
        this.link = link;
    }

    String envelope() {
        return envelope;
    }

    Link link() {
        return link;
    }

    void answered(JsonNode payload) {
        end.complete(new Answered(payload));
    }

    void lost() {
        end.complete(new Lost());
    }

    End await(Duration limit) {
        try {
            return end.get(Math.max(0, limit.toNanos()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return new TimedOut();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Lost();
        } catch (ExecutionException e) {
            throw new IllegalStateException("an end never fails by itself", e);
        }
    }
}
