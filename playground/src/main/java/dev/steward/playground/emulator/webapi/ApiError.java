package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.blockkit.Problem;
import dev.steward.playground.emulator.json.Json;
import java.util.List;

/**
 * An answer of {@code ok:false}. Methods throw it from any depth, and {@link ApiGate} turns it into the response, so that
 * each method reads as the good path with its refusals beside it.
 */
final class ApiError extends RuntimeException {
    /** Whoever sends nonsense by the thousand is told the first of it. */
    private static final int REASONS = 100;

    private static final long serialVersionUID = 1L;

    private final transient ObjectNode body;

    private ApiError(String error, ObjectNode extra) {
        super(error);
        this.body = Json.object().put("ok", false).put("error", error).setAll(extra);
    }

    static ApiError of(String error) {
        return new ApiError(error, Json.object());
    }

    static ApiError with(String error, ObjectNode extra) {
        return new ApiError(error, extra);
    }

    /** {@code invalid_arguments}, with the reasons as Slack words them. */
    static ApiError invalidArguments(List<String> reasons) {
        return named("invalid_arguments", reasons);
    }

    static ApiError named(String error, List<String> reasons) {
        ObjectNode extra = Json.object();
        ArrayNode messages = extra.putObject("response_metadata").putArray("messages");
        reasons.stream().limit(REASONS).forEach(reason -> messages.add("[ERROR] " + reason));
        return new ApiError(error, extra);
    }

    /** {@code invalid_blocks}, as the chat methods answer it: the reasons twice. */
    static ApiError invalidBlocks(List<Problem> problems) {
        ApiError error = named("invalid_blocks", problems.stream().map(Problem::toString).toList());
        ArrayNode errors = error.body.putArray("errors");
        problems.stream().limit(REASONS).forEach(problem -> errors.add(problem.toString()));
        return error;
    }

    ObjectNode body() {
        return body;
    }
}
