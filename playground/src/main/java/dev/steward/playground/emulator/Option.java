package dev.steward.playground.emulator;

import com.fasterxml.jackson.databind.JsonNode;

/** An option that a select offers. */
public record Option(String text, String value) {
    static Option of(JsonNode option) {
        return new Option(option.path("text").path("text").asText(), option.path("value").asText());
    }
}
