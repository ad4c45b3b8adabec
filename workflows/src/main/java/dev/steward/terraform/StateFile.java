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
import java.util.HashSet;
import java.util.List;
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
        try (JsonParser parser = JSON.createParser(in)) {
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
                JsonNode node = parser.readValueAsTree();
                if (!node.has("deposed")) {
                    instances.add(Instance.of(node));
                }
            }
            return instances;
        }
    }

    private record Instance(String index, Optional<String> id) {
        static Instance of(JsonNode node) {
            JsonNode key = node.path("index_key");
            String index = key.isMissingNode() ? "" : "[" + Json.text(key) + "]";
            return new Instance(index, identifier(node));
        }

        private static Optional<String> identifier(JsonNode node) {
            JsonNode attributes = node.path("attributes");
            Set<String> sensitive = new HashSet<>();
            Set<String> secrets = new HashSet<>();
            for (JsonNode path : node.path("sensitive_attributes")) {
                String attribute = path.path(0).path("value").asText();
                sensitive.add(attribute);
                secrets(attributes.path(attribute), secrets);
            }
            return IDENTIFIERS.stream().filter(name -> !sensitive.contains(name)).map(attributes::path)
                    .filter(JsonNode::isTextual).map(JsonNode::asText)
                    .filter(id -> !id.isEmpty() && id.length() <= LONGEST_IDENTIFIER && !secrets.contains(id))
                    .findFirst();
        }

        private static void secrets(JsonNode node, Set<String> into) {
            if (node.isValueNode()) {
                into.add(node.asText());
            } else {
                node.forEach(child -> secrets(child, into));
            }
        }
    }
}
