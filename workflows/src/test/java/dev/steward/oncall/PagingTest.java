package dev.steward.oncall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.CatalogKit;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whom a page goes to, and when it stops. */
class PagingTest {
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
    void pagesTheFirstLayerAtOnceAndTheNextWhenNobodyAnswers() {
        PageId id = kit.page("payments", "INC-7");
        assertThat(kit.called(id)).containsExactly("olga");
        assertThat(kit.messages("page:")).containsExactly("page:1:card", "page:1:direct:1");
        kit.pass(OnCallKit.WAIT.minusMillis(1));
        kit.work();
        assertThat(kit.called(id)).as("a moment too early").containsExactly("olga");
        kit.pass(Duration.ofMillis(1));
        kit.work();
        kit.work();
        assertThat(kit.called(id)).containsExactly("olga", "nina");
        assertThat(kit.messages("page:")).containsExactly("page:1:card", "page:1:direct:1", "page:1:direct:2",
                "page:1:step:2");
    }

    @Test
    void goesRoundThreeTimesAndThenTellsTheWholeTeam() {
        PageId id = kit.page("payments", "INC-7");
        for (int i = 0; i < 5; i++) {
            kit.pass(OnCallKit.WAIT);
            kit.work();
        }
        assertThat(kit.called(id)).containsExactly("olga", "nina", "olga", "nina", "olga", "nina");
        assertThat(kit.find(id).state()).isInstanceOf(PageState.Open.class);
        kit.pass(OnCallKit.WAIT);
        kit.work();
        assertThat(kit.find(id).state()).isEqualTo(new PageState.Exhausted());
        assertThat(kit.messages("page:1:exhausted")).hasSize(1);
        kit.pass(Duration.ofDays(1));
        kit.work();
        assertThat(kit.called(id)).hasSize(6);
        assertThat(kit.onCall.acknowledge(id, kit.person("peter"))).as("a team member, late")
                .isInstanceOf(AckOutcome.Acked.class);
        assertThat(kit.catalog.actions()).contains("page.open", "page.step", "page.exhaust", "page.ack");
        assertThat(kit.catalog.ledgerIntact()).isTrue();
    }

    @Test
    void stopsWhenSomebodyAcknowledgesAndTellsTheSecondWhoDid() {
        PageId id = kit.page("payments", "INC-7");
        assertThat(kit.onCall.acknowledge(id, kit.person("otto"))).as("an outsider")
                .isInstanceOf(AckOutcome.Refused.class);
        assertThat(kit.onCall.acknowledge(id, kit.person("olga"))).isInstanceOf(AckOutcome.Acked.class);
        assertThat(kit.onCall.acknowledge(id, kit.person("pia"))).isInstanceOfSatisfying(AckOutcome.AckedBefore.class,
                before -> assertThat(before.by().name()).isEqualTo("olga"));
        kit.pass(Duration.ofHours(1));
        kit.work();
        assertThat(kit.called(id)).containsExactly("olga");
        assertThat(kit.onCall.acknowledge(new PageId(99), kit.person("olga"))).isInstanceOf(AckOutcome.Refused.class);
    }

    @Test
    void countsAsAcknowledgedByWhoTakesItUpElsewhereAsFarAsTheirWordGoes() {
        PageId id = kit.page("payments", "INC-7");
        assertThat(takenUp("otto", OnCall.Word.THEIRS)).as("an outsider").isEmpty();
        assertThat(takenUp("peter", OnCall.Word.ANOTHERS)).as("of the team, but not called").isEmpty();
        assertThat(kit.find(id).state()).isInstanceOf(PageState.Open.class);

        assertThat(takenUp("nina", OnCall.Word.ANOTHERS)).as("on call behind").containsExactly(id);
        assertThat(kit.find(id).state()).isInstanceOfSatisfying(PageState.Acked.class,
                acked -> assertThat(acked.by().name()).isEqualTo("nina"));
        assertThat(takenUp("olga", OnCall.Word.THEIRS)).as("somebody was first").isEmpty();
        kit.pass(Duration.ofHours(1));
        kit.work();
        assertThat(kit.called(id)).containsExactly("olga");
        assertThat(kit.catalog.actions().stream().filter("page.ack"::equals)).hasSize(1);

        PageId next = kit.page("payments", "INC-7");
        assertThat(takenUp("peter", OnCall.Word.THEIRS)).as("a team member, by their own word").containsExactly(next);
        PageId third = kit.page("payments", "INC-7");
        assertThat(takenUp("otto", OnCall.Word.ANYBODY)).containsExactly(third);
    }

