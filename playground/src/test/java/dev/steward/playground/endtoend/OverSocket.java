package dev.steward.playground.endtoend;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Has a class of end-to-end tests run with Slack and the bot speaking over Socket Mode. What comes in by a way of its own
 * there (forms, searches, clicks) is tried over both in the usual build; the rest over sockets in its long form only.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
@interface OverSocket {
}
