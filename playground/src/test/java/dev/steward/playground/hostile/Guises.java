package dev.steward.playground.hostile;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.steward.playground.emulator.json.Json;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A secret, and the guises in which it may leave: as it is and line by line, as JSON, HTML and a URL escape it, in base64
 * wherever it begins, and in hex.
 */
final class Guises {
    private final Set<String> guises = new LinkedHashSet<>();

    Guises(String secret) {
        guises.add(secret);
        secret.lines().map(String::strip).filter(line -> line.length() > 3).forEach(guises::add);
        for (String plain : List.copyOf(guises)) {
            String json = json(plain);
            String html = plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
            guises.addAll(List.of(json, json(json), html, json(html), html.replace("\"", "&quot;"),
                    URLEncoder.encode(plain, UTF_8), HexFormat.of().formatHex(plain.getBytes(UTF_8))));
            for (String before : List.of("", "x", "xx")) {
                guises.add(base64(before, plain));
            }
        }
    }

    /** The first guise that the text has in it. */
    Optional<String> in(String text) {
        return guises.stream().filter(text::contains).findFirst();
    }

    /** The files below a folder that have a guise in them, as bytes. */
    List<String> in(Path folder) throws IOException {
        List<String> found = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                inFile(file).ifPresent(guise -> found.add(folder.relativize(file) + " has " + guise));
            }
        } catch (java.io.UncheckedIOException goneMeanwhile) {
            return in(folder);
        }
        return found;
    }

    private Optional<String> inFile(Path file) throws IOException {
        try {
            String bytes = new String(Files.readAllBytes(file), ISO_8859_1);
            return guises.stream().filter(g -> bytes.contains(new String(g.getBytes(UTF_8), ISO_8859_1))).findFirst();
        } catch (NoSuchFileException goneMeanwhile) {
            return Optional.empty();
        }
    }

    private static String json(String text) {
        String json = Json.tree(text).toString();
        return json.substring(1, json.length() - 1);
    }

    /** What base64 has of the secret, whatever comes after it. */
    private static String base64(String before, String secret) {
        byte[] all = (before + secret).getBytes(UTF_8);
        String encoded = Base64.getEncoder().encodeToString(Arrays.copyOf(all, all.length / 3 * 3));
        return encoded.substring(before.isEmpty() ? 0 : 4);
    }
}
