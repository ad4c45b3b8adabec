package dev.steward.bot.slack;

import dev.steward.bot.slack.people.Directory;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.definitions.Durations;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads people and times as they are typed after a command. */
final class Typed {
    private static final Pattern MENTION = Pattern.compile("<@([UW][A-Z0-9]{1,30})(\\|[^>]*)?>");
    private static final int LOOKED_AT = 20;

    private final Database database;
    private final People people;
    private final Directory directory;

    Typed(Database database, People people, Directory directory) {
        this.database = database;
        this.people = people;
        this.directory = directory;
    }

    /**
     * When something is to be.
     *
     * @param from
     *            its beginning; now when empty
     */
    record When(Optional<Instant> from, Duration lasts) {}

    /** The person: {@code @me}, a mention, a catalog name, or the one person who is shown under that name. */
    Optional<Person> person(String typed, Person asker) {
        Matcher mention = MENTION.matcher(typed);
        if (mention.matches()) {
            return directory.find(mention.group(1)) instanceof Directory.Lookup.Known(Person person)
                    ? Optional.of(person)
                    : Optional.empty();
        }
        String name = typed.replaceFirst("^@", "").strip();
        if (name.equalsIgnoreCase("me")) {
            return Optional.of(asker);
        }
        return name.isEmpty()
                ? Optional.empty()
                : database.read(h -> people.byName(h, name).or(() -> {
                    List<Person> shown = people.search(h, name, LOOKED_AT).stream()
                            .filter(person -> person.displayName().equalsIgnoreCase(name)).toList();
                    return shown.size() == 1 ? Optional.of(shown.getFirst()) : Optional.empty();
                }));
    }

    /** How long, or from when to when; times without a zone are in the one given. */
    static Optional<When> when(String typed, ZoneId zone) {
        String text = typed.strip();
        int dots = text.indexOf("..");
        if (dots < 0) {
            return Durations.parse(text.toLowerCase(Locale.ROOT)).map(lasts -> new When(Optional.empty(), lasts));
        }
        Optional<Instant> from = moment(text.substring(0, dots), zone);
        String end = text.substring(dots + 2).strip();
        return from.flatMap(begin -> Durations.parse(end.toLowerCase(Locale.ROOT))
                .or(() -> moment(end, zone).map(until -> Duration.between(begin, until)))
                .map(lasts -> new When(from, lasts)));
    }

    /** A local date and time, or a date, which means its first moment. */
    private static Optional<Instant> moment(String typed, ZoneId zone) {
        String text = typed.strip().replace(' ', 'T').toUpperCase(Locale.ROOT);
        try {
            return Optional.of(text.contains("T")
                    ? LocalDateTime.parse(text).atZone(zone).toInstant()
                    : LocalDate.parse(text).atStartOfDay(zone).toInstant());
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