    private List<PageId> takenUp(String who, OnCall.Word word) {
        return kit.catalog.<List<Page>>write(h -> kit.onCall.takenUp(h, "INC-7", kit.person(who), word)).stream()
                .map(Page::id).toList();
    }

    @Test
    void ofManyWhoAcknowledgeAtOnceExactlyOneDoes() throws Exception {
        PageId id = kit.page("payments", "INC-7");
        List<Callable<AckOutcome>> clicks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            for (String who : List.of("olga", "peter", "nina", "pia")) {
                clicks.add(() -> kit.onCall.acknowledge(id, kit.person(who)));
                clicks.add(() -> takenUp(who, OnCall.Word.THEIRS).isEmpty()
                        ? new AckOutcome.Refused("somebody was first")
                        : new AckOutcome.Acked(kit.find(id)));
            }
        }
        int acked = 0;
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<AckOutcome> click : threads.invokeAll(clicks)) {
                acked += click.get() instanceof AckOutcome.Acked ? 1 : 0;
            }
        }
        assertThat(acked).isEqualTo(1);
        assertThat(kit.catalog.actions().stream().filter("page.ack"::equals)).hasSize(1);
    }

    @Test
    void losesAndDoublesNothingWhenItIsStoppedBetweenAnyTwoSteps() {
        PageId id = kit.page("payments", "INC-7");
        for (int step = 1; step <= 6; step++) {
            kit.catalog.database().writing(h -> h.execute("DELETE FROM job"));
            kit.onCall = kit.over(OnCallKit.rotation());
            kit.onCall.recover();
            kit.work();
            assertThat(kit.called(id)).hasSize(step);
            kit.pass(OnCallKit.WAIT);
            kit.onCall = kit.over(OnCallKit.rotation());
            kit.onCall.recover();
            kit.work();
            kit.work();
        }
        assertThat(kit.called(id)).containsExactly("olga", "nina", "olga", "nina", "olga", "nina");
        assertThat(kit.messages("page:1:direct")).hasSize(6);
        assertThat(kit.messages("page:1:exhausted")).hasSize(1);
    }

    @Test
    void passesOverALayerThatNobodyIsOnAndSaysSo() {
        kit.catalog.database().writing(h -> kit.catalog.people().deactivated(h, CatalogKit.account("olga")));
        PageId id = kit.page("payments", "INC-7");
        assertThat(kit.called(id)).containsExactly("nobody", "nina");
        assertThat(kit.find(id).steps().getFirst().to()).isEqualTo(
                new Page.To.Nobody("Olga is somebody whose account was deactivated"));
        kit.pass(OnCallKit.WAIT);
        kit.work();
        assertThat(kit.called(id)).containsExactly("nobody", "nina", "nobody", "nina");
    }

    @Test
    void pagesTheWholeChannelWhereNobodyIsOnCallAtAll() {
        kit.onCall = kit.over(new Rotation("payments", ZoneId.of("UTC"), OnCallKit.WAIT,
                List.of(new Rotation.Layer("primary", Duration.ofDays(1), LocalDateTime.parse("2026-01-01T09:00"),
                        List.of("nobody-we-know")))));
        PageId id = kit.page("payments", "INC-7");
        assertThat(kit.called(id)).containsExactly("nobody", "all");
        for (int i = 0; i < 3; i++) {
            kit.pass(OnCallKit.WAIT);
            kit.work();
        }
        assertThat(kit.called(id)).containsExactly("nobody", "all", "nobody", "all", "nobody", "all");
        assertThat(kit.find(id).state()).isEqualTo(new PageState.Exhausted());
    }

    @Test
    void pagesTheWholeChannelOfATeamWithoutRotation() {
        PageId id = kit.page("platform", "INC-7");
        assertThat(kit.called(id)).containsExactly("all");
        assertThat(kit.find(id).channel()).contains("team-platform");
        kit.pass(Paging.USUAL_WAIT);
        kit.work();
        assertThat(kit.called(id)).containsExactly("all", "all");
        assertThat(kit.onCall.acknowledge(id, kit.person("pia"))).isInstanceOf(AckOutcome.Acked.class);
    }

    @Test
    void usesThePlatformTeamsChannelForATeamWithoutOne() {
        kit.boundToFiles("orphans");
        assertThat(kit.find(kit.page("orphans", "INC-7")).channel()).contains("team-platform");
    }

    @Test
    void pagesATeamOnceAtATimeAboutASubject() {
        PageId first = kit.page("payments", "INC-7");
        assertThat(kit.page("payments", "INC-7")).isEqualTo(first);
        assertThat(kit.page("payments", "INC-8")).isNotEqualTo(first);
        kit.onCall.acknowledge(first, kit.person("olga"));
        assertThat(kit.page("payments", "INC-7")).as("once more, after an answer").isNotEqualTo(first);
    }

    @Test
    void goesToTheNextTeamWhenNobodyOfTheFirstAnswersAndOneAnswerEndsBoth() {
        PageId first = kit.catalog.write(h -> kit.onCall.page(h, new PageOrder("payments", "INC-7", "Checkout", Optional
                .empty(), Optional.empty(), List.of("nowhere", "platform"))));
        for (int i = 0; i < 6; i++) {
            kit.pass(OnCallKit.WAIT);
            kit.work();
            kit.work();
        }
        Page second = kit.find(new PageId(first.value() + 1));
        assertThat(second.team().name()).isEqualTo("platform");
        assertThat(second.channel()).contains("team-platform");
        assertThat(kit.find(first).state()).isEqualTo(new PageState.Exhausted(Optional.of(second.team())));
        kit.onCall.recover();
        kit.work();
        assertThat(kit.catalog.<List<Page>>read(h -> kit.onCall.about(h, "INC-7"))).hasSize(2);

        assertThat(kit.onCall.acknowledge(first, kit.person("olga"))).isInstanceOf(AckOutcome.Acked.class);
        assertThat(kit.find(second.id()).state()).isInstanceOf(PageState.Acked.class);
        assertThat(kit.catalog.ledgerIntact()).isTrue();
    }

    @Test
    void isWithdrawnWithWhatItIsAbout() {
        PageId id = kit.page("payments", "INC-7");
        PageId other = kit.page("payments", "INC-8");
        kit.catalog.database().writing(h -> kit.onCall.withdraw(h, "INC-7"));
        kit.pass(OnCallKit.WAIT);
        kit.work();
        assertThat(kit.find(id).state()).isEqualTo(new PageState.Withdrawn());
        assertThat(kit.called(id)).containsExactly("olga");
        assertThat(kit.called(other)).containsExactly("olga", "nina");
        assertThat(kit.onCall.acknowledge(id, kit.person("olga"))).isInstanceOf(AckOutcome.Refused.class);
    }

    @Test
    void inRestoredBooksPagesNobodyElseAndTellsTheWholeTeam() {
        PageId id = kit.catalog.write(h -> kit.onCall.page(h, new PageOrder("payments", "INC-7", "Checkout", Optional
                .empty(), Optional.empty(), List.of("platform"))));
        int settled = kit.catalog.write(kit.onCall::settle);
        kit.onCall.recover();
        kit.pass(OnCallKit.WAIT);
        kit.work();
        assertThat(settled).isEqualTo(1);
        assertThat(kit.called(id)).containsExactly("olga");
        assertThat(kit.find(id).state()).isEqualTo(new PageState.Exhausted());
        assertThat(kit.messages("page:1:exhausted")).hasSize(1);
        assertThat(kit.catalog.<List<Page>>read(h -> kit.onCall.about(h, "INC-7"))).as("no other team").hasSize(1);
    }

    @Test
    void knowsWhoIsResponsibleForAnEntity() {
        var service = kit.catalog.service("checkout", "payments");
        Optional<OnCall.Responsible> responsible = kit.catalog.find(h -> kit.onCall.responsible(h, service));
        assertThat(responsible.orElseThrow().team().name()).isEqualTo("payments");
        assertThat(responsible.orElseThrow().people()).containsExactly(kit.person("olga"));
    }
}
