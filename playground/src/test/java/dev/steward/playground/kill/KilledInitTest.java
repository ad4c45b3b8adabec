package dev.steward.playground.kill;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.workspace.Seed;
import dev.steward.playground.stage.BotProcess;
import dev.steward.playground.stage.Stage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code steward init}, killed while it migrates the database, makes the key and begins the ledger. */
class KilledInitTest {
    @TempDir
    Path folder;

    @Test
    void beginsAllTheSameAfterAnInitThatWasKilled() {
        try (Stage stage = new Stage(Path.of(System.getProperty("steward.root", "..")), folder);
                Eye eye = new Eye(stage.home())) {
            killInit(stage, () -> Files.exists(stage.home().resolve("steward.db")));
            for (int version : new int[]{1, 3, 5}) {
                killInit(stage, () -> migrated(eye, version));
                eye.shut();
            }
            killInit(stage, () -> Files.exists(stage.home().resolve("key")));
            if (!eye.sees(h -> count(h, "SELECT count(*) FROM ledger") > 0)) {
                stage.initialised();
            }
            eye.shut();
            stage.start();
            assertThat(stage.command("ledger", "verify")).contains("intact");
        }
    }

    private static boolean migrated(Eye eye, int version) {
        return eye.sees(h -> count(h, "SELECT count(*) FROM flyway_schema_history") >= version);
    }

    private static int count(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Integer.class).one();
    }

    /** Kills it as soon as that holds, or lets it end if it was faster. */
    private static void killInit(Stage stage, BooleanSupplier moment) {
        BotProcess init = stage.commandBegun("init", "--admin", Seed.LENA, "--team", Seed.TEAM);
        while (init.alive() && !moment.getAsBoolean()) {
            Thread.onSpinWait();
        }
        init.kill();
    }
}
