package dev.steward.definitions;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.modules.ModuleDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentationTest {
    private static final Pattern YAML = Pattern.compile("```yaml\\n(.*?)```", Pattern.DOTALL);

    @TempDir
    Path temporary;

    @Test
    void theExamplesInTheReferenceLoad() throws IOException {
        String reference = Files.readString(Path.of(System.getProperty("steward.root"), "docs/workflows.md"));
        Map<String, String> workflows = YAML.matcher(reference).results().map(match -> match.group(1))
                .filter(example -> example.contains("\nkind: "))
                .collect(Collectors.toMap(example -> example.lines().findFirst().orElseThrow().substring(6) + ".yaml",
                        Function.identity()));

        Loaded loaded = Fixtures.load(temporary, workflows, bucket(), grant("database-role"), grant("cloud-role"),
                grant("group-membership"));

        assertThat(Fixtures.texts(loaded)).isEmpty();
        assertThat(loaded.workflows()).extracting(Workflow::name).containsExactly("cloud-access", "database-access",
                "group-access", "new-bucket");
    }

    private static ModuleDescriptor bucket() {
        return new ModuleDescriptor("bucket", "Bucket", "A bucket", Optional.empty(),
                List.of(Fixtures.required("name"), Fixtures.required("owner"),
                        Fixtures.optional("days", "number", "90"), Fixtures.optional("tags", "map(string)", "{}")),
                List.of());
    }

    private static ModuleDescriptor grant(String name) {
        return new ModuleDescriptor(name, name, "A grant", Optional.empty(),
                List.of(Fixtures.required("entity"), Fixtures.required("role"), Fixtures.required("holder")),
                List.of());
    }
}
