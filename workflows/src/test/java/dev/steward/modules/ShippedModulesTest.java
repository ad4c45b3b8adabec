package dev.steward.modules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.terraform.TestTerraform;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShippedModulesTest {
    private static final Path MODULES = Path.of(System.getProperty("steward.root"), "terraform-modules");

    @TempDir
    Path scratch;

    @ParameterizedTest
    @ValueSource(strings = {"service", "service-access", "sandbox"})
    void theShippedModulesPassVetting(String module) throws Exception {
        var vetting = new Vetting(TestTerraform.cli(scratch), Set.of());
        var outcome = vetting.vet(MODULES.resolve(module));
        assertThat(outcome).isInstanceOf(Vetting.Outcome.Passed.class);
    }

    @Test
    void theShippedLockIsWhatAcceptingTheShippedModulesWrites() throws Exception {
        var lock = LockFile.read(MODULES.resolve(LockFile.NAME));
        assertThat(lock.problems()).isEmpty();
        var locked = new TreeMap<>(lock.modules());
        locked.replaceAll((name, entry) -> new LockFile.Locked(digestOf(name), entry.acceptedBy(), entry.acceptedAt()));
        assertThat(Files.readString(MODULES.resolve(LockFile.NAME))).as("a module in terraform-modules was changed: "
                + "review the change, run `./steward modules accept NAME` and commit modules.lock with it")
                .isEqualTo(LockFile.text(locked));
        assertThat(locked).containsOnlyKeys("service", "service-access", "sandbox");
    }

    private static String digestOf(String name) {
        try {
            return ModuleDigest.of(MODULES.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
