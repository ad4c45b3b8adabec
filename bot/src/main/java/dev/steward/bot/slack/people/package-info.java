/**
 * Who is who: Slack accounts mapped to people of the catalog, user groups mirrored into teams. It depends on
 * {@code catalog}, {@code jobs}, {@code database}, and on {@code bot.slack.web}.
 */
@NullMarked
package dev.steward.bot.slack.people;

import org.jspecify.annotations.NullMarked;
