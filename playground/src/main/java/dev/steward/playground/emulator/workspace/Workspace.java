package dev.steward.playground.emulator.workspace;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/**
 * The whole state of the emulated workspace. Every read and write happens inside {@link #atomically}; nothing inside may
 * wait for the network. What is handed out are values that later changes leave alone.
 */
public final class Workspace {
    private final ReentrantLock lock = new ReentrantLock();
    private final InstantSource clock;
    private final List<EventListener> listeners = new CopyOnWriteArrayList<>();
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
            ResponseUrls responseUrls, List<Notice> notices) {
        static State seeded(InstantSource clock) {
            Ids ids = new Ids(clock);
            return new State(ids, new Directory(), new Conversations(ids), new Views(ids), new Triggers(clock),
                    new ResponseUrls(clock), new ArrayList<>());
        }
    }

    public Workspace(InstantSource clock) {
        this.clock = clock;
        this.state = State.seeded(clock);
    }

    /** Runs with the state to itself. */
    public <T> T atomically(Supplier<T> work) {
        lock.lock();
        try {
            return work.get();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #atomically}, for work without a result. */
    public void change(Runnable work) {
        lock.lock();
        try {
            work.run();
        } finally {
            lock.unlock();
        }
    }

    /** Back to the seeded workspace. */
    public void reset() {
        change(() -> state = State.seeded(clock));
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

    public void notice(String personId, String text) {
        state.notices.add(new Notice(clock.instant(), personId, text));
    }
}
