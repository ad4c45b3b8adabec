package dev.steward.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Person;
import dev.steward.catalog.Principal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApprovalsRaceTest {
    private static final int ROUNDS = 50;

    @Test
    void oneOfTwoSimultaneousClicksWinsTheLastSignature(@TempDir Path folder) throws Exception {
        Random random = new Random(7);
        try (var kit = new CatalogKit(folder); ExecutorService threads = Executors.newFixedThreadPool(2)) {
            var approvals = new Approvals(kit.people(), kit.teams(), kit.ledger(), kit);
            Person dev = kit.member("dev");
            List<Person> approvers = List.of(kit.member("mona"), kit.member("theo"));
            kit.slackTeam("payments", approvers.get(0), approvers.get(1));
            for (int round = 0; round < ROUNDS; round++) {
                var id = propose(kit, approvals, dev, "RUN-" + round);
                List<Verdict> verdicts = List.of(verdict(random), verdict(random));

                var outcomes = race(kit, approvals, threads, id, approvers, verdicts);

                assertOneWinner(kit, approvals, id, approvers, outcomes);
            }
            assertThat(kit.ledgerIntact()).isTrue();
            assertThat(kit.actions()).filteredOn("decision.refused"::equals).hasSize(ROUNDS);
        }
    }

    private static void assertOneWinner(CatalogKit kit, Approvals approvals, ProposalId id, List<Person> approvers,
            List<DecisionOutcome> outcomes) {
        assertThat(outcomes).filteredOn(o -> o instanceof DecisionOutcome.Recorded).hasSize(1);
        int winner = outcomes.get(0) instanceof DecisionOutcome.Recorded ? 0 : 1;
        assertThat(outcomes.get(1 - winner)).isInstanceOfSatisfying(DecisionOutcome.AlreadyEnded.class,
                lost -> assertThat(lost.how().endedBy().orElseThrow().name())
                        .isEqualTo(approvers.get(winner).displayName()));
        Proposal ended = kit.read(h -> approvals.find(h, id)).orElseThrow();
        assertThat(ended.stages().getFirst().signatures()).singleElement().extracting(Signature::person)
                .isEqualTo(approvers.get(winner).id());
    }

    private static List<DecisionOutcome> race(CatalogKit kit, Approvals approvals, ExecutorService threads,
            ProposalId id, List<Person> approvers, List<Verdict> verdicts) throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        Future<DecisionOutcome> first = threads.submit(() -> {
            start.await(10, TimeUnit.SECONDS);
            return click(kit, approvals, id, approvers.get(0), verdicts.get(0));
        });
        Future<DecisionOutcome> second = threads.submit(() -> {
            start.await(10, TimeUnit.SECONDS);
            return click(kit, approvals, id, approvers.get(1), verdicts.get(1));
        });
        return List.of(first.get(30, TimeUnit.SECONDS), second.get(30, TimeUnit.SECONDS));
    }

    private static DecisionOutcome click(CatalogKit kit, Approvals approvals, ProposalId id, Person person,
            Verdict verdict) {
        return kit.write(h -> approvals.decide(h, id, person, verdict, "d1", Optional.of("because")));
    }

    private static ProposalId propose(CatalogKit kit, Approvals approvals, Person dev, String subject) {
        var stage = new Stage("Owner", Principal.team("payments"), 1, "they own it");
        return kit.write(h -> approvals.propose(h, new NewProposal("plan", subject, "d1", dev.id(), List.of(stage),
                kit.instant().plus(Duration.ofDays(1)))));
    }

    private static Verdict verdict(Random random) {
        return random.nextInt(4) == 0 ? Verdict.REJECT : Verdict.APPROVE;
    }
}
