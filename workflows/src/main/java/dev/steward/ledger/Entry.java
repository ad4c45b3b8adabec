package dev.steward.ledger;

import dev.steward.database.Json;
import dev.steward.database.Sha256;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One entry of the ledger.
 *
 * @param seq
 *            position, from 1, without gaps
 * @param at
 *            when, to the millisecond
 * @param actor
 *            who, in the stored form of {@link Actor}
 * @param action
 *            what, as {@code noun.verb}
 * @param subject
 *            to what, for example {@code REQ-42}
 * @param facts
 *            canonical JSON; ids and hashes, never free text
 * @param previousHash
 *            the hash of the entry before, empty for the first
 * @param hash
 *            over all of the above
 */
public record Entry(long seq, Instant at, String actor, String action, String subject, String facts,
        String previousHash, String hash) {

    static Entry following(Entry.Head head, Instant at, String actor, String action, String subject, String facts) {
        long seq = head.seq() + 1;
        return new Entry(seq, at, actor, action, subject, facts, head.hash(),
                hash(seq, at, actor, action, subject, facts, head.hash()));
    }

    String computedHash() {
        return hash(seq, at, actor, action, subject, facts, previousHash);
    }

    private static String hash(long seq, Instant at, String actor, String action, String subject, String facts,
            String previousHash) {
        Map<String, Object> hashed = new LinkedHashMap<>();
        hashed.put("seq", seq);
        hashed.put("at", at.toEpochMilli());
        hashed.put("actor", actor);
        hashed.put("action", action);
        hashed.put("subject", subject);
        hashed.put("facts", facts);
        hashed.put("prev", previousHash);
        return Sha256.of(Json.text(hashed));
    }

    /**
     * The end of the chain.
     *
     * @param seq
     *            the last entry's, 0 when there is none
     * @param hash
     *            the last entry's, empty when there is none
     */
    public record Head(long seq, String hash) {}
}
