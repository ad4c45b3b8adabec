package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.views.CommandAnswers;
import dev.steward.bot.slack.views.Modals;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.Person;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Opens modals before their trigger runs out. When it is not known who somebody is, Slack has to be asked first: then a
 * loading modal takes the trigger at once, and is updated afterwards.
 */
final class Opening {
    private static final Set<String> TOO_LATE = Set.of("expired_trigger_id", "exchanged_trigger_id",
            "invalid_trigger_id", "trigger_expired", "trigger_exchanged");

    private final SlackApi api;
    private final Directory directory;
    private final CommandAnswers words;

    Opening(SlackApi api, Directory directory, CommandAnswers words) {
        this.api = api;
        this.directory = directory;
        this.words = words;
    }

    /**
     * Opens a modal for somebody.
     *
     * @param title
     *            shown while it is found out who they are
     * @param modal
     *            what to show a member
     * @return false if it was too late
     */
    boolean open(String trigger, String user, String title, Function<Person, Map<String, Object>> modal) {
        Optional<Person> known = directory.fresh(user);
        if (known.isPresent()) {
            return open(trigger, forMember(known.get(), modal)).isPresent();
        }
        Optional<String> opened = open(trigger, Modals.loading(title));
        opened.ifPresent(view -> {
            Map<String, Object> now = switch (directory.find(user)) {
                case Directory.Lookup.Known(Person person) -> forMember(person, modal);
                case Directory.Lookup.Nobody nobody -> notice(words.unknownPerson());
                case Directory.Lookup.Unclear unclear -> notice(words.unknownPerson());
            };
            expect(api.call("views.update", Map.of("view_id", view, "view", now)));
        });
        return opened.isPresent();
    }

    private Map<String, Object> forMember(Person person, Function<Person, Map<String, Object>> modal) {
        return person.mayAct() ? modal.apply(person) : notice(words.notAMember(person));
    }

    private Optional<String> open(String trigger, Map<String, Object> view) {
        SlackAnswer answer = api.call("views.open", Map.of("trigger_id", trigger, "view", view));
        if (answer instanceof SlackAnswer.Refused refused && TOO_LATE.contains(refused.error())) {
            return Optional.empty();
        }
        return Optional.of(expect(answer).path("view").path("id").asText());
    }

    private static Map<String, Object> notice(Rendered message) {
        return Modals.notice("Steward", message.text());
    }

    private static JsonNode expect(SlackAnswer answer) {
        return switch (answer) {
            case SlackAnswer.Ok(JsonNode body) -> body;
            case SlackAnswer.Refused refused -> throw new IllegalStateException("a modal was refused: "
                    + refused.error() + " " + refused.body().path("response_metadata"));
            case SlackAnswer.Limited limited -> throw new IllegalStateException("a modal was refused: rate limited");
            case SlackAnswer.Lost lost -> throw new IllegalStateException("a modal may not be open: " + lost.why());
        };
    }
}
