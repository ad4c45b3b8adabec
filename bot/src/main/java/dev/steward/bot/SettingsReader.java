package dev.steward.bot;

import static dev.steward.bot.SettingsSource.quoted;

import dev.steward.access.Reviews;
import dev.steward.bot.Settings.Applying;
import dev.steward.bot.Settings.Backups;
import dev.steward.bot.Settings.Keeping;
import dev.steward.bot.Settings.Listening;
import dev.steward.bot.Settings.LogFormat;
import dev.steward.bot.Settings.Organisation;
import dev.steward.bot.Settings.Places;
import dev.steward.bot.Settings.Purpose;
import dev.steward.bot.Settings.Reading;
import dev.steward.bot.Settings.SlackAccess;
import dev.steward.bot.Settings.Team;
import dev.steward.bot.Settings.WayIn;
import dev.steward.bot.YamlSection.Found;
import dev.steward.incidents.Incidents;
import dev.steward.incidents.Severity;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads the settings once, part by part. Any problem, wherever it was found, makes the whole reading bad. */
final class SettingsReader {
    private static final Duration SHORTEST = Duration.ofMinutes(10);
    private static final Duration REVIEW_EVERY = Duration.ofDays(90);
    private static final Duration REVIEW_WITHIN = Duration.ofDays(14);
    private static final Duration REVIEW_SUSPENDED = Duration.ofDays(14);
    private static final URI SLACK = URI.create("https://slack.com/api/");
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{0,62}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
    private static final Pattern MEMBERS = Pattern.compile("import|slack:S[A-Z0-9]+");
    private static final Pattern PREFIX = Pattern.compile("[a-z0-9][a-z0-9-]{0,19}");
    private static final Pattern PROVIDER = Pattern.compile("([a-z0-9.:-]+/)?[a-z0-9-]+/[a-z0-9-]+");
    /** What Terraform's environment gets from Steward alone; see {@code EnvironmentPolicy}. */
    private static final Pattern RESERVED = Pattern
            .compile("PATH|HOME|GOGC|GOMEMLIMIT|GODEBUG|CHECKPOINT_DISABLE|(TF|LD|DYLD|STEWARD)_.*");
    private static final Pattern APP_TOKEN = Pattern.compile("xapp-[A-Za-z0-9-]{11,}");
    /** By what it begins with. */
    private static final Map<String, String> OTHER_KINDS = Map.of("xapp-",
            "an app-level token, which belongs into SLACK_APP_TOKEN", "xoxb-",
            "a bot token, which belongs into SLACK_BOT_TOKEN", "xoxp-",
            "a user's token, which Steward does not use");
    /** Slack's limit for all processes of an app together. */
    private static final int MOST_CONNECTIONS = 10;
    private static final Pattern BOT_TOKEN = Pattern.compile("xoxb-[A-Za-z0-9-]{11,}");

    private final SettingsSource source;
    private final YamlSection file;
    private final Purpose purpose;

    SettingsReader(SettingsSource source, Purpose purpose) {
        this.source = source;
        this.file = source.file();
        this.purpose = purpose;
    }

    Reading read() {
        Organisation organisation = organisation();
        Settings settings = new Settings(places(), slack(), listening(), organisation, applying(), keeping(),
                reviews(), new OnCallReader(source).read(), credentials(), incidents(organisation.platformTeam()),
                WebhookSettings.read(source, organisation.platformTeam()));
        file.refuseUnknown();
        return source.problems().isEmpty() ? new Reading.Good(settings) : new Reading.Bad(source.problems());
    }

    private Places places() {
        Path here = source.workingFolder();
        Path root = source.variable("STEWARD_ROOT").map(f -> here.resolve(f.text())).orElse(here);
        return new Places(source.path("STEWARD_HOME", "home", here.resolve(source.userHome()).resolve(".steward")),
                source.secret("STEWARD_KEY", file, "key"),
                source.path("STEWARD_MODULES", "modules", root.resolve("terraform-modules")),
                source.path("STEWARD_WORKFLOWS", "workflows", root.resolve("workflows").resolve("definitions")),
                terraform());
    }

