package dev.steward.playground.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import dev.steward.playground.emulator.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.StreamSupport;

/** Looks for what keeps people with disabilities out, by the rules of axe. */
final class Accessibility {
    private static final String AXE = script();

    private Accessibility() {}

    /** What is wrong with the page as it stands, where axe calls it serious or critical. */
    static List<String> grave(Page page) {
        if (page.evaluate("typeof axe").equals("undefined")) {
            page.evaluate(AXE);
        }
        String found = (String) page.evaluate(
                "async () => JSON.stringify((await axe.run({ resultTypes: ['violations'] })).violations)");
        JsonNode violations = Json.parse(found).orElseThrow();
        return StreamSupport.stream(violations.spliterator(), false)
                .filter(one -> List.of("serious", "critical").contains(one.path("impact").asText()))
                .map(one -> one.path("id").asText() + ": " + one.path("nodes").findValuesAsText("html")).toList();
    }

    private static String script() {
        try (InputStream in = Objects.requireNonNull(Accessibility.class.getResourceAsStream("/axe.min.js"), "axe")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
