package dev.steward.oncall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What on-call is to one person, and when that changes. */
class DutiesTest {
    private static final Instant HAND_OVER = Instant.parse("2026-03-09T08:00:00Z");

    @TempDir
    Path folder;
    private OnCallKit kit;
    private final List<Collection<Long>> changes = new ArrayList<>();

    @BeforeEach
    void open() {
        kit = new OnCallKit(folder);
        kit.onCall.onChange((handle, people) -> changes.add(List.copyOf(people)));
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void isTheShiftOneIsInAndTheNextInEachLayer() {
        assertThat(of("olga").now()).extracting(Shift::layer, Shift::until).containsExactly(
                tuple("primary", HAND_OVER));
        assertThat(of("olga").next()).extracting(Shift::from).containsExactly(HAND_OVER.plus(Duration.ofDays(7)));
        assertThat(of("peter").now()).isEmpty();
        assertThat(of("peter").next()).extracting(Shift::from).containsExactly(HAND_OVER);
        assertThat(of("nina").now()).extracting(Shift::layer).containsExactly("secondary");
        assertThat(of("pia").isEmpty()).isTrue();
    }

    @Test
    void standingInCountsAndBeingStoodInForDoesNot() {
        take("pia", Duration.ofHours(4));
        assertThat(changes).singleElement().isEqualTo(ids("pia", "olga"));
        assertThat(of("pia").now()).extracting(Shift::layer).containsExactly("primary");
        assertThat(of("olga").now()).isEmpty();
        assertThat(of("olga").next()).extracting(Shift::from)
                .containsExactly(kit.catalog.instant().plus(Duration.ofHours(4)));
    }

    @Test
    void aPageWaitsForWhomItWentToUntilSomebodyAcknowledges() {
        PageId id = kit.page("payments", "INC-7");
        assertThat(of("olga").waiting()).extracting(Page::id).containsExactly(id);
        assertThat(of("nina").waiting()).isEmpty();
        assertThat(changes).containsExactly(ids("olga"));
        kit.pass(OnCallKit.WAIT);
        kit.work();
        assertThat(of("nina").waiting()).hasSize(1);
        changes.clear();
        kit.onCall.acknowledge(id, kit.person("nina"));
        assertThat(changes).containsExactly(ids("olga", "nina"));
        assertThat(of("olga").waiting()).isEmpty();
        assertThat(of("nina").waiting()).isEmpty();
    }

    @Test
    void aPageOfAWholeTeamWaitsForEachMemberAlsoWhenItGoesNoFurther() {
        PageId id = kit.page("platform", "INC-7");
        assertThat(of("pia").waiting()).extracting(Page::id).containsExactly(id);
        assertThat(of("olga").waiting()).isEmpty();
        kit.catalog.database().writing(h -> kit.onCall.settle(h));
        assertThat(of("pia").waiting()).as("nobody answered").hasSize(1);
        changes.clear();
        kit.catalog.database().writing(h -> kit.onCall.withdraw(h, "INC-7"));
        assertThat(changes).singleElement().isEqualTo(ids("pia"));
        assertThat(of("pia").waiting()).isEmpty();
    }

    @Test
    void aHandOverConcernsBothAndALookThatFindsNothingNobody() {
        kit.onCall.recover();
        kit.work();
        changes.clear();
        kit.pass(Duration.ofMinutes(5));
        kit.work();
        assertThat(changes).isEmpty();
        kit.pass(Duration.between(kit.catalog.instant(), HAND_OVER));
        kit.work();
        assertThat(changes).containsExactly(ids("olga", "peter"));
    }

    private Duty of(String who) {
        return kit.catalog.read(h -> kit.onCall.duty(h, kit.person(who)));
    }

    private void take(String who, Duration lasts) {
        assertThat(kit.onCall.override(new OverrideOrder("payments", Optional.empty(), kit.person(who),
                Optional.empty(), lasts, kit.person(who)))).isInstanceOf(OverrideOutcome.Done.class);
    }

    private Collection<Long> ids(String... who) {
        List<Long> ids = new ArrayList<>();
        for (String name : who) {
            ids.add(kit.person(name).id());
        }
        return ids;
    }
}
