package dev.steward.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.database.Database;
import dev.steward.database.FreshDatabase;
import dev.steward.database.TestClock;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JobRunnerTest {
    @TempDir
    Path home;
    private Database database;
    private final Jobs jobs = new Jobs(InstantSource.system());
    private final List<String> ran = new CopyOnWriteArrayList<>();

    @BeforeEach
    void open() {
        database = FreshDatabase.open(home.resolve("steward.db"));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void runsTheMoreUrgentFirstAndEachOnce() {
        enqueue("slow", 50);
        enqueue("urgent", 1);
        enqueue("urgent", 1);
        try (JobRunner runner = runner(job -> done(job), 1)) {
            runner.start();
            await().until(this::waiting, n -> n == 0);
        }
        assertThat(ran).containsExactly("urgent", "slow");
    }

    @Test
    void forgetsTheJobWhenTheTransactionThatWantedItRollsBack() {
        try {
            database.writing(h -> {
                jobs.enqueue(h, order("lost", 1));
                throw new IllegalStateException("rolled back");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("rolled back");
        }
        assertThat(waiting()).isZero();
    }

    @Test
    void triesAFailedJobAgain() {
        AtomicInteger tries = new AtomicInteger();
        enqueue("flaky", 1);
        try (JobRunner runner = runner(job -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("first time");
            }
            return done(job);
        }, 1)) {
            runner.start();
            await().atMost(Duration.ofSeconds(10)).until(this::waiting, n -> n == 0);
        }
        assertThat(tries).hasValue(2);
    }

    @Test
    void triesAgainAfterAnErrorOfTheMachine() {
        AtomicInteger tries = new AtomicInteger();
        enqueue("unlucky", 1);
        try (JobRunner runner = runner(job -> {
            if (tries.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
            return done(job);
        }, 1)) {
            runner.start();
            await().atMost(Duration.ofSeconds(10)).until(this::waiting, n -> n == 0);
        }
        assertThat(ran).containsExactly("unlucky");
    }

    @Test
    void freesOnlyClaimsThatNobodyRuns() {
        enqueue("running", 1);
        enqueue("abandoned", 1);
        database.writing(h -> {
            List<Job> claimed = jobs.claim(h, Job.Lane.GENERAL, "me", 5);
            Set<Long> running = claimed.stream().filter(job -> job.key().equals("running")).map(Job::id)
                    .collect(Collectors.toSet());
            assertThat(jobs.releaseOwn(h, "me", running)).isEqualTo(1);
            assertThat(jobs.claim(h, Job.Lane.GENERAL, "me", 5)).extracting(Job::key).containsExactly("abandoned");
        });
    }

    @Test
    void continuesWhatADeadProcessHadClaimed() {
        enqueue("interrupted", 1);
        database.writing(h -> assertThat(jobs.claim(h, Job.Lane.GENERAL, "a dead process", 5)).hasSize(1));
        try (JobRunner runner = runner(job -> done(job), 1)) {
            runner.start();
            await().until(this::waiting, n -> n == 0);
        }
        assertThat(ran).containsExactly("interrupted");
    }

    @Test
    void runsOnceMoreWhatWasEnqueuedAgainWhileItRan() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        enqueue("again", 1);
        try (JobRunner runner = runner(job -> {
            running.countDown();
            go.await();
            return done(job);
        }, 1)) {
            runner.start();
            running.await();
            enqueue("again", 1);
            go.countDown();
            await().until(this::waiting, n -> n == 0);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(ran).containsExactly("again", "again");
    }

    @Test
    void waitsUntilAJobIsDueAndTakesNoMoreThanTheLaneAllows() {
        AtomicInteger now = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        for (int i = 0; i < 12; i++) {
            enqueue("n" + i, 1);
        }
        database.writing(h -> jobs.enqueue(h, Job.Order.at(Instant.now().plusSeconds(600), "later", "test",
                Map.of(), Job.Lane.GENERAL)));
        try (JobRunner runner = runner(job -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            database.read(h -> h.createQuery("SELECT 1").mapTo(Integer.class).one());
            now.decrementAndGet();
            return done(job);
        }, 2)) {
            runner.start();
            await().until(this::waiting, n -> n == 1);
        }
        assertThat(most.get()).isBetween(1, 2);
        assertThat(ran).hasSize(12).doesNotContain("later");
    }

    @Test
    void runsWhatWasPutOffBeforeTheClockWasSetBack() {
        TestClock clock = new TestClock();
        Jobs stepped = new Jobs(clock);
        database.writing(h -> {
            stepped.enqueue(h, order("sweep", 1));
            Job job = stepped.claim(h, Job.Lane.GENERAL, "me", 1).getFirst();
            stepped.again(h, job, Duration.ofMinutes(10));
            clock.advance(Duration.ofMinutes(9));
            assertThat(stepped.claim(h, Job.Lane.GENERAL, "me", 1)).as("not yet").isEmpty();
            clock.advance(Duration.ofHours(-1));
            assertThat(stepped.pending(h, Job.Lane.GENERAL)).isEqualTo(1);
            assertThat(stepped.claim(h, Job.Lane.GENERAL, "me", 1)).extracting(Job::key).containsExactly("sweep");
        });
    }

    @Test
    void waitsForTheTimeOfDayOfWhatIsDueThenWhateverTheClockDoes() {
        TestClock clock = new TestClock();
        Jobs stepped = new Jobs(clock);
        Instant nine = clock.instant().plus(Duration.ofHours(2));
        database.writing(h -> {
            stepped.enqueue(h, Job.Order.at(nine, "expiry", "test", Map.of(), Job.Lane.GENERAL));
            clock.advance(Duration.ofHours(-1));
            assertThat(stepped.claim(h, Job.Lane.GENERAL, "me", 1)).isEmpty();
            clock.advance(Duration.ofHours(3));
            assertThat(stepped.claim(h, Job.Lane.GENERAL, "me", 1)).hasSize(1);
        });
    }

    @Test
    void drainsWhatRunsAndClaimsNothingMore() {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        enqueue("first", 1);
        enqueue("second", 2);
        try (JobRunner runner = runner(job -> {
            running.countDown();
            go.await();
            return done(job);
        }, 1)) {
            runner.start();
            running.await();
            assertThat(runner.drain(Duration.ofMillis(50))).isFalse();
            go.countDown();
            assertThat(runner.drain(Duration.ofSeconds(10))).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        assertThat(ran).containsExactly("first");
        assertThat(waiting()).isEqualTo(1);
    }

    private JobRunner runner(Job.Handler handler, int width) {
        return new JobRunner(database, jobs, InstantSource.system(), Map.of("test", handler),
                Map.of(Job.Lane.GENERAL, width));
    }

    private Job.Outcome done(Job job) {
        ran.add(job.key());
        return Job.Outcome.DONE;
    }

    private void enqueue(String key, int priority) {
        database.writing(h -> jobs.enqueue(h, order(key, priority)));
    }

    private static Job.Order order(String key, int priority) {
        return new Job.Order(key, "test", Map.of(), Job.Lane.GENERAL, priority, Instant.EPOCH);
    }

    private int waiting() {
        return database.read(h -> h.createQuery("SELECT count(*) FROM job").mapTo(Integer.class).one());
    }
}
