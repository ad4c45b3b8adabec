package dev.steward.playground.endtoend;

/** The same alerts with Slack over Socket Mode; they come in over HTTP all the same. */
@OverSocket
class AlertsOverSocketTest extends AlertsTest {}
