package dev.steward.playground.live;

import dev.steward.playground.emulator.page.BotSwitch;
import dev.steward.playground.stage.BotProcess;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The bot's process, watched. One act at a time; a kill does not wait for its turn. Safe for concurrent use. */
final class LiveBot implements BotSwitch, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LiveBot.class);

    private final Supplier<BotProcess> launch;
    private final Runnable renew;
    private final Runnable changed;
    private final ExecutorService acts = Executors.newSingleThreadExecutor(
            task -> Thread.ofPlatform().daemon().name("bot-switch").unstarted(task));
    private Power power = Power.DOWN;
    private String lastWords = "";
    private @Nullable BotProcess process;

    /**
     * A bot that does not run yet.
     *
     * @param launch  starts the process, and does not wait for anything
     * @param renew   puts everything back to the beginning, while the bot does not run
     * @param changed told after each change of {@link #power}
     */
    LiveBot(Supplier<BotProcess> launch, Runnable renew, Runnable changed) {
        this.launch = launch;
        this.renew = renew;
        this.changed = changed;
    }

    @Override
    public synchronized Power power() {
        return power;
    }

    @Override
    public synchronized String lastWords() {
        return lastWords;
    }

    @Override
    public void kill() {
        BotProcess now = running();
        become(Power.STOPPING, "");
        now.kill();
        become(Power.DOWN, "");
    }

    @Override
    public void stop() {
        running();
        later(() -> stopped(""));
    }

    @Override
    public void start() {
        become(Power.DOWN, Power.STARTING, "Steward runs already");
        later(this::started);
    }

    @Override
    public void reset() {
        later(() -> {
            stopped("");
            renew.run();
            become(Power.STARTING, "");
            started();
        });
    }

    /** Starts it, waits until it is ready, and answers whether it is. */
    boolean startAndWait() {
        become(Power.DOWN, Power.STARTING, "Steward runs already");
        started();
        return power() == Power.UP;
    }

    private void started() {
        try {
            BotProcess launched = launch.get();
            synchronized (this) {
                process = launched;
            }
            launched.onExit(() -> ended(launched));
            launched.awaitReady();
            synchronized (this) {
                if (power != Power.STARTING || !launched.alive()) {
                    return;
                }
            }
            become(Power.UP, "");
        } catch (RuntimeException notReady) {
            LOG.debug("the bot did not start", notReady);
            BotProcess launched = process();
            if (launched != null && launched.alive()) {
                launched.kill();
            }
            if (power() == Power.STARTING) {
                become(Power.DOWN, String.valueOf(notReady.getMessage()));
            }
        }
    }

    private void stopped(String words) {
        BotProcess now = process();
        if (now != null && now.alive()) {
            become(Power.STOPPING, "");
            now.stop();
        }
        become(Power.DOWN, words);
    }

    /** An end that nobody here asked for. */
    private void ended(BotProcess which) {
        synchronized (this) {
            if (which != process || power != Power.UP) {
                return;
            }
        }
        become(Power.DOWN, "Steward ended by itself:\n" + which.tail());
    }

    private synchronized BotProcess running() {
        if (process == null || !process.alive()) {
            throw new IllegalStateException("Steward does not run");
        }
        return process;
    }

    private synchronized @Nullable BotProcess process() {
        return process;
    }

    private void become(Power before, Power after, String otherwise) {
        synchronized (this) {
            if (power != before) {
                throw new IllegalStateException(otherwise);
            }
        }
        become(after, "");
    }

    private void become(Power now, String words) {
        synchronized (this) {
            power = now;
            lastWords = words;
        }
        changed.run();
    }

    private void later(Runnable act) {
        try {
            acts.execute(() -> {
                try {
                    act.run();
                } catch (RuntimeException e) {
                    LOG.error("the bot could not be started or stopped", e);
                    become(Power.DOWN, String.valueOf(e.getMessage()));
                }
            });
        } catch (RejectedExecutionException closing) {
            throw new IllegalStateException("The playground is being closed", closing);
        }
    }

    /** Stops it, and waits until it has. */
    @Override
    public void close() {
        acts.shutdown();
        stopped("");
    }
}
