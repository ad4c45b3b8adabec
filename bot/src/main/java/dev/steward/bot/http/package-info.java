/**
 * The two HTTP servers: the public one (Slack, health, metrics) and Terraform's state server on loopback. The only
 * package that imports Javalin and Jetty; it hands bytes and headers to {@code bot.slack} and to {@code terraform}, and
 * knows nothing of what they mean.
 */
@NullMarked
package dev.steward.bot.http;

import org.jspecify.annotations.NullMarked;
