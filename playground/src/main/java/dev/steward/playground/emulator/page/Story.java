package dev.steward.playground.emulator.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** What the seeded people are to each other, and what one may try as whom; from {@code story.json}. */
record Story(ObjectNode content) {
    static Story shipped() {
        try (InputStream in = Story.class.getResourceAsStream("story.json")) {
            if (in == null) {
                throw new IllegalStateException("story.json is not beside Story on the class path");
            }
            return new Story(Json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Empty for whoever joined later. */
    String title(String personId) {
        return content.path("titles").path(personId).asText();
    }

    /** Steps of {@code title}, {@code as}, {@code text} and perhaps {@code fill}. */
    JsonNode tour() {
        return content.path("tour");
    }
}
