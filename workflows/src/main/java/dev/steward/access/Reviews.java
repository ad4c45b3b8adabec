package dev.steward.access;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import dev.steward.stacks.Confirmations;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Reviews of access: now and then whoever owns a thing says of each person's access to it that it is still needed, or
 * ends it. What nobody confirms in time is suspended: taken away, and given back by a click for some time. Nobody speaks for
 * their own access.
 */
public final class Reviews {
    /** The view of a review in the owners' channel; its argument is {@code review}. */
    public static final String VIEW = "access-review";

    private final RequestParts.Store store;
    private final RequestParts.Catalog catalog;
    private final Requests requests;
    private final Confirmations confirmations = new Confirmations();
    private final ReviewStore reviews = new ReviewStore();
    private final ReviewCourse course;
    private final ReviewSweep sweep;
    private final ReviewViews views;

    /**
     * How often access is reviewed.
     *
     * @param every
     *            how long access goes without a word before its owners are asked; never, when empty
     * @param within
     *            how long they have to answer
     * @param suspended
     *            how long what nobody confirmed can be given back
     */
    public record Rhythm(Optional<Duration> every, Duration within, Duration suspended) {}

    /** Reviews over the stores given. */
    public Reviews(RequestParts.Store store, RequestParts.Catalog catalog, Requests requests, Rhythm rhythm) {
        this.store = store;
        this.catalog = catalog;
        this.requests = requests;
        course = new ReviewCourse(store, catalog, requests, confirmations, reviews);
        sweep = new ReviewSweep(store, requests, confirmations, reviews, course, rhythm);
        views = new ReviewViews(catalog, requests, confirmations);
    }

    /** Notes that somebody's access is still needed, on the word of a person who answers for what it is to. */
    public ActOutcome confirm(ReviewId review, RequestId request, Person person) {
        return store.database().write(h -> {
            Optional<Review> found = reviews.find(h, review);
            Optional<Lease> lease = found.flatMap(r -> lease(h, r, request));
            if (found.isEmpty() || lease.isEmpty()) {
                return new ActOutcome.Refused("There is no access " + request.text() + " in this review.");
            }
            Optional<String> obstacle = obstacle(h, found.get(), lease.get(), person);
            if (obstacle.isPresent()) {
                return new ActOutcome.Refused(obstacle.get());
            }
            confirm(h, found.get(), lease.get(), person);
            course.settle(h, found.get(), actor(person));
            return new ActOutcome.Done("Confirmed: " + who(h, lease.get()) + " keeps it.");
        });
    }

    /**
     * Notes that all of these are still needed, as far as that person may say so.
     *
     * @param shown
     *            what they saw; others are left as they are
     */
    public ActOutcome confirmAll(ReviewId review, Collection<RequestId> shown, Person person) {
        return store.database().write(h -> {
            Optional<Review> found = reviews.find(h, review);
            if (found.isEmpty() || !found.get().open()) {
                return new ActOutcome.Refused(found.map(this::over).orElse("There is no such review."));
            }
            List<String> obstacles = new ArrayList<>();
            int done = 0;
            for (RequestId request : List.copyOf(shown)) {
                Optional<Lease> lease = lease(h, found.get(), request);
                Optional<String> obstacle = lease.isEmpty()
                        ? Optional.of("There is no access " + request.text() + " in this review.")
                        : obstacle(h, found.get(), lease.get(), person);
                obstacle.ifPresent(obstacles::add);
                if (obstacle.isEmpty()) {
                    confirm(h, found.get(), lease.orElseThrow(), person);
                    done++;
                }
            }
            course.settle(h, found.get(), actor(person));
            return confirmed(done, obstacles);
        });
    }

    private static ActOutcome confirmed(int done, List<String> obstacles) {
        List<String> why = obstacles.stream().distinct().toList();
        if (done == 0) {
            return new ActOutcome.Refused(why.isEmpty() ? "Nothing was left to confirm." : String.join(" ", why));
        }
        String said = done == 1 ? "Confirmed one." : "Confirmed " + done + ".";
        return new ActOutcome.Done(why.isEmpty() ? said : said + " " + String.join(" ", why));
    }

