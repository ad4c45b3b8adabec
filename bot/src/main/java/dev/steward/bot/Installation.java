package dev.steward.bot;

import dev.steward.catalog.TeamSource;
import dev.steward.database.Sealer;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Entry;
import dev.steward.modules.Adoption;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The facts about one installation that its database keeps: which key it is sealed with, which workspace it serves. */
public final class Installation {
    private static final String WORKSPACE = "slack.team";

    private final Stores stores;

    /** The installation whose database is open. */
    public Installation(Stores stores) {
        this.stores = stores;
    }

    /** What came of initialising. */
    public sealed interface Outcome {
        /**
         * The installation begins with this entry of the ledger.
         *
         * @param genesis
         *            entry 1
         * @param keyId
         *            which key secrets are sealed with
         * @param modules
         *            which modules were accepted, as {@code modules.lock} names them
         */
        record Initialised(Entry genesis, String keyId, Adoption modules) implements Outcome {}

        /**
         * It began before; nothing was changed.
         *
         * @param genesis
         *            entry 1
         */
        record AlreadyInitialised(Entry genesis) implements Outcome {}

        /**
         * There is no key to seal with.
         *
         * @param why
         *            what is wrong and what to do
         */
        record NoKey(String why) implements Outcome {}
    }

    /**
     * Begins the installation, all of it or nothing: key, genesis entry, first admin, teams, modules.
     *
     * @param admin
     *            who administers from the start
     */
    public Outcome initialise(Home home, Settings settings, Actor actor, Actor.SlackUser admin) {
        Optional<Entry> begun = genesis();
        if (begun.isPresent()) {
            return new Outcome.AlreadyInitialised(begun.get());
        }
        return switch (HomeKey.findOrMake(home, settings.places().key())) {
            case HomeKey.Outcome.Refused refused -> new Outcome.NoKey(refused.why());
            case HomeKey.Outcome.Ready ready -> stores.database()
                    .write(h -> begin(h, ready.sealer(), new Beginning(home, settings, actor, admin)));
        };
    }

    /** What an installation begins with. */
    private record Beginning(Home home, Settings settings, Actor actor, Actor.SlackUser admin) {}

    private Outcome begin(Handle handle, Sealer sealer, Beginning beginning) {
        Optional<Entry> first = stores.ledger().after(handle, 0, 1).stream().findFirst();
        if (first.isPresent()) {
            return new Outcome.AlreadyInitialised(first.get());
        }
        Actor actor = beginning.actor();
        Actor.SlackUser admin = beginning.admin();
        Entry genesis = stores.ledger().append(handle, actor, "steward.init", "steward",
                Map.of("key", sealer.keyId(), "admin", admin.text()));
        HomeKey.bind(handle, sealer);
        store(handle, WORKSPACE, admin.team());
        stores.people().makeAdmin(handle, actor, admin);
        bindTeams(handle, beginning.settings().organisation(), actor);
        Adoption modules = Modules.of(beginning.settings(), beginning.home(), stores).adoptLocked(handle, actor);
        return new Outcome.Initialised(genesis, sealer.keyId(), modules);
    }

    /** The entry that the installation began with. */
    public Optional<Entry> genesis() {
        return stores.database().read(h -> stores.ledger().after(h, 0, 1)).stream().findFirst();
    }

    /** The workspace or enterprise that people belong to when nothing else is said. */
    public Optional<String> workspace() {
        return stores.database().read(h -> stored(h, WORKSPACE));
    }

    /** Binds each team of the settings to its source, and sees to it that the platform team exists. */
    public void bindTeams(Handle handle, Settings.Organisation organisation, Actor actor) {
        for (Settings.Team team : organisation.teams()) {
            stores.teams().bind(handle, actor, team.name(), team.title(), TeamSource.parse(team.source()),
                    team.channel());
        }
        String platform = organisation.platformTeam();
        if (stores.teams().byName(handle, platform).isEmpty()) {
            stores.teams().bind(handle, actor, platform, platform, TeamSource.IMPORT, Optional.empty());
        }
    }

    static Optional<String> stored(Handle handle, String name) {
        return handle.createQuery("SELECT value FROM installation WHERE name = :name").bind("name", name)
                .mapTo(String.class).findOne();
    }

    static void store(Handle handle, String name, String value) {
        handle.createUpdate("""
                INSERT INTO installation (name, value) VALUES (:name, :value)
                ON CONFLICT (name) DO UPDATE SET value = excluded.value""").bind("name", name).bind("value", value)
                .execute();
    }

    static void forget(Handle handle, String name) {
        handle.createUpdate("DELETE FROM installation WHERE name = :name").bind("name", name).execute();
    }
}
