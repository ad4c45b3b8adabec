/**
 * Messages that were promised: stored with the change that they tell of, sent later, each exactly once in its final
 * form. It depends on {@code database} and {@code ledger}; it does not know Slack.
 */
@NullMarked
package dev.steward.outbox;

import org.jspecify.annotations.NullMarked;
