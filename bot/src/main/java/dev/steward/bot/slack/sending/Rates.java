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
 * How fast Slack may be called: one bucket for posts to each channel, one for all edits in the workspace, one for all
 * homes, and one each for what of these only tells progress. A 429 pauses the bucket of the call that got it and no other.
 *
 * <p>
 * Slack's limits: {@code chat.postMessage} about one a second and channel, {@code chat.update} about 50 a minute for
 * the workspace, {@code views.publish} 100 a minute. Progress takes at most 20 of those, so that decisions always find
 * room. Each pair of burst and pace adds up to its limit in the worst minute. Thread-safe.
 */
final class Rates {
    /** The place of edits in {@link #closed}. */
    static final String EDITS = "#edits";
    /** The place of homes in {@link #closed}. */
    static final String HOMES = "#homes";
    private static final String PROGRESS = "#progress";
    private static final String HOME_PROGRESS = "#home-progress";
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int MOST_CHANNELS = 1000;

    private final InstantSource clock;
    private final TokenBucket edits;
    private final TokenBucket progress;
    private final TokenBucket homes;
    private final TokenBucket homeProgress;
    private final ConcurrentMap<String, TokenBucket> posts = new ConcurrentHashMap<>();

    Rates(InstantSource clock) {
        this.clock = clock;
        edits = new TokenBucket(5, 45, MINUTE, clock);
        progress = new TokenBucket(4, 16, MINUTE, clock);
        homes = new TokenBucket(10, 90, MINUTE, clock);
        homeProgress = new TokenBucket(4, 16, MINUTE, clock);
    }

    /** Behind what an edit waits: a name in {@link #closed}. */
    static String placeOfEdit(boolean onlyProgress) {
        return onlyProgress ? PROGRESS : EDITS;
    }

    /** Behind what a home waits: a name in {@link #closed}. */
    static String placeOfHome(boolean onlyProgress) {
        return onlyProgress ? HOME_PROGRESS : HOMES;
    }

    /** What lets nothing through now: ids of channels, and names for the edits and the homes. */
    synchronized Set<String> closed() {
        Set<String> closed = new HashSet<>();
        posts.forEach((channel, bucket) -> {
            if (!bucket.delay().isZero()) {
                closed.add(channel);
            }
        });
        close(closed, edits, EDITS, progress, PROGRESS);
        close(closed, homes, HOMES, homeProgress, HOME_PROGRESS);
        return closed;
    }

    /** Progress goes through both buckets. */
    private static void close(Set<String> closed, TokenBucket all, String place, TokenBucket part, String partsPlace) {
        boolean full = !all.delay().isZero();
        if (full) {
            closed.add(place);
        }
        if (full || !part.delay().isZero()) {
            closed.add(partsPlace);
        }
    }

    /** How long until something that is closed lets something through again; empty when nothing is closed. */
    synchronized Optional<Duration> untilOneOpens() {
        return Stream.concat(posts.values().stream(), Stream.of(edits, progress, homes, homeProgress))
                .map(TokenBucket::delay)
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

    /** How long the publication of a home has to wait; zero: it may go now, and counts. */
    Duration home(boolean onlyProgress) {
        return admit(onlyProgress ? List.of(homes, homeProgress) : List.of(homes));
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

    /** Pauses the publication of homes. */
    void pauseHomes(Duration how) {
        homes.pause(how);
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
