/**
 * The Slack adapter: payloads in, commands to the use cases, views out, and the sender of the outbox. The only package
 * that imports {@code com.slack}; it depends on the domain's packages, never on {@code bot.http} or {@code bot.cli}.
 */
@NullMarked
package dev.steward.bot.slack;

import org.jspecify.annotations.NullMarked;
