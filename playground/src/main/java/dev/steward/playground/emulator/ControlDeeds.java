package dev.steward.playground.emulator;

import static dev.steward.playground.emulator.ControlActs.channel;
import static dev.steward.playground.emulator.ControlActs.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.BiConsumer;

/** The acts of the control API that the bot does not answer: what people do with messages and with channels. */
final class ControlDeeds {
    private ControlDeeds() {}

    /** What the act of this name does; throws {@link IllegalArgumentException} when there is none. */
    static BiConsumer<Person, ObjectNode> deed(String act) {
        return switch (act) {
            case "react" -> (person, given) -> person.deeds().react(channel(person, given), text(given, "ts"),
                    text(given, "name"));
            case "unreact" -> (person, given) -> person.deeds().unreact(channel(person, given), text(given, "ts"),
                    text(given, "name"));
            case "pin" -> (person, given) -> person.deeds().pin(channel(person, given), text(given, "ts"));
            case "unpin" -> (person, given) -> person.deeds().unpin(channel(person, given), text(given, "ts"));
            case "edit" -> (person, given) -> person.deeds().edit(channel(person, given), text(given, "ts"),
                    text(given, "text"));
            case "delete" -> (person, given) -> person.deeds().delete(channel(person, given), text(given, "ts"));
            case "dismiss" -> (person, given) -> person.deeds().dismiss(text(given, given.has("id") ? "id" : "ts"));
            default -> channelDeed(act);
        };
    }

    private static BiConsumer<Person, ObjectNode> channelDeed(String act) {
        return switch (act) {
            case "create-channel" -> (person, given) -> person.channelDeeds().create(text(given, "name"),
                    given.path("private").asBoolean());
            case "join-channel" -> (person, given) -> person.channelDeeds().join(channel(person, given));
            case "leave-channel" -> (person, given) -> person.channelDeeds().leave(channel(person, given));
            case "invite" -> (person, given) -> person.channelDeeds().invite(channel(person, given),
                    text(given, "user"));
            case "remove" -> (person, given) -> person.channelDeeds().remove(channel(person, given),
                    text(given, "user"));
            case "archive" -> (person, given) -> person.channelDeeds().archive(channel(person, given));
            case "unarchive" -> (person, given) -> person.channelDeeds().unarchive(channel(person, given));
            case "rename" -> (person, given) -> person.channelDeeds().rename(channel(person, given),
                    text(given, "name"));
            case "topic" -> (person, given) -> person.channelDeeds().topic(channel(person, given),
                    given.path("text").asText());
            case "purpose" -> (person, given) -> person.channelDeeds().purpose(channel(person, given),
                    given.path("text").asText());
            case "bookmark" -> (person, given) -> person.channelDeeds().bookmark(channel(person, given),
                    text(given, "title"), text(given, "link"));
            case "unbookmark" -> (person, given) -> person.channelDeeds().unbookmark(channel(person, given),
                    text(given, "id"));
            default -> throw new IllegalArgumentException("There is no act called \"" + act + "\"");
        };
    }
}
