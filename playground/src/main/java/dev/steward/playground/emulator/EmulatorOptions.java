package dev.steward.playground.emulator;

import dev.steward.playground.emulator.page.InstalledApp;
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
 * @param installation  what the app subscribed to, and what Slack's client offers of it
 * @param frozenAt      where the virtual clock stands still until advanced; without it the clock runs with the wall clock
 * @param answerWithin  wall time within which the bot must answer a delivery
 */
public record EmulatorOptions(int port, ApiGate.Access access, String signingSecret, Installation installation,
        Optional<Instant> frozenAt, Duration answerWithin) {
    /**
     * What of the app's manifest is not about its token.
     *
     * @param subscriptions the event types the app has subscribed to
     * @param app           its commands, shortcuts and tabs
     */
    public record Installation(Set<String> subscriptions, InstalledApp app) {
        public Installation {
            subscriptions = Set.copyOf(subscriptions);
        }
    }

    /** A free port, the scopes and events of the bot's own manifest, a running clock, no rates, three seconds. */
    public static EmulatorOptions defaults() {
        Manifest manifest = Manifest.shipped();
        return new EmulatorOptions(0, new ApiGate.Access("xoxb-0000000001-playground-bot-token",
                "xapp-1-A0STEWARD-0000000001-playground", manifest.scopes(), false),
                "playground-signing-secret-0123456789", new Installation(manifest.events(), manifest.app()),
                Optional.empty(), Duration.ofSeconds(3));
    }

    public EmulatorOptions withPort(int wanted) {
        return new EmulatorOptions(wanted, access, signingSecret, installation, frozenAt, answerWithin);
    }

    public EmulatorOptions withScopes(Set<String> granted) {
        return new EmulatorOptions(port,
                new ApiGate.Access(access.botToken(), access.appToken(), granted, access.enforceRates()),
                signingSecret, installation, frozenAt, answerWithin);
    }

    /** Slack's published rates apply: answers of 429 without any fault ordered. */
    public EmulatorOptions withRates() {
        return new EmulatorOptions(port,
                new ApiGate.Access(access.botToken(), access.appToken(), access.scopes(), true), signingSecret,
                installation, frozenAt, answerWithin);
    }

    public EmulatorOptions withSubscriptions(Set<String> events) {
        return new EmulatorOptions(port, access, signingSecret, new Installation(events, installation.app()), frozenAt,
                answerWithin);
    }

    /** An app with another manifest, given as YAML: its scopes, events, commands and shortcuts. */
    public EmulatorOptions withManifest(String yaml) {
        Manifest manifest = Manifest.of(yaml);
        return withScopes(manifest.scopes()).installed(new Installation(manifest.events(), manifest.app()));
    }

    private EmulatorOptions installed(Installation changed) {
        return new EmulatorOptions(port, access, signingSecret, changed, frozenAt, answerWithin);
    }

    /** Makes timestamps repeatable: the clock stands at this instant until it is advanced. */
    public EmulatorOptions withFrozenClock(Instant at) {
        return new EmulatorOptions(port, access, signingSecret, installation, Optional.of(at), answerWithin);
    }

    /** A shorter or longer limit than Slack's three seconds, for tests of the timer itself. */
    public EmulatorOptions withAnswerWithin(Duration limit) {
        return new EmulatorOptions(port, access, signingSecret, installation, frozenAt, limit);
    }
}
