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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens modals before their trigger runs out. When it is not known who somebody is, Slack has to be asked first: then a
 * loading modal takes the trigger at once, and is updated afterwards.
 */
final class Opening {
    private static final Logger LOG = LoggerFactory.getLogger(Opening.class);
    private static final Set<String> TOO_LATE = Set.of("expired_trigger_id", "exchanged_trigger_id",
            "invalid_trigger_id", "trigger_expired", "trigger_exchanged");
    private static final int MOST_UPDATES = 3;

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
     * @return false if Slack did not open it, or may not have: it was too late, or Slack failed
     */
    boolean open(String trigger, String user, String title, Function<Person, Map<String, Object>> modal) {
        Optional<Person> known = directory.fresh(user);
        if (known.isPresent()) {
            return view("views.open", Map.of("trigger_id", trigger, "view", forMember(known.get(), modal)))
                    .isPresent();
        }
        return view("views.open", Map.of("trigger_id", trigger, "view", Modals.loading(title))).map(view -> {
            Map<String, Object> now = switch (directory.find(user)) {
                case Directory.Lookup.Known(Person person) -> forMember(person, modal);
                case Directory.Lookup.Nobody nobody -> notice(words.unknownPerson());
                case Directory.Lookup.Unclear unclear -> notice(words.unknownPerson());
            };
            return filled(view, now);
        }).orElse(false);
    }

    /** A loading modal that stays says nothing, so it is tried again: a second update to the same does no harm. */
    private boolean filled(String view, Map<String, Object> now) {
        for (int tries = 0; tries < MOST_UPDATES; tries++) {
            if (view("views.update", Map.of("view_id", view, "view", now)).isPresent()) {
                return true;
            }
        }
        return false;
    }

    private Map<String, Object> forMember(Person person, Function<Person, Map<String, Object>> modal) {
        return person.mayAct() ? modal.apply(person) : notice(words.notAMember(person));
    }

    private static Map<String, Object> notice(Rendered message) {
        return Modals.notice("Steward", message.text());
    }

    /** Calls a method that shows a view; answers the view's id, or nothing if Slack does not show it. */
    private Optional<String> view(String method, Map<String, Object> args) {
        return switch (api.call(method, args)) {
            case SlackAnswer.Ok(JsonNode body) -> Optional.of(body.path("view").path("id").asText());
            case SlackAnswer.Refused(String error, JsonNode body) -> {
                if (!TOO_LATE.contains(error)) {
                    throw new IllegalStateException(
                            method + " was refused: " + error + " " + body.path("response_metadata"));
                }
                yield Optional.empty();
            }
            case SlackAnswer.Limited limited -> failed(method, "rate limited");
            case SlackAnswer.Lost lost -> failed(method, lost.why());
        };
    }

    private static Optional<String> failed(String method, String why) {
        LOG.warn("{} failed, so a form is not open: {}", method, why);
        return Optional.empty();
    }
}
