package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * The whole state of the emulated workspace. Every read and write happens inside {@link #atomically}; nothing inside may
 * wait for the network. What is handed out are values that later changes leave alone.
 */
public final class Workspace {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
    private final List<Consumer<Set<Change>>> watchers = new CopyOnWriteArrayList<>();
    private final Changes changes = new Changes();
    private State state;

    /** Hears of what happened in the workspace. Called inside the lock: it must only take note. */
    @FunctionalInterface
    public interface EventListener {
        /**
         * Takes note of one event.
         *
         * @param subscription the name an app subscribes by, for example {@code message.channels}
         * @param event        the event, with its {@code type}
         */
        void happened(String subscription, ObjectNode event);
    }

    private record State(Ids ids, Directory directory, Conversations conversations, Views views, Triggers triggers,
            ResponseUrls responseUrls, ReadMarks readMarks, List<Notice> notices) {
        static State seeded(InstantSource clock, Changes changes) {
            Ids ids = new Ids(clock);
            return new State(ids, new Directory(changes), new Conversations(ids, clock, changes),
                    new Views(ids, changes),
                    new Triggers(clock, ids), new ResponseUrls(clock, ids), new ReadMarks(changes), new ArrayList<>());
        }
    }

    public Workspace(InstantSource clock) {
        this.clock = clock;
        this.state = State.seeded(clock, changes);
    }

    /** Runs with the state to itself. */
    public <T> T atomically(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            leave();
        }
    }

    /** As {@link #atomically}, for work without a result. */
    public void change(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            leave();
        }
    }

    private void leave() {
        try {
            if (lock.getHoldCount() == 1) {
                Set<Change> taken = changes.take();
                if (!taken.isEmpty()) {
                    watchers.forEach(watcher -> watcher.accept(taken));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Back to the seeded workspace. */
    public void reset() {
        change(() -> {
            state = State.seeded(clock, changes);
            changes.note(new Change.OfEverything());
        });
    }

    /** All that a later process needs in order to go on from here. Called inside {@link #atomically}. */
    ObjectNode saved() {
        ObjectNode saved = Json.object();
        saved.set("ids", state.ids.saved());
        state.directory.save(saved);
        state.conversations.save(saved);
        saved.set("views", state.views.saved());
        saved.set("response_urls", state.responseUrls.saved());
        saved.set("read", state.readMarks.saved());
        saved.set("notices", Saved.array(state.notices, Saved::of));
        return saved;
    }

    /** Puts what was saved in this one's place; throws {@link IllegalArgumentException} and leaves all as it is if it cannot be. */
    void load(ObjectNode saved) {
        change(() -> {
            State loaded = State.seeded(clock, changes);
            loaded.ids.load(saved.required("ids"));
            loaded.directory.load(saved);
            loaded.conversations.load(saved);
            loaded.views.load(saved.required("views"));
            loaded.responseUrls.load(saved.required("response_urls"));
            loaded.readMarks.load(saved.required("read"));
            loaded.notices.addAll(Saved.list(saved.required("notices"), Saved::notice));
            state = loaded;
            changes.note(new Change.OfEverything());
        });
    }

    /** Hands out ids from here that no earlier workspace of the same bot has handed out. */
    void skipIds(Instant now) {
        change(() -> state.ids.skip(now));
    }

    /** Tells of changes, once for all that happened in one stretch. Called inside the lock: it must only take note. */
    public void watch(Consumer<Set<Change>> watcher) {
        watchers.add(watcher);
    }

    public void listen(EventListener listener) {
        listeners.add(listener);
    }

    public void happened(String subscription, ObjectNode event) {
        listeners.forEach(listener -> listener.happened(subscription, event));
    }

    public Directory directory() {
        return state.directory;
    }

    public Conversations conversations() {
        return state.conversations;
    }

    public Views views() {
        return state.views;
    }

    public Triggers triggers() {
        return state.triggers;
    }

    public ResponseUrls responseUrls() {
        return state.responseUrls;
    }

    public ReadMarks readMarks() {
        return state.readMarks;
    }

    public InstantSource clock() {
        return clock;
    }

    public String newTrigger(String personId) {
        return state.triggers.issue(personId);
    }

    public String newResponseUrl(ResponseUrls.Origin origin) {
        return state.responseUrls.issue(origin);
    }

    public String newEventId() {
        return state.ids.next("Ev");
    }

    /** A timestamp later than any message. */
    public String newTs() {
        return state.ids.nextTs();
    }

    public List<Notice> notices(String personId) {
        return state.notices.stream().filter(notice -> notice.personId().equals(personId)).toList();
    }

    /** Tells one person something, in the conversation where they are, if they are in one. */
    public void notice(String personId, Optional<String> channelId, String text) {
        state.notices.add(new Notice(state.ids.next("n"), clock.instant(), personId, channelId, text));
        changes.note(new Change.OfNotices(personId));
    }

    /** Puts a notice away; false when this person has none of that id. */
    public boolean dismissNotice(String personId, String id) {
        changes.note(new Change.OfNotices(personId));
        return state.notices.removeIf(notice -> notice.personId().equals(personId) && notice.id().equals(id));
    }
}
