/**
 * What people see: messages and modals, made from read models. It depends on the domain's packages and on
 * {@code bot.slack.blocks}; it calls nothing and changes nothing.
 */
@NullMarked
package dev.steward.bot.slack.views;

import org.jspecify.annotations.NullMarked;
