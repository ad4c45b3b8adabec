package dev.steward.bot;

import static dev.steward.bot.SettingsSource.quoted;

import dev.steward.bot.YamlSection.Found;
import dev.steward.oncall.Rotation;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads who is on call: the section {@code oncall}, and where other services are told of pages. */
final class OnCallReader {
    private static final Duration USUAL_WAIT = Duration.ofMinutes(5);
    private static final Duration LEAST_WAIT = Duration.ofMinutes(1);
    private static final Duration MOST_WAIT = Duration.ofHours(24);
    private static final Pattern EVERY = Pattern.compile("([1-9][0-9]{0,3})\\s*([hd])");
    private static final Pattern LAYER = Pattern.compile("[a-z][a-z0-9-]{0,30}");
    /** Words that follow the name of a team in a command. */
    private static final Set<String> NO_LAYERS = Set.of("me", "now");

    private final SettingsSource source;

    OnCallReader(SettingsSource source) {
        this.source = source;
    }

    Settings.OnDuty read() {
        YamlSection section = source.file().section("oncall");
        Map<String, Rotation> rotations = new LinkedHashMap<>();
        for (String team : section.keys()) {
            rotation(team, section.section(team)).ifPresent(rotation -> rotations.put(team, rotation));
        }
        return new Settings.OnDuty(rotations, webhook());
    }

    private Optional<Settings.Webhook> webhook() {
        if (!source.file().keys().contains("oncall_webhook")) {
            return Optional.empty();
        }
        YamlSection section = source.file().section("oncall_webhook");
        var url = source.secretUrl("STEWARD_ONCALL_WEBHOOK_URL", section, "url");
        var secret = source.secret("STEWARD_ONCALL_WEBHOOK_SECRET", section, "secret");
        if (!section.keys().contains("url") && url.isEmpty()) {
            source.problem("oncall_webhook has no url: write where pages are posted to, for example"
                    + " https://pager.example.com/steward, or leave oncall_webhook out");
        }
        if (!section.keys().contains("secret") && secret.isEmpty()) {
            source.problem("oncall_webhook has no secret: write where it is, for example"
                    + " {env: STEWARD_ONCALL_WEBHOOK_SECRET}; the receiver checks the signature with it");
        }
        return url.flatMap(to -> secret.map(with -> new Settings.Webhook(to, with)));
    }

    private Optional<Rotation> rotation(String team, YamlSection section) {
        Optional<ZoneId> zone = zone(section);
        Duration wait = wait(section);
        List<Rotation.Layer> layers = new ArrayList<>();
        Set<String> names = new HashSet<>();
        List<YamlSection> given = section.sections("layers");
        for (YamlSection layer : given) {
            layer(layer, names).ifPresent(layers::add);
        }
        if (given.isEmpty()) {
            source.problem(section.where("layers") + " needs at least one layer, as in"
                    + " - {name: primary, every: 7d, starts: 2026-01-05T09:00, people: [olga, peter]}");
        }
        return zone.isPresent() && !layers.isEmpty()
                ? Optional.of(new Rotation(team, zone.get(), wait, layers))
                : Optional.empty();
    }

    private Optional<ZoneId> zone(YamlSection section) {
        Optional<Found> given = section.text("zone");
        if (given.isEmpty()) {
            source.problem(section.where("zone") + " is missing: write the time zone in which people hand over,"
                    + " for example Europe/Berlin");
            return Optional.empty();
        }
        try {
            ZoneId zone = ZoneId.of(given.get().text());
            if (!(zone instanceof ZoneOffset)) {
                return Optional.of(zone);
            }
        } catch (DateTimeException e) {
            // Told below, with what to write instead.
        }
        source.problem(given.get().where() + ": " + quoted(given.get().text())
                + " is not a time zone; write one as in Europe/Berlin, or UTC");
        return Optional.empty();
    }

    private Duration wait(YamlSection section) {
        Duration wait = source.duration(section, "escalate_after", USUAL_WAIT);
        if (wait.compareTo(LEAST_WAIT) < 0 || wait.compareTo(MOST_WAIT) > 0) {
            source.problem(section.where("escalate_after")
                    + ": is from 1m to 24h; write for example 5m, which leaves time to get to a keyboard");
            return USUAL_WAIT;
        }
        return wait;
    }

    private Optional<Rotation.Layer> layer(YamlSection section, Set<String> names) {
        Optional<String> name = name(section, names);
        Optional<Duration> every = every(section);
        Optional<LocalDateTime> starts = starts(section);
        List<String> people = section.texts("people").stream().map(found -> found.text().replaceFirst("^@", ""))
                .filter(text -> !text.isBlank()).toList();
        if (people.isEmpty()) {
            source.problem(section.where("people") + " needs at least one person: a catalog name or a Slack user id,"
                    + " in the order of their turns");
            return Optional.empty();
        }
        return name.flatMap(n -> every.flatMap(e -> starts.map(s -> new Rotation.Layer(n, e, s, people))));
    }

    private Optional<String> name(YamlSection section, Set<String> names) {
        Optional<Found> given = section.text("name");
        if (given.isEmpty()) {
            source.problem(section.where("name") + " is missing: give the layer a name, for example primary");
            return Optional.empty();
        }
        String name = given.get().text();
        if (!LAYER.matcher(name).matches() || NO_LAYERS.contains(name)) {
            source.problem(given.get().where() + ": " + quoted(name) + " is not a name for a layer; use lower-case"
                    + " letters, digits and dashes, as in primary");
            return Optional.empty();
        }
        if (!names.add(name)) {
            source.problem(given.get().where() + ": two layers are called " + name
                    + "; give each a name of its own");
        }
        return Optional.of(name);
    }

    private Optional<Duration> every(YamlSection section) {
        Optional<Found> given = section.text("every");
        if (given.isEmpty()) {
            source.problem(section.where("every") + " is missing: write how long a turn lasts, for example 7d");
            return Optional.empty();
        }
        Matcher matcher = EVERY.matcher(given.get().text());
        if (!matcher.matches()) {
            source.problem(given.get().where() + ": " + quoted(given.get().text())
                    + " is not the length of a turn; write whole hours or days, as in 12h, 1d, 7d or 14d");
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(matcher.group(2).equals("h") ? Duration.ofHours(number) : Duration.ofDays(number));
    }

    private Optional<LocalDateTime> starts(YamlSection section) {
        Optional<Found> given = section.text("starts");
        if (given.isEmpty()) {
            source.problem(section.where("starts") + " is missing: write when the first turn begins, in the zone's"
                    + " local time, for example 2026-01-05T09:00");
            return Optional.empty();
        }
        try {
            return Optional.of(LocalDateTime.parse(given.get().text().replace(' ', 'T')));
        } catch (DateTimeParseException e) {
            source.problem(given.get().where() + ": " + quoted(given.get().text())
                    + " is not a local date and time; write for example 2026-01-05T09:00");
            return Optional.empty();
        }
    }
}
