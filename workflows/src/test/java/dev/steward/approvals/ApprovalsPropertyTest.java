package dev.steward.approvals;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Person;
import dev.steward.catalog.Principal;
import dev.steward.catalog.Standing;
import dev.steward.ledger.Actor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever the order of clicks, comings and goings, and expiries: the rules of approval hold. */
class ApprovalsPropertyTest {
    private static final List<String> NAMES = List.of("ana", "ben", "cleo", "dan", "eva");
    private static final List<String> TEAMS = List.of("red", "blue");
    private static final int STEPS = 200;

    @TempDir
    private Path folder;

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void holdsWhateverHappens(long seed) {
        try (var kit = new CatalogKit(folder)) {
            new World(kit, seed).run();
        }
    }

    /** A few people, two teams, and what the test knows about them without asking the code under test. */
    private static final class World {
        private final CatalogKit kit;
        private final Random random;
        private final Approvals approvals;
        private final List<Person> people = new ArrayList<>();
        private final Map<String, Set<Long>> members = new HashMap<>();
        private final Set<Long> inactive = new HashSet<>();
        private final Map<ProposalId, String> endings = new HashMap<>();
        private final List<ProposalId> proposals = new ArrayList<>();

        World(CatalogKit kit, long seed) {
            this.kit = kit;
            this.random = new Random(seed);
            this.approvals = new Approvals(kit.people(), kit.teams(), kit.ledger(), kit);
            NAMES.forEach(name -> people.add(kit.member(name)));
            TEAMS.forEach(team -> {
                kit.slackTeam(team);
                mirror(team);
            });
        }

        void run() {
            for (int i = 0; i < STEPS; i++) {
                step();
            }
            endings.forEach((id, words) -> assertThat(find(id).state().words()).as("ended stays ended")
                    .isEqualTo(words));
            proposals.forEach(this::assertSignedOnce);
            assertThat(kit.ledgerIntact()).isTrue();
            assertThat(endings.values()).contains("approved");
        }

        private void step() {
            switch (random.nextInt(14)) {
                case 0, 1 -> propose();
                case 2 -> mirror(pick(TEAMS));
                case 3 -> stand();
                case 4 -> pass();
                case 5 -> end();
                default -> click();
            }
        }

        private void propose() {
            List<Stage> stages = new ArrayList<>();
            for (int i = 0; i <= random.nextInt(2); i++) {
                stages.add(new Stage("S" + i, Principal.team(pick(TEAMS)), 1 + random.nextInt(2), "why"));
            }
            String subject = "RUN-" + random.nextInt(3);
            long requester = pick(people).id();
            var id = kit.write(h -> approvals.propose(h, new NewProposal("plan", subject, "d" + subject, requester,
                    stages, kit.instant().plus(Duration.ofMinutes(30L + random.nextInt(200))))));
            proposals.add(id);
            proposals.stream().filter(old -> !endings.containsKey(old)).forEach(this::note);
        }

        private void click() {
            if (proposals.isEmpty()) {
                return;
            }
            ProposalId id = proposals.get(Math.max(0, proposals.size() - 1 - random.nextInt(4)));
            Person person = pick(people);
            Verdict verdict = random.nextInt(8) == 0 ? Verdict.REJECT : Verdict.APPROVE;
            Proposal before = find(id);
            String digest = random.nextInt(10) == 0 ? "d0" : before.digest();
            Optional<String> reason = random.nextInt(3) == 0 ? Optional.empty() : Optional.of("so");
            boolean may = mayDecide(before, person, digest, verdict, reason);

            var outcome = kit.write(h -> approvals.decide(h, id, person, verdict, digest, reason));

            assertThat(outcome instanceof DecisionOutcome.Recorded).as("%s by %s on %s", verdict, person.name(), before)
                    .isEqualTo(may);
            if (outcome instanceof DecisionOutcome.Approved approved) {
                assertApproved(approved.proposal());
            }
            note(id);
        }

