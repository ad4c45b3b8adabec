package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.slack.api.app_backend.interactive_components.payload.BlockActionPayload;
import com.slack.api.app_backend.interactive_components.payload.BlockSuggestionPayload;
import com.slack.api.app_backend.slash_commands.payload.SlashCommandPayload;
import com.slack.api.app_backend.views.payload.ViewSubmissionPayload;
import com.slack.api.model.view.View;
import com.slack.api.model.view.ViewState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Turns the SDK's payloads, in which anything may be null, into our own records. */
final class Payloads {
    private Payloads() {}

    static CommandCall command(SlashCommandPayload payload) {
        return new CommandCall(text(payload.getUserId()), text(payload.getChannelId()), text(payload.getCommand()),
                text(payload.getText()).strip(), text(payload.getTriggerId()), text(payload.getResponseUrl()));
    }

    static Click click(BlockActionPayload payload) {
        BlockActionPayload.Action action = payload.getActions().getFirst();
        return new Click(payload.getUser().getId(), text(action.getActionId()), text(action.getBlockId()),
                value(action),
                text(payload.getTriggerId()), Optional.ofNullable(payload.getResponseUrl()),
                Optional.ofNullable(payload.getView()).map(Payloads::view));
    }

    /** A click on a button of a message or of a home, from the payload as it came. */
    static Click click(JsonNode payload) {
        JsonNode action = payload.path("actions").path(0);
        return new Click(payload.at("/user/id").asText(), action.path("action_id").asText(),
                action.path("block_id").asText(),
                action.path("value").asText(action.at("/selected_option/value").asText()),
                payload.path("trigger_id").asText(),
                Optional.ofNullable(payload.path("response_url").textValue()),
                Optional.of(payload.path("view")).filter(JsonNode::isObject).map(view -> new OpenView(
                        view.path("id").asText(), view.path("hash").asText(), view.path("callback_id").asText(), "",
                        Map.of())));
    }

    static Submission submission(ViewSubmissionPayload payload) {
        return new Submission(payload.getUser().getId(), view(payload.getView()));
    }

    /** The trigger of a submission; empty in the rare payload without one. */
    static String trigger(ViewSubmissionPayload payload) {
        return text(payload.getTriggerId());
    }

    static Suggestion suggestion(BlockSuggestionPayload payload) {
        return new Suggestion(payload.getUser().getId(), text(payload.getActionId()), text(payload.getValue()).strip());
    }

    private static String value(BlockActionPayload.Action action) {
        if (action.getSelectedOption() != null) {
            return text(action.getSelectedOption().getValue());
        }
        return Stream.of(action.getValue(), action.getSelectedDate(), action.getSelectedUser())
                .filter(Objects::nonNull).findFirst().orElse("");
    }

    private static OpenView view(View view) {
        Map<String, Object> answers = new HashMap<>();
        ViewState state = view.getState();
        if (state != null && state.getValues() != null) {
            state.getValues()
                    .forEach((block, elements) -> Optional.ofNullable(elements).stream()
                            .flatMap(of -> of.values().stream()).filter(Objects::nonNull).map(Payloads::entered)
                            .flatMap(Optional::stream).findFirst().ifPresent(answer -> answers.put(block, answer)));
        }
        return new OpenView(text(view.getId()), text(view.getHash()), text(view.getCallbackId()),
                text(view.getPrivateMetadata()), answers);
    }

    private static Optional<Object> entered(ViewState.Value value) {
        if (value.getSelectedOptions() != null) {
            List<String> chosen = value.getSelectedOptions().stream().map(o -> text(o.getValue())).toList();
            return chosen.isEmpty() ? Optional.empty() : Optional.of(chosen);
        }
        if (value.getSelectedOption() != null) {
            return Optional.of(text(value.getSelectedOption().getValue()));
        }
        return Stream.of(value.getValue(), value.getSelectedDate(), value.getSelectedUser())
                .filter(Objects::nonNull).filter(text -> !text.isBlank()).<Object>map(text -> text).findFirst();
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text;
    }
}
