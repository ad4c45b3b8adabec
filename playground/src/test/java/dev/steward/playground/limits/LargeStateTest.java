package dev.steward.playground.limits;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.playground.emulator.Message;
import dev.steward.playground.stage.Stage;
import dev.steward.playground.stage.Until;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jspecify.annotations.Nullable;

/**
 * States of tens of megabytes, sent by the protocol that Terraform speaks, to a Steward that has 256 MB of memory in all.
 * The test speaks for Terraform, which would need a gigabyte for such a state itself.
 */
class LargeStateTest extends LimitsTest {
    private static final int MB = 1 << 20;
    private static final boolean LONG = "states".equals(System.getProperty("steward.bench"));
    private @Nullable Stage stage;

    @Override
    Stage stage() {
        return Objects.requireNonNull(stage, "the stage is set");
    }

    @Test
    void storesALargeStatePieceByPieceWhileOthersAreAnswered(@TempDir Path folder) throws Exception {
        stores(folder, 20 * MB);
    }

    /** {@code ./mvnw -Pbench -Dbench=states verify} */
    @Test
    @Tag("bench")
    @Tag("states")
    void storesFiftyMegabytesAndKeepsWhatIsTooLarge(@TempDir Path folder) throws Exception {
        stores(folder, 50 * MB);
    }

    private void stores(Path folder, int bytes) throws Exception {
        Terraform terraform = new Terraform(folder);
        try (Stage opened = new Stage(root(), folder).with("STEWARD_TERRAFORM", terraform.path().toString())
                .initialised(); HttpClient http = HttpClient.newHttpClient()) {
            stage = opened;
            opened.startHere();
            submitted(actor("dana"), "large-state");
            Message card = toDecide("large-state");
            terraform.does("""
                    [ "$1" = apply ] && {
                        env > "$folder/environment.next" && mv "$folder/environment.next" "$folder/environment"
                        while [ ! -e "$folder/go" ]; do sleep 0.05; done
                        [ -e "$folder/leave" ] && cp "$folder/leave" errored.tfstate
                        exit 1
                    }""");
            actor("omar").clicksAndIsTold(card, "approve");
            Until.isTrue("Terraform would apply", LIMIT, () -> Files.exists(folder.resolve("environment")));
            Backend backend = new Backend(http, Files.readAllLines(folder.resolve("environment")).stream()
                    .filter(line -> line.startsWith("TF_HTTP_"))
                    .collect(Collectors.toMap(l -> l.substring(0, l.indexOf('=')),
                            l -> l.substring(l.indexOf('=') + 1))));
            assertThat(backend.call("LOCK", "", Backend.LOCK).statusCode()).isEqualTo(200);
            String seed = new String(backend.call("GET", "", new byte[0]).body(), StandardCharsets.UTF_8);
            String lineage = seed.replaceAll("(?s).*\"lineage\":\\s*\"([^\"]+)\".*", "$1");

            byte[] large = state(lineage, 2, bytes);
            var stored = CompletableFuture.supplyAsync(() -> backend.call("POST", "?ID=" + Backend.ID, large));
            List<Long> acknowledged = acknowledgementsUntil(stored);
            assertThat(stored.join().statusCode()).isEqualTo(200);
            System.out.printf("%d MB stored; %d commands meanwhile, acknowledged within %d ms%n", bytes / MB,
                    acknowledged.size(), Collections.max(acknowledged));
            assertThat(Arrays.equals(backend.call("GET", "", new byte[0]).body(), large)).as("reads back").isTrue();
            assertThat(count("SELECT count(*) FROM state_version WHERE upload IS NOT NULL")).isEqualTo(1);
            assertThat(count("SELECT count(DISTINCT upload) FROM state_piece")).isEqualTo(1);
            assertThat(count("SELECT count(*) FROM stack_resource WHERE resource_id = 'i-large'")).isEqualTo(1);

            byte[] beyond = state(lineage, 3, 256 * MB + 1);
            assertThat(backend.tries("POST", "?ID=" + Backend.ID, beyond)).as("or the connection is closed")
                    .isIn(413, -1);
            assertThat(count("SELECT count(DISTINCT upload) FROM state_piece")).as("nothing is left of it")
                    .isEqualTo(1);
            if (LONG) {
                Files.write(folder.resolve("leave"), beyond);
            }
            terraform.letGo();

            if (LONG) {
                assertThat(saying("large-state", "nobody can say").plainText()).contains("It is kept, sealed");
                try (Stream<Path> kept = Files.list(stage.home().resolve("kept"))) {
                    assertThat(kept.mapToLong(file -> file.toFile().length()).sum()).isGreaterThan(256L * MB);
                }
                assertThat(count("SELECT max(serial) FROM state_version")).as("old plans fit no longer").isEqualTo(3);
            } else {
                saying("large-state", "Applied in part only");
            }
            nothingIsLeft();
        }
    }

    private List<Long> acknowledgementsUntil(CompletableFuture<?> end) {
        var took = new ArrayList<Long>();
        do {
            long before = System.nanoTime();
            assertThat(actor("olga").types(CHANNEL, "/owner", "nothing-like-it").acknowledged()).isTrue();
            took.add(Duration.ofNanos(System.nanoTime() - before).toMillis());
        } while (!end.isDone());
        return took;
    }

    private static byte[] state(String lineage, int serial, int bytes) {
        String head = "{\"version\":4,\"terraform_version\":\"1.11.4\",\"serial\":" + serial + ",\"lineage\":\""
                + lineage
                + "\",\"outputs\":{},\"resources\":[{\"mode\":\"managed\",\"type\":\"terraform_data\",\"name\":\"large\","
                + "\"instances\":[{\"attributes\":{\"id\":\"i-large\",\"input\":\"";
        String tail = "\"},\"sensitive_attributes\":[]}]}]}";
        byte[] state = new byte[bytes];
        Arrays.fill(state, (byte) 'x');
        System.arraycopy(head.getBytes(StandardCharsets.UTF_8), 0, state, 0, head.length());
        System.arraycopy(tail.getBytes(StandardCharsets.UTF_8), 0, state, bytes - tail.length(), tail.length());
        return state;
    }

    /** Steward's state endpoint, as Terraform's http backend uses it. */
    private record Backend(HttpClient http, Map<String, String> settings) {
        static final String ID = "11111111-2222-3333-4444-555555555555";
        static final byte[] LOCK = ("{\"ID\":\"" + ID + "\",\"Operation\":\"OperationTypeApply\"}")
                .getBytes(StandardCharsets.UTF_8);

        HttpResponse<byte[]> call(String method, String query, byte[] body) {
            return send(method, query, HttpRequest.BodyPublishers.ofByteArray(body));
        }

        /** -1 when the connection was closed in the middle. */
        int tries(String method, String query, byte[] body) {
            try {
                return call(method, query, body).statusCode();
            } catch (IllegalStateException e) {
                return -1;
            }
        }

        private HttpResponse<byte[]> send(String method, String query, HttpRequest.BodyPublisher body) {
            String pair = settings.get("TF_HTTP_USERNAME") + ":" + settings.get("TF_HTTP_PASSWORD");
            HttpRequest request = HttpRequest.newBuilder(URI.create(settings.get("TF_HTTP_ADDRESS") + query))
                    .version(HttpClient.Version.HTTP_1_1).method(method, body).header("Authorization", "Basic "
                            + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)))
                    .build();
            try {
                return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                throw new IllegalStateException(method + " had no answer", e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
