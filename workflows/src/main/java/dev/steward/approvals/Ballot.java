package dev.steward.approvals;

import java.util.Optional;

/**
 * What one person says, and about what.
 *
 * @param person
 *            number of the person
 * @param verdict
 *            what the person says
 * @param digest
 *            of what the person saw
 * @param reason
 *            free text, never blank
 */
record Ballot(long person, Verdict verdict, String digest, Optional<String> reason) {
    Ballot {
        reason = reason.map(String::strip).filter(text -> !text.isEmpty());
    }
}
