package dev.steward.playground.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BotProgramTest {
    @TempDir
    Path folder;

    @Test
    void runsFromTheLibrariesAloneWhereThereAreAny() {
        BotProgram program = new BotProgram(List.of(Path.of("lib/a.jar"), Path.of("lib/b.jar")),
                List.of("-Xshare:off"), Optional.empty());

        assertThat(program.command(List.of("serve"))).containsSubsequence("-Xshare:off", "-cp", "lib/a.jar:lib/b.jar",
                "dev.steward.bot.cli.Main", "serve");
    }

    @Test
    void runsFromTheClassPathOfTheTestsWhereThereAreNoLibraries() throws URISyntaxException {
        Path own = Path.of(BotProgram.class.getProtectionDomain().getCodeSource().getLocation().toURI());

        List<String> command = new BotProgram(List.of(), List.of(), Optional.empty()).command(List.of("serve"));

        assertThat(command.get(command.indexOf("-cp") + 1)).contains(own.toString());
    }

    @Test
    void startsWithoutACacheWhereNoneCanBeMade() throws IOException {
        BotProgram program = new BotProgram(List.of(Files.createFile(folder.resolve("a.jar"))), List.of(),
                Optional.empty());
        String occupied = Files.createFile(folder.resolve("occupied")).toString();

        assertThat(StartupCache.add(program, folder, occupied)).isEqualTo(program);
        assertThat(StartupCache.add(program, folder, "")).isEqualTo(program);
    }
}
