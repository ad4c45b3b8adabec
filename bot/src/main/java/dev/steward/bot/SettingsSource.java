package dev.steward.bot;

import dev.steward.bot.YamlSection.Found;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The environment and the settings file together, read value by value: the environment wins. A value that cannot be
 * read becomes a problem, and its default is answered, so that reading goes on.
 */
final class SettingsSource {
    private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})\\s*([smhd])");

    private final Map<String, String> environment;
    private final Path workingFolder;
    private final List<String> problems = new ArrayList<>();
    private final Path fileFolder;
    private final YamlSection file;

    /** Reads {@code steward.yaml} of the folder, or the file that {@code STEWARD_CONFIG} names. */
    SettingsSource(Map<String, String> environment, Path workingFolder) {
        this.environment = environment;
        this.workingFolder = workingFolder.toAbsolutePath().normalize();
        Path usual = this.workingFolder.resolve("steward.yaml");
        Optional<Path> path = variable("STEWARD_CONFIG").map(f -> path(f, this.workingFolder, usual))
                .or(() -> Optional.of(usual).filter(Files::exists));
        fileFolder = path.map(Path::getParent).orElse(this.workingFolder);
        file = path.map(p -> YamlSection.read(p, problems)).orElseGet(() -> YamlSection.empty(problems));
    }

    YamlSection file() {
        return file;
    }

    List<String> problems() {
        return problems;
    }

    void problem(String text) {
        problems.add(text);
    }

    /** A variable of the environment; one without text counts as absent. */
    Optional<Found> variable(String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(t -> !t.isEmpty())
                .map(t -> new Found(t, name));
    }

    /** The variable's text, or else the key's. */
    Optional<Found> text(String variable, YamlSection section, String key) {
        Optional<Found> fromFile = section.text(key);
        return variable(variable).or(() -> fromFile);
    }

    /** A path; a relative one starts from the working folder, or in the file from the file's folder. */
    Path path(String variable, String key, Path fallback) {
        Optional<Found> fromFile = file.text(key);
        return variable(variable).map(f -> path(f, workingFolder, fallback))
                .or(() -> fromFile.map(f -> path(f, fileFolder, fallback))).orElse(fallback.normalize());
    }

    private Path path(Found given, Path base, Path fallback) {
        try {
            String text = given.text().startsWith("~/") ? userHome() + given.text().substring(1) : given.text();
            return base.resolve(text).toAbsolutePath().normalize();
        } catch (InvalidPathException e) {
            problem(given.where() + ": is not a path");
            return fallback;
        }
    }

    Path workingFolder() {
        return workingFolder;
    }

    String userHome() {
        return environment.getOrDefault("HOME", System.getProperty("user.home", "."));
    }

    /** The program of that name in the first folder of the PATH that has it. */
    Optional<Path> onPath(String program) {
        for (String folder : environment.getOrDefault("PATH", "").split(":", -1)) {
            Path candidate = workingFolder.resolve(folder).resolve(program);
            if (isProgram(candidate)) {
                return Optional.of(candidate.normalize());
            }
        }
        return Optional.empty();
    }

    static boolean isProgram(Path candidate) {
        return Files.isRegularFile(candidate) && Files.isExecutable(candidate);
    }

    int port(String variable, String key, int fallback) {
        Optional<Found> given = text(variable, file, key);
        String text = given.map(Found::text).orElse(Integer.toString(fallback));
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port >= 1 && port <= 65535) {
            return port;
        }
        // Kubernetes puts NAME_PORT=tcp://... into every container for a Service called NAME.
        String hint = text.startsWith("tcp://")
                ? ". Kubernetes sets this variable for a Service called steward:"
                        + " give the pod enableServiceLinks: false"
                : "";
        given.ifPresent(
                f -> problem(f.where() + ": " + quoted(text) + " is not a port; use a number from 1 to 65535" + hint));
        return fallback;
    }

    /** What a number may be, and what it is where none is given. */
    record Range(int least, int most, int fallback) {}

    int number(String variable, YamlSection section, String key, Range range) {
        Optional<Found> given = text(variable, section, key);
        if (given.isEmpty()) {
            return range.fallback();
        }
        String text = given.get().text();
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (number >= range.least() && number <= range.most()) {
            return number;
        }
        problem(given.get().where() + ": " + quoted(text) + " is not possible; use a number from " + range.least()
                + " to " + range.most());
        return range.fallback();
    }

    Duration duration(YamlSection section, String key, Duration fallback) {
        return duration(section, key, fallback, "");
    }

    /**
     * A length of time, where something else may be written, too.
     *
     * @param otherwise
     *            what else, to end a problem with
     */
    Duration duration(YamlSection section, String key, Duration fallback, String otherwise) {
        Optional<Found> given = section.text(key);
        if (given.isEmpty()) {
            return fallback;
        }
        var matcher = DURATION.matcher(given.get().text());
        if (!matcher.matches() || Long.parseLong(matcher.group(1)) == 0) {
            problem(given.get().where() + ": " + quoted(given.get().text())
                    + " is not a length of time; write for example 90s, 30m, 4h or 2d" + otherwise);
            return fallback;
        }
        long number = Long.parseLong(matcher.group(1));
        return switch (matcher.group(2)) {
            case "s" -> Duration.ofSeconds(number);
            case "m" -> Duration.ofMinutes(number);
            case "h" -> Duration.ofHours(number);
            default -> Duration.ofDays(number);
        };
    }

    /** A whole number. */
    int number(YamlSection section, String key, int fallback, int least, int most) {
        Optional<Found> given = section.text(key);
        if (given.isEmpty()) {
            return fallback;
        }
        String text = given.get().text();
        int number = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : -1;
        if (number < least || number > most) {
            problem(given.get().where() + ": " + quoted(text) + " is not a number from " + least + " to " + most);
            return fallback;
        }
        return number;
    }

    /** A web address without user, query and fragment. */
    Optional<URI> url(String variable, YamlSection section, String key) {
        Optional<Found> given = text(variable, section, key);
        Optional<URI> url = given.flatMap(f -> webAddress(f.text()));
        if (given.isPresent() && url.isEmpty()) {
            problem(given.get().where() + ": " + quoted(given.get().text())
                    + " is not a web address; write for example https://steward.example.com");
        }
        return url;
    }

    /**
     * A web address that may hold a token, without user and fragment: from the variable, from where the key says that it
     * is, or itself if there is no query in it. It is never quoted.
     */
    Optional<Secret> secretUrl(String variable, YamlSection section, String key) {
        Optional<Found> open = section.isSection(key) ? Optional.empty() : section.text(key);
        Optional<Secret> hidden = section.isSection(key) ? secret(section, key) : Optional.empty();
        open.filter(f -> webAddress(f.text()).isEmpty()).ifPresent(f -> problem(f.where() + ": is not a web address"
                + " without a token; write for example https://pager.example.com/steward, or {env: NAME} or"
                + " {file: PATH} to say where one with a token is"));
        Optional<Found> set = variable(variable);
        Optional<Secret> given = set.map(f -> new Secret(f.text())).or(() -> hidden);
        if (given.filter(url -> anyWebAddress(url.reveal()).isEmpty()).isPresent()) {
            problem(set.map(Found::where).orElseGet(() -> section.where(key))
                    + ": what is there is not a web address; it is for example https://pager.example.com/steward");
            return Optional.empty();
        }
        return given.or(() -> open.flatMap(f -> webAddress(f.text())).map(url -> new Secret(url.toString())));
    }

    private static Optional<URI> webAddress(String text) {
        return anyWebAddress(text).filter(uri -> uri.getQuery() == null);
    }

    private static Optional<URI> anyWebAddress(String text) {
        try {
            URI uri = new URI(text);
            boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
            boolean bare = uri.getUserInfo() == null && uri.getFragment() == null;
            return web && bare && uri.getHost() != null ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    /** A secret from the variable, or else from where the key says that it is. */
    Optional<Secret> secret(String variable, YamlSection section, String key) {
        Optional<Secret> fromFile = secret(section, key);
        return variable(variable).map(f -> new Secret(f.text())).or(() -> fromFile);
    }

    /** A secret from where the key says that it is: {@code {env: NAME}} or {@code {file: PATH}}. */
    Optional<Secret> secret(YamlSection section, String key) {
        if (!section.keys().contains(key)) {
            section.section(key);
            return Optional.empty();
        }
        if (!section.isSection(key)) {
            section.text(key);
            problem(section.where(key) + ": a secret does not belong into this file;"
                    + " write {env: NAME} or {file: PATH} to say where it is");
            return Optional.empty();
        }
        YamlSection reference = section.section(key);
        Optional<Found> env = reference.text("env");
        Optional<Found> path = reference.text("file");
        if (env.isPresent() == path.isPresent()) {
            problem(section.where(key) + ": write either {env: NAME} or {file: PATH}");
            return Optional.empty();
        }
        return env.flatMap(this::fromVariable).or(() -> path.flatMap(this::fromFile));
    }

    private Optional<Secret> fromVariable(Found reference) {
        Optional<Found> value = variable(reference.text());
        if (value.isEmpty()) {
            problem(reference.where() + ": the environment variable " + reference.text() + " is not set");
        }
        return value.map(f -> new Secret(f.text()));
    }

    private Optional<Secret> fromFile(Found reference) {
        Path secretFile = path(reference, fileFolder, fileFolder);
        try {
            String text = Files.readString(secretFile).strip();
            if (text.isEmpty()) {
                problem(reference.where() + ": " + secretFile + " is empty");
                return Optional.empty();
            }
            return Optional.of(new Secret(text));
        } catch (IOException e) {
            problem(reference.where() + ": " + secretFile + " cannot be read; check that it exists and is readable");
            return Optional.empty();
        }
    }

    /** The text as a problem quotes it: one line, at most 60 characters. */
    static String quoted(String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "..." : text;
        return "\"" + shown.replaceAll("\\p{Cntrl}", " ") + "\"";
    }
}
