package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.access.AccessReport;
import dev.steward.access.Reach;
import dev.steward.approvals.Verdict;
import dev.steward.database.Json;
import dev.steward.stacks.LeaseState;
import dev.steward.stacks.Leases;
import dev.steward.terraform.RunState;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of grants on real Terraform: asked for, approved, refused, extended, given back, taken away, let expire,
 * while Steward is stopped and started, endings fail and the clock is turned. No grant is alive after its end plus one
 * sweep, none ends early without somebody's word, and the report agrees with what the ledger says at random moments.
 */
class LeaseLivesTest {
    private static final List<String> PEOPLE = List.of("dana", "omar", "olga", "pia", "paul");
    private static final List<String> THINGS = List.of("ledger-api", "ledger-lab", "cart");
    private static final List<String> ROLES = List.of("reader", "operator", "admin");
    private static final List<String> TIMES = List.of("1h", "4h", "8h", "1d");

    @TempDir
    Path home;

    @Test
    void noGrantOutlivesItsEndAndNoneEndsEarlyWithoutAWord() {
        live(Integer.getInteger("steward.lives", 25));
    }

    @Test
    @Tag("bench")
    @Tag("leases")
    void theSameOverAThousandGrants() {
        live(1000);
    }

    private void live(int grants) {
        long seed = Long.getLong("steward.seed", System.nanoTime());
        System.out.println("lives of " + grants + " grants, seed " + seed);
        try (LeaseBench access = new LeaseBench(home)) {
            Life life = new Life(access, new Random(seed));
            while (life.begun() < grants) {
                life.step();
                life.settle();
            }
            life.toTheEnd();
            life.check();
        }
    }

    /** One world and its dice. */
    private static final class Life {
        private final LeaseBench access;
        private final Random dice;
        private final List<RequestId> asked = new ArrayList<>();
        private boolean failing;

        Life(LeaseBench access, Random dice) {
            this.access = access;
            this.dice = dice;
        }

        int begun() {
            return access.bench.count("SELECT count(*) FROM lease WHERE starts_at IS NOT NULL");
        }

        void step() {
            switch (dice.nextInt(20)) {
                case 0 -> access.restart();
                case 1, 2 -> fail(!failing);
                case 3 -> access.pass(Duration.ofMinutes(-dice.nextInt(60)));
                case 4, 5, 6 -> access.pass(Duration.ofMinutes(dice.nextInt(300)));
                case 7 -> away();
                case 8, 9 -> act(id -> access.bench.requests.endLease(id, access.bench.person(one(PEOPLE))));
                case 10, 11, 12 -> act(id -> access.bench.requests.extendLease(id, holder(id),
                        Duration.ofMinutes(1 + dice.nextInt(600))));
                default -> ask();
            }
        }

        private void fail(boolean now) {
            access.endingsFail(now);
            failing = now;
        }

        /** Steward is away for a while, and much comes due meanwhile. */
        private void away() {
            access.stop();
            access.bench.skew.updateAndGet(skew -> skew.plus(Duration.ofHours(dice.nextInt(30))));
            access.goOn();
            access.memberships();
        }

        private void ask() {
            for (int i = 0; i < 3; i++) {
                if (access.ask(one(PEOPLE), one(THINGS), one(ROLES),
                        one(TIMES)) instanceof SubmitOutcome.Accepted yes) {
                    asked.add(yes.id());
                }
            }
        }

        private void act(java.util.function.Consumer<RequestId> what) {
            if (!asked.isEmpty()) {
                what.accept(one(asked));
            }
        }

        private dev.steward.catalog.Person holder(RequestId id) {
            return access.bench.view(id).requester();
        }

        /** Everybody decides, whatever runs comes to its end, and what is due is ended, unless that fails for now. */
        void settle() {
            await().atMost(LeaseBench.PATIENCE).pollInterval(Duration.ofMillis(50)).untilAsserted(() -> {
                decide();
                assertThat(unsettled()).isEmpty();
            });
        }

        private List<String> unsettled() {
            return access.bench.read(h -> h.createQuery("""
                    SELECT 'RUN-' || id || ' of ' || operation || ' of STACK-' || stack || ' is ' || state FROM run
                    WHERE state IN ('requested', 'planning', 'awaiting_approval', 'approved', 'apply_claimed',
                        'applying')
                    UNION ALL
                    SELECT 'STACK-' || stack || ' was to end at ' || ends_at || ', ' || coalesce(cause, '') || ' '
                        || coalesce(trouble, '') FROM lease
                    WHERE state = 'active' AND NOT :failing
                        AND CASE WHEN cause IS NULL THEN ends_at ELSE coalesce(next_try, 0) END <= :now""")
                    .bind("failing", failing).bind("now", access.now().toEpochMilli()).mapTo(String.class).list());
        }

