package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.blockkit.BlockKit;
import dev.steward.playground.emulator.blockkit.Problem;
import dev.steward.playground.emulator.forms.Form;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.journal.Delivery.Outcome;
import dev.steward.playground.emulator.journal.Journal;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.webapi.ResponseMessages;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.ResponseUrls;
import dev.steward.playground.emulator.workspace.StoredView;
import dev.steward.playground.emulator.workspace.Views;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What Slack does with the bot's answer to a delivery, and what it tells the person when it can do nothing with it. */
final class Replies {
    static final String TROUBLE = "We had some trouble connecting. Try again?";

    private final Workspace workspace;
    private final Journal journal;
    private final ResponseMessages responses;

    Replies(Workspace workspace, Journal journal, ResponseMessages responses) {
        this.workspace = workspace;
        this.journal = journal;
        this.responses = responses;
    }

    /** A command: an empty body says nothing, a text or a message is shown. */
    Delivery toCommand(Account who, String channelId, Delivery delivery) {
        String command = delivery.payload().path("command").asText();
        if (!delivery.acknowledged()) {
            return refused(who, delivery, delivery.reply().outcome() == Outcome.TIMED_OUT
                    ? command
                            + " failed because the app did not respond. Please try again or contact the app developer."
                    : command + " failed with the error \"dispatch_failed\"", "");
        }
        String body = delivery.reply().body().strip();
        if (body.isEmpty()) {
            return delivery;
        }
        Optional<JsonNode> json = Json.parse(body);
        if (json.isEmpty() && body.startsWith("{")) {
            return refused(who, delivery, command + " failed with the error \"invalid_command_response\"", "no JSON");
        }
        ObjectNode message = json.orElse(null) instanceof ObjectNode object
                ? object
                : Json.object().put("text", body);
        Optional<ObjectNode> refusal = workspace.atomically(
                () -> responses.apply(new ResponseUrls.Origin(who.id(), channelId, Optional.empty()), message));
        return refusal.map(why -> refused(who, delivery,
                command + " failed with the error \"invalid_command_response\"", why.toString())).orElse(delivery);
    }

    /** A click, a shortcut, a closed view: whatever the body says is ignored. */
    Delivery toInteraction(Account who, Delivery delivery) {
        return delivery.acknowledged() ? delivery : refused(who, delivery, TROUBLE, "");
    }

    /** A submission: an empty body closes the view, a response action does what it says. */
    Delivery toSubmission(Account who, StoredView view, Delivery delivery) {
        if (!delivery.acknowledged()) {
            return refused(who, delivery, TROUBLE, "");
        }
        String body = delivery.reply().body().strip();
        String problem = workspace.atomically(() -> submitted(who, view, body));
        return problem.isEmpty() ? delivery : refused(who, delivery, TROUBLE, problem);
    }

    /** The options answered to a query. A bad answer shows no options. */
    List<JsonNode> toSuggestion(Account who, Delivery delivery) {
        JsonNode answer = Json.parse(delivery.reply().body()).orElse(Json.array());
        List<Problem> problems = delivery.acknowledged() ? BlockKit.suggestions(answer) : List.of();
        if (!delivery.acknowledged() || !problems.isEmpty()) {
            refused(who, delivery, "Uh oh! There was an error loading these options.", problems.toString());
            return List.of();
        }
        return BlockKit.offeredOptions(answer);
    }

    /** Empty when Slack could do what was asked, else what was wrong. */
    private String submitted(Account who, StoredView view, String body) {
        Views views = workspace.views();
        views.showErrors(view, Map.of());
        if (body.isEmpty()) {
            views.close(view);
            return "";
        }
        JsonNode answer = Json.parse(body).orElse(Json.array());
        return switch (answer.path("response_action").asText()) {
            case "clear" -> {
                views.clear(who.id());
                yield "";
            }
            case "errors" -> showErrors(view, answer.path("errors"));
            case "update" -> {
                String problem = viewProblem(answer.path("view"), Optional.of(view));
                if (problem.isEmpty() && answer.path("view") instanceof ObjectNode definition) {
                    views.update(current(view), definition);
                }
                yield problem;
            }
            case "push" -> {
                String problem = views.stack(who.id()).size() >= Views.DEPTH
                        ? "push_limit_reached"
                        : viewProblem(answer.path("view"), Optional.empty());
                if (problem.isEmpty() && answer.path("view") instanceof ObjectNode definition) {
                    views.push(who.id(), definition);
                }
                yield problem;
            }
            default -> "The body is neither empty nor a known response_action: " + body;
        };
    }

    private StoredView current(StoredView view) {
        return workspace.views().byId(view.id()).orElse(view);
    }

    private String viewProblem(JsonNode view, Optional<StoredView> instead) {
        if (BlockKit.viewTooLarge(view)) {
            return "view_too_large";
        }
        List<Problem> problems = BlockKit.view(view);
        if (problems.isEmpty() && !view.path("type").asText().equals("modal")) {
            return "A response_action needs a modal";
        }
        Optional<StoredView> holder = Optional.of(view.path("external_id").asText()).filter(id -> !id.isEmpty())
                .flatMap(workspace.views()::byExternalId);
        if (holder.isPresent() && !holder.map(StoredView::id).equals(instead.map(StoredView::id))) {
            return "duplicate_external_id";
        }
        return problems.isEmpty() ? "" : problems.toString();
    }

    private String showErrors(StoredView view, JsonNode errors) {
        Map<String, String> shown = new LinkedHashMap<>();
        Form form = new Form(current(view).definition().path("blocks"));
        for (Map.Entry<String, JsonNode> error : errors.properties()) {
            boolean known = form.fields().stream()
                    .anyMatch(field -> field.input() && field.blockId().equals(error.getKey()));
            if (!known) {
                return "errors names \"" + error.getKey() + "\", which is not the block_id of an input block";
            }
            if (!error.getValue().isTextual() || error.getValue().textValue().isBlank()) {
                return "errors has no text for \"" + error.getKey() + "\"";
            }
            shown.put(error.getKey(), error.getValue().textValue());
        }
        if (shown.isEmpty()) {
            return "errors is empty";
        }
        workspace.views().showErrors(view, shown);
        return "";
    }

    private Delivery refused(Account who, Delivery delivery, String text, String detail) {
        JsonNode payload = delivery.payload();
        Optional<String> where = Stream.of(payload.path("channel_id"), payload.at("/channel/id"))
                .filter(JsonNode::isTextual).map(JsonNode::textValue).findFirst();
        workspace.change(() -> workspace.notice(who.id(), where, text));
        return journal.shown(delivery, detail.isEmpty() ? text : text + " (" + detail + ")");
    }
}
