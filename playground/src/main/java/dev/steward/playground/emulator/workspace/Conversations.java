package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Channels, direct messages, and what was said in them. */
public final class Conversations {
    private final Ids ids;
    private final Changes changes;
    private final Map<String, Conversation> conversations = new LinkedHashMap<>();
    private final Map<String, SortedMap<String, StoredMessage>> messages = new LinkedHashMap<>();
    private final List<Whisper> whispers = new ArrayList<>();
    private final Reactions reactions = new Reactions();
    private final Marks marks;

    Conversations(Ids ids, InstantSource clock, Changes changes) {
        this.ids = ids;
        this.changes = changes;
        this.marks = new Marks(ids, clock, this::changed);
        Seed.conversations().forEach(this::put);
    }

    void save(ObjectNode into) {
        into.set("conversations", Saved.array(all(), Saved::of));
        into.set("messages", Saved.array(messages.values().stream().flatMap(in -> in.values().stream()).toList(),
                Saved::of));
        into.set("whispers", Saved.array(whispers, Saved::of));
        into.set("reactions", reactions.saved());
        marks.save(into);
    }

    void load(JsonNode saved) {
        conversations.clear();
        Saved.list(saved.required("conversations"), Saved::conversation).forEach(this::put);
        Saved.list(saved.required("messages"), Saved::message)
                .forEach(one -> inChannel(one.channelId()).put(one.ts(), one));
        whispers.addAll(Saved.list(saved.required("whispers"), Saved::whisper));
        reactions.load(saved.required("reactions"));
        marks.load(saved);
    }

    public List<Conversation> all() {
        return List.copyOf(conversations.values());
    }

    public Optional<Conversation> find(String id) {
        return Optional.ofNullable(conversations.get(id));
    }

    /** A channel by id, {@code #name} or name. */
    public Optional<Conversation> named(String idOrName) {
        String name = idOrName.startsWith("#") ? idOrName.substring(1) : idOrName;
        return find(idOrName).or(() -> conversations.values().stream()
                .filter(one -> one.channel() && one.name().equals(name)).findFirst());
    }

    public void put(Conversation conversation) {
        Conversation before = conversations.put(conversation.id(), conversation);
        if (!conversation.equals(before)) {
            changed(conversation);
            if (before != null) {
                changed(before);
            }
        }
    }

    public Conversation create(String name, Conversation.Kind kind, List<String> members, String creator) {
        Conversation made = new Conversation(ids.next("C"), name, kind, members, false, creator);
        put(made);
        return made;
    }

    /** The direct message between the bot and a person, if it was opened. */
    public Optional<Conversation> direct(String name) {
        return conversations.values().stream().filter(one -> one.direct() && one.name().equals(name)).findFirst();
    }

    public Conversation openDirect(String personId) {
        return direct(personId).orElseGet(() -> {
            Conversation made = new Conversation(ids.next("D"), personId, Conversation.Kind.DIRECT,
                    List.of(Seed.BOT_USER, personId), false, Seed.BOT_USER);
            put(made);
            return made;
        });
    }

    /** The direct message between two people, which no app is in. */
    public Conversation openDirect(String one, String other) {
        String name = Stream.of(one, other).sorted().collect(Collectors.joining(" "));
        return direct(name).orElseGet(() -> {
            Conversation made = new Conversation(ids.next("D"), name, Conversation.Kind.DIRECT,
                    Stream.of(one, other).distinct().toList(), false, one);
            put(made);
            return made;
        });
    }

    /** The direct message of the bot and these people, in whatever order, if it was opened. */
    public Optional<Conversation> group(List<String> people) {
        Set<String> wanted = Set.copyOf(people);
        return conversations.values().stream().filter(one -> one.kind() == Conversation.Kind.GROUP)
                .filter(one -> Set.copyOf(one.without(Seed.BOT_USER).members()).equals(wanted)).findFirst();
    }

    /** The same, opened where it was not; the name is Slack's, of the people's handles. */
    public Conversation openGroup(String name, List<String> people) {
        return group(people).orElseGet(() -> {
            Conversation made = new Conversation(ids.next("C"), name, Conversation.Kind.GROUP, people, false,
                    Seed.BOT_USER).with(Seed.BOT_USER);
            put(made);
            return made;
        });
    }

