package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.steward.database.Json;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Masks every secret it knows in whatever leaves this process: literally, escaped as in JSON (once or twice), in HCL and
 * in URLs, in base64 (also in the middle of what was encoded) and hex, and line by line where a secret has several. What
 * a module cuts a secret into (its first half, its hash) cannot be known.
 *
 * <p>
 * Secrets of fewer than 4 characters, booleans and null are masked by structure only, where Terraform marks them:
 * replacing every {@code a} or {@code true} would leave no text. So such a secret shows where Terraform does not mark it
 * (the output of a {@code terraform_data}, an interpolated message). Thread-safe.
 */
public final class Redactor {
    /** Stands in the place of a secret. */
    public static final String MASK = "(sensitive)";
    /** Shorter ones are masked by structure only. */
    static final int SHORTEST = 4;

    /** What base64 makes of a shorter one is too short to be told from other text. */
    private static final int SHORTEST_ENCODED = 6;

    private static final Set<String> WORDS = Set.of("true", "false", "null");
    private static final int LONGEST_TEXT = 20_000;

    private final Pattern secrets;

    private Redactor(Pattern secrets) {
        this.secrets = secrets;
    }

    /** Gathers secrets. */
    public static Builder builder() {
        return new Builder();
    }

    /** The text without secrets. */
    public String redact(String text) {
        return secrets.matcher(text).replaceAll(MASK);
    }

    /** The value without secrets, in keys and in texts and numbers at every depth. */
    public JsonNode redact(JsonNode value) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        if (value.isTextual() || value.isNumber()) {
            String redacted = redact(value.asText());
            return redacted.equals(value.asText()) ? value : factory.textNode(redacted);
        }
        if (value.isArray()) {
            var array = factory.arrayNode();
            value.forEach(element -> array.add(redact(element)));
            return array;
        }
        if (value.isObject()) {
            var object = factory.objectNode();
            value.properties().forEach(e -> object.set(redact(e.getKey()), redact(e.getValue())));
            return object;
        }
        return value;
    }

    /** The diagnostic without secrets, of at most 20,000 characters, with the variable that it is about. */
    Diagnostic redact(RawDiagnostic raw, VarFile varFile) {
        return new Diagnostic(raw.severity() == RawDiagnostic.Severity.ERROR ? "error" : "warning",
                bounded(redact(raw.summary())), bounded(redact(raw.detail())), redact(raw.address()),
                varFile.variable(raw).orElse(""));
    }

    private static String bounded(String text) {
        return text.length() <= LONGEST_TEXT ? text : text.substring(0, LONGEST_TEXT) + "…";
    }

    /** Gathers what is secret. */
    public static final class Builder {
        private final Set<String> literals = new HashSet<>();

        private Builder() {}

        /** A secret text: a token, a password. */
        public Builder secret(String secret) {
            add(secret);
            secret.lines().map(String::strip).forEach(this::add);
            return this;
        }

        /** Several. */
        public Builder secrets(Collection<String> several) {
            several.forEach(this::secret);
            return this;
        }

        /** Every text and number in the value: a sensitive input. */
        public Builder secret(JsonNode value) {
            if (value.isTextual() || value.isNumber()) {
                secret(value.asText());
                if (value.isTextual() && value.asText().startsWith("{")) {
                    secretsInJson(value.asText());
                }
            } else {
                value.forEach(this::secret);
            }
            return this;
        }

        /** A credentials file in JSON: its single values leak as well. */
        private void secretsInJson(String text) {
            try {
                Json.tree(text).forEach(this::secret);
            } catch (IllegalArgumentException e) {
                // It only looked like JSON; the whole text is known already.
                literals.add(text);
            }
        }

        /**
         * What {@code show -json} of a plan marks: values under every {@code *_sensitive}, sensitive outputs, and the
         * values of variables that the configuration declares sensitive.
         */
        public Builder plan(JsonNode show) {
            new SensitiveValues(this::secret).plan(show);
            return this;
        }

        /** The redactor over what was gathered. */
        public Redactor build() {
            var all = literals.stream().sorted(Comparator.comparingInt(String::length).reversed().thenComparing(s -> s))
                    .map(Pattern::quote).toList();
            return new Redactor(Pattern.compile(all.isEmpty() ? "(?!)" : String.join("|", all)));
        }

        private void add(String secret) {
            if (secret.length() < SHORTEST || WORDS.contains(secret)) {
                return;
            }
            String once = escaped(secret);
            // Terraform's encoder also escapes what could end a script element; jsonencode() nests one in another.
            String likeTerraform = once.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026");
            String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
            String inHcl = once.replace("${", "$${").replace("%{", "%%{");
            literals.addAll(List.of(secret, once, likeTerraform, escaped(once), escaped(likeTerraform), inHcl,
                    escaped(inHcl), encoded, encoded.replace("+", "%20")));
            addEncoded(secret.getBytes(StandardCharsets.UTF_8));
        }

        /** In hex, and what base64 of any text around the secret has in it, wherever in that text the secret begins. */
        private void addEncoded(byte[] secret) {
            if (secret.length < SHORTEST_ENCODED) {
                return;
            }
            literals.add(HexFormat.of().formatHex(secret));
            literals.add(HexFormat.of().withUpperCase().formatHex(secret));
            for (int before = 0; before < 3; before++) {
                byte[] shifted = new byte[before + secret.length];
                System.arraycopy(secret, 0, shifted, before, secret.length);
                int from = (before * 8 + 5) / 6;
                int to = shifted.length * 8 / 6;
                String core = Base64.getEncoder().encodeToString(shifted).substring(from, to);
                literals.addAll(List.of(core, core.replace('+', '-').replace('/', '_')));
            }
        }

        private static String escaped(String text) {
            String json = Json.text(text);
            return json.substring(1, json.length() - 1);
        }
    }
}
