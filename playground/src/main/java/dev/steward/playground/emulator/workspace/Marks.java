package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** What people fix to channels and messages: pins and bookmarks, in the order in which they were made. */
public final class Marks {
    private final Ids ids;
    private final InstantSource clock;
    private final Consumer<String> changed;
    private final Map<String, Pin> pins = new LinkedHashMap<>();
    private final Map<String, Bookmark> bookmarks = new LinkedHashMap<>();

    /**
     * No marks yet.
     *
     * @param changed is told the id of each channel whose marks change
     */
    Marks(Ids ids, InstantSource clock, Consumer<String> changed) {
        this.ids = ids;
        this.clock = clock;
        this.changed = changed;
    }

    void save(ObjectNode into) {
        into.set("pins", Saved.array(pins.values(), Marks::saved));
        into.set("bookmarks", Saved.array(bookmarks.values(), Marks::saved));
    }

    void load(JsonNode saved) {
        Saved.list(saved.required("pins"), Marks::pin).forEach(one -> pins.put(key(one.channelId(), one.ts()), one));
        Saved.list(saved.required("bookmarks"), Marks::bookmark).forEach(one -> bookmarks.put(one.id(), one));
    }

    /** False when it was pinned before. */
    boolean pin(StoredMessage message, String by) {
        Pin made = new Pin(message.channelId(), message.ts(), by, clock.instant());
        changed.accept(message.channelId());
        return pins.putIfAbsent(key(message.channelId(), message.ts()), made) == null;
    }

    /** False when it was not pinned. */
    boolean unpin(StoredMessage message) {
        changed.accept(message.channelId());
        return pins.remove(key(message.channelId(), message.ts())) != null;
    }

    public Optional<Pin> pin(StoredMessage message) {
        return Optional.ofNullable(pins.get(key(message.channelId(), message.ts())));
    }

    /** The pins of a channel, oldest first. */
    public List<Pin> pins(String channelId) {
        return pins.values().stream().filter(one -> one.channelId().equals(channelId)).toList();
    }

    /** The bookmarks of a channel, oldest first. */
    public List<Bookmark> bookmarks(String channelId) {
        return bookmarks.values().stream().filter(one -> one.channelId().equals(channelId)).toList();
    }

    public Bookmark bookmark(String channelId, String title, String link, String emoji, String by) {
        return put(new Bookmark(ids.next("Bk"), channelId, title, link, emoji, by, clock.instant(), clock.instant()));
    }

    public Bookmark change(Bookmark before, String title, String link, String emoji, String by) {
        return put(new Bookmark(before.id(), before.channelId(), title, link, emoji, by, before.created(),
                clock.instant()));
    }

    public void remove(Bookmark bookmark) {
        bookmarks.remove(bookmark.id());
        changed.accept(bookmark.channelId());
    }

    private Bookmark put(Bookmark bookmark) {
        bookmarks.put(bookmark.id(), bookmark);
        changed.accept(bookmark.channelId());
        return bookmark;
    }

    private static String key(String channelId, String ts) {
        return channelId + "/" + ts;
    }

    private static ObjectNode saved(Pin one) {
        return Json.object().put("channel", one.channelId()).put("ts", one.ts()).put("by", one.by()).put("at",
                one.at().toString());
    }

    private static Pin pin(JsonNode one) {
        return new Pin(Saved.text(one, "channel"), Saved.text(one, "ts"), Saved.text(one, "by"), at(one, "at"));
    }

    private static ObjectNode saved(Bookmark one) {
        return Json.object().put("id", one.id()).put("channel", one.channelId()).put("title", one.title())
                .put("link", one.link()).put("emoji", one.emoji()).put("by", one.by())
                .put("created", one.created().toString()).put("updated", one.updated().toString());
    }

    private static Bookmark bookmark(JsonNode one) {
        return new Bookmark(Saved.text(one, "id"), Saved.text(one, "channel"), Saved.text(one, "title"),
                Saved.text(one, "link"), Saved.text(one, "emoji"), Saved.text(one, "by"), at(one, "created"),
                at(one, "updated"));
    }

    private static Instant at(JsonNode one, String field) {
        return Saved.instant(one, field);
    }
}
