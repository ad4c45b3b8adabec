package dev.steward.playground.emulator;

import dev.steward.playground.emulator.webapi.ApiGate;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * How the emulator is set up.
 *
 * @param port          to listen on, on the loopback address; 0 picks a free one
 * @param access        bot and app-level token, granted scopes, and whether Slack's rates apply
 * @param signingSecret shared with the bot
 * @param subscriptions the event types the app has subscribed to
 * @param frozenAt      where the virtual clock stands still until advanced; without it the clock runs with the wall clock
 * @param answerWithin  wall time within which the bot must answer a delivery
 */
public record EmulatorOptions(int port, ApiGate.Access access, String signingSecret, Set<String> subscriptions,
        Optional<Instant> frozenAt, Duration answerWithin) {
    public EmulatorOptions {
        subscriptions = Set.copyOf(subscriptions);
    }

    /** A free port, the scopes and events of the bot's own manifest, a running clock, no rates, three seconds. */
    public static EmulatorOptions defaults() {
        Manifest manifest = Manifest.shipped();
        return new EmulatorOptions(0, new ApiGate.Access("xoxb-0000000001-playground-bot-token",
                "xapp-1-A0STEWARD-0000000001-playground", manifest.scopes(), false),
                "playground-signing-secret-0123456789", manifest.events(), Optional.empty(), Duration.ofSeconds(3));
    }

    public EmulatorOptions withPort(int wanted) {
        return new EmulatorOptions(wanted, access, signingSecret, subscriptions, frozenAt, answerWithin);
    }

    public EmulatorOptions withScopes(Set<String> granted) {
        return new EmulatorOptions(port,
                new ApiGate.Access(access.botToken(), access.appToken(), granted, access.enforceRates()),
                signingSecret, subscriptions, frozenAt, answerWithin);
    }

    /** Slack's published rates apply: answers of 429 without any fault ordered. */
    public EmulatorOptions withRates() {
        return new EmulatorOptions(port,
                new ApiGate.Access(access.botToken(), access.appToken(), access.scopes(), true), signingSecret,
                subscriptions, frozenAt, answerWithin);
    }

    public EmulatorOptions withSubscriptions(Set<String> events) {
        return new EmulatorOptions(port, access, signingSecret, events, frozenAt, answerWithin);
    }

    /** Makes timestamps repeatable: the clock stands at this instant until it is advanced. */
    public EmulatorOptions withFrozenClock(Instant at) {
        return new EmulatorOptions(port, access, signingSecret, subscriptions, Optional.of(at), answerWithin);
    }

    /** A shorter or longer limit than Slack's three seconds, for tests of the timer itself. */
    public EmulatorOptions withAnswerWithin(Duration limit) {
        return new EmulatorOptions(port, access, signingSecret, subscriptions, frozenAt, limit);
    }
}