        private void decide() {
            for (String digest : access.bench.read(h -> h.createQuery("""
                    SELECT id || ' ' || digest FROM proposal WHERE state = 'open'""").mapTo(String.class).list())) {
                String[] parts = digest.split(" ", 2);
                Verdict verdict = dice.nextInt(5) == 0 ? Verdict.REJECT : Verdict.APPROVE;
                for (String who : PEOPLE) {
                    access.bench.requests.decide(new Requests.Click(access.bench.person(who),
                            new dev.steward.approvals.ProposalId(Long.parseLong(parts[0])), verdict, parts[1],
                            Optional.of("as the dice say")));
                }
            }
        }

        void toTheEnd() {
            if (failing) {
                fail(false);
            }
            for (int i = 0; i < 20
                    && access.bench.count("SELECT count(*) FROM lease WHERE state = 'active'") > 0; i++) {
                access.pass(Duration.ofHours(12));
                settle();
            }
        }

        void check() {
            assertThat(access.bench.count("SELECT count(*) FROM lease WHERE state = 'active'")).isZero();
            assertThat(access.bench.count("SELECT count(*) FROM stack_resource")).as("left in any state").isZero();
            Map<String, Told> told = told();
            told.forEach((stack, one) -> one.check(stack));
            TreeSet<Long> moments = new TreeSet<>();
            told.values().forEach(one -> moments.addAll(List.of(one.start, one.gone)));
            for (int i = 0; i < 50; i++) {
                long moment = moments.first() + dice.nextLong(moments.last() - moments.first() + 1);
                List<String> truth = told.values().stream().filter(one -> one.start <= moment && moment < one.gone)
                        .map(one -> one.request).sorted().toList();
                assertThat(report(moment)).as("at %s", Instant.ofEpochMilli(moment)).isEqualTo(truth);
            }
        }

        private List<String> report(long moment) {
            return access.bench.read(h -> new AccessReport(new Leases(access.bench.ledger, access.bench.clock),
                    access.bench.people, access.bench.entities).at(h, Instant.ofEpochMilli(moment))).stream()
                    .map(Reach::request).sorted().toList();
        }

        /** What the ledger says of each lease that ever began, apart from the table of leases. */
        private Map<String, Told> told() {
            Map<String, Told> all = new HashMap<>();
            access.bench.database.read(h -> h.createQuery("""
                    SELECT action, subject, facts, at, actor FROM ledger WHERE action LIKE 'lease.%' ORDER BY seq""")
                    .map((rs, c) -> all.computeIfAbsent(rs.getString("subject"), _ -> new Told()).hear(
                            rs.getString("action"), Json.tree(rs.getString("facts")), rs.getLong("at"),
                            rs.getString("actor")))
                    .list());
            return all;
        }

        private <T> T one(List<T> of) {
            return of.get(dice.nextInt(of.size()));
        }
    }

    /** One lease, as the ledger tells it. */
    private static final class Told {
        private String request = "";
        private long start;
        private long ends;
        private long word;
        private long gone;
        private String cause = "";
        private String by = "";

        Told hear(String action, JsonNode facts, long at, String actor) {
            request = "REQ-" + facts.path("request").asLong();
            switch (action) {
                case "lease.start" -> {
                    start = start == 0 ? at : start;
                    ends = facts.path("endsAt").asLong();
                }
                case "lease.extend" -> ends = facts.path("endsAt").asLong();
                case "lease.end" -> {
                    word = at;
                    cause = facts.path("cause").asText();
                    by = actor;
                }
                case "lease.gone" -> gone = at;
                default -> {
                }
            }
            return this;
        }

        void check(String stack) {
            assertThat(gone).as("%s is gone", stack).isPositive();
            if (cause.equals("expired")) {
                assertThat(word).as("%s ended when its time was up", stack).isGreaterThanOrEqualTo(ends);
                assertThat(by).isEqualTo("steward");
            } else {
                assertThat(by).as("%s was ended on somebody's word: %s", stack, cause).startsWith("slack:");
            }
        }
    }
}
