package dev.steward.bot;

import dev.steward.oncall.OnCall;
import dev.steward.oncall.OnCallParts;

/** Wires the use cases of on-call. */
final class OnCallSetup {
    private OnCallSetup() {}

    static OnCall of(Core.Ground ground) {
        Stores stores = ground.stores();
        Settings settings = ground.settings();
        return new OnCall(new OnCallParts(
                new OnCallParts.Store(stores.database(), stores.ledger(), ground.jobs(), ground.outbox(),
                        ground.clock()),
                new OnCallParts.Catalog(stores.people(), stores.teams()),
                new OnCallParts.Rules(settings.onDuty().rotations(), settings.organisation().platformTeam(),
                        settings.onDuty().webhook().isPresent())));
    }
}
