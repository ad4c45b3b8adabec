package dev.steward.bot.slack.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.Departures;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.catalog.SlackProfile;
import dev.steward.catalog.Standing;
import dev.steward.database.Database;
import dev.steward.ledger.Actor;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;

/**
 * Maps Slack users to people of the catalog. What Slack said about somebody holds for a day, unless an event says that
 * it changed. Thread-safe.
 */
public final class Directory {
    private static final Duration FRESH = Duration.ofHours(24);
    private static final Set<String> UNKNOWN_USER = Set.of("user_not_found", "user_not_visible", "users_not_found");

    private final Database database;
    private final People people;
    private final SlackApi api;
    private final Workspace workspace;
    private final InstantSource clock;
    private final Consumer<Handle> departed;

    /**
     * A directory of one workspace.
     *
     * @param departed
     *            told when somebody left it or a team, in the transaction that stores that
     */
    public Directory(Database database, People people, SlackApi api, Workspace workspace, InstantSource clock,
            Consumer<Handle> departed) {
        this.database = database;
        this.people = people;
        this.api = api;
        this.workspace = workspace;
        this.clock = clock;
        this.departed = departed;
    }

    /** Tells of it if somebody is known to have left and it was not seen to yet; in the caller's transaction. */
    void departures(Handle handle) {
        if (Departures.any(handle)) {
            departed.accept(handle);
        }
    }

    /** Who somebody is. */
    public sealed interface Lookup {
        /** Somebody whom the catalog knows now. */
        record Known(Person person) implements Lookup {}

        /**
         * Slack does not know the account, or does not show it: not one of ours.
         *
         * @param user
         *            the user id
         */
        record Nobody(String user) implements Lookup {}

        /**
         * Slack could not be asked.
         *
         * @param retryAfter
         *            when to ask again
         * @param why
         *            for logs
         */
        record Unclear(Duration retryAfter, String why) implements Lookup {}
    }

    /** The account's immutable ids. */
    public Actor.SlackUser account(String user) {
        return workspace.account(user);
    }

    /** The person, if Slack told us within a day; asks nobody. */
    public Optional<Person> fresh(String user) {
        return remembered(user).filter(p -> p.seenAt().filter(seen -> seen.plus(FRESH).isAfter(clock.instant()))
                .isPresent());
    }

    /** The person as last seen, however long ago; asks nobody. */
    public Optional<Person> remembered(String user) {
        return database.read(h -> people.bySlack(h, account(user)));
    }

    /** The person; asks Slack unless it told us within a day. */
    public Lookup find(String user) {
        return fresh(user).<Lookup>map(Lookup.Known::new).orElseGet(() -> ask(user));
    }

    /** Asks Slack about the account, and stores what it says. */
    public Lookup ask(String user) {
        return switch (api.call("users.info", Map.of("user", user))) {
            case SlackAnswer.Ok(JsonNode body) -> {
                SlackProfile profile = profile(user, body.path("user"));
                yield new Lookup.Known(database.write(h -> {
                    Person person = people.meet(h, profile);
                    departures(h);
                    return person;
                }));
            }
            case SlackAnswer.Refused(String error, JsonNode body) -> UNKNOWN_USER.contains(error)
                    ? new Lookup.Nobody(user)
                    : new Lookup.Unclear(Duration.ofSeconds(30), "users.info: " + error);
            case SlackAnswer.Limited(Duration wait) -> new Lookup.Unclear(wait, "users.info: rate limited");
            case SlackAnswer.Lost lost -> new Lookup.Unclear(Duration.ofSeconds(2), "users.info: " + lost.why());
        };
    }

    private SlackProfile profile(String user, JsonNode said) {
        JsonNode profile = said.path("profile");
        String real = profile.path("real_name").asText(said.path("real_name").asText(""));
        String display = profile.path("display_name").asText("");
        String name = said.path("name").asText(user);
        String shown = !real.isBlank() ? real : !display.isBlank() ? display : name;
        Actor.SlackUser account = account(user);
        return new SlackProfile(account.team(), account.user(), name, shown,
                Optional.ofNullable(profile.path("email").textValue()), standing(said));
    }

    private Standing standing(JsonNode said) {
        if (said.path("deleted").asBoolean()) {
            return Standing.DEACTIVATED;
        }
        if (said.path("is_bot").asBoolean() || said.path("is_workflow_bot").asBoolean()
                || said.path("id").asText().equals("USLACKBOT")) {
            return Standing.BOT;
        }
        if (said.path("is_stranger").asBoolean() || !ours(said)) {
            return Standing.STRANGER;
        }
        boolean guest = said.path("is_restricted").asBoolean() || said.path("is_ultra_restricted").asBoolean();
        return guest ? Standing.GUEST : Standing.MEMBER;
    }

    private boolean ours(JsonNode said) {
        String enterprise = said.path("enterprise_user").path("enterprise_id").asText("");
        return said.path("team_id").asText().equals(workspace.team())
                || workspace.enterprise().filter(enterprise::equals).isPresent();
    }
}
