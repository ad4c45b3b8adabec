package dev.steward.incidents.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class StandingTest {
    private static final Instant START = Instant.parse("2026-03-02T09:00:00Z");

    @RepeatedTest(200)
    void whateverTheOrderAndHoweverOftenItIsToldTheLatestCounts(RepetitionInfo seed) {
        Random random = new Random(seed.getCurrentRepetition());
        List<AlertEvent> story = new ArrayList<>();
        for (int life = 0; life < 1 + random.nextInt(4); life++) {
            story.add(firing(at(10 * life)));
            if (random.nextBoolean()) {
                story.add(over(at(10 * life), at(10 * life + 5)));
            }
        }
        AlertEvent last = story.getLast();
        List<AlertEvent> told = new ArrayList<>(story);
        told.addAll(story);
        Collections.shuffle(told, random);

        Standing standing = after(told);

        assertThat(standing.starts()).isEqualTo(last.moments().starts().orElseThrow());
        assertThat(standing.firing()).isEqualTo(last.firing());
        assertThat(story).allSatisfy(event -> assertThat(standing.after(event)).isEmpty());
    }

    @Test
    void countsHowOftenItFired() {
        assertThat(after(List.of(firing(at(0)), over(at(0), at(1)), firing(at(2)), firing(at(2)))).times())
                .isEqualTo(2);
    }

    @Test
    void whatWentQuietFiresAnewWhenItIsToldAgainAndIsOverWhenThatIsSaid() {
        Standing quiet = new Standing(Optional.of(at(0)), at(0), Optional.of(at(5)), true, 1);
        Standing anew = quiet.after(firing(at(0))).orElseThrow();
        assertThat(anew).isEqualTo(new Standing(Optional.of(at(0)), at(0), Optional.empty(), false, 2));
        assertThat(quiet.after(over(at(0), at(9))).orElseThrow())
                .isEqualTo(new Standing(Optional.of(at(0)), at(0), Optional.of(at(9)), false, 1));
        assertThat(quiet.after(firing(at(-10)))).as("what is older").isEmpty();
    }

    @Test
    void aSourceThatTellsNoTimesIsTakenAtItsWordInTheOrderOfTime() {
        Standing standing = Standing.first(word(true, 0));
        assertThat(standing.after(word(true, 5))).isEmpty();
        Standing over = standing.after(word(false, 10)).orElseThrow();
        assertThat(over.ended()).contains(at(10));
        assertThat(over.after(word(false, 11))).isEmpty();
        assertThat(over.after(word(true, 0))).as("a replay").isEmpty();
        assertThat(over.after(word(true, 10))).as("of the same second").isEmpty();
        Standing again = over.after(word(true, 20)).orElseThrow();
        assertThat(again.firing()).isTrue();
        assertThat(again.after(word(false, 10))).as("a replay of what came before").isEmpty();
    }

    @Test
    void aReplayOfWhatClaimedToBeInTheFutureIsOne() {
        Instant claimed = Instant.parse("2999-01-01T00:00:00Z");
        Standing standing = Standing.first(event(true, Optional.of(claimed), Optional.of(at(1)), at(0)));
        assertThat(standing.after(event(true, Optional.of(claimed), Optional.of(at(9)), at(8)))).isEmpty();
        Standing over = standing.after(event(false, Optional.of(claimed), Optional.of(at(9)), at(8))).orElseThrow();
        assertThat(over.after(event(true, Optional.of(claimed), Optional.of(at(30)), at(29)))).isEmpty();
    }

    @Test
    void isNeverOverBeforeItBegan() {
        assertThat(Standing.first(over(at(10), at(3))).ended()).contains(at(10));
        assertThat(Standing.first(firing(at(10))).after(over(at(10), at(3))).orElseThrow().ended()).contains(at(10));
    }

    private static Standing after(List<AlertEvent> told) {
        Standing standing = Standing.first(told.getFirst());
        for (AlertEvent event : told.subList(1, told.size())) {
            standing = standing.after(event).orElse(standing);
        }
        return standing;
    }

    private static Instant at(int minutes) {
        return START.plus(Duration.ofMinutes(minutes));
    }

    private static AlertEvent firing(Instant starts) {
        return event(true, Optional.of(starts), Optional.of(starts), starts);
    }

    private static AlertEvent over(Instant starts, Instant ended) {
        return event(false, Optional.of(starts), Optional.of(starts), ended);
    }

    private static AlertEvent word(boolean firing, int minutes) {
        return event(firing, Optional.empty(), Optional.empty(), at(minutes));
    }

    private static AlertEvent event(boolean firing, Optional<Instant> claimed, Optional<Instant> starts, Instant at) {
        return new AlertEvent(AlertSource.GENERIC, "f", firing, new AlertEvent.Moments(claimed, starts, at),
                new AlertEvent.Told("a", AlertSeverity.WARNING, "", new AlertEvent.Links("", "", "")),
                new TreeMap<>(), new TreeMap<>());
    }
}
