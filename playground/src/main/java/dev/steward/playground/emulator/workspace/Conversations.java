package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Channels, direct messages, and what was said in them. */
public final class Conversations {
    private final Ids ids;
    private final Map<String, Conversation> conversations = new LinkedHashMap<>();
    private final Map<String, SortedMap<String, StoredMessage>> messages = new LinkedHashMap<>();
    private final List<Whisper> whispers = new ArrayList<>();
    private final Map<String, Set<String>> reactions = new LinkedHashMap<>();
    private final Set<String> pins = new HashSet<>();

    Conversations(Ids ids) {
        this.ids = ids;
        Seed.conversations().forEach(this::put);
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
                .filter(one -> !one.direct() && one.name().equals(name)).findFirst());
    }

    public void put(Conversation conversation) {
        conversations.put(conversation.id(), conversation);
    }

    public Conversation create(String name, Conversation.Kind kind, List<String> members, String creator) {
        Conversation made = new Conversation(ids.next("C"), name, kind, members, false, creator);
        put(made);
        return made;
    }

    /** The direct message between the bot and a person, if it was opened. */
    public Optional<Conversation> direct(String personId) {
        return conversations.values().stream().filter(one -> one.direct() && one.name().equals(personId)).findFirst();
    }

    public Conversation openDirect(String personId) {
        return direct(personId).orElseGet(() -> {
            Conversation made = new Conversation(ids.next("D"), personId, Conversation.Kind.DIRECT,
                    List.of(Seed.BOT_USER, personId), false, Seed.BOT_USER);
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
        return posted;
    }

    public StoredMessage edit(StoredMessage message, Content content) {
        StoredMessage edited = message.edited(withIds(content), ids.nextTs());
        inChannel(message.channelId()).put(message.ts(), edited);
        return edited;
    }

    public void delete(StoredMessage message) {
        inChannel(message.channelId()).remove(message.ts());
    }

    public Whisper whisper(String channelId, String personId, Optional<String> threadTs, Content content) {
        Whisper whisper = new Whisper(channelId, ids.nextTs(), personId, threadTs, withIds(content));
        whispers.add(whisper);
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
    }

    public void delete(Whisper whisper) {
        whispers.remove(whisper);
    }

    /** False when this account has reacted so before. */
    public boolean react(StoredMessage message, String name, String userId) {
        return reactions.computeIfAbsent(message.channelId() + "/" + message.ts(), key -> new HashSet<>())
                .add(name + "/" + userId);
    }

    /** False when it was pinned before. */
    public boolean pin(StoredMessage message) {
        return pins.add(message.channelId() + "/" + message.ts());
    }

    private Content withIds(Content content) {
        ArrayNode blocks = BlockIds.filled(content.blocks(), ids);
        return new Content(content.text(), blocks, content.attachments(), content.metadata());
    }

    private SortedMap<String, StoredMessage> inChannel(String channelId) {
        return messages.computeIfAbsent(channelId, key -> new TreeMap<>());
    }
}
