package dev.steward.bot.slack;

import dev.steward.bot.slack.people.Directory;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds whom somebody means: {@code <@U1|omar>} as Slack writes it, or {@code @omar}, or "me". May ask Slack. */
final class Mentions {
    /** Somebody who is mentioned in a text. */
    static final Pattern MENTION = Pattern.compile("<@([UW][A-Z0-9]+)(?:\\|[^>]*)?>|(?<!\\S)@([\\p{L}\\p{N}._-]+)");

    private final Database database;
    private final People people;
    private final Directory directory;

    Mentions(Database database, People people, Directory directory) {
        this.database = database;
        this.people = people;
        this.directory = directory;
    }

    /** The person, or nothing where nobody is meant, or nobody can tell who. */
    Optional<Person> find(String typed, Person self) {
        String word = typed.strip();
        if (word.equalsIgnoreCase("me") || word.equalsIgnoreCase("@me")) {
            return Optional.of(self);
        }
        Matcher mention = MENTION.matcher(word.startsWith("@") || word.startsWith("<") ? word : "@" + word);
        if (!mention.matches()) {
            return Optional.empty();
        }
        return mention.group(1) != null ? account(mention.group(1)) : named(mention.group(2));
    }

    private Optional<Person> account(String user) {
        return switch (directory.find(user)) {
            case Directory.Lookup.Known(Person person) -> Optional.of(person);
            case Directory.Lookup.Nobody _ -> Optional.empty();
            case Directory.Lookup.Unclear _ -> directory.remembered(user);
        };
    }

    /** By name in the catalog, or else the only member whose name has that in it. */
    private Optional<Person> named(String name) {
        return database.read(h -> people.byName(h, name).or(() -> {
            List<Person> like = people.search(h, name, 2);
            return like.size() == 1 ? Optional.of(like.getFirst()) : Optional.empty();
        }));
    }
}
