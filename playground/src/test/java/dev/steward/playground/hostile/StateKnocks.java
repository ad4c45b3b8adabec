package dev.steward.playground.hostile;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.steward.playground.emulator.json.Json;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;

/**
 * Requests to the endpoint of Terraform's state: with no token, made-up ones and the genuine one of an apply that is
 * held back, on its own stack and on others.
 */
final class StateKnocks {
    private static final List<String> METHODS = List.of("GET", "POST", "LOCK", "UNLOCK", "LOCK", "UNLOCK", "PUT",
            "DELETE", "PATCH", "lock", "OPTIONS");
    private static final List<String> QUERIES = List.of("", "?ID=", "?ID=x", "?ID=x&ID=y", "?ID=%ZZ", "?ID=%00", "?%=",
            "?ID=' OR 1=1--", "?id=x", "?ID=" + "x".repeat(3000), "?&&&", "?ID=%F0%9F%92%A9");

    private final String path;
    private final List<String> held;

    /**
     * Requests about that stack.
     *
     * @param held
     *            address, user and password of the held apply
     */
    StateKnocks(List<String> held) {
        this.held = List.copyOf(held);
        this.path = java.net.URI.create(held.get(0)).getPath();
    }

    Knock number(long seed, int number) {
        var random = new SplittableRandom(seed * 31 + number);
        Map<String, String> headers = new LinkedHashMap<>();
        authorization(random).ifPresent(value -> headers.put("Authorization", value));
        headers.put("Content-Type", Nasty.one(List.of("application/json", "text/plain", "", "x"), random));
        String query = Nasty.one(QUERIES, random).replace(" ", "%20").replace("'", "%27");
        return Knock.whole(Nasty.one(METHODS, random), stack(random) + query, headers, body(random),
                Knock.Expects.ANYTHING);
    }

    private java.util.Optional<String> authorization(RandomGenerator random) {
        String pair = switch (random.nextInt(9)) {
            case 0, 1, 2, 3 -> held.get(1) + ":" + held.get(2);
            case 4 -> held.get(1) + ":" + held.get(2).substring(1);
            case 5 -> held.get(1);
            case 6 -> "";
            case 7 -> Nasty.text(random) + ":" + Nasty.text(random);
            default -> "attempt-1:' OR '1'='1";
        };
        if (random.nextInt(12) == 0) {
            return java.util.Optional.of(Nasty.one(List.of("Basic", "Basic ", "Basic !!!", "Bearer x", "Digest a=b",
                    "Basic " + "A".repeat(4000)), random));
        }
        return pair.isEmpty()
                ? java.util.Optional.empty()
                : java.util.Optional.of("Basic " + Base64.getEncoder()
                        .encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    private String stack(RandomGenerator random) {
        return switch (random.nextInt(8)) {
            case 0 -> "/state/STK-" + (1 + random.nextInt(9));
            case 1 -> Nasty.one(List.of("/state/", "/state", "/state/../state/STK-1", "/state/STK-1/x", "/state/%00",
                    "/state/%2e%2e/x", "/state/STK-99999999999999999999", "/state/;x", "/STATE/STK-1", "/state/%F0%9F"),
                    random);
            default -> path;
        };
    }

    private byte[] body(RandomGenerator random) {
        ObjectNode body = random.nextBoolean() ? lock(random) : state(random);
        Mutator mutator = new Mutator(random);
        String text = switch (random.nextInt(6)) {
            case 0 -> mutator.brokenText(body.toString());
            case 1 -> Nasty.text(random);
            case 2 -> body.toString();
            default -> mutator.changed(body).toString();
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static ObjectNode lock(RandomGenerator random) {
        return Json.object().put("ID", "fz-" + random.nextInt(5))
                .put("Operation", Nasty.one(List.of("OperationTypeApply", "OperationTypePlan", "x"), random))
                .put("Info", "").put("Who", "root@host").put("Version", "1.11.4")
                .put("Created", "2026-01-01T00:00:00Z").put("Path", "");
    }

    private static ObjectNode state(RandomGenerator random) {
        ObjectNode state = Json.object().put("version", 4).put("terraform_version", "1.11.4")
                .put("serial", random.nextInt(5)).put("lineage", "00000000-0000-0000-0000-000000000000");
        state.putObject("outputs");
        ObjectNode resource = state.putArray("resources").addObject().put("mode", "managed")
                .put("type", "terraform_data")
                .put("name", "x").put("provider", "provider[\"terraform.io/builtin/terraform\"]");
        ObjectNode instance = resource.putArray("instances").addObject().put("schema_version", 0);
        instance.putObject("attributes").put("id", "x");
        instance.putArray("sensitive_attributes");
        return state;
    }
}