    /** Ends somebody's access at once, as {@link Requests#endLease(RequestId, Person)} does. */
    public ActOutcome end(RequestId request, Person person) {
        ActOutcome outcome = requests.endLease(request, person);
        store.database().writing(h -> store.jobs().enqueue(h, ReviewSweep.job()));
        return outcome;
    }

    /** Gives back access that was suspended, as {@link Requests#giveBack} does, and says so where its review was asked. */
    public ActOutcome giveBack(RequestId request, Person person) {
        ActOutcome outcome = requests.giveBack(request, person);
        store.database().writing(h -> store.leases().ofRequest(h, request.value()).flatMap(Lease::grant)
                .ifPresent(grant -> course.renew(h, grant.entity())));
        return outcome;
    }

    private void confirm(Handle handle, Review review, Lease lease, Person person) {
        Instant now = store.clock().instant();
        // A clock that was set back must not make a word given in this review count as one from before it.
        Instant at = now.isBefore(review.openedAt()) ? review.openedAt() : now;
        if (!store.leases().confirm(handle, lease, at, actor(person), Map.of("review", review.id().value()))) {
            throw new IllegalStateException(lease.stack().text() + " was changed since it was read");
        }
    }

    private Optional<Lease> lease(Handle handle, Review review, RequestId request) {
        return confirmations.there(handle, review.entity().value(), review.openedAt()).stream()
                .filter(lease -> lease.request() == request.value()).findFirst();
    }

    private Optional<String> obstacle(Handle handle, Review review, Lease lease, Person person) {
        if (!requests.answersFor(handle, lease, person)) {
            return Optional.of("Only the owner team and the platform team can say whether this access is needed.");
        }
        if (lease.holder() == person.id()) {
            return Optional.of("You cannot confirm your own access. Ask somebody else in your team, or the platform"
                    + " team.");
        }
        if (!(lease.state() instanceof LeaseState.Active)) {
            return Optional.of(who(handle, lease) + " has ended or is being ended already.");
        }
        return confirmations.of(handle, lease).filter(word -> !word.at().isBefore(review.openedAt()))
                .map(word -> who(handle, lease) + " was confirmed already, by "
                        + views.name(handle, word.by()) + ".")
                .or(() -> review.open() ? Optional.empty() : Optional.of(over(review)));
    }

    private String over(Review review) {
        return switch (review.state()) {
            case ReviewState.Overdue _ -> "The time for this review was up: what nobody had confirmed was suspended.";
            case ReviewState.Done _ -> "This review is done: nothing is left to confirm.";
            case ReviewState.Open _ -> "This review is open.";
        };
    }

    private String who(Handle handle, Lease lease) {
        return views.words(requests.view(handle, lease));
    }

    private static Actor actor(Person person) {
        return person.slack().<Actor>map(account -> account).orElse(Actor.STEWARD);
    }

    /** What there is to see of a review. */
    public Optional<ReviewView> view(Handle handle, ReviewId id) {
        return reviews.find(handle, id).map(review -> views.of(handle, review));
    }

    /** The reviews of what a person's teams own in which somebody else's access waits for a word, the first due first. */
    public List<ReviewWaiting> waiting(Handle handle, Person person) {
        Set<String> theirs = catalog.teams().teamsOf(handle, person.id()).stream().map(Team::name)
                .collect(Collectors.toSet());
        return theirs.isEmpty()
                ? List.of()
                : reviews.open(handle).stream()
                        .flatMap(review -> views.waiting(handle, review, person, theirs).stream()).toList();
    }

    /** The outbox's key of a review's message. */
    public static String messageKey(ReviewId id) {
        return ReviewCourse.key(id);
    }

    /** The background work of reviews, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(ReviewSweep.JOB, sweep);
    }

    /** Sees to it that reviews are looked after, whatever became of the job before. */
    public void recover() {
        store.database().writing(h -> store.jobs().enqueue(h, ReviewSweep.job()));
    }
}
