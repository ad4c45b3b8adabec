package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.playground.emulator.faults.Fault;
import dev.steward.playground.emulator.faults.Strike;
import dev.steward.playground.emulator.json.Json;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What a call came to, before a fault has its way with the answer. Status 0: nothing is answered. */
record Served(int status, Map<String, String> headers, JsonNode body) {

    /** Too many calls: nothing is applied. */
    static Served rateLimited(Duration wait) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return new Served(429, Map.of("Retry-After", Long.toString(seconds)), failed("ratelimited"));
    }

    /** What a fault does instead of the call, after the time that it takes; empty where the call is applied. */
    static Optional<Served> instead(Strike strike) {
        return switch (strike.fault()) {
            case Fault.RateLimited(Duration retryAfter) -> Optional.of(rateLimited(retryAfter));
            case Fault.ServerError(int status) -> Optional.of(new Served(status, Map.of(), failed("internal_error")));
            case Fault.Hang(Duration until) -> {
                strike.pause(until);
                yield Optional.of(new Served(0, Map.of(), failed("hang")));
            }
            case Fault.Reset reset -> Optional.of(new Served(0, Map.of(), failed("connection_reset")));
            case Fault.Slow(Duration by) -> {
                strike.pause(by);
                yield Optional.empty();
            }
            case Fault.ResponseLost lost -> Optional.empty();
            case Fault.Truncated truncated -> Optional.empty();
            case Fault.MalformedBody malformed -> Optional.empty();
            case Fault.Duplicated duplicated -> Optional.empty();
            case Fault.Late late -> Optional.empty();
            case Fault.Reordered reordered -> Optional.empty();
            case Fault.SocketDropped dropped -> Optional.empty();
        };
    }

    /**
     * What goes over the wire.
     *
     * @param whole
     *            the answer where no fault struck
     */
    Answer answer(Optional<Strike> strike, Answer.Whole whole) {
        if (status == 0) {
            return new Answer.Reset();
        }
        return switch (strike.map(Strike::fault).orElse(null)) {
            case Fault.ResponseLost lost -> new Answer.Reset();
            case Fault.Truncated truncated -> new Answer.Cut();
            case Fault.MalformedBody malformed ->
                new Answer.Whole(whole.status(), whole.headers(), whole.contentType(),
                        whole.body().substring(0, whole.body().length() / 2));
            case Fault.ServerError error ->
                new Answer.Whole(whole.status(), whole.headers(), "text/html",
                        "<html><body>Server error</body></html>");
            case null, default -> whole;
        };
    }

    private static JsonNode failed(String error) {
        return Json.object().put("ok", false).put("error", error);
    }
}
