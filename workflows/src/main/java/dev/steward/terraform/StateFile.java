package dev.steward.terraform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.steward.database.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What Steward reads of a state file (format version 4): whose it is, and what it holds by address and identifier; no
 * other value leaves it.
 *
 * @param lineage
 *            the same for all versions of one stack
 * @param serial
 *            grows with each version
 * @param terraformVersion
 *            of the Terraform that wrote it
 * @param resources
 *            managed resources, one per instance; data sources are left out
 */
record StateFile(String lineage, long serial, String terraformVersion, List<Resource> resources) {
    /** The largest state that is taken. */
    static final int MAX_BYTES = 256 * 1024 * 1024;

    private static final int FORMAT = 4;
    private static final List<String> IDENTIFIERS = List.of("id", "arn", "self_link");
    private static final int LONGEST_IDENTIFIER = 1024;
    private static final int MOST_VALUES = 10_000;
    private static final JsonFactory JSON = new ObjectMapper(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(MAX_BYTES).build()).build())
            .getFactory();

    StateFile {
        resources = List.copyOf(resources);
    }

    /**
     * One managed resource instance.
     *
     * @param address
     *            with module path and index key
     * @param id
     *            its identifier in the world, unless that is sensitive
     */
    record Resource(String address, String type, Optional<String> id) {}

    /** Bytes that are not a state, or one that Steward does not take; the message quotes nothing of it. */
    static final class Unreadable extends RuntimeException {
        Unreadable(String message) {
            super(message);
        }

        Unreadable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /**
     * Reads a state.
     *
     * @throws Unreadable
     *             if it is not one
     */
    static StateFile read(byte[] bytes) {
        return read(new ByteArrayInputStream(bytes));
    }

    /**
     * Reads a state as a stream, holding one resource instance at a time.
     *
     * @throws Unreadable
     *             if it is not one
     */
    static StateFile read(InputStream in) {
        try (JsonParser parser = JSON.createParser(new ShortStrings(in))) {
            return new Reader(parser).read();
        } catch (IOException e) {
            // Jackson's own message may quote the state.
            throw new Unreadable("not a Terraform state: broken JSON");
        }
    }

    /**
     * The same state with the next serial, every other byte as it was. It makes all plans on the old one stale.
     *
     * @throws Unreadable
     *             if it is not a state
     */
    static byte[] withBumpedSerial(byte[] bytes) {
        try (JsonParser parser = JSON.createParser(bytes)) {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                boolean serial = parser.currentName().equals("serial");
                JsonToken value = parser.nextToken();
                if (serial) {
                    require(value == JsonToken.VALUE_NUMBER_INT);
                    return splice(bytes, (int) parser.currentTokenLocation().getByteOffset(), parser.getText(),
                            Long.toString(parser.getLongValue() + 1));
                }
                parser.skipChildren();
            }
        } catch (IOException e) {
            throw new Unreadable("not a Terraform state: broken JSON");
        }
        throw new Unreadable("not a Terraform state: it has no serial");
    }

    private static byte[] splice(byte[] bytes, int offset, String old, String replacement) {
        var out = new ByteArrayOutputStream(bytes.length + 1);
        out.write(bytes, 0, offset);
        out.writeBytes(replacement.getBytes(StandardCharsets.US_ASCII));
        int rest = offset + old.length();
        out.write(bytes, rest, bytes.length - rest);
        return out.toByteArray();
    }

    private static void require(boolean condition) {
        if (!condition) {
            throw new Unreadable("not a Terraform state: it has another form");
        }
    }

    private static final class Reader {
        private final JsonParser parser;
        private final List<Resource> resources = new ArrayList<>();
        private String lineage = "";
        private long serial = -1;
        private int format;
        private String terraformVersion = "";

        Reader(JsonParser parser) {
            this.parser = parser;
        }

        StateFile read() throws IOException {
            require(parser.nextToken() == JsonToken.START_OBJECT);
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                switch (name) {
                    case "version" -> format = parser.getValueAsInt();
                    case "terraform_version" -> terraformVersion = parser.getValueAsString("");
                    case "serial" -> serial = parser.getValueAsLong(-1);
                    case "lineage" -> lineage = parser.getValueAsString("");
                    case "resources" -> resources();
                    default -> parser.skipChildren();
                }
            }
            require(parser.currentToken() == JsonToken.END_OBJECT && serial >= 0);
            if (format != FORMAT) {
                throw new Unreadable("a Terraform state of format " + format + ": Steward reads format " + FORMAT);
            }
            return new StateFile(lineage, serial, terraformVersion, resources);
        }

        private void resources() throws IOException {
            require(parser.currentToken() == JsonToken.START_ARRAY);
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                resource();
            }
        }

        private void resource() throws IOException {
            String module = "";
            String mode = "";
            String type = "";
            String name = "";
            List<Instance> instances = List.of();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "module" -> module = parser.getValueAsString("") + ".";
                    case "mode" -> mode = parser.getValueAsString("");
                    case "type" -> type = parser.getValueAsString("");
                    case "name" -> name = parser.getValueAsString("");
                    case "instances" -> instances = instances();
                    default -> parser.skipChildren();
                }
            }
            if (mode.equals("managed")) {
                for (Instance instance : instances) {
                    resources.add(new Resource(module + type + "." + name + instance.index, type, instance.id));
                }
            }
        }

        private List<Instance> instances() throws IOException {
            require(parser.currentToken() == JsonToken.START_ARRAY);
            var instances = new ArrayList<Instance>();
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                instance().ifPresent(instances::add);
            }
            return instances;
        }

        /** Nothing of a deposed one. */
        private Optional<Instance> instance() throws IOException {
            String index = "";
            boolean deposed = false;
            Attributes attributes = new Attributes();
            Set<String> sensitive = new HashSet<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String field = parser.currentName();
                parser.nextToken();
                switch (field) {
                    case "index_key" -> index = "[" + Json.text(parser.readValueAs(Object.class)) + "]";
                    case "deposed" -> {
                        deposed = true;
                        parser.skipChildren();
                    }
                    case "attributes" -> attributes(attributes);
                    case "sensitive_attributes" -> sensitive(sensitive);
                    default -> parser.skipChildren();
                }
            }
            return deposed ? Optional.empty() : Optional.of(new Instance(index, attributes.identifier(sensitive)));
        }

        private void attributes(Attributes attributes) throws IOException {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                parser.skipChildren();
                return;
            }
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                int depth = 0;
                do {
                    JsonToken token = parser.nextToken();
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                    if (token.isScalarValue()) {
                        attributes.add(name, token == JsonToken.VALUE_STRING && depth == 0, parser.getText());
                    }
                } while (depth > 0);
            }
        }

        private void sensitive(Set<String> names) throws IOException {
            for (JsonNode path : (JsonNode) parser.readValueAsTree()) {
                names.add(path.path(0).path("value").asText());
            }
        }
    }

    private record Instance(String index, Optional<String> id) {}

    /** What an instance's attributes say that could be its identifier, or a secret that its identifier must not tell. */
    private static final class Attributes {
        private final Map<String, String> identifiers = new HashMap<>();
        private final Map<String, Set<String>> values = new HashMap<>();
        private final Set<String> tooMany = new HashSet<>();
        private int kept;

        void add(String attribute, boolean wholeText, String value) {
            if (wholeText && IDENTIFIERS.contains(attribute)) {
                identifiers.put(attribute, value);
            }
            if (value.length() > LONGEST_IDENTIFIER) {
                return;
            }
            if (kept >= MOST_VALUES) {
                tooMany.add(attribute);
            } else if (values.computeIfAbsent(attribute, key -> new HashSet<>()).add(value)) {
                kept++;
            }
        }

        /** Of a secret with more values than were kept, nobody can tell that the identifier is not among them. */
        Optional<String> identifier(Set<String> sensitive) {
            if (sensitive.stream().anyMatch(tooMany::contains)) {
                return Optional.empty();
            }
            return IDENTIFIERS.stream().filter(name -> !sensitive.contains(name)).map(identifiers::get)
                    .filter(Objects::nonNull).filter(id -> !id.isEmpty() && id.length() <= LONGEST_IDENTIFIER)
                    .filter(id -> sensitive.stream()
                            .noneMatch(name -> values.getOrDefault(name, Set.of()).contains(id)))
                    .findFirst();
        }
    }
}
