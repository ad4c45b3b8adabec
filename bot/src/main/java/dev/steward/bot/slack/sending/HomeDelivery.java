package dev.steward.bot.slack.sending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Json;
import dev.steward.database.Sha256;
import dev.steward.outbox.Message;
import dev.steward.outbox.Priority;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Publishes somebody's home as it is now, with the hash of what was published last: a call that was slow on its way
 * cannot put an older home over a newer one.
 */
final class HomeDelivery {
    private static final Logger LOG = LoggerFactory.getLogger(HomeDelivery.class);
    private static final String PUBLISH = "views.publish";

    private final SlackApi api;
    private final Rates rates;
    private final Fate fate;
    private final LongFunction<Optional<String>> slackUsers;
    private final LongFunction<Optional<Map<String, Object>>> homes;

    /**
     * @param homes
     *            the home of a person in the catalog; empty for somebody who is to have none
     */
    HomeDelivery(SlackApi api, Rates rates, Fate fate, LongFunction<Optional<String>> slackUsers,
            LongFunction<Optional<Map<String, Object>>> homes) {
        this.api = api;
        this.rates = rates;
        this.fate = fate;
        this.slackUsers = slackUsers;
        this.homes = homes;
    }

    void publish(Message.Due due, long person) {
        Optional<String> user = slackUsers.apply(person);
        Optional<Map<String, Object>> home = user.isEmpty() ? Optional.empty() : homes.apply(person);
        String digest = home.map(view -> Sha256.of(Json.text(view))).orElse("");
        Message.Posted before = due.posted();
        if (user.isEmpty() || home.isEmpty() || (before != null && before.digest().equals(digest))) {
            fate.settled(due);
            return;
        }
        boolean progress = due.priority() == Priority.PROGRESS;
        if (!rates.home(progress).isZero()) {
            fate.waitBehind(due, Rates.placeOfHome(progress));
            return;
        }
        settle(due, call(due, user.get(), home.get()), new Message.Posted(user.get(), "", digest));
    }

    private void settle(Message.Due due, SlackAnswer answer, Message.Posted published) {
        switch (answer) {
            case SlackAnswer.Ok(JsonNode body) -> fate.sent(due, new Message.Posted(published.channel(),
                    body.path("view").path("hash").asText(), published.digest()));
            case SlackAnswer.Limited(Duration limit) -> {
                rates.pauseHomes(limit);
                fate.limited(due, Rates.HOMES);
            }
            case SlackAnswer.Lost lost -> fate.retry(due, lost.maybeDone() || due.uncertain(),
                    PUBLISH + ": " + lost.why());
            case SlackAnswer.Refused(String error, JsonNode body) -> {
                LOG.error("{} was refused with {} {}", PUBLISH, error, body.path("response_metadata"));
                fate.refused(due, PUBLISH, error);
            }
        }
    }

    /** After a call whose answer was lost, the hash is not known; where it is another, there is no other publisher to heed. */
    private SlackAnswer call(Message.Due due, String user, Map<String, Object> home) {
        Map<String, Object> args = new HashMap<>(Map.of("user_id", user, "view", home));
        Message.Posted before = due.posted();
        if (before != null && !before.ts().isEmpty() && !due.uncertain()) {
            args.put("hash", before.ts());
        }
        SlackAnswer answer = api.call(PUBLISH, args);
        if (answer instanceof SlackAnswer.Refused refused && refused.error().equals("hash_conflict")) {
            args.remove("hash");
            return api.call(PUBLISH, args);
        }
        return answer;
    }
}
