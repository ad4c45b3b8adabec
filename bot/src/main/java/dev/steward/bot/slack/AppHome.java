package dev.steward.bot.slack;

import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.views.CommandNames;
import dev.steward.bot.slack.views.HomeTab;
import dev.steward.catalog.People;
import dev.steward.catalog.Person;
import dev.steward.database.Database;
import dev.steward.incidents.Incident;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/**
 * Each person's home in Slack: that somebody opened it is stored with the event, a job finds out who that is, and from
 * then on the outbox publishes it whenever something in it changes. Rendered from what the rows say when it is sent.
 */
final class AppHome {
    /** The kind of job that finds out who opened their home. */
    static final String OPENED = "slack.home-opened";

    private final Database database;
    private final Jobs jobs;
    private final SlackAdapter.UseCases use;
    private final People people;
    private final Directory directory;
    private final Showing showing;

    /**
     * How homes are shown.
     *
     * @param links
     *            to what is posted
     * @param incidents
     *            the open incidents that a person may see
     */
    record Showing(CommandNames names, HomeTab.Links links, BiFunction<Handle, Person, List<Incident>> incidents) {}

    AppHome(Database database, Jobs jobs, SlackAdapter.UseCases use, People people, Directory directory,
            Showing showing) {
        this.database = database;
        this.jobs = jobs;
        this.use = use;
        this.people = people;
        this.directory = directory;
        this.showing = showing;
    }

    Map<String, Job.Handler> handlers() {
        return Map.of(OPENED, job -> opened(job.args().path("user").asText()));
    }

    /** Somebody opened their home; in the transaction that notes the event. */
    void opened(Handle handle, String user) {
        jobs.enqueue(handle, Job.Order.now(OPENED + ":" + user, OPENED, Map.of("user", user), Job.Lane.GENERAL));
    }

    private Job.Outcome opened(String user) {
        return switch (directory.find(user)) {
            case Directory.Lookup.Known(Person person) -> publish(person);
            case Directory.Lookup.Nobody nobody -> Job.Outcome.DONE;
            case Directory.Lookup.Unclear unclear -> directory.remembered(user).map(this::publish)
                    .orElseGet(() -> new Job.Outcome.Again(unclear.retryAfter()));
        };
    }

    private Job.Outcome publish(Person person) {
        database.writing(h -> use.requests().homes().opened(h, person.id()));
        return Job.Outcome.DONE;
    }

    /** The home of a person in the catalog as it is now; empty for an account that is closed or not known to Slack. */
    Optional<Map<String, Object>> of(long id) {
        Optional<Person> found = database.read(h -> people.byId(h, id));
        return found.flatMap(person -> switch (person.standing()) {
            case MEMBER -> Optional.of(ofMember(person));
            case GUEST, BOT, STRANGER -> Optional.of(HomeTab.forOthers(person));
            case DEACTIVATED, UNLINKED -> Optional.empty();
        });
    }

    private Map<String, Object> ofMember(Person person) {
        HomeTab.Content content = database.read(h -> new HomeTab.Content(use.requests().home(h, person),
                use.reviews().waiting(h, person), use.breakGlass().waiting(h, person),
                use.requests().suspendedBefore(h, person), showing.incidents().apply(h, person),
                use.onCall().duty(h, person)));
        return HomeTab.of(content, showing.names(), showing.links());
    }
}
