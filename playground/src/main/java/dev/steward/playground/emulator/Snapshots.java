package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.journal.Delivery;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;

/** The emulator's state as JSON, for the control API. */
final class Snapshots {
    private final SlackEmulator slack;

    Snapshots(SlackEmulator slack) {
        this.slack = slack;
    }

    /** People, user groups, conversations with their messages, and what each person has before them. */
    ObjectNode state() {
        ObjectNode state = Json.object().put("now", slack.clock().instant().toString());
        ArrayNode people = state.putArray("people");
        ArrayNode groups = state.putArray("groups");
        ArrayNode channels = state.putArray("channels");
        Workspace workspace = slack.workspace();
        workspace.change(() -> {
            workspace.directory().accounts().stream().filter(account -> account.kind() != Account.Kind.BOT)
                    .forEach(account -> people.add(person(slack.person(account.id()))));
            workspace.directory().groups().forEach(group -> groups.add(SlackJson.group(group, true)));
            workspace.conversations().all().forEach(one -> channels.add(channel(one)));
        });
        return state;
    }

    ObjectNode person(Person person) {
        ObjectNode shown = slack.workspace()
                .atomically(() -> SlackJson.user(slack.workspace().directory().account(person.id()).orElseThrow()));
        person.view().ifPresent(view -> shown.set("view", view(view)));
        person.home().ifPresent(home -> shown.set("home", view(home)));
        ArrayNode ephemerals = shown.putArray("ephemerals");
        person.ephemerals().forEach(one -> ephemerals.add(said(one.ts(), one.text(), one.plainText())
                .put("channel", one.channel()).set("blocks", one.blocks())));
        ArrayNode notices = shown.putArray("notices");
        person.notices().forEach(notice -> notices.addObject().put("at", notice.at().toString()).put("text",
                notice.text()));
        shown.set("direct_messages", messages(person.directMessages()));
        return shown;
    }

    /** A channel with all its messages, replies included. */
    ObjectNode channel(String nameOrId) {
        return slack.workspace().atomically(
                () -> channel(slack.workspace().conversations().find(slack.channel(nameOrId).id()).orElseThrow()));
    }

    ObjectNode clock() {
        return Json.object().put("now", slack.clock().instant().toString()).put("now_s",
                slack.clock().instant().getEpochSecond())
                .put("advanced_ms", slack.clock().advanced().toMillis());
    }

    /** Whether Socket Mode is on, and how many connections are open. */
    ObjectNode sockets() {
        return Json.object().put("on", slack.sockets().isOn()).put("open", slack.sockets().open()).put("waiting",
                slack.sockets().waiting());
    }

    static ObjectNode delivery(Delivery delivery) {
        ObjectNode shown = Json.object().put("number", delivery.number()).put("kind", delivery.kind())
                .put("attempt", delivery.attempt()).put("outcome", delivery.reply().outcome().name())
                .put("status", delivery.reply().status()).put("body", delivery.reply().body())
                .put("sent_at", delivery.reply().sentAt().toString())
                .put("took_ms", delivery.reply().took().toMillis());
        delivery.fault().ifPresent(fault -> shown.put("fault", fault));
        delivery.shown().ifPresent(text -> shown.put("shown", text));
        shown.set("payload", delivery.payload());
        return shown;
    }

    ObjectNode message(Message message) {
        return SlackJson.message(message.stored(), true).put("plain_text", message.plainText());
    }

    private ObjectNode channel(Conversation one) {
        ObjectNode shown = SlackJson.conversation(one);
        shown.set("members", SlackJson.texts(one.members()));
        shown.set("messages", messages(
                slack.workspace().conversations().messages(one.id()).stream().map(Message::new).toList()));
        return shown;
    }

    private ArrayNode messages(List<Message> messages) {
        ArrayNode shown = Json.array();
        messages.forEach(message -> shown.add(message(message)));
        return shown;
    }

    private static ObjectNode view(View view) {
        ObjectNode shown = SlackJson.view(view.stored(), view.values()).put("plain_text", view.plainText());
        shown.set("errors", Json.tree(view.errors()));
        return shown;
    }

    private static ObjectNode said(String ts, String text, String plainText) {
        return Json.object().put("ts", ts).put("text", text).put("plain_text", plainText);
    }
}
