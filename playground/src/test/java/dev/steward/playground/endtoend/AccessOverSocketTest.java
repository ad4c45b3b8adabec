package dev.steward.playground.endtoend;

import org.junit.jupiter.api.Tag;

/** The same access over Socket Mode. {@code ./mvnw -Pbench -Dbench=sockets -pl playground -am verify} */
@OverSocket
@Tag("bench")
@Tag("sockets")
class AccessOverSocketTest extends AccessTest {}