    private Optional<Path> terraform() {
        Optional<Found> given = source.text("STEWARD_TERRAFORM", file, "terraform");
        if (given.isPresent()) {
            Path program = source.path("STEWARD_TERRAFORM", "terraform", Path.of("terraform"));
            if (!SettingsSource.isProgram(program)) {
                source.problem(given.get().where() + ": " + program
                        + " is not a program that can be run; install Terraform, or give the path of its executable");
            }
            return Optional.of(program);
        }
        Optional<Path> found = source.onPath("terraform");
        if (found.isEmpty() && purpose == Purpose.SERVE) {
            source.problem("STEWARD_TERRAFORM is not set and there is no terraform on the PATH:"
                    + " install Terraform, or give the path of its executable");
        }
        return found;
    }

    private Optional<SlackAccess> slack() {
        YamlSection section = file.section("slack");
        Optional<Secret> token = source.secret("SLACK_BOT_TOKEN", section, "bot_token");
        Optional<WayIn> wayIn = wayIn(section);
        URI api = source.url("STEWARD_SLACK_API_URL", section, "api_url").map(SettingsReader::withSlash).orElse(SLACK);
        String prefix = commandPrefix();
        if (purpose == Purpose.SERVE) {
            checkSlack(token, wayIn);
        }
        return token.flatMap(t -> wayIn.map(way -> new SlackAccess(t, way, api, prefix)));
    }

    /** An app-level token means Socket Mode; a signing secret beside it is not needed. */
    private Optional<WayIn> wayIn(YamlSection section) {
        Optional<Secret> signing = source.secret("SLACK_SIGNING_SECRET", section, "signing_secret");
        int connections = source.number("STEWARD_SOCKET_CONNECTIONS", section, "connections",
                new SettingsSource.Range(1, MOST_CONNECTIONS, 2));
        Optional<WayIn> socket = source.secret("SLACK_APP_TOKEN", section, "app_token")
                .map(token -> new WayIn.Socket(token, connections));
        return socket.or(() -> signing.map(WayIn.Http::new));
    }

    private void checkSlack(Optional<Secret> token, Optional<WayIn> wayIn) {
        if (token.isEmpty()) {
            source.problem("SLACK_BOT_TOKEN is missing: set it to the bot token (xoxb-...)"
                    + " under OAuth & Permissions in your Slack app's settings");
        } else if (!BOT_TOKEN.matcher(token.get().reveal()).matches()) {
            source.problem("SLACK_BOT_TOKEN is not a bot token" + otherKind(token.get(), "xoxb-")
                    + ": one begins with xoxb- and"
                    + " has at least 16 letters, digits and dashes; copy it from OAuth & Permissions in your Slack"
                    + " app's settings");
        }
        if (wayIn.isEmpty()) {
            source.problem("SLACK_SIGNING_SECRET is missing: set it to the signing secret under Basic Information in"
                    + " your Slack app's settings; or, to do without a public address, turn Socket Mode on there and"
                    + " set SLACK_APP_TOKEN to an app-level token (xapp-...) with the scope connections:write");
        } else if (wayIn.get() instanceof WayIn.Socket socket
                && !APP_TOKEN.matcher(socket.appToken().reveal()).matches()) {
            source.problem("SLACK_APP_TOKEN is not an app-level token" + otherKind(socket.appToken(), "xapp-")
                    + ": one begins with xapp-; make it under Basic Information, App-Level Tokens, in your Slack app's"
                    + " settings, with the scope connections:write");
        }
    }

    /** What a token of the wrong kind is, where its beginning tells. */
    private static String otherKind(Secret token, String wanted) {
        return OTHER_KINDS.entrySet().stream().filter(kind -> !kind.getKey().equals(wanted))
                .filter(kind -> token.reveal().startsWith(kind.getKey())).map(kind -> " but " + kind.getValue())
                .findFirst().orElse("");
    }

