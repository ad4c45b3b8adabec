/**
 * Calls to Slack's Web API: one call, one typed answer, nothing retried behind the caller's back. It depends on the
 * Slack SDK's HTTP client alone.
 */
@NullMarked
package dev.steward.bot.slack.web;

import org.jspecify.annotations.NullMarked;
