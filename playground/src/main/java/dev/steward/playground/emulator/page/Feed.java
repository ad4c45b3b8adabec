package dev.steward.playground.emulator.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import dev.steward.playground.emulator.workspace.Account;
import dev.steward.playground.emulator.workspace.Change;
import dev.steward.playground.emulator.workspace.Conversation;
import dev.steward.playground.emulator.workspace.SlackJson;
import dev.steward.playground.emulator.workspace.Workspace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * What one browser has not been told yet. Noting something never waits for the browser, and notes of the same thing are
 * one: however slow the browser is, there is at most one note per conversation. Safe for concurrent use.
 */
final class Feed {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Workspace workspace;
    private final String personId;
    private final Set<String> channels = new TreeSet<>();
    private final Set<String> others = new TreeSet<>();
    private Optional<ObjectNode> bot = Optional.empty();
    private boolean closed;

    Feed(Workspace workspace, String personId) {
        this.workspace = workspace;
        this.personId = personId;
    }

    /** What there was to tell: each text is one server-sent event. */
    record News(List<String> events, boolean over) {}

    /** Notes what this person can tell of. Called inside the workspace's lock. */
    void note(Set<Change> changes) {
        locked(() -> changes.forEach(this::note));
    }

    void note(ObjectNode botState) {
        locked(() -> bot = Optional.of(botState));
    }

    void close() {
        locked(() -> closed = true);
    }

    private void locked(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for news, and then for what comes with it.
     *
     * @param limit     how long to wait at most
     * @param gathering how long to wait for more once there is something
     */
    News next(Duration limit, Duration gathering) throws InterruptedException {
        lock.lock();
        try {
            await(limit, this::nothing);
            await(gathering, () -> !nothing());
            return new News(take(), closed);
        } finally {
            lock.unlock();
        }
    }

    private void await(Duration limit, BooleanSupplier condition) throws InterruptedException {
        long left = limit.toNanos();
        while (!closed && condition.getAsBoolean() && left > 0) {
            left = changed.awaitNanos(left);
        }
    }

    private boolean nothing() {
        return channels.isEmpty() && others.isEmpty() && bot.isEmpty();
    }

    private List<String> take() {
        List<String> events = new ArrayList<>();
        bot.ifPresent(state -> events.add("event: bot\ndata: " + state + "\n\n"));
        if (!channels.isEmpty() || !others.isEmpty()) {
            ObjectNode change = Json.object();
            change.set("channels", SlackJson.texts(List.copyOf(channels)));
            others.forEach(what -> change.put(what, true));
            events.add("event: change\ndata: " + change + "\n\n");
        }
        bot = Optional.empty();
        channels.clear();
        others.clear();
        return events;
    }

    private void note(Change change) {
        switch (change) {
            case Change.InConversation(String id, Set<String> audience) when tells(id, audience) -> channels.add(id);
            case Change.InConversation elsewhere -> {
            }
            case Change.OfViews(String owner) -> mine(owner, "views");
            case Change.OfHome(String owner) -> mine(owner, "home");
            case Change.OfNotices(String owner) -> mine(owner, "notices");
            case Change.OfPeople people -> others.add("people");
            case Change.OfEverything everything -> {
                others.addAll(List.of("views", "home", "notices", "people"));
                workspace.conversations().all().stream().filter(this::visible).forEach(one -> channels.add(one.id()));
            }
        }
    }

    private void mine(String owner, String what) {
        if (owner.equals(personId)) {
            others.add(what);
        }
    }

    private boolean tells(String id, Set<String> audience) {
        return audience.isEmpty()
                ? workspace.conversations().find(id).filter(this::visible).isPresent()
                : audience.contains(personId);
    }

    private boolean visible(Conversation one) {
        return workspace.directory().account(personId).filter((Account who) -> one.visibleTo(who)).isPresent();
    }
}
