package dev.steward.bot.slack.channels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Incidents;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Gets people into the channel of an incident. Whom Slack would not have keeps out nobody else; why is kept with the
 * incident.
 */
final class Invitations {
    /** Slack takes so many at once. */
    private static final int AT_ONCE = 100;

    private final SlackApi api;
    private final Database database;
    private final Incidents incidents;

    Invitations(SlackApi api, Database database, Incidents incidents) {
        this.api = api;
        this.database = database;
        this.incidents = incidents;
    }

    /** Invites them; answers what keeps the rest from being invited now. */
    Optional<Stop> invite(IncidentId incident, String channel, List<Person> people) {
        Map<String, Person> byAccount = new LinkedHashMap<>();
        people.forEach(person -> person.slack().ifPresent(account -> byAccount.put(account.user(), person)));
        note(incident, people.stream().filter(person -> person.slack().isEmpty()).toList(),
                "nobody knows their account in Slack");
        List<String> accounts = List.copyOf(byAccount.keySet());
        for (int from = 0; from < accounts.size(); from += AT_ONCE) {
            List<String> batch = accounts.subList(from, Math.min(accounts.size(), from + AT_ONCE));
            Optional<Stop> stop = batch(incident, channel, batch, byAccount);
            if (stop.isPresent()) {
                return stop;
            }
        }
        return Optional.empty();
    }

    private Optional<Stop> batch(IncidentId incident, String channel, List<String> batch,
            Map<String, Person> byAccount) {
        return switch (api.call("conversations.invite",
                Map.of("channel", channel, "users", String.join(",", batch), "force", true))) {
            case SlackAnswer.Ok(JsonNode body) -> {
                note(incident, batch, byAccount, errors(body));
                yield Optional.empty();
            }
            case SlackAnswer.Limited(Duration wait) -> Optional.of(new Stop.Later(wait));
            case SlackAnswer.Lost _ -> Optional.of(new Stop.Later(Stop.SOON));
            case SlackAnswer.Refused(String error, JsonNode body) -> refused(incident, channel, batch, byAccount, error,
                    body);
        };
    }

    /** Slack says who it was, or it was the only one, or each is tried alone. */
    private Optional<Stop> refused(IncidentId incident, String channel, List<String> batch,
            Map<String, Person> byAccount, String error, JsonNode body) {
        if (Trouble.ofChannel(error) || error.equals("missing_scope")) {
            return Optional.of(new Stop.Stuck(Trouble.of("conversations.invite", error)));
        }
        Map<String, String> errors = errors(body);
        if (errors.keySet().containsAll(batch) || batch.size() == 1) {
            batch.forEach(account -> errors.putIfAbsent(account, error));
            note(incident, batch, byAccount, errors);
            return Optional.empty();
        }
        return batch.stream().map(account -> batch(incident, channel, List.of(account), byAccount))
                .flatMap(Optional::stream).findFirst();
    }

    private static Map<String, String> errors(JsonNode body) {
        Map<String, String> errors = new HashMap<>();
        body.path("errors").forEach(one -> errors.put(one.path("user").asText(), one.path("error").asText()));
        return errors;
    }

    private void note(IncidentId incident, List<String> batch, Map<String, Person> byAccount,
            Map<String, String> errors) {
        database.writing(h -> batch.forEach(account -> Optional.ofNullable(byAccount.get(account)).ifPresent(
                person -> incidents.joined(h, incident, person.id(), Optional.ofNullable(errors.get(account))
                        .map(Trouble::ofInvitation).filter(text -> !text.isEmpty())))));
    }

    private void note(IncidentId incident, List<Person> people, String trouble) {
        if (!people.isEmpty()) {
            database.writing(h -> people.forEach(
                    person -> incidents.joined(h, incident, person.id(), Optional.of(trouble))));
        }
    }
}
