package dev.steward.playground.stage;

import dev.steward.bot.cli.Main;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The bot as a program: the Java that runs it, its options, its class path.
 *
 * <p>
 * Where the bot was built into a library folder it runs from there, as an installed one does. Else, in a build that has
 * only compiled it, it runs from this process's own class path.
 *
 * @param jars
 *            the library folder's content; empty when there is no such folder
 * @param extra
 *            options besides the usual ones
 * @param home
 *            a home that this program has initialised as {@link Stage#initialised} does, in which the shipped modules are
 *            prepared; to be copied, never used
 */
record BotProgram(List<Path> jars, List<String> extra, Optional<Path> home) {
    /** Without Java's recorder and the Internet's authorities: each start would read both for nothing. */
    private static final List<String> OPTIONS = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-XX:-PrintWarnings",
            "-XX:-FlightRecorder", "-Djavax.net.ssl.trustStore=NONE");

    BotProgram {
        jars = List.copyOf(jars);
        extra = List.copyOf(extra);
    }

    /** The program as it was built. */
    static BotProgram built() {
        try {
            Path origin = Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return new BotProgram(Files.isDirectory(origin) ? List.of() : jarsBeside(origin), List.of(),
                    Optional.empty());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("the bot's own place cannot be told", e);
        }
    }

    private static List<Path> jarsBeside(Path jar) {
        try (Stream<Path> all = Files.list(jar.toAbsolutePath().getParent())) {
            return all.filter(file -> file.toString().endsWith(".jar")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot list the libraries beside " + jar, e);
        }
    }

    /** The same program with one more option. */
    BotProgram with(String option) {
        return new BotProgram(jars, Stream.concat(extra.stream(), Stream.of(option)).toList(), home);
    }

    /** The same program, with a home that it has initialised. */
    BotProgram with(Path initialised) {
        return new BotProgram(jars, extra, Optional.of(initialised));
    }

    /** The whole command line. */
    List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(extra);
        command.addAll(List.of("-cp", classPath(), Main.class.getName()));
        command.addAll(arguments);
        return command;
    }

    /** Under Surefire the class path is in a property of its own. */
    private String classPath() {
        return jars.isEmpty()
                ? System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                : jars.stream().map(Path::toString).collect(Collectors.joining(":"));
    }
}