    private String commandPrefix() {
        Optional<Found> given = file.text("command_prefix").filter(f -> !f.text().isEmpty());
        if (given.isEmpty()) {
            return "";
        }
        String text = given.get().text();
        if (!PREFIX.matcher(text).matches()) {
            source.problem(given.get().where() + ": " + quoted(text)
                    + " cannot begin a command; use up to 20 lower-case letters, digits and dashes, as in acme");
        }
        return text.endsWith("-") ? text : text + "-";
    }

    private Listening listening() {
        int port = source.port("STEWARD_PORT", "port", 8080);
        int statePort = source.port("STEWARD_STATE_PORT", "state_port", 8081);
        if (port == statePort) {
            source.problem("STEWARD_PORT and STEWARD_STATE_PORT are both " + port
                    + ": the public server and the state server need a port each; change one of them");
        }
        return new Listening(port, statePort,
                source.url("STEWARD_BASE_URL", file, "base_url").map(SettingsReader::withoutSlash), logFormat());
    }

    private LogFormat logFormat() {
        Optional<Found> given = source.text("STEWARD_LOG", file, "log");
        return switch (given.map(Found::text).orElse("plain")) {
            case "plain" -> LogFormat.PLAIN;
            case "json" -> LogFormat.JSON;
            default -> {
                given.ifPresent(f -> source
                        .problem(f.where() + ": " + quoted(f.text()) + " is not a log format; use plain or json"));
                yield LogFormat.PLAIN;
            }
        };
    }

    private Organisation organisation() {
        String platform = file.text("platform_team").map(f -> name(f.text(), f.where(), "team")).orElse("platform");
        YamlSection section = file.section("teams");
        List<Team> teams = new ArrayList<>();
        for (String key : section.keys()) {
            teams.add(team(name(key, section.where(key), "team"), section.section(key)));
        }
        return new Organisation(platform, teams, providers());
    }

    private Set<String> providers() {
        Set<String> addresses = new LinkedHashSet<>();
        for (Found given : file.texts("providers")) {
            if (!PROVIDER.matcher(given.text()).matches()) {
                source.problem(given.where() + ": " + quoted(given.text()) + " is not the address of a provider;"
                        + " write for example hashicorp/aws, or registry.example.com/acme/cloud");
            }
            boolean hosted = given.text().indexOf('/') != given.text().lastIndexOf('/');
            addresses.add(hosted ? given.text() : "registry.terraform.io/" + given.text());
        }
        return addresses;
    }

    private Team team(String name, YamlSection section) {
        String title = section.text("title").map(Found::text).orElse(name);
        Optional<Found> members = section.text("source");
        members.filter(f -> !MEMBERS.matcher(f.text()).matches())
                .ifPresent(f -> source.problem(f.where() + ": " + quoted(f.text())
                        + " is not a source of members; use import, or slack:S... with the id of a Slack user group"));
        Optional<String> channel = section.text("channel").map(f -> f.text().replaceFirst("^#", ""));
        return new Team(name, title, members.map(Found::text).orElse("import"), channel);
    }

    private String name(String text, String where, String what) {
        if (!NAME.matcher(text).matches()) {
            source.problem(where + ": " + quoted(text) + " is not the name of a " + what
                    + "; use lower-case letters, digits and dashes, beginning with a letter");
        }
        return text;
    }

    private Applying applying() {
        YamlSection section = file.section("apply");
        return new Applying(source.duration(section, "plan_max_age", Duration.ofHours(4)),
                source.duration(section, "limit", Duration.ofMinutes(30)),
                source.duration(section, "grace", Duration.ofMinutes(2)),
                source.duration(section, "drain", Duration.ofSeconds(60)));
    }

    private Keeping keeping() {
        YamlSection kept = file.section("retention");
        YamlSection backup = file.section("backup");
        Optional<Duration> every = backup.keys().contains("every")
                ? Optional.of(source.duration(backup, "every", Duration.ofDays(1)))
                : Optional.empty();
        backup.text("every");
        if (every.isPresent() && every.get().compareTo(SHORTEST) < 0) {
            source.problem(
                    backup.where("every") + ": a backup more often than every 10 minutes only keeps the disk busy;"
                            + " write for example 1d");
        }
        return new Keeping(source.duration(kept, "plans", Duration.ofDays(90)),
                source.duration(kept, "states", Duration.ofDays(180)),
                source.number(kept, "states_kept", 20, 1, 10_000),
                source.duration(kept, "messages", Duration.ofDays(30)),
                source.duration(kept, "logs", Duration.ofDays(30)),
                new Backups(every, source.number(backup, "keep", 7, 1, 1000)));
    }

