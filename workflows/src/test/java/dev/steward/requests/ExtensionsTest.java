package dev.steward.requests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.approvals.DecisionOutcome;
import dev.steward.approvals.Proposal;
import dev.steward.approvals.ProposalState;
import dev.steward.approvals.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExtensionsTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path home;
    private LeaseBench access;

    @BeforeEach
    void open() {
        access = new LeaseBench(home);
    }

    @AfterEach
    void close() {
        access.close();
    }

    @Test
    void offersWhatTheCapLeavesRoomFor() {
        RequestId id = access.granted("dana", "ledger-api", "operator", "4h", "omar");
        assertThat(choices(id)).containsExactly(HOUR, Duration.ofHours(4));
        access.pass(Duration.ofHours(3));
        access.bench.requests.extendLease(id, access.bench.person("dana"), Duration.ofHours(4));
        assertThat(decide(id, Verdict.APPROVE)).isInstanceOf(DecisionOutcome.Approved.class);
        assertThat(choices(id)).as("five of eight hours are left").containsExactly(HOUR);
        access.bench.requests.endLease(id, access.bench.person("dana"));
        assertThat(choices(id)).as("what is being ended").isEmpty();
    }

    @Test
    void offersTheRestWhereNothingUsualFits() {
        RequestId id = access.granted("dana", "ledger-api", "operator", "8h", "omar");
        assertThat(choices(id)).as("it lasts as long as it may").isEmpty();
        access.pass(Duration.ofMinutes(31));
        assertThat(choices(id)).singleElement().satisfies(rest -> assertThat(rest).isBetween(
                Duration.ofMinutes(31), Duration.ofMinutes(33)));
        assertThat(access.bench.requests.extendLease(id, access.bench.person("dana"), choices(id).getFirst()))
                .as("what is offered is taken").isInstanceOf(ActOutcome.Done.class);
    }

    @Test
    void aLaterWishTakesThePlaceOfAnEarlierOneAndTheEarlierSaysSo() {
        RequestId id = access.granted("dana", "ledger-api", "reader", "1h", "omar");
        access.bench.requests.extendLease(id, access.bench.person("dana"), HOUR);
        Proposal first = wish(id);
        access.bench.requests.extendLease(id, access.bench.person("dana"), HOUR.multipliedBy(2));
        assertThat(view(first).approval().proposal().state()).isInstanceOf(ProposalState.Superseded.class);
        assertThat(view(first).until()).isEmpty();
        assertThat(view(wish(id)).until()).contains(access.active(id).endsAt().plus(HOUR.multipliedBy(2)));
        assertThat(told(first)).as("its card is shown anew").isEqualTo(2);
    }

    @Test
    void whatIsEndedNeedsNoDecisionAnyMore() {
        RequestId id = access.granted("dana", "ledger-api", "reader", "1h", "omar");
        access.bench.requests.extendLease(id, access.bench.person("dana"), HOUR);
        Proposal open = wish(id);
        access.bench.requests.endLease(id, access.bench.person("omar"));
        assertThat(view(open).approval().proposal().state()).isInstanceOf(ProposalState.Superseded.class);
        assertThat(told(open)).isEqualTo(2);
        assertThat(decide(id, Verdict.APPROVE)).isInstanceOf(DecisionOutcome.AlreadyEnded.class);
        access.ended(id);
    }

    private List<Duration> choices(RequestId id) {
        return access.bench.read(h -> access.bench.requests.extensions(h, id));
    }

    private ExtensionView view(Proposal proposal) {
        return access.bench.read(h -> access.bench.requests.extension(h, proposal.id())).orElseThrow();
    }

    private Proposal wish(RequestId id) {
        return access.bench.read(h -> access.bench.approvals.latest(h, Leasing.EXTENSION, id.text())).orElseThrow();
    }

    private DecisionOutcome decide(RequestId id, Verdict verdict) {
        Proposal proposal = wish(id);
        return access.bench.requests.decide(new Requests.Click(access.bench.person("omar"), proposal.id(), verdict,
                proposal.digest(), Optional.empty()));
    }

    /** How often the card of a wish was put in the outbox. */
    private long told(Proposal proposal) {
        return access.bench.count("SELECT revision FROM outbox WHERE key = 'proposal:" + proposal.id().value()
                + ":card'");
    }
}
