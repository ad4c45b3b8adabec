package dev.steward.playground.emulator.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Content;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Pin;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.Whisper;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** What one person reads in one conversation: what was said there, and what only they were told. Used inside the workspace's lock. */
final class Transcript {
    private final Workspace workspace;
    private final Conversation where;
    private final List<StoredMessage> all;
    private final List<Whisper> whispers;

    Transcript(Workspace workspace, Account who, Conversation where) {
        this.workspace = workspace;
        this.where = where;
        this.all = workspace.conversations().messages(where.id());
        this.whispers = workspace.conversations().whispers(who.id()).stream()
                .filter(one -> one.channelId().equals(where.id())).toList();
    }

    /**
     * The latest of what stands in the conversation itself, oldest first.
     *
     * @param before only what has an earlier ts; empty for all
     */
    ObjectNode latest(String before, int limit) {
        SortedMap<String, ObjectNode> found = new TreeMap<>();
        all.stream().filter(one -> !one.reply()).filter(one -> earlier(one.ts(), before))
                .forEach(one -> found.put(one.ts(), message(one)));
        whispers.stream().filter(one -> one.threadTs().isEmpty()).filter(one -> earlier(one.ts(), before))
                .forEach(one -> found.put(one.ts(), message(one)));
        ObjectNode shown = Json.object();
        ArrayNode messages = shown.putArray("messages");
        found.values().stream().skip(Math.max(0, found.size() - limit)).forEach(messages::add);
        shown.put("has_more", found.size() > limit);
        shown.set("pinned", SlackJson.texts(workspace.conversations().marks().pins(where.id()).stream()
                .map(Pin::ts).toList()));
        return shown;
    }

    /** A message and the replies to it; throws {@link Refusal} when there is no such message. */
    ObjectNode thread(String parentTs) {
        StoredMessage parent = all.stream().filter(one -> one.ts().equals(parentTs)).findFirst()
                .orElseThrow(() -> new Refusal(404, "There is no message " + parentTs + " in " + where.id()));
        SortedMap<String, ObjectNode> found = new TreeMap<>();
        replies(parent).forEach(one -> found.put(one.ts(), message(one)));
        whispers.stream().filter(one -> one.threadTs().filter(parentTs::equals).isPresent())
                .forEach(one -> found.put(one.ts(), message(one)));
        ObjectNode shown = Json.object();
        shown.putArray("messages").add(message(parent)).addAll(found.values());
        return shown;
    }

    private static boolean earlier(String ts, String before) {
        return before.isEmpty() || ts.compareTo(before) < 0;
    }

    private List<StoredMessage> replies(StoredMessage parent) {
        return parent.threadTs().isEmpty() || parent.reply()
                ? List.of()
                : all.stream().filter(StoredMessage::reply)
                        .filter(one -> one.threadTs().filter(parent.ts()::equals).isPresent()).toList();
    }

    private ObjectNode message(StoredMessage one) {
        ObjectNode shown = said(one.ts(), one.threadTs(), one.author(), one.content());
        shown.put("edited", one.editedTs().isPresent()).put("pinned", workspace.conversations().pinned(one));
        ArrayNode reactions = shown.putArray("reactions");
        workspace.conversations().reactions(one).forEach(
                (name, users) -> reactions.addObject().put("name", name).set("users", SlackJson.texts(users)));
        List<StoredMessage> replies = replies(one);
        shown.put("reply_count", replies.size()).set("reply_users",
                SlackJson.texts(replies.stream().map(StoredMessage::author).distinct().toList()));
        if (!replies.isEmpty()) {
            shown.put("latest_reply", replies.getLast().ts());
        }
        return shown;
    }

    private static ObjectNode message(Whisper one) {
        ObjectNode shown = said(one.ts(), one.threadTs(), Seed.BOT_USER, one.content()).put("ephemeral", true)
                .put("pinned", false).put("reply_count", 0);
        shown.putArray("reactions");
        shown.putArray("reply_users");
        return shown;
    }

    private static ObjectNode said(String ts, Optional<String> threadTs, String author, Content content) {
        ObjectNode shown = Json.object().put("ts", ts).put("user", author)
                .put("is_bot", author.equals(Seed.BOT_USER)).put("text", content.text());
        threadTs.ifPresent(parent -> shown.put("thread_ts", parent));
        if (!content.written()) {
            shown.put("subtype", content.subtype());
        }
        if (!content.blocks().isEmpty()) {
            shown.set("blocks", content.blocks().deepCopy());
        }
        if (!content.attachments().isMissingNode()) {
            shown.set("attachments", content.attachments().deepCopy());
        }
        return shown;
    }
}
