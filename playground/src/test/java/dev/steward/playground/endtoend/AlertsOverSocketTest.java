package dev.steward.playground.endtoend;

import org.junit.jupiter.api.Tag;

/** The same alerts with Slack over Socket Mode; they come in over HTTP all the same. {@code ./mvnw -Pbench -Dbench=sockets -pl playground -am verify} */
@OverSocket
@Tag("bench")
@Tag("sockets")
class AlertsOverSocketTest extends AlertsTest {}
