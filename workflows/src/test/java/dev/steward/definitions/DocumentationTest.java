package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.modules.ModuleDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationTest {
    @TempDir
    Path temporary;

    @Test
    void theExampleInTheReferenceLoads() throws IOException {
        String reference = Files.readString(Path.of(System.getProperty("steward.root"), "docs/workflows.md"));
        int start = reference.indexOf("```yaml\n") + "```yaml\n".length();
        String example = reference.substring(start, reference.indexOf("```", start));
        var bucket = new ModuleDescriptor("bucket", "Bucket", "A bucket", Optional.empty(),
                List.of(Fixtures.required("name"),
                        Fixtures.required("owner"), Fixtures.optional("days", "number", "90"),
                        Fixtures.optional("tags", "map(string)", "{}")),
                List.of());

        assertThat(Fixtures.texts(Fixtures.load(temporary, example, bucket))).isEmpty();
    }
}
