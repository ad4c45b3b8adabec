package dev.steward.playground.emulator.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.workspace.Workspace;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The open streams of server-sent events, each written by the thread of its own request. */
final class Feeds implements AutoCloseable {
    /** More browsers than anybody opens; beyond it there is a loop somewhere. */
    static final int MOST = 200;

    private static final Duration HEARTBEAT = Duration.ofSeconds(15);
    /** What happens within this long is one event. */
    private static final Duration GATHERING = Duration.ofMillis(30);
    private static final Logger LOG = LoggerFactory.getLogger(Feeds.class);

    private final Workspace workspace;
    private final List<Feed> open = new CopyOnWriteArrayList<>();

    Feeds(Workspace workspace) {
        this.workspace = workspace;
        workspace.watch(changes -> open.forEach(feed -> feed.note(changes)));
    }

    boolean full() {
        return open.size() >= MOST;
    }

    int size() {
        return open.size();
    }

    void tellOfBot(ObjectNode state) {
        open.forEach(feed -> feed.note(state));
    }

    /** Writes until the browser has gone or this is closed. */
    void serve(Context context, String personId, ObjectNode bot) throws IOException {
        context.status(200).contentType("text/event-stream; charset=utf-8").header("Cache-Control", "no-store");
        Feed feed = new Feed(workspace, personId);
        feed.note(bot);
        open.add(feed);
        try {
            OutputStream out = context.res().getOutputStream();
            write(out, "retry: 1000\n\n");
            Feed.News news;
            do {
                news = feed.next(HEARTBEAT, GATHERING);
                write(out, news.events().isEmpty() ? ": still here\n\n" : String.join("", news.events()));
            } while (!news.over());
        } catch (IOException gone) {
            LOG.debug("a browser of {} has gone", personId, gone);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            open.remove(feed);
        }
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    @Override
    public void close() {
        open.forEach(Feed::close);
    }
}
