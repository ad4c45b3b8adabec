package dev.steward.bot.slack.sending;

import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;

/**
 * How fast Slack may be called: one bucket for posts to each channel, one for all edits in the workspace, one for the
 * edits that only tell progress. A 429 pauses the bucket of the call that got it and no other.
 *
 * <p>
 * Slack's limits: {@code chat.postMessage} about one a second and channel, {@code chat.update} about 50 a minute for
 * the workspace. Progress takes at most 20 of those, so that decisions always find room. Each pair of burst and pace
 * adds up to its limit in the worst minute. Thread-safe.
 */
final class Rates {
    /** The place of edits in {@link #closed}. */
    static final String EDITS = "#edits";
    private static final String PROGRESS = "#progress";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_CHANNELS = 1000;

    private final InstantSource clock;
    private final TokenBucket edits;
    private final TokenBucket progress;
    private final ConcurrentMap<String, TokenBucket> posts = new ConcurrentHashMap<>();

    Rates(InstantSource clock) {
        this.clock = clock;
        edits = new TokenBucket(5, 45, MINUTE, clock);
        progress = new TokenBucket(4, 16, MINUTE, clock);
    }

    /** Behind what an edit waits: a name in {@link #closed}. */
    static String placeOfEdit(boolean onlyProgress) {
        return onlyProgress ? PROGRESS : EDITS;
    }

    /** What lets nothing through now: ids of channels, and names for the edits. */
    synchronized Set<String> closed() {
        Set<String> closed = new HashSet<>();
        posts.forEach((channel, bucket) -> {
            if (!bucket.delay().isZero()) {
                closed.add(channel);
            }
        });
        boolean edited = !edits.delay().isZero();
        if (edited) {
            closed.add(EDITS);
        }
        if (edited || !progress.delay().isZero()) {
            closed.add(PROGRESS);
        }
        return closed;
    }

    /** How long until something that is closed lets something through again; empty when nothing is closed. */
    synchronized Optional<Duration> untilOneOpens() {
        return Stream.concat(posts.values().stream(), Stream.of(edits, progress)).map(TokenBucket::delay)
                .filter(Duration::isPositive).min(Duration::compareTo);
    }

    /** How long a post to the channel has to wait; zero: it may go now, and counts. */
    Duration post(String channel) {
        return admit(List.of(posts(channel)));
    }

    /** How long an edit has to wait; zero: it may go now, and counts. */
    Duration edit(boolean onlyProgress) {
        return admit(onlyProgress ? List.of(edits, progress) : List.of(edits));
    }

    /** Pauses posts to one channel. */
    void pausePosts(String channel, Duration how) {
        posts(channel).pause(how);
    }

    /** How long posts to one channel have to wait. */
    Duration paused(String channel) {
        return posts(channel).delay();
    }

    /** Whether Slack had posts to the channel paused at some time after that. */
    boolean wasPaused(String channel, long sinceMillis) {
        return posts(channel).wasPaused(sinceMillis);
    }

    /** Pauses all edits. */
    void pauseEdits(Duration how) {
        edits.pause(how);
    }

    private synchronized Duration admit(List<TokenBucket> needed) {
        Duration wait = needed.stream().map(TokenBucket::delay).max(Duration::compareTo).orElse(Duration.ZERO);
        if (wait.isZero()) {
            needed.forEach(TokenBucket::take);
        }
        return wait;
    }

    private TokenBucket posts(String channel) {
        if (posts.size() > MOST_CHANNELS) {
            posts.values().removeIf(TokenBucket::isFull);
        }
        return posts.computeIfAbsent(channel, key -> new TokenBucket(3, 1, Duration.ofSeconds(1), clock));
    }
}
