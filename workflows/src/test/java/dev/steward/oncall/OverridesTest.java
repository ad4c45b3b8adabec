package dev.steward.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is on call when people change it, and what they are told. */
class OverridesTest {
    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir
    Path folder;
    private OnCallKit kit;

    @BeforeEach
    void open() {
        kit = new OnCallKit(folder);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void takesAShiftOneselfAtOnce() {
        ShiftOverride taken = done(order("peter", "peter", HOUR, Optional.empty()));
        assertThat(taken.state()).isEqualTo(ShiftOverride.State.ACTIVE);
        assertThat(taken.covers().map(Person::name)).contains("olga");
        assertThat(kit.now()).containsExactly("peter", "nina");
        assertThat(kit.messages("override:")).containsExactly("override:1:card");
        kit.pass(HOUR.minusMillis(1));
        assertThat(kit.now()).containsExactly("peter", "nina");
        kit.pass(Duration.ofMillis(1));
        assertThat(kit.now()).containsExactly("olga", "nina");
    }

    @Test
    void asksAnotherFirstAndSwapsOnTheirWord() {
        ShiftOverride asked = done(order("olga", "peter", HOUR, Optional.empty()));
        assertThat(asked.state()).isEqualTo(ShiftOverride.State.PROPOSED);
        assertThat(kit.now()).containsExactly("olga", "nina");
        assertThat(kit.messages("override:")).containsExactly("override:1:asked");
        assertThat(kit.onCall.accept(asked.id(), kit.person("nina"))).as("somebody else")
                .isInstanceOf(OverrideOutcome.Refused.class);
        assertThat(kit.onCall.accept(asked.id(), kit.person("peter"))).isInstanceOf(OverrideOutcome.Done.class);
        assertThat(kit.now()).containsExactly("peter", "nina");
        assertThat(kit.onCall.accept(asked.id(), kit.person("peter"))).as("a second click")
                .isInstanceOf(OverrideOutcome.Refused.class);
        assertThat(kit.messages("override:")).containsExactly("override:1:answered", "override:1:asked",
                "override:1:card");
        assertThat(kit.catalog.actions()).contains("override.propose", "override.accept");
    }

    @Test
    void twoChangeTheirShiftsOnTheWordOfTheOneWhoIsAsked() {
        Instant week = kit.catalog.instant().plus(Duration.ofDays(7));
        ShiftOverride asked = done(swap("olga", "peter", week));
        ShiftOverride.Half back = asked.swap().orElseThrow();
        assertThat(asked.person().name()).isEqualTo("peter");
        assertThat(kit.messages("override:")).containsExactly("override:1:asked");
        assertThat(kit.onCall.accept(back.id(), kit.person("olga"))).as("not on the asker's own word")
                .isInstanceOf(OverrideOutcome.Refused.class);
        assertThat(kit.now()).containsExactly("olga", "nina");

        assertThat(kit.onCall.accept(asked.id(), kit.person("peter"))).isInstanceOf(OverrideOutcome.Done.class);
        assertThat(kit.now()).containsExactly("peter", "nina");
        assertThat(kit.names(h -> kit.onCall.at(h, "payments", week))).containsExactly("olga", "nina");
        assertThat(kit.messages("override:")).containsExactly("override:1:answered", "override:1:asked",
                "override:1:card", "override:2:card");

        assertThat(kit.onCall.cancelOverride(back.id(), kit.person("olga"))).isInstanceOf(OverrideOutcome.Done.class);
        assertThat(kit.now()).as("both or none").containsExactly("olga", "nina");
        assertThat(kit.names(h -> kit.onCall.at(h, "payments", week))).containsExactly("peter", "nina");
        assertThat(kit.catalog.actions().stream().filter("override.cancel"::equals)).hasSize(2);
    }

    @Test
    void whatIsNotBothTheirShiftsIsNotChangedAndADeclinedSwapChangesNeither() {
        Instant week = kit.catalog.instant().plus(Duration.ofDays(7));
        assertThat(why(swap("peter", "olga", week))).contains("first of the two times you are not on call");
        assertThat(why(swap("olga", "peter", kit.catalog.instant().plus(HOUR)))).contains(
                "second of the two times Peter is not on call");
        assertThat(why(swap("olga", "olga", week))).contains("with yourself");
        assertThat(why(swap("olga", "peter", kit.catalog.instant().minus(HOUR)))).contains("begins in the past");
        ShiftOverride asked = done(swap("olga", "peter", week));
        assertThat(kit.onCall.decline(asked.id(), kit.person("peter"))).isInstanceOf(OverrideOutcome.Done.class);
        assertThat(kit.now()).containsExactly("olga", "nina");
        assertThat(kit.names(h -> kit.onCall.at(h, "payments", week))).containsExactly("peter", "nina");
        assertThat(kit.onCall.accept(asked.id(), kit.person("peter"))).isInstanceOf(OverrideOutcome.Refused.class);
    }

    /** The first hour of the asker's against an hour of the other's at that time. */
    private OverrideOrder swap(String asker, String other, Instant back) {
        return new OverrideOrder("payments", Optional.empty(), kit.person(other), Optional.empty(), HOUR,
                kit.person(asker), Optional.of(new OverrideOrder.Time(back, HOUR)));
    }

    @Test
    void changesNothingWhenTheOtherDeclinesOrTheTimeIsOver() {
        ShiftOverride declined = done(order("olga", "peter", HOUR, Optional.empty()));
        assertThat(kit.onCall.decline(declined.id(), kit.person("peter"))).isInstanceOf(OverrideOutcome.Done.class);
        ShiftOverride late = done(order("olga", "peter", HOUR, Optional.empty()));
        kit.pass(HOUR);
        assertThat(kit.onCall.accept(late.id(), kit.person("peter"))).isInstanceOf(OverrideOutcome.Refused.class);
        assertThat(kit.now()).containsExactly("olga", "nina");
    }

    @Test
    void ofTwoTheLaterAskedForWinsAndThatIsSaid() {
        done(order("peter", "peter", Duration.ofHours(4), Optional.empty()));
        Instant from = CatalogKit.START.plus(HOUR);
        OverrideOutcome second = kit.onCall.override(order("nina", "nina", HOUR, Optional.of(from)));
        assertThat(second).isInstanceOfSatisfying(OverrideOutcome.Done.class,
                done -> assertThat(done.wins()).extracting(o -> o.person().name()).containsExactly("peter"));
        List<Shift> shifts = kit.catalog.list(h -> kit.onCall.schedule(h, "payments", CatalogKit.START,
                CatalogKit.START.plus(Duration.ofHours(5)))).stream().filter(s -> s.layer().equals("primary")).toList();
        assertThat(shifts).extracting(s -> s.person().orElseThrow().name()).containsExactly("peter", "nina", "peter",
                "olga");
        assertThat(shifts).extracting(Shift::until).startsWith(from, from.plus(HOUR),
                CatalogKit.START.plus(Duration.ofHours(4)));
    }

    @Test
    void isCancelledByWhomItConcernsAndByTheTeam() {
        ShiftOverride taken = done(order("peter", "peter", HOUR, Optional.empty()));
        assertThat(kit.onCall.cancelOverride(taken.id(), kit.person("otto")))
                .isInstanceOf(OverrideOutcome.Refused.class);
        assertThat(kit.onCall.cancelOverride(taken.id(), kit.person("olga"))).isInstanceOf(OverrideOutcome.Done.class);
        assertThat(kit.onCall.cancelOverride(taken.id(), kit.person("olga")))
                .isInstanceOf(OverrideOutcome.Refused.class);
        assertThat(kit.now()).containsExactly("olga", "nina");
    }

    @Test
    void refusesWhatCannotBe() {
        Instant now = CatalogKit.START;
        assertThat(why(order("otto", "otto", HOUR, Optional.empty()))).contains("Only members of team payments");
        assertThat(why(order("olga", "otto", HOUR, Optional.empty()))).contains("Otto is neither in team payments");
        assertThat(why(order("olga", "olga", Duration.ZERO, Optional.empty()))).contains("has to end after it begins");
        assertThat(why(order("olga", "olga", HOUR.negated(), Optional.empty()))).contains("has to end after");
        assertThat(why(order("olga", "olga", Duration.ofDays(32), Optional.empty()))).contains("at most 31 days");
        assertThat(why(order("olga", "olga", HOUR, Optional.of(now.minus(HOUR))))).contains("begins in the past");
        assertThat(why(order("olga", "olga", HOUR, Optional.of(now.plus(Duration.ofDays(400))))))
                .contains("more than a year");
        assertThat(why(new OverrideOrder("payments", Optional.of("third"), kit.person("olga"), Optional.empty(), HOUR,
                kit.person("olga")))).contains("no layer third").contains("primary, secondary");
        assertThat(why(new OverrideOrder("platform", Optional.empty(), kit.person("pia"), Optional.empty(), HOUR,
                kit.person("pia")))).contains("no rotation");
        assertThat(kit.messages("override:")).isEmpty();
    }

    @Test
    void refusesAMemberWhoseTeamIsNotKnownToBeCurrent() {
        kit.catalog.pass(Duration.ofMinutes(31));
        assertThat(why(order("olga", "olga", HOUR, Optional.empty()))).contains("Only members of team payments");
    }

    @Test
    void fallsBackToTheTurnWhenWhoTookItLeaves() {
        done(order("peter", "peter", HOUR, Optional.empty()));
        kit.catalog.database().writing(h -> kit.catalog.people().deactivated(h, CatalogKit.account("peter")));
        assertThat(kit.now()).containsExactly("olga", "nina");
    }

    @Test
    void tilesTheTimeWhateverIsOverriddenAndTheLatestAskedForHolds() {
        Random random = new Random(11);
        List<ShiftOverride> made = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String who = List.of("olga", "peter", "nina").get(random.nextInt(3));
            Instant from = CatalogKit.START.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 10)));
            made.add(done(order(who, who, Duration.ofMinutes(1 + random.nextInt(60 * 40)), Optional.of(from))));
            if (random.nextInt(4) == 0) {
                kit.onCall.cancelOverride(made.removeLast().id(), kit.person(who));
            }
        }
        List<Shift> shifts = kit.catalog.list(h -> kit.onCall.schedule(h, "payments", CatalogKit.START,
                CatalogKit.START.plus(Duration.ofDays(12)))).stream().filter(s -> s.layer().equals("primary")).toList();
        for (int i = 1; i < shifts.size(); i++) {
            assertThat(shifts.get(i).from()).isEqualTo(shifts.get(i - 1).until());
        }
        for (int i = 0; i < 300; i++) {
            Instant moment = CatalogKit.START.plus(Duration.ofMinutes(random.nextInt(60 * 24 * 12)));
            Shift shift = kit.catalog.list(h -> kit.onCall.at(h, "payments", moment)).getFirst();
            assertThat(shifts).contains(shift);
            assertThat(shift.from()).isBeforeOrEqualTo(moment);
            assertThat(shift.until()).isAfter(moment);
            assertThat(shift.override()).isEqualTo(made.reversed().stream()
                    .filter(o -> !o.from().isAfter(moment) && o.until().isAfter(moment)).map(ShiftOverride::id)
                    .findFirst());
        }
    }

    @Test
    void tellsAHandOverOnceAndNothingWhenTheSamePersonGoesOn() {
        kit.onCall.recover();
        kit.work();
        assertThat(kit.messages("oncall:handover")).as("the first look").isEmpty();
        kit.pass(Duration.ofDays(7).minusHours(1));
        kit.work();
        kit.work();
        assertThat(kit.messages("oncall:handover")).as("nina follows nina, day by day").hasSize(1);
        kit.onCall = kit.over(OnCallKit.rotation());
        kit.onCall.recover();
        kit.work();
        assertThat(kit.messages("oncall:handover")).as("after a restart").hasSize(1);
        kit.pass(Duration.ofMinutes(1));
        done(order("nina", "nina", HOUR, Optional.empty()));
        kit.work();
        assertThat(kit.messages("oncall:handover")).as("an override begins").hasSize(2);
        kit.pass(HOUR);
        kit.work();
        assertThat(kit.messages("oncall:handover")).as("an override ends").hasSize(3);
    }

    @Test
    void tellsEachGapOnceAndAgainWhenItComesBack() {
        kit.onCall.recover();
        kit.work();
        assertThat(kit.messages("oncall:gaps")).isEmpty();
        kit.catalog.database().writing(h -> kit.catalog.people().deactivated(h, CatalogKit.account("nina")));
        for (int day = 0; day < 5; day++) {
            kit.pass(Duration.ofHours(12));
            kit.work();
        }
        assertThat(kit.messages("oncall:gaps")).as("it goes on").hasSize(1);
        assertThat(kit.names(h -> kit.onCall.gaps(h, "payments"))).isNotEmpty().containsOnly("nobody");
        kit.catalog.member("nina");
        kit.pass(HOUR);
        kit.work();
        kit.catalog.database().writing(h -> kit.catalog.people().deactivated(h, CatalogKit.account("nina")));
        kit.pass(HOUR);
        kit.work();
        assertThat(kit.messages("oncall:gaps")).hasSize(2);
    }

    private OverrideOrder order(String asker, String person, Duration lasts, Optional<Instant> from) {
        return new OverrideOrder("payments", Optional.empty(), kit.person(person), from, lasts, kit.person(asker));
    }

    private ShiftOverride done(OverrideOrder order) {
        return kit.onCall.override(order) instanceof OverrideOutcome.Done(ShiftOverride made, List<ShiftOverride> _)
                ? made
                : failed(order);
    }

    private ShiftOverride failed(OverrideOrder order) {
        throw new AssertionError(why(order));
    }

    private String why(OverrideOrder order) {
        return kit.onCall.override(order) instanceof OverrideOutcome.Refused(String why) ? why : "it was done";
    }
}
