package dev.steward.playground.emulator.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.forms.Form;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Notice;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.StoredMessage;
import dev.steward.playground.emulator.workspace.StoredView;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;
import java.util.stream.Collectors;

/** What one person's client shows beside the conversation that is open. Used inside the workspace's lock. */
final class Screen {
    /** Older notices are no longer shown. */
    private static final int NOTICES = 50;

    private final Workspace workspace;
    private final Account who;
    private final Mentions mentions;

    Screen(Workspace workspace, Account who) {
        this.workspace = workspace;
        this.who = who;
        this.mentions = new Mentions(who, workspace.directory().groups());
    }

    ObjectNode shown() {
        workspace.conversations().openDirect(who.id());
        ObjectNode shown = Json.object();
        ArrayNode channels = shown.putArray("channels");
        workspace.conversations().all().stream().filter(one -> one.visibleTo(who))
                .forEach(one -> channels.add(channel(one)));
        ArrayNode views = shown.putArray("views");
        workspace.views().stack(who.id()).forEach(view -> views.add(view(view, "modal")));
        shown.set("home", workspace.views().home(who.id()).<JsonNode>map(home -> view(home, "home"))
                .orElse(Json.object().nullNode()));
        ArrayNode notices = shown.putArray("notices");
        List<Notice> all = workspace.notices(who.id());
        all.subList(Math.max(0, all.size() - NOTICES), all.size()).forEach(notice -> notices.add(notice(notice)));
        return shown;
    }

    private ObjectNode channel(Conversation one) {
        boolean member = one.has(who.id());
        ObjectNode shown = Json.object().put("id", one.id())
                .put("name", name(one)).put("kind", kind(one));
        if (one.direct()) {
            shown.put("with", one.other(who.id()));
        }
        shown.put("archived", one.archived()).put("member", member).put("topic", one.about().topic())
                .put("purpose", one.about().purpose()).set("members", SlackJson.texts(one.members()));
        ArrayNode bookmarks = shown.putArray("bookmarks");
        workspace.conversations().marks().bookmarks(one.id()).forEach(bookmark -> bookmarks.addObject()
                .put("id", bookmark.id()).put("title", bookmark.title()).put("link", bookmark.link())
                .put("emoji", bookmark.emoji()));
        List<StoredMessage> said = workspace.conversations().messages(one.id()).stream()
                .filter(message -> !message.reply() && message.content().written()).toList();
        String mark = workspace.readMarks().at(who.id(), one.id());
        List<StoredMessage> unread = said.stream().filter(message -> member && message.ts().compareTo(mark) > 0)
                .filter(message -> !message.author().equals(who.id())).toList();
        return shown.put("unread", unread.size())
                .put("mentions", one.direct() ? unread.size() : unread.stream().filter(mentions::in).count())
                .put("latest_ts", said.isEmpty() ? "" : said.getLast().ts());
    }

    private Account account(String id) {
        return workspace.directory().account(id).orElseThrow();
    }

    private String name(Conversation one) {
        return switch (one.kind()) {
            case PUBLIC, PRIVATE -> one.name();
            case DIRECT -> account(one.other(who.id())).name();
            case GROUP -> one.without(who.id()).members().stream().map(id -> account(id).name())
                    .collect(Collectors.joining(", "));
        };
    }

    private static String kind(Conversation one) {
        return switch (one.kind()) {
            case PUBLIC -> "channel";
            case PRIVATE, GROUP -> "private";
            case DIRECT -> "dm";
        };
    }

    private ObjectNode view(StoredView view, String type) {
        JsonNode definition = view.definition();
        ObjectNode shown = Json.object().put("id", view.id()).put("type", type).put("hash", view.hash())
                .put("callback_id", definition.path("callback_id").asText())
                .put("title", definition.path("title").path("text").asText());
        for (String button : List.of("submit", "close")) {
            if (definition.hasNonNull(button)) {
                shown.put(button, definition.path(button).path("text").asText());
            }
        }
        JsonNode blocks = definition.path("blocks").deepCopy();
        shown.set("blocks", blocks);
        shown.set("values", new Form(blocks).values(view.values()));
        shown.set("errors", Json.tree(workspace.views().errors(view)));
        return shown;
    }

    private static ObjectNode notice(Notice notice) {
        ObjectNode shown = Json.object().put("id", notice.id()).put("text", notice.text()).put("at",
                notice.at().getEpochSecond());
        notice.channelId().ifPresent(channel -> shown.put("channel", channel));
        return shown;
    }
}
