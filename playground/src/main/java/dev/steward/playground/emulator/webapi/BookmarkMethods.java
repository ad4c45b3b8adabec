package dev.steward.playground.emulator.webapi;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Bookmark;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.Marks;
import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.emulator.workspace.Workspace;
import java.util.List;
import java.util.Map;

/** The methods {@code bookmarks.*}, for links: no other type of bookmark is served. No event tells of bookmarks. */
final class BookmarkMethods {
    /** Bookmarks of one channel. */
    private static final int MOST = 100;

    private final Workspace workspace;

    BookmarkMethods(Workspace workspace) {
        this.workspace = workspace;
    }

    Map<String, Method> all() {
        return Map.of("bookmarks.add", this::add, "bookmarks.edit", this::edit, "bookmarks.list", this::list,
                "bookmarks.remove", this::remove);
    }

    private ObjectNode add(Arguments arguments) {
        Conversation where = own(arguments);
        if (!arguments.required("type").equals("link")) {
            throw ApiError.of("invalid_bookmark_type");
        }
        String link = link(arguments, "");
        String emoji = emoji(arguments, "");
        if (marks().bookmarks(where.id()).size() >= MOST) {
            throw ApiError.of("too_many_bookmarks");
        }
        return shown(marks().bookmark(where.id(), arguments.required("title"), link, emoji, Seed.BOT_USER));
    }

    private ObjectNode edit(Arguments arguments) {
        Bookmark before = found(arguments);
        return shown(marks().change(before, arguments.text("title").orElse(before.title()),
                link(arguments, before.link()), emoji(arguments, before.emoji()), Seed.BOT_USER));
    }

    private ObjectNode list(Arguments arguments) {
        ObjectNode answer = Json.object();
        ArrayNode all = answer.putArray("bookmarks");
        marks().bookmarks(where(arguments).id()).forEach(one -> all.add(json(one)));
        return answer;
    }

    private ObjectNode remove(Arguments arguments) {
        marks().remove(found(arguments));
        return Json.object();
    }

    private Bookmark found(Arguments arguments) {
        String id = arguments.text("bookmark_id").orElse("");
        return marks().bookmarks(own(arguments).id()).stream().filter(one -> one.id().equals(id)).findFirst()
                .orElseThrow(() -> ApiError.of("not_found"));
    }

    private Conversation where(Arguments arguments) {
        return workspace.conversations().find(arguments.text("channel_id").orElse(""))
                .filter(one -> one.visibleTo(Seed.BOT_USER)).orElseThrow(() -> ApiError.of("channel_not_found"));
    }

    private Conversation own(Arguments arguments) {
        Conversation where = where(arguments);
        if (where.archived() || !where.has(Seed.BOT_USER)) {
            throw ApiError.of("permission_denied");
        }
        return where;
    }

    private static String link(Arguments arguments, String before) {
        String link = arguments.text("link").orElse(before);
        if (!link.matches("https?://[^\\s/]+\\S*") || link.length() > 3000) {
            throw ApiError.of("invalid_link");
        }
        return link;
    }

    private static String emoji(Arguments arguments, String before) {
        String emoji = arguments.text("emoji").orElse(before);
        if (!emoji.isEmpty() && !emoji.matches(":[a-z0-9_+'-]{1,100}:")) {
            throw ApiError.of("invalid_emoji");
        }
        return emoji;
    }

    private Marks marks() {
        return workspace.conversations().marks();
    }

    private static ObjectNode shown(Bookmark one) {
        return Json.object().set("bookmark", json(one));
    }

    private static ObjectNode json(Bookmark one) {
        ObjectNode shown = Json.object().put("id", one.id()).put("channel_id", one.channelId())
                .put("title", one.title()).put("link", one.link()).put("emoji", one.emoji())
                .put("type", "link").put("date_created", one.created().getEpochSecond())
                .put("date_updated", one.created().equals(one.updated()) ? 0 : one.updated().getEpochSecond())
                .put("rank", "0|hzzzzz:").put("last_updated_by_user_id", one.by())
                .put("last_updated_by_team_id", Seed.TEAM).put("app_id", Seed.APP);
        List.of("icon_url", "entity_id", "shortcut_id").forEach(shown::putNull);
        return shown;
    }
}