        private boolean mayDecide(Proposal proposal, Person person, String digest, Verdict verdict,
                Optional<String> reason) {
            return proposal.openStage().filter(stage -> eligible(stage.stage(), person.id())).isPresent()
                    && person.id() != proposal.requester() && proposal.signatureOf(person.id()).isEmpty()
                    && digest.equals(proposal.digest()) && kit.instant().isBefore(proposal.expiresAt())
                    && (verdict == Verdict.APPROVE || reason.isPresent());
        }

        /** At the moment of approval, the last stage is held by people who are eligible now. */
        private void assertApproved(Proposal proposal) {
            var last = proposal.stages().getLast();
            assertThat(last.signatures().stream().filter(s -> eligible(last.stage(), s.person()))
                    .filter(s -> s.person() != proposal.requester()).map(Signature::person).distinct())
                    .hasSizeGreaterThanOrEqualTo(last.stage().need());
            boolean allHold = proposal.stages().stream().allMatch(stage -> stage.signatures().stream()
                    .filter(s -> eligible(stage.stage(), s.person())).count() >= stage.stage().need());
            assertThat(kit.read(h -> approvals.recheck(h, proposal.id(), proposal.digest(), kit.instant())).isEmpty())
                    .isEqualTo(allHold);
            proposal.stages().forEach(stage -> assertThat(stage.signatures())
                    .hasSizeGreaterThanOrEqualTo(stage.stage().need())
                    .allMatch(s -> s.verdict() == Verdict.APPROVE && s.person() != proposal.requester()));
        }

        private boolean eligible(Stage stage, long person) {
            return members.getOrDefault(stage.by().name(), Set.of()).contains(person) && !inactive.contains(person)
                    && kit.read(h -> kit.teams().current(kit.teams().byName(h, stage.by().name()).orElseThrow(),
                            kit.instant()));
        }

        private void mirror(String team) {
            List<Person> now = people.stream().filter(p -> random.nextInt(4) > 0).toList();
            kit.mirror(team, now.toArray(Person[]::new));
            members.put(team, new HashSet<>(now.stream().map(Person::id).toList()));
        }

        private void stand() {
            Person person = pick(people);
            Standing standing = random.nextInt(3) == 0 ? Standing.DEACTIVATED : Standing.MEMBER;
            kit.met(person.name(), standing);
            if (standing == Standing.MEMBER) {
                inactive.remove(person.id());
            } else {
                inactive.add(person.id());
            }
        }

        private void pass() {
            kit.pass(Duration.ofMinutes(random.nextInt(25)));
            for (var id : kit.read(h -> approvals.due(h, 100))) {
                kit.write(h -> approvals.expire(h, id));
                note(id);
            }
            TEAMS.forEach(team -> {
                if (random.nextInt(3) > 0) {
                    mirror(team);
                }
            });
        }

        private void end() {
            if (!proposals.isEmpty()) {
                ProposalId id = pick(proposals);
                if (random.nextBoolean()) {
                    kit.write(h -> approvals.cancel(h, id, Actor.STEWARD, "over"));
                } else {
                    kit.write(h -> approvals.expire(h, id));
                }
                note(id);
            }
        }

        private void note(ProposalId id) {
            var state = find(id).state();
            if (state.ended()) {
                assertThat(endings.getOrDefault(id, state.words())).isEqualTo(state.words());
                endings.put(id, state.words());
            }
        }

        private void assertSignedOnce(ProposalId id) {
            assertThat(find(id).stages().stream().flatMap(s -> s.signatures().stream()).map(Signature::person))
                    .doesNotHaveDuplicates();
        }

        private Proposal find(ProposalId id) {
            return kit.read(h -> approvals.find(h, id)).orElseThrow();
        }

        private <T> T pick(List<T> list) {
            return list.get(random.nextInt(list.size()));
        }
    }
}
