package dev.steward.playground.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The calls of the control API that the documentation shows, one after the other. */
class DocumentedExamplesTest extends EmulatorTest {
    private static final Path DOCUMENT = Path.of(System.getProperty("steward.root", ".")).resolve("docs/playground.md");
    private static final Pattern URL = Pattern.compile("http://127\\.0\\.0\\.1:8090/(_control/[^ ']*)");
    private static final Pattern BODY = Pattern.compile("-d '([^']*)'");

    @Test
    void eachDoesWhatItSays() throws IOException, InterruptedException {
        List<String> examples = Files.readAllLines(DOCUMENT).stream()
                .filter(line -> line.startsWith("curl ") && line.contains("/_control/")).toList();
        assertThat(examples).hasSizeGreaterThan(10);

        for (String example : examples) {
            slack.sockets().set(example.contains("sockets/"));
            HttpResponse<String> answer = run(example);
            assertThat(answer.statusCode()).as("%s: %s", example, answer.body()).isEqualTo(200);
            assertThat(answer.body().lines().map(Json::parse)).as(example).allMatch(Optional::isPresent);
        }
        assertThat(slack.faults().standing()).isEmpty();
    }

    private HttpResponse<String> run(String example) throws IOException, InterruptedException {
        Matcher url = URL.matcher(example);
        Matcher body = BODY.matcher(example);
        assertThat(url.find()).as(example).isTrue();
        String sent = body.find() ? body.group(1) : "";
        String verb = example.contains("-X DELETE")
                ? "DELETE"
                : example.contains("-X POST") || !sent.isEmpty() ? "POST" : "GET";
        URI to = slack.pageUrl().resolve("/" + url.group(1));
        try (HttpClient http = HttpClient.newHttpClient()) {
            return http.send(
                    HttpRequest.newBuilder(to).header("Content-Type", "application/x-www-form-urlencoded")
                            .method(verb, HttpRequest.BodyPublishers.ofString(sent)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }
}
