package dev.steward.database;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.jspecify.annotations.Nullable;

/**
 * Brings a database's schema up to date, all steps in one transaction: it is what it was before, or wholly new. A
 * schema that is newer than this program is refused, since what its columns mean is not known here.
 */
final class Migration {
    private final String name;
    private final Flyway flyway;

    /**
     * @param name
     *            of the file, for messages
     */
    Migration(String name, DataSource source) {
        this.name = name;
        flyway = Flyway.configure().dataSource(source).locations("classpath:migrations").sqlMigrationPrefix("V")
                .cleanDisabled(true).group(true).load();
    }

    void run(Database.BeforeMigration before) {
        MigrationInfoService info = flyway.info();
        refuseNewer(info);
        int from = number(info.current());
        MigrationInfo[] pending = info.pending();
        if (pending.length == 0) {
            flyway.migrate();
            return;
        }
        int to = number(pending[pending.length - 1]);
        String copy = from == 0 ? "" : before.prepare(from, to);
        try {
            flyway.migrate();
        } catch (FlywayException e) {
            throw new DatabaseUnusable(name + " could not be brought from schema " + from + " to " + to
                    + ", and was left as it was: the Steward that served from it before can go on. " + copy
                    + (copy.isEmpty() ? "" : " ") + "What went wrong: " + firstLine(e), e);
        }
    }

    private void refuseNewer(MigrationInfoService info) {
        for (MigrationInfo each : info.all()) {
            MigrationState state = each.getState();
            if (state == MigrationState.FUTURE_SUCCESS || state == MigrationState.FUTURE_FAILED) {
                throw new DatabaseUnusable(name + " has schema " + number(each) + ", which a newer Steward made; this"
                        + " one knows up to " + newest(info)
                        + ". Start the newer Steward again, or restore the backup that"
                        + " it made before it changed the schema (in the home's folder backups) with: steward restore"
                        + " FILE --home <an empty folder>", null);
            }
        }
    }

    /** The newest schema that this program knows. */
    private static int newest(MigrationInfoService info) {
        int newest = 0;
        for (MigrationInfo each : info.all()) {
            newest = each.getState().isResolved() ? Math.max(newest, number(each)) : newest;
        }
        return newest;
    }

    private static int number(@Nullable MigrationInfo info) {
        return info == null || info.getVersion() == null ? 0 : info.getVersion().getMajor().intValue();
    }

    private static String firstLine(FlywayException failure) {
        return String.valueOf(failure.getMessage()).lines().filter(line -> !line.isBlank()).findFirst().orElse("?");
    }
}
