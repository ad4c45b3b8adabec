package dev.steward.terraform;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A short call that ended by itself.
 *
 * @param output
 *            the file with its standard output
 * @param errors
 *            the file with its standard error
 */
public record Finished(int exitCode, Path output, Path errors) {

    /** The beginning of the output, at most that many bytes, as text. */
    public String outputText(int maxBytes) {
        return head(output, maxBytes);
    }

    /** The beginning of the standard error, at most that many bytes, as text. */
    public String errorText(int maxBytes) {
        return head(errors, maxBytes);
    }

    private static String head(Path file, int maxBytes) {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(maxBytes), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
