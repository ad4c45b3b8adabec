package dev.steward.playground.endtoend;

import org.junit.jupiter.api.Tag;

/** The same incidents over Socket Mode. {@code ./mvnw -Pbench -Dbench=sockets -pl playground -am verify} */
@OverSocket
@Tag("bench")
@Tag("sockets")
class IncidentOverSocketTest extends IncidentTest {}
