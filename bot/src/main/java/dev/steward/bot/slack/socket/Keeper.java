package dev.steward.bot.slack.socket;

import dev.steward.bot.slack.web.SlackApi;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.BiConsumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps one connection to Slack open: replaces it when it breaks, and before it is left when Slack says that it will close
 * it. One thread each.
 */
final class Keeper {
    private static final Logger LOG = LoggerFactory.getLogger(Keeper.class);
    private static final Duration GREETING = Duration.ofSeconds(10);
    /** Slack closes a connection about 10 s after it has warned of it; until then envelopes may still come. */
    private static final Duration LEAVING = Duration.ofSeconds(30);
    private static final Duration CLOSING = Duration.ofSeconds(1);
    /** One that ends sooner counts as a failure, so that a connection which never lasts is not opened at full speed. */
    private static final Duration LASTING = Duration.ofSeconds(5);
    private static final RandomGenerator RANDOM = RandomGenerator.getDefault();

    private final String name;
    private final SlackApi api;
    private final BiConsumer<Socket, Envelope> handler;
    private final LongAdder replaced;
    private final Backoff failing = new Backoff(Duration.ofSeconds(30), RANDOM);
    private final Backoff ending = new Backoff(Duration.ofSeconds(2), RANDOM);
    private final Thread thread;
    private volatile @Nullable Socket current;

    /**
     * A keeper that has not begun.
     *
     * @param name
     *            for the log
     * @param replaced
     *            counts each connection that ended
     */
    Keeper(String name, SlackApi api, BiConsumer<Socket, Envelope> handler, LongAdder replaced) {
        this.name = name;
        this.api = api;
        this.handler = handler;
        this.replaced = replaced;
        this.thread = Thread.ofVirtual().name("slack-" + name).unstarted(this::run);
    }

    void start() {
        thread.start();
    }

    boolean isOpen() {
        Socket now = current;
        return now != null && now.isOpen();
    }

    /** Begins to end the connection, and opens no other. */
    void stop() throws InterruptedException {
        thread.interrupt();
        if (thread.isAlive()) {
            thread.join(CLOSING);
        }
        Socket last = current;
        if (last != null) {
            last.close();
        }
    }

    /** Waits until the connection has ended. */
    void awaitStopped() throws InterruptedException {
        Socket last = current;
        if (last != null) {
            last.awaitClosed(CLOSING);
        }
    }

    private void run() {
        try {
            while (true) {
                Socket next = opened();
                leave(current);
                current = next;
                long since = System.nanoTime();
                String why = next.awaitEnd();
                replaced.increment();
                LOG.info("{} ends ({}); another is opened", name, why);
                if (System.nanoTime() - since >= LASTING.toNanos()) {
                    ending.reset();
                } else {
                    Thread.sleep(ending.next(Duration.ZERO));
                }
            }
        } catch (InterruptedException e) {
            LOG.debug("{} is no longer kept", name);
        } catch (RuntimeException e) {
            LOG.error("{} can no longer be kept open", name, e);
        }
    }

    /** One that Slack has announced to close is left to Slack: envelopes that are on their way still arrive over it. */
    private void leave(@Nullable Socket old) {
        if (old == null) {
            return;
        }
        Thread.ofVirtual().name("slack-" + name + "-leaving").start(() -> {
            try {
                old.closeAfter(LEAVING, CLOSING);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Opens one, however often that has to be tried. */
    private Socket opened() throws InterruptedException {
        while (true) {
            Duration wait = Duration.ZERO;
            switch (Opening.ask(api)) {
                case Opening.Granted granted -> {
                    Socket socket = new Socket(handler);
                    Optional<String> problem = greeted(socket, granted.url());
                    if (problem.isEmpty()) {
                        LOG.info("{} is open", name);
                        failing.reset();
                        return socket;
                    }
                    LOG.warn("{} was not opened: {}", name, problem.get());
                }
                case Opening.Refused refused -> LOG.error("{} was not opened: {}", name, refused.why());
                case Opening.NotNow later -> {
                    LOG.warn("{} was not opened: {}", name, later.why());
                    wait = later.pause();
                }
            }
            Thread.sleep(failing.next(wait));
        }
    }

    private Optional<String> greeted(Socket socket, String url) throws InterruptedException {
        boolean good = false;
        try {
            socket.connect(api, url);
            Optional<String> problem = socket.awaitGreeting(GREETING);
            good = problem.isEmpty();
            return problem;
        } catch (IllegalArgumentException e) {
            return Optional.of("Slack gave an address that is none");
        } finally {
            if (!good) {
                socket.drop();
            }
        }
    }
}
