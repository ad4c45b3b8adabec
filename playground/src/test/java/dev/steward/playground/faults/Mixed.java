package dev.steward.playground.faults;

import dev.steward.playground.emulator.faults.Fault;
import java.time.Duration;

/** Every way in which a call fails, all equally likely. */
final class Mixed {
    static final Fault[] FAULTS = {new Fault.RateLimited(Duration.ofSeconds(1)), new Fault.ServerError(500),
            new Fault.ServerError(503), new Fault.Hang(Duration.ofMillis(300)), new Fault.Reset(),
            new Fault.ResponseLost(), new Fault.Truncated(), new Fault.MalformedBody()};

    private Mixed() {}
}
