package dev.steward.bot.slack.socket;

import dev.steward.bot.slack.web.SlackApi;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connections to Slack, and what comes over them. Each envelope is handled on a thread of its own and acknowledged
 * over the connection that it came over, once its receiver has taken it. Thread-safe.
 */
public final class Sockets implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);
    /** Slack gives up after 3 s, so more of them at a time would be answered too late anyhow. */
    private static final int AT_A_TIME = 500;
    private static final int SECONDS_TO_FINISH = 5;

    private final Receiver receiver;
    private final List<Keeper> keepers;
    private final LongAdder replaced = new LongAdder();
    private final Semaphore room = new Semaphore(AT_A_TIME);
    private final ExecutorService handlers = Executors
            .newThreadPerTaskExecutor(Thread.ofVirtual().name("slack-envelope-", 0).factory());

    /**
     * Connections that are not opened yet.
     *
     * @param api
     *            with the app-level token
     * @param connections
     *            how many to keep open; Slack allows 10 for all processes of an app
     */
    public Sockets(SlackApi api, int connections, Receiver receiver) {
        this.receiver = receiver;
        keepers = IntStream.rangeClosed(1, connections)
                .mapToObj(i -> new Keeper("connection " + i + " to Slack", api, this::handle, replaced)).toList();
    }

    /**
     * Asks Slack whether it takes the token. When Slack does not answer, that is for later: opening goes on trying.
     *
     * @throws IllegalStateException
     *             if Slack refuses it; the message says what to do
     */
    public static void check(SlackApi api) {
        if (Opening.ask(api) instanceof Opening.Refused refused) {
            throw new IllegalStateException(refused.why());
        }
    }

    /** Begins to open them. */
    public void start() {
        keepers.forEach(Keeper::start);
    }

    /** How many are to be open. */
    public int wanted() {
        return keepers.size();
    }

    /** How many are open now. */
    public int open() {
        return (int) keepers.stream().filter(Keeper::isOpen).count();
    }

    /** How many have ended so far, for whatever reason. */
    public long replaced() {
        return replaced.sum();
    }

    private void handle(Socket from, Envelope envelope) {
        if (!room.tryAcquire()) {
            LOG.warn("too much comes in at once; an envelope is left without an answer");
            return;
        }
        try {
            handlers.execute(() -> {
                try {
                    answer(from, envelope);
                } finally {
                    room.release();
                }
            });
        } catch (RejectedExecutionException e) {
            room.release();
            LOG.debug("an envelope came while stopping; it is left without an answer");
        }
    }

    private void answer(Socket from, Envelope envelope) {
        try {
            switch (receiver.receive(envelope)) {
                case Receiver.Answer.Taken taken -> {
                    if (!from.acknowledge(envelope, taken.payload().filter(payload -> envelope.takesAnswer()))) {
                        LOG.info("what was taken could not be acknowledged: its connection has ended");
                    }
                }
                case Receiver.Answer.Left left -> LOG.warn("an envelope was not taken: {}", left.why());
            }
        } catch (RuntimeException e) {
            LOG.error("an envelope could not be handled", e);
        }
    }

    /** Takes nothing more, lets what is being handled finish and be acknowledged, and closes the connections. */
    @Override
    public void close() {
        handlers.shutdown();
        try {
            if (!handlers.awaitTermination(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                LOG.warn("some of what came in last could not be finished in time");
            }
            for (Keeper keeper : keepers) {
                keeper.stop();
            }
            for (Keeper keeper : keepers) {
                keeper.awaitStopped();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
