package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.faults.Faults;
import dev.steward.playground.emulator.faults.Strike;
import dev.steward.playground.emulator.journal.Call;
import dev.steward.playground.emulator.journal.Journal;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Content;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.MessageActs;
import dev.steward.playground.emulator.workspace.ResponseUrls;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Whisper;
import dev.steward.playground.emulator.workspace.Workspace;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Messages sent to a response URL, or in the body of the answer to a command. */
public final class ResponseMessages {
    private static final Set<String> FIELDS = Set.of("text", "blocks", "attachments", "response_type",
            "replace_original", "delete_original", "thread_ts", "metadata", "mrkdwn", "unfurl_links", "unfurl_media");

    /** Characters of a message that the journal keeps: many times what a good one may have. */
    private static final int KEPT = 1_000_000;

    private final Workspace workspace;
    private final Journal journal;
    private final Faults faults;
    private final MessageActs acts;

    public ResponseMessages(Workspace workspace, Journal journal, Faults faults) {
        this.workspace = workspace;
        this.journal = journal;
        this.faults = faults;
        this.acts = new MessageActs(workspace);
    }

    /** Serves a POST to a response URL. A refused message costs no use. The body is empty where it was no text. */
    public Answer serve(String id, Optional<String> body) {
        long started = System.nanoTime();
        Optional<Strike> fault = faults.strike("response_url", workspace.atomically(() -> channel(id)));
        Optional<ObjectNode> payload = body.flatMap(Json::parse).filter(JsonNode::isObject).map(ObjectNode.class::cast);
        Served served = fault.flatMap(Served::instead).orElseGet(() -> workspace.atomically(() -> use(id, payload)));
        ObjectNode given = payload.filter(whole -> body.orElse("").length() <= KEPT).orElseGet(Json::object);
        Duration took = Duration.ofNanos(System.nanoTime() - started);
        journal.call(number -> new Call(number, workspace.clock().instant(), "response_url", given,
                new Call.Answered(served.status(), served.body(), took, fault.map(Strike::label))));
        return served.answer(fault, served.status() == 200
                ? new Answer.Whole(200, Map.of(), "text/plain", "ok")
                : new Answer.Whole(served.status(), served.headers(), "application/json; charset=utf-8",
                        served.body().toString()));
    }

    private String channel(String id) {
        return workspace.responseUrls().find(id) instanceof ResponseUrls.Found.Open open
                ? open.origin().channelId()
                : "";
    }

    private Served use(String id, Optional<ObjectNode> given) {
        return switch (workspace.responseUrls().find(id)) {
            case ResponseUrls.Found.Closed closed -> new Served(404, Map.of(), failed(closed.error()));
            case ResponseUrls.Found.Open open -> {
                Optional<ObjectNode> refused = given.isEmpty()
                        ? Optional.of(failed("invalid_payload"))
                        : apply(open.origin(), given.get());
                if (refused.isEmpty()) {
                    workspace.responseUrls().use(id);
                }
                yield refused.map(body -> new Served(400, Map.of(), body))
                        .orElseGet(() -> new Served(200, Map.of(), Json.object().put("ok", true)));
            }
        };
    }

    /** Says it, inside the workspace's lock. What comes back is Slack's refusal, if it refuses. */
    public Optional<ObjectNode> apply(ResponseUrls.Origin origin, ObjectNode given) {
        try {
            say(origin, given);
            return Optional.empty();
        } catch (ApiError error) {
            return Optional.of(error.body());
        }
    }

    private void say(ResponseUrls.Origin origin, ObjectNode given) {
        List<String> unknown = given.propertyStream().map(Map.Entry::getKey).filter(name -> !FIELDS.contains(name))
                .toList();
        if (!unknown.isEmpty()) {
            throw ApiError.invalidArguments(
                    unknown.stream().map(name -> "invalid additional property: " + name + " [json-pointer:]").toList());
        }
        Optional<StoredMessage> message = origin.originalTs()
                .flatMap(ts -> workspace.conversations().message(origin.channelId(), ts))
                .filter(one -> one.author().equals(Seed.BOT_USER));
        Optional<Whisper> whisper = origin.originalTs()
                .flatMap(ts -> workspace.conversations().whisper(origin.personId(), ts));
        if (given.path("delete_original").asBoolean()) {
            message.ifPresent(acts::delete);
            whisper.ifPresent(workspace.conversations()::delete);
            return;
        }
        Content content = Messages.read(Arguments.unchecked(given));
        if (given.path("replace_original").asBoolean() && (message.isPresent() || whisper.isPresent())) {
            message.ifPresent(one -> acts.edit(one, content));
            whisper.ifPresent(one -> workspace.conversations().replace(one, content));
            return;
        }
        fresh(origin, given, content);
    }

    private void fresh(ResponseUrls.Origin origin, JsonNode given, Content content) {
        Conversation where = workspace.conversations().find(origin.channelId()).orElseThrow();
        Optional<String> thread = Optional.of(given.path("thread_ts").asText()).filter(ts -> !ts.isEmpty());
        switch (given.path("response_type").asText("ephemeral")) {
            case "in_channel" ->
                acts.post(where, Seed.BOT_USER, thread, content);
            case "ephemeral" ->
                workspace.conversations().whisper(where.id(), origin.personId(), thread, content);
            default -> throw ApiError.invalidArguments(
                    List.of("must be a valid enum value [json-pointer:/response_type]"));
        }
    }

    private static ObjectNode failed(String error) {
        return Json.object().put("ok", false).put("error", error);
    }
}
