package dev.steward.playground.endtoend;

import org.junit.jupiter.api.Tag;

/** The same trouble, told over Socket Mode. {@code ./mvnw -Pbench -Dbench=sockets -pl playground -am verify} */
@OverSocket
@Tag("bench")
@Tag("sockets")
class TerraformTroubleOverSocketTest extends TerraformTroubleTest {}