    private Reviews.Rhythm reviews() {
        YamlSection section = file.section("access");
        boolean never = section.text("review_every").filter(f -> f.text().equals("never")).isPresent();
        Duration every = never ? REVIEW_EVERY : source.duration(section, "review_every", REVIEW_EVERY, ", or never");
        Duration within = source.duration(section, "review_within", REVIEW_WITHIN);
        if (every.compareTo(Duration.ofDays(1)) < 0) {
            source.problem(section.where("review_every") + ": a review more often than once a day is one that nobody"
                    + " reads; write for example 90d, or never");
        }
        if (within.compareTo(Duration.ofHours(1)) < 0) {
            source.problem(section.where("review_within") + ": nobody answers within less than an hour, and what nobody"
                    + " confirms is taken away; write for example 14d");
        } else if (!never && within.compareTo(every) > 0) {
            source.problem(
                    section.where("review_within") + ": people cannot have longer to answer than there is from one"
                            + " review to the next (access.review_every); make it shorter");
        }
        Duration suspended = source.duration(section, "review_suspended", REVIEW_SUSPENDED);
        if (suspended.compareTo(Duration.ofHours(1)) < 0) {
            source.problem(section.where("review_suspended") + ": nobody gives anything back within less than an hour;"
                    + " write for example 14d");
        }
        return new Reviews.Rhythm(never ? Optional.empty() : Optional.of(every), within, suspended);
    }

    private Incidents.Rules incidents(String platformTeam) {
        YamlSection section = file.section("incidents");
        Optional<String> announce = section.text("announce").map(f -> f.text().replaceFirst("^#", ""))
                .filter(channel -> !channel.isEmpty());
        String overriders = section.text("override").map(f -> name(f.text(), f.where(), "team")).orElse(platformTeam);
        return new Incidents.Rules(announce, freezes(section), overriders);
    }

    /** An empty list freezes nothing. */
    private Set<Severity> freezes(YamlSection section) {
        if (!section.keys().contains("freeze")) {
            return Set.of(Severity.SEV1);
        }
        Set<Severity> severities = EnumSet.noneOf(Severity.class);
        for (Found given : section.texts("freeze")) {
            Severity.parse(given.text()).ifPresentOrElse(severities::add, () -> source.problem(given.where() + ": "
                    + quoted(given.text()) + " is not a severity; use SEV-1, SEV-2, SEV-3 or SEV-4"));
        }
        return severities;
    }

    private Map<String, Map<String, Secret>> credentials() {
        YamlSection section = file.section("credentials");
        Map<String, Map<String, Secret>> profiles = new LinkedHashMap<>();
        for (String key : section.keys()) {
            profiles.put(name(key, section.where(key), "credentials profile"), profile(section.section(key)));
        }
        return profiles;
    }

    private Map<String, Secret> profile(YamlSection section) {
        Map<String, Secret> variables = new LinkedHashMap<>();
        for (String variable : section.keys()) {
            if (!VARIABLE.matcher(variable).matches()) {
                source.problem(
                        section.where(variable)
                                + ": the name of an environment variable has letters, digits and _ only");
            } else if (RESERVED.matcher(variable).matches()) {
                // An inherited TF_CLI_ARGS_plan=-destroy turns a plan into a destroy; TF_LOG writes secrets to a log.
                source.problem(section.where(variable) + ": steers Terraform itself, and Steward alone sets it;"
                        + " a profile holds credentials of providers");
            }
            source.secret(section, variable).ifPresent(s -> variables.put(variable, s));
        }
        return variables;
    }

    private static URI withSlash(URI uri) {
        return uri.toString().endsWith("/") ? uri : URI.create(uri + "/");
    }

    private static URI withoutSlash(URI uri) {
        return URI.create(uri.toString().replaceFirst("/+$", ""));
    }
}
