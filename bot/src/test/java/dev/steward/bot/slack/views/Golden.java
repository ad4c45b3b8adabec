package dev.steward.bot.slack.views;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.database.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Compares a message with its golden file in {@code bot/src/test/resources/golden}. To accept what is rendered now, run
 * the tests with {@code -Dgolden.update=true} (see the README in that folder) and read the difference before you commit it.
 */
public final class Golden {
    private static final ObjectMapper PRETTY = new ObjectMapper();
    private static final Path FOLDER = Path.of(System.getProperty("steward.root", ".."),
            "bot/src/test/resources/golden");

    private Golden() {}

    /** The message is as its file says. */
    public static void assertMatches(String name, Rendered message) {
        assertSame(name, Map.of("text", message.text().markup(), "blocks", message.blocks()));
    }

    /** The modal, the home or the list of texts is as its file says. */
    public static void assertSame(String name, Map<String, Object> actual) {
        Path file = FOLDER.resolve(name + ".json");
        String now = pretty(actual);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(FOLDER);
                Files.writeString(file, now);
            }
            assertThat(file).as("no golden file; run with -Dgolden.update=true").exists();
            assertThat(now).as("%s differs from its golden file; accept with -Dgolden.update=true", name)
                    .isEqualTo(Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String pretty(Map<String, Object> value) {
        try {
            Object sorted = PRETTY.readValue(Json.text(value), Object.class);
            return PRETTY.writerWithDefaultPrettyPrinter().writeValueAsString(sorted) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