    /** The messages of a conversation, replies included, oldest first. */
    public List<StoredMessage> messages(String channelId) {
        return List.copyOf(inChannel(channelId).values());
    }

    public List<StoredMessage> thread(String channelId, String parentTs) {
        return messages(channelId).stream().filter(one -> one.ts().equals(parentTs)
                || one.threadTs().filter(parentTs::equals).isPresent()).toList();
    }

    public Optional<StoredMessage> message(String channelId, String ts) {
        return Optional.ofNullable(inChannel(channelId).get(ts));
    }

    /** Says something; a reply makes its parent a thread. */
    public StoredMessage post(String channelId, String author, Optional<String> threadTs, Content content) {
        StoredMessage posted = new StoredMessage(channelId, ids.nextTs(), author, threadTs, withIds(content),
                Optional.empty());
        threadTs.flatMap(parent -> message(channelId, parent))
                .ifPresent(parent -> inChannel(channelId).put(parent.ts(), parent.asParent()));
        inChannel(channelId).put(posted.ts(), posted);
        changed(channelId);
        return posted;
    }

    public StoredMessage edit(StoredMessage message, Content content) {
        StoredMessage edited = message.edited(withIds(content), ids.nextTs());
        inChannel(message.channelId()).put(message.ts(), edited);
        changed(message.channelId());
        return edited;
    }

    public void delete(StoredMessage message) {
        inChannel(message.channelId()).remove(message.ts());
        reactions.forget(key(message));
        marks.unpin(message);
        changed(message.channelId());
    }

    public Whisper whisper(String channelId, String personId, Optional<String> threadTs, Content content) {
        Whisper whisper = new Whisper(channelId, ids.nextTs(), personId, threadTs, withIds(content));
        whispers.add(whisper);
        changed(whisper);
        return whisper;
    }

    public List<Whisper> whispers(String personId) {
        return whispers.stream().filter(one -> one.personId().equals(personId)).toList();
    }

    public Optional<Whisper> whisper(String personId, String ts) {
        return whispers(personId).stream().filter(one -> one.ts().equals(ts)).findFirst();
    }

    public void replace(Whisper whisper, Content content) {
        whispers.replaceAll(one -> one.equals(whisper) ? one.saying(withIds(content)) : one);
        changed(whisper);
    }

    public void delete(Whisper whisper) {
        whispers.remove(whisper);
        changed(whisper);
    }

    /** False when this account has reacted so before. */
    boolean react(StoredMessage message, String name, String userId) {
        changed(message.channelId());
        return reactions.add(key(message), name, userId);
    }

    /** False when this account has not reacted so. */
    boolean unreact(StoredMessage message, String name, String userId) {
        changed(message.channelId());
        return reactions.remove(key(message), name, userId);
    }

    /** The reactions to a message in the order of their first, and who reacted so. */
    public Map<String, List<String>> reactions(StoredMessage message) {
        return reactions.of(key(message));
    }

    public boolean pinned(StoredMessage message) {
        return marks.pin(message).isPresent();
    }

    /** Pins and bookmarks. */
    public Marks marks() {
        return marks;
    }

    private static String key(StoredMessage message) {
        return message.channelId() + "/" + message.ts();
    }

    private void changed(String channelId) {
        find(channelId).ifPresent(this::changed);
    }

    private void changed(Conversation one) {
        boolean open = one.kind() == Conversation.Kind.PUBLIC;
        changes.note(new Change.InConversation(one.id(), open ? Set.of() : Set.copyOf(one.members())));
    }

    private void changed(Whisper whisper) {
        changes.note(new Change.InConversation(whisper.channelId(), Set.of(whisper.personId())));
    }

    private Content withIds(Content content) {
        ArrayNode blocks = BlockIds.filled(content.blocks(), ids);
        return new Content(content.text(), blocks, content.attachments(), content.metadata(), content.subtype());
    }

    private SortedMap<String, StoredMessage> inChannel(String channelId) {
        return messages.computeIfAbsent(channelId, key -> new TreeMap<>());
    }
}
