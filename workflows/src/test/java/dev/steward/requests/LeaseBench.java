package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.steward.access.Reviews;
import dev.steward.catalog.EntityId;
import dev.steward.catalog.EntityKind;
import dev.steward.catalog.EntityStage;
import dev.steward.catalog.Lifecycle;
import dev.steward.catalog.NewEntity;
import dev.steward.catalog.Profile;
import dev.steward.catalog.RecordOutcome;
import dev.steward.catalog.Responsibility;
import dev.steward.catalog.SlackProfile;
import dev.steward.catalog.Standing;
import dev.steward.catalog.Tier;
import dev.steward.ledger.Actor;
import dev.steward.ledger.Verification;
import dev.steward.stacks.Lease;
import dev.steward.stacks.LeaseState;
import dev.steward.terraform.RunState;
import dev.steward.terraform.StackId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

/** A bench with things to have access to, a clock that is turned by hand and a Terraform that can be made to fail. */
final class LeaseBench implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration MOST_HURRY = Duration.ofSeconds(30);
    private static final Duration LOOK = Duration.ofMillis(25);
    private final Path home;
    private final Workbench.Options options;
    Workbench bench;

    LeaseBench(Path home) {
        this(home, Workbench.Options.usual(home));
    }

    /** With reviews, which the usual bench never opens. */
    LeaseBench(Path home, Reviews.Rhythm reviews) {
        this(home, Workbench.Options.usual(home).withReviews(reviews));
    }

    /** With other modules or workflows. */
    LeaseBench(Path home, Workbench.Options usual) {
        this.home = home;
        options = usual.withTerraform(terraform(home));
        bench = Workbench.started(home, options);
        memberships();
        thing("ledger-api", "payments", EntityStage.PRODUCTION, Tier.TIER_2);
        thing("ledger-lab", "payments", EntityStage.EXPERIMENTAL, Tier.TIER_4);
        thing("cart", "checkout", EntityStage.PRODUCTION, Tier.TIER_1);
    }

    /** While the file {@code no-ending} is there, nothing can be planned to be destroyed. */
    private static Path terraform(Path home) {
        Path script = home.resolve("terraform");
        try {
            Files.writeString(script, """
                    #!/bin/sh
                    [ -e "%1$s/no-ending" ] && case "$*" in *-destroy*) echo 'it is not to be' >&2; exit 1;; esac
                    exec "%2$s" "$@"
                    """.formatted(home, Workbench.terraform()));
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
            return script;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void endingsFail(boolean fail) {
        try {
            if (fail) {
                Files.createFile(home.resolve("no-ending"));
            } else {
                Files.delete(home.resolve("no-ending"));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    EntityId thing(String name, String owner, EntityStage stage, Tier tier) {
        Profile profile = new Profile(name, "", stage, tier, Optional.empty(), Optional.empty(), Optional.empty(),
                Optional.empty());
        NewEntity entity = new NewEntity(EntityKind.SERVICE, name,
                new Responsibility(owner, owner, Lifecycle.APPLICATION_BOUND), profile, List.of(), List.of(), "import");
        return bench.database.write(h -> ((RecordOutcome.Recorded) bench.entities.record(h,
                new Actor.Operator("ops"), entity)).id());
    }

    /** As many more of the same, which nobody asked for: rows without a state of their own. */
    void many(RequestId like, int count) {
        bench.database.writing(h -> {
            for (int i = 0; i < count; i++) {
                h.execute("""
                        INSERT INTO stack (name, module, lineage, owner, status, created_at, updated_at)
                        SELECT name || ?, module, lineage || ?, owner, status, created_at, updated_at FROM stack
                        WHERE id = (SELECT stack FROM request WHERE id = ?)""", i, i, like.value());
                h.execute("""
                        INSERT INTO request (workflow, workflow_digest, requester, channel, subject, state, stack, run,
                            idempotency_key, created_at, updated_at)
                        SELECT workflow, workflow_digest, requester, channel, subject, state, last_insert_rowid(), run,
                            idempotency_key || ?, created_at, updated_at FROM request WHERE id = ?""", i, like.value());
                h.execute("""
                        INSERT INTO lease (stack, request, holder, entity, role, state, lasts, starts_at, ends_at)
                        SELECT (SELECT max(id) FROM stack), last_insert_rowid(), holder, entity, role, state, lasts,
                            starts_at, ends_at FROM lease WHERE request = ?""", like.value());
            }
        });
    }

    /** Stops as a crash would, and goes on. */
    void restart() {
        stop();
        goOn();
    }

    void stop() {
        bench.close();
    }

    void goOn() {
        Duration skew = bench.skew.get();
        bench = new Workbench(home, options);
        bench.skew.set(skew);
        bench.start();
    }

    /** Stops, and is there again without doing any of its work in the background. */
    void asleep() {
        Duration skew = bench.skew.get();
        stop();
        bench = new Workbench(home, options);
        bench.skew.set(skew);
    }

    /** Time passes; who is in which team is read again, as the next sweep of the teams would. */
    void pass(Duration time) {
        bench.skew.updateAndGet(skew -> skew.plus(time));
        memberships();
    }

    void memberships() {
        bench.members("payments", "dana", "omar");
        bench.members("checkout", "olga", "paul");
        bench.members("platform", "pia", "paul");
    }

    SubmitOutcome ask(String who, String entity, String role, String duration) {
        Map<String, Object> answers = new HashMap<>(Map.of("entity", entity, "role", role, "duration", duration,
                "reason", "To look into late bookings"));
        return bench.requests.submit(new Requests.Submission("service-access", bench.person(who), answers,
                "form-" + System.nanoTime()));
    }

    RequestId asked(String who, String entity, String role, String duration) {
        SubmitOutcome outcome = ask(who, entity, role, duration);
        if (outcome instanceof SubmitOutcome.Accepted accepted) {
            return accepted.id();
        }
        throw new AssertionError("not accepted: " + outcome);
    }

    /** Waits for that. The clock is turned for what is to be tried again in some seconds, by half a minute at most. */
    void until(BooleanSupplier there) {
        var left = new AtomicReference<>(MOST_HURRY);
        await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(LOOK).until(() -> {
            boolean now = there.getAsBoolean();
            if (!now) {
                left.updateAndGet(most -> most.minus(hurried(most)));
            }
            return now;
        });
    }

    private Duration hurried(Duration most) {
        long next = bench.read(h -> h.createQuery("""
                SELECT coalesce(min(due_at), 0) FROM job WHERE claimed_by IS NULL AND kind IN (:apply, :sweep)""")
                .bind("apply", Applying.JOB).bind("sweep", LeaseSweep.JOB).mapTo(Long.class).one());
        Duration ahead = Duration.between(now(), Instant.ofEpochMilli(next));
        if (!ahead.isPositive() || ahead.compareTo(most) > 0) {
            return Duration.ZERO;
        }
        bench.skew.updateAndGet(skew -> skew.plus(ahead));
        return ahead;
    }

    /** Asked for, approved by whoever is named, and there. */
    RequestId granted(String who, String entity, String role, String duration, String approver) {
        RequestId id = asked(who, entity, role, duration);
        approved(id, approver);
        active(id);
        return id;
    }

    void approved(RequestId id, String approver) {
        until(() -> bench.state(id) instanceof RunState.AwaitingApproval);
        bench.approve(approver, id);
    }

    Lease lease(RequestId id) {
        return bench.read(h -> h.createQuery("SELECT stack FROM lease WHERE request = :id").bind("id", id.value())
                .mapTo(Long.class).findOne().flatMap(stack -> leases(h, new StackId(stack)))).orElseThrow();
    }

    private Optional<Lease> leases(org.jdbi.v3.core.Handle handle, StackId stack) {
        return new dev.steward.stacks.Leases(bench.ledger, bench.clock).of(handle, stack);
    }

    LeaseState state(RequestId id) {
        return lease(id).state();
    }

    LeaseState.Active active(RequestId id) {
        until(() -> state(id) instanceof LeaseState.Active);
        return (LeaseState.Active) state(id);
    }

    LeaseState.Ended ended(RequestId id) {
        until(() -> state(id) instanceof LeaseState.Ended);
        return (LeaseState.Ended) state(id);
    }

    LeaseState.Ending ending(RequestId id) {
        until(() -> state(id) instanceof LeaseState.Ending);
        return (LeaseState.Ending) state(id);
    }

    /** Everything that the ledger says of the lease's stack and of the requests on it, by action. */
    List<String> story(RequestId id) {
        return bench.read(h -> h.createQuery("""
                SELECT action FROM ledger WHERE subject = (SELECT 'STACK-' || stack FROM request WHERE id = :id)
                    OR subject IN (SELECT 'REQ-' || id FROM request WHERE stack =
                        (SELECT stack FROM request WHERE id = :id))
                    OR subject IN (SELECT 'RUN-' || id FROM run WHERE stack =
                        (SELECT stack FROM request WHERE id = :id))
                ORDER BY seq""").bind("id", id.value()).mapTo(String.class).list());
    }

    boolean told(String view) {
        return bench.count("SELECT count(*) FROM outbox WHERE view = '" + view + "'") > 0;
    }

    Instant now() {
        return bench.clock.instant();
    }

    void leaves(String who) {
        stands(who, Standing.DEACTIVATED);
    }

    void becomesGuest(String who) {
        stands(who, Standing.GUEST);
    }

    void comesBack(String who) {
        stands(who, Standing.MEMBER);
    }

    private void stands(String who, Standing standing) {
        bench.database.writing(h -> bench.people.meet(h,
                new SlackProfile(Workbench.TEAM, "U" + who, who, who, Optional.empty(), standing)));
    }

    @Override
    public void close() {
        assertThat(bench.<Verification>read(h -> bench.ledger.verify(h, Optional.empty())))
                .isInstanceOf(Verification.Intact.class);
        assertThat(bench.count("SELECT count(*) FROM state_lock")).as("locks left").isZero();
        bench.close();
    }
}
