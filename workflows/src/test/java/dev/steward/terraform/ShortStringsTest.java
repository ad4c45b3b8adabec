package dev.steward.terraform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.database.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ShortStringsTest {
    @Test
    void passesEverythingThatIsShort() throws IOException {
        String json = "{\"a\":\"x\\\"\\\\\\u00e9é\",\"b\":[1,true,null,\"\"]}";
        assertThat(cut(json)).isEqualTo(json);
    }

    @Test
    void cutsLongStringsAndLeavesJson() throws IOException {
        Random random = new Random(7);
        String[] pieces = {"a", "é", "€", "😀", "\\\\", "\\\"", "\\n", "\\u00e9", "\\ud83d\\ude00", "0f"};
        for (int round = 0; round < 200; round++) {
            var text = new StringBuilder();
            int wanted = ShortStrings.KEPT - 20 + random.nextInt(60);
            while (text.length() < wanted) {
                text.append(pieces[random.nextInt(pieces.length)]);
            }
            String json = "{\"long\":\"" + text + "\",\"after\":\"kept\"}";
            var tree = Json.tree(cut(json));
            assertThat(tree.path("after").asText()).as("round %d", round).isEqualTo("kept");
            assertThat(Json.tree(json).path("long").asText()).startsWith(tree.path("long").asText().substring(0, 1000));
        }
    }

    private static String cut(String json) throws IOException {
        try (var in = new ShortStrings(new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
