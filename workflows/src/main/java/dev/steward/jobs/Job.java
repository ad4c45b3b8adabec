package dev.steward.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * A piece of work that was claimed to be run now.
 *
 * @param id
 *            its row
 * @param key
 *            which work it is; there is one waiting job a key
 * @param kind
 *            which handler runs it
 * @param args
 *            what the handler needs
 * @param revision
 *            which enqueuing this is
 * @param attempts
 *            how often it failed so far
 */
public record Job(long id, String key, String kind, JsonNode args, long revision, int attempts) {

    /** Which workers take a job. */
    public enum Lane {
        /** Terraform: as many at once as there are cores. */
        TERRAFORM,
        /** Everything else. */
        GENERAL
    }

    /**
     * Work to be done.
     *
     * @param key
     *            enqueuing a key that waits already brings that job forward; one that runs is run once more after
     * @param priority
     *            lower first
     */
    public record Order(String key, String kind, Map<String, ?> args, Lane lane, int priority, Instant due) {
        /** Work that is due at the instant given, of ordinary priority. */
        public static Order at(Instant due, String key, String kind, Map<String, ?> args, Lane lane) {
            return new Order(key, kind, args, lane, 50, due);
        }

        /** Work that is due at once. */
        public static Order now(String key, String kind, Map<String, ?> args, Lane lane) {
            return at(Instant.EPOCH, key, kind, args, lane);
        }
    }

    /** What a handler says at its end; an exception means: failed, try again later. */
    public sealed interface Outcome {
        /** There is nothing left to do. */
        record Done() implements Outcome {}

        /**
         * Run it again.
         *
         * @param after
         *            how long to wait
         */
        record Again(Duration after) implements Outcome {}

        /** There is nothing left to do. */
        Outcome DONE = new Done();
    }

    /** Runs the jobs of one kind. It must bear being run twice: it decides by current rows what is left to do. */
    @FunctionalInterface
    public interface Handler {
        /** Does the work. */
        Outcome run(Job job) throws Exception;
    }
}
