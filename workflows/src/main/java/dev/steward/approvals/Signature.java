package dev.steward.approvals;

import java.time.Instant;
import java.util.Optional;

/**
 * One person's decision in one stage.
 *
 * @param person
 *            number of the person
 * @param name
 *            for people, the person's display name
 * @param verdict
 *            what the person said
 * @param reason
 *            free text
 * @param at
 *            when
 */
public record Signature(long person, String name, Verdict verdict, Optional<String> reason, Instant at) {}
