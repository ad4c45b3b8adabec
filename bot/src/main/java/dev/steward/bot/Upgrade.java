package dev.steward.bot;

import dev.steward.database.Database;
import dev.steward.database.DatabaseUnusable;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What a change of the schema asks for first: that no other Steward serves from the home, and a backup in the home's
 * folder {@code backups}. The right to serve is kept until this is closed.
 */
final class Upgrade implements Database.BeforeMigration, AutoCloseable {
    private final Home home;
    private final InstantSource clock;
    private @Nullable HomeLock lock;

    Upgrade(Home home, InstantSource clock) {
        this.home = home;
        this.clock = clock;
    }

    @Override
    public String prepare(int from, int to) {
        if (!HomeLock.heldHere(home)) {
            lock(from, to);
        }
        return switch (new Backup(home, clock).writeTo(home.backups(), "-before-schema-" + to)) {
            case Backup.Outcome.Written written ->
                "The backup from before is " + written.file() + ".";
            case Backup.Outcome.Refused refused -> throw new DatabaseUnusable(home.database()
                    + " has schema " + from + ", and this Steward needs " + to
                    + ". The backup that is made before such a"
                    + " change could not be: " + refused.why() + " Nothing was changed.", null);
        };
    }

    private void lock(int from, int to) {
        lock = switch (HomeLock.take(home, clock)) {
            case HomeLock.Outcome.Taken taken -> taken.lock();
            case HomeLock.Outcome.Held held -> throw new DatabaseUnusable(home.database() + " has schema " + from
                    + ", and this Steward needs " + to + "; but an older one serves from it: " + held.holder()
                    + ". Stop that first, or use its own command line.", null);
        };
    }

    @Override
    public void close() {
        if (lock != null) {
            lock.close();
        }
    }
}
