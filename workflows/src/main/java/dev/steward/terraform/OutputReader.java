package dev.steward.terraform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Follows the {@code -json} output of a running Terraform: each call reads the whole lines that were added since the
 * last one. Lines that are not JSON (there are some with a backend) and lines over 1 MB are skipped; of diagnostics the
 * first 200 are kept, of operations 50,000. Not thread-safe.
 *
 * @see <a href="https://developer.hashicorp.com/terraform/internals/machine-readable-ui">Machine-readable UI</a>
 */
final class OutputReader {
    /** Further ones are not kept. */
    static final int MOST_DIAGNOSTICS = 200;

    private static final int LONGEST_LINE = 1024 * 1024;
    private static final long MOST_AT_ONCE = 16L << 20;
    private static final long MOST_IN_ALL = 256L << 20;
    private static final int MOST_OPERATIONS = 50_000;

    private final Path file;
    private long offset;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private boolean tooLong;

    private @Nullable String version;
    private final List<RawDiagnostic> diagnostics = new ArrayList<>();
    private int planned;
    private final List<Operation> started = new ArrayList<>();
    private final List<Operation> finished = new ArrayList<>();
    private final List<Operation> failed = new ArrayList<>();
    private @Nullable ChangeSummary summary;
    private final Map<String, JsonNode> outputs = new LinkedHashMap<>();

    OutputReader(Path file) {
        this.file = file;
    }

    /** Reads what was added, and answers all that is known now; a file that is not there yet is empty. */
    OutputEvents readMore() {
        return readMore(MOST_AT_ONCE);
    }

    /** The same, with as much as there is; what is beyond 256 MB of output is not looked at. */
    OutputEvents readAll() {
        return readMore(MOST_IN_ALL);
    }

    /** No further than the end of now: a Terraform that prints faster than it is read must not hold us here. */
    private OutputEvents readMore(long most) {
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            long end = Math.min(channel.size(), Math.min(MOST_IN_ALL, offset + most));
            channel.position(offset);
            ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
            while (offset < end && channel.read(buffer) > 0) {
                buffer.flip();
                offset += buffer.remaining();
                while (buffer.hasRemaining()) {
                    next(buffer.get());
                }
                buffer.clear();
            }
        } catch (NoSuchFileException e) {
            return OutputEvents.none();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read Terraform's output in " + file, e);
        }
        return new OutputEvents(Optional.ofNullable(version), diagnostics, planned, started, finished, failed,
                Optional.ofNullable(summary), outputs);
    }

    private void next(byte b) {
        if (b == '\n') {
            if (!tooLong) {
                accept(line.toString(StandardCharsets.UTF_8));
            }
            line.reset();
            tooLong = false;
        } else if (line.size() >= LONGEST_LINE) {
            tooLong = true;
        } else {
            line.write(b);
        }
    }

    private void accept(String text) {
        if (!text.startsWith("{")) {
            return;
        }
        JsonNode event;
        try {
            event = Json.tree(text);
        } catch (IllegalArgumentException e) {
            return;
        }
        switch (event.path("type").asText()) {
            case "version" -> version = event.path("terraform").asText();
            case "diagnostic" -> keep(diagnostics, RawDiagnostic.of(event.path("diagnostic")), MOST_DIAGNOSTICS);
            case "planned_change" -> planned += operations(event.path("change").path("action").asText());
            case "change_summary" -> summary = summary(event.path("changes"));
            case "apply_start" -> operation(event).ifPresent(o -> keep(started, o, MOST_OPERATIONS));
            case "apply_complete" -> operation(event).ifPresent(o -> end(o, finished));
            case "apply_errored" -> operation(event).ifPresent(o -> end(o, failed));
            case "outputs" -> event.path("outputs").properties().forEach(e -> output(e.getKey(), e.getValue()));
            default -> {
                // Terraform may add types in any minor version; what is not known here tells nothing we need.
            }
        }
    }

    private void end(Operation operation, List<Operation> to) {
        started.remove(operation);
        keep(to, operation, MOST_OPERATIONS);
    }

    private void output(String name, JsonNode output) {
        if (output.has("value") && !output.path("sensitive").asBoolean(true)) {
            outputs.put(name, output.path("value"));
        }
    }

    private static <T> void keep(List<T> list, T value, int most) {
        if (list.size() < most) {
            list.add(value);
        }
    }

    private static int operations(String action) {
        return switch (action) {
            case "create", "update", "delete" -> 1;
            case "replace" -> 2;
            default -> 0;
        };
    }

    /** Reading a data source is reported like an operation, even while planning; it changes nothing. */
    private static Optional<Operation> operation(JsonNode event) {
        JsonNode hook = event.path("hook");
        String action = hook.path("action").asText();
        return operations(action) == 0
                ? Optional.empty()
                : Optional.of(new Operation(hook.path("resource").path("addr").asText(), action));
    }

    private static ChangeSummary summary(JsonNode changes) {
        return new ChangeSummary(changes.path("add").asInt(), changes.path("change").asInt(),
                changes.path("remove").asInt(), changes.path("import").asInt(), changes.path("operation").asText());
    }
}
