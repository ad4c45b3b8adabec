package dev.steward.bot.slack.channels;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.people.Directory;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Who wrote a message, and what it says to somebody who reads it outside Slack. */
public record Authors(Database database, People people, Directory directory) {

    /** Who wrote it: a user, or the bot of some app. */
    Actor of(JsonNode message) {
        return directory.account(id(message));
    }

    /** Its text, with the names of those whom it mentions. */
    String text(Handle handle, JsonNode message) {
        return SlackText.of(message, user -> name(handle, user));
    }

    /** What somebody wrote, with the names of those whom it mentions. */
    public String plain(String markup) {
        return database.read(h -> SlackText.plain(markup, user -> name(h, user)));
    }

    private String name(Handle handle, String user) {
        Optional<Person> person = people.bySlack(handle, directory.account(user));
        return person.map(Person::displayName).orElse(user);
    }

    private static String id(JsonNode message) {
        String user = message.path("user").asText();
        return user.isEmpty() ? message.path("bot_id").asText("unknown") : user;
    }
}
