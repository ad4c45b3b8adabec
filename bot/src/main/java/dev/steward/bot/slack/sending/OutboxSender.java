package dev.steward.bot.slack.sending;

import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.CannotStore;
import dev.steward.database.Database;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends what is due in the outbox, most urgent first, a few messages at once, so that one slow channel does not hold up
 * the others; never two posts to the same destination at once, so that their order stays. What it knows it reads from the
 * outbox: it can be stopped and started at any time.
 */
public final class OutboxSender implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxSender.class);
    private static final int AT_ONCE = 4;
    /** What is not urgent leaves a place to what is, since a call may hang for seconds. */
    private static final int UNHURRIED_AT_ONCE = 3;
    private static final Duration NOTEWORTHY = Duration.ofMinutes(1);
    private static final int BATCH = 100;
    private static final Duration LONGEST_SLEEP = Duration.ofSeconds(1);
    private static final Duration AFTER_A_BUG = Duration.ofMinutes(1);

    private final Database database;
    private final Outbox outbox;
    private final InstantSource clock;
    private final Rates rates;
    private final Delivery delivery;
    private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE,
            Thread.ofPlatform().name("sender-", 0).daemon(true).factory());
    private final Semaphore slots = new Semaphore(AT_ONCE);
    private final Semaphore unhurried = new Semaphore(UNHURRIED_AT_ONCE);
    private final Outage outage;
    private final ChannelNames channels;
    private final Semaphore work = new Semaphore(0);
    private final Set<String> busy = new HashSet<>();
    private @Nullable Thread dispatcher;
    private volatile boolean stopping;
    private volatile boolean stalled;

    /**
     * Where the sender's messages go.
     *
     * @param botUser
     *            the bot's own user id
     * @param slackUsers
     *            the Slack user id of a person in the catalog
     * @param homes
     *            the home of a person in the catalog; empty for somebody who is to have none
     * @param fallback
     *            the channel for what cannot go where it was meant to go
     */
    public record Post(SlackApi api, ChannelNames channels, String botUser, LongFunction<Optional<String>> slackUsers,
            LongFunction<Optional<Map<String, Object>>> homes, Optional<String> fallback) {}

    /** A sender that is not started yet. */
    public OutboxSender(Database database, Outbox outbox, InstantSource clock, MessageViews views, Post post) {
        this.database = database;
        this.outbox = outbox;
        this.clock = clock;
        var addresses = new Addresses(post.api(), post.channels(), database, outbox, post.slackUsers());
        this.rates = new Rates(clock);
        this.channels = post.channels();
        this.outage = new Outage(clock, this::resume);
        post.api().observe(outage::noted);
        var policy = new Delivery.Policy(rates, views.with(UndeliverableView.NAME, new UndeliverableView())
                .with(DelayedView.NAME, new DelayedView(database, outbox)), post.fallback(), clock);
        var fate = new Fate(database, outbox);
        var ways = new Delivery.Ways(addresses, new LostMessages(post.api(), post.botUser()),
                new HomeDelivery(post.api(), rates, fate, post.slackUsers(), post.homes()));
        this.delivery = new Delivery(database, outbox, post.api(), ways, fate, policy);
        outbox.onPut(work::release);
    }

    /** Begins to send. */
    public void start() {
        dispatcher = Thread.ofPlatform().name("outbox").start(this::dispatch);
    }

    /**
     * Sends on the caller's thread what is due now, each message once.
     *
     * @return how many were handled
     */
    public int sendDue() {
        List<Message.Due> due = due(BATCH);
        due.stream().filter(message -> outage.mayTry()).forEach(this::deliver);
        return due.size();
    }

    /** Since when Slack does not answer; empty if it does. */
    public Optional<Instant> unreachableSince() {
        return outage.since();
    }

    /** Whether what is sent to that channel now waits for a minute or more, as far as is known. */
    public boolean isDelayed(String channel) {
        return outage.since().isPresent() || channels.known(channel)
                .filter(id -> rates.paused(id).compareTo(NOTEWORTHY) >= 0).isPresent();
    }

    /** Slack answers again: what waited need not wait for its own next try. */
    private void resume() {
        try {
            database.writing(outbox::resume);
        } catch (RuntimeException e) {
            LOG.error("waiting messages could not be brought forward; each goes at its own next try", e);
        }
        work.release();
    }

    /** Stops; what is on its way is waited for, for a few seconds. */
    @Override
    public void close() {
        stopping = true;
        work.release();
        workers.shutdown();
        try {
            if (dispatcher != null) {
                dispatcher.join(Duration.ofSeconds(2));
            }
            if (!workers.awaitTermination(5, TimeUnit.SECONDS)) {
                workers.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void dispatch() {
        while (!stopping) {
            try {
                boolean any = startDue();
                sleep(any);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (RuntimeException e) {
                if (!stopping) {
                    LOG.error("cannot read the outbox; trying again in a second", e);
                }
                pause();
            }
        }
    }

    /** Starts messages while there are any and a slot is free, reading anew each time: an urgent one may have come. */
    private boolean startDue() throws InterruptedException {
        boolean any = false;
        while (!stopping && !stalled()) {
            slots.acquire();
            Optional<Message.Due> next = next();
            if (next.isEmpty()) {
                slots.release();
                return any;
            }
            any = true;
            Message.Due due = next.get();
            workers.execute(() -> {
                try {
                    deliverIfStillDue(due);
                } finally {
                    release(due);
                    slots.release();
                    work.release();
                }
            });
        }
        return any;
    }

    /** What cannot be noted is not sent: it would be sent again and again. */
    private boolean stalled() {
        stalled = stalled && database.trouble().isPresent();
        return stalled;
    }

    private Optional<Message.Due> next() {
        try {
            return due(1).stream().filter(this::begin).findFirst().filter(due -> {
                boolean may = outage.mayTry();
                if (!may) {
                    release(due);
                }
                return may;
            });
        } catch (RuntimeException e) {
            slots.release();
            throw e;
        }
    }

    /** Without what waits behind something: thousands of messages to one channel cost no more than one. */
    private List<Message.Due> due(int limit) {
        Set<String> places = rates.closed();
        places.add(Outbox.ROOT);
        Outbox.Closed closed = new Outbox.Closed(underWay(), places);
        return database.read(h -> outbox.due(h, limit, closed));
    }

    /** Another worker may have sent it after it was read as due. */
    private void deliverIfStillDue(Message.Due due) {
        database.read(h -> outbox.stillDue(h, due)).ifPresent(this::deliver);
    }

    private void deliver(Message.Due due) {
        try {
            delivery.deliver(due);
        } catch (CannotStore e) {
            LOG.error("message {} waits until something can be stored again: {}", due.key(), e.reason().words());
            stalled = true;
        } catch (RuntimeException e) {
            LOG.error("message {} cannot be sent; trying again in a minute", due.key(), e);
            String error = e.getClass().getSimpleName();
            database.writing(h -> outbox.retry(h, due, AFTER_A_BUG, due.uncertain(), error));
        }
    }

    private boolean begin(Message.Due due) {
        synchronized (busy) {
            return busy.add(lane(due)) && (!isUnhurried(due) || unhurried.tryAcquire() || forget(due));
        }
    }

    private Set<String> underWay() {
        synchronized (busy) {
            return Set.copyOf(busy);
        }
    }

    private void release(Message.Due due) {
        synchronized (busy) {
            busy.remove(lane(due));
            if (isUnhurried(due)) {
                unhurried.release();
            }
        }
    }

    private boolean forget(Message.Due due) {
        busy.remove(lane(due));
        return false;
    }

    /** Posts to one destination go one after the other; an edit waits for nothing but an edit of the same message. */
    private static String lane(Message.Due due) {
        return due.posted() == null ? due.destination().text() : "edit:" + due.key();
    }

    private static boolean isUnhurried(Message.Due due) {
        return due.priority().rank() >= Priority.NOTICE.rank();
    }

    private void sleep(boolean any) throws InterruptedException {
        long next = database.read(outbox::nextDueAt).orElse(Long.MAX_VALUE);
        long opens = rates.untilOneOpens().map(Duration::toMillis).orElse(Long.MAX_VALUE);
        long until = Math.max(Math.min(next - clock.millis(), opens), outage.wait(clock.instant()).toMillis());
        long wait = Math.clamp(until, any ? 5 : 50, LONGEST_SLEEP.toMillis());
        if (work.tryAcquire(wait, TimeUnit.MILLISECONDS)) {
            work.drainPermits();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(LONGEST_SLEEP);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
