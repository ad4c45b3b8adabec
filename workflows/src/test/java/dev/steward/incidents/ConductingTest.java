package dev.steward.incidents;

import static dev.steward.incidents.IncidentKit.done;
import static dev.steward.incidents.IncidentKit.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Person;
import dev.steward.incidents.IncidentState.Progress;
import dev.steward.requests.ActOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConductingTest {
    @TempDir
    Path folder;

    private IncidentKit kit;
    private Incident incident;

    @BeforeEach
    void open() {
        kit = new IncidentKit(folder);
        incident = kit.withChannel(kit.declared("Checkout errors"));
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void anUpdateTellsEverybodyAndSetsTheNext() {
        kit.catalog.pass(Duration.ofMinutes(10));
        done(kit.incidents.update(incident.id(), kit.omar,
                new Incidents.Update("Half of all cards fail", "", "A DBA", Optional.of(Duration.ofMinutes(15)))));
        IncidentView.Update told = kit.inside(incident).update().orElseThrow();
        assertThat(told).isEqualTo(new IncidentView.Update("Half of all cards fail", "", "A DBA", "Omar",
                kit.catalog.instant()));
        assertThat(kit.now(incident).times().updateDue()).contains(kit.catalog.instant().plus(Duration.ofMinutes(15)));
        TimelineEntry entry = kit.timeline(incident).getLast();
        assertThat(entry.text()).isEqualTo("Conditions: Half of all cards fail\nNeeds: A DBA");
        assertThat(kit.message("incident:1:entry:" + entry.id())).isEqualTo("channel:C1 incident-update");
        done(kit.incidents.update(incident.id(), kit.omar, new Incidents.Update("Better", "", "", Optional.empty())));
        assertThat(kit.now(incident).times().updateDue()).contains(kit.catalog.instant().plus(Duration.ofMinutes(60)));
    }

    @Test
    void whateverTheAnnouncementShowsIsEditedThereAsWell() {
        announcedAgain(() -> done(update("Half of all cards fail", Optional.empty())));
        long entry = kit.timeline(incident).getLast().id();
        announcedAgain(() -> done(kit.incidents.amend(incident.id(), kit.dana, entry, "A third of all cards fail")));
        announcedAgain(() -> done(kit.incidents.role(incident.id(), kit.dana, IncidentRole.LEAD, kit.omar)));
        announcedAgain(() -> done(kit.incidents.snooze(incident.id(), kit.dana, Duration.ofMinutes(30))));
        announcedAgain(() -> done(kit.incidents.status(incident.id(), kit.dana, Progress.IDENTIFIED)));
        announcedAgain(() -> done(kit.incidents.severity(incident.id(), kit.dana, Severity.SEV1)));
        announcedAgain(() -> done(kit.incidents.about(incident.id(), kit.dana, kit.cart)));
        announcedAgain(() -> done(kit.incidents.resolve(incident.id(), kit.dana, "")));
        announcedAgain(() -> done(kit.incidents.close(incident.id(), kit.dana)));
        announcedAgain(() -> done(kit.incidents.reopen(incident.id(), kit.dana)));
        announcedAgain(() -> done(kit.incidents.decline(incident.id(), kit.dana, "A drill")));
    }

    private void announcedAgain(Runnable deed) {
        kit.allSent();
        deed.run();
        assertThat(kit.message("incident:1:announcement")).isEqualTo("channel:incidents incident-announcement");
    }

    @Test
    void refusesAnUpdateThatTellsNothingOrTooMuchOrTooLate() {
        assertThat(refused(update("  ", Optional.empty()))).contains("Nobody was told anything: say how it stands");
        assertThat(refused(update("x".repeat(2001), Optional.empty()))).contains("2001 characters");
        assertThat(refused(update("x", Optional.of(Duration.ofMinutes(4))))).contains("5 minutes to 24 hours");
        assertThat(refused(update("x", Optional.of(Duration.ofHours(25))))).contains("5 minutes to 24 hours");
        done(update("x".repeat(2000), Optional.of(Duration.ofMinutes(5))));
        done(update("x", Optional.of(Duration.ofHours(24))));
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        assertThat(refused(update("x", Optional.empty()))).contains("is resolved. Reopen it first");
    }

    private ActOutcome update(String conditions, Optional<Duration> next) {
        return kit.incidents.update(incident.id(), kit.dana, new Incidents.Update(conditions, "", "", next));
    }

    @Test
    void asksForTheUpdateThatIsDueOnceAndNotBefore() {
        kit.catalog.pass(Duration.ofMinutes(60).minusMillis(1));
        assertThat(kit.swept()).isEqualTo(Duration.ofMillis(1));
        assertThat(asked()).isEmpty();
        kit.catalog.pass(Duration.ofMillis(1));
        kit.swept();
        kit.swept();
        assertThat(asked()).singleElement().satisfies(
                key -> assertThat(kit.message(key)).isEqualTo("channel:C1 incident-update-due"));
        kit.restart();
        kit.swept();
        assertThat(asked()).hasSize(1);
        kit.allSent();
        done(kit.incidents.snooze(incident.id(), kit.dana, Duration.ofMinutes(5)));
        assertThat(asked()).as("the one that asked says that it asks no more").hasSize(1);
        done(kit.incidents.role(incident.id(), kit.dana, IncidentRole.LEAD, kit.omar));
        kit.catalog.pass(Duration.ofMinutes(5));
        kit.swept();
        assertThat(kit.message(asked().getLast())).isEqualTo("person:" + kit.omar.id() + " incident-update-due");
    }

    @Test
    void asksWhoeverDeclaredWhereThereIsNeitherLeadNorChannel() {
        Incident other = kit.declared("Others");
        kit.catalog.pass(Duration.ofHours(1));
        kit.swept();
        assertThat(kit.messages(other)).anySatisfy(key -> assertThat(kit.message(key))
                .isEqualTo("person:" + kit.dana.id() + " incident-update-due"));
    }

    @Test
    void asksForNothingOfWhatIsOver() {
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        kit.catalog.pass(Duration.ofDays(2));
        kit.swept();
        assertThat(asked()).isEmpty();
    }

    private List<String> asked() {
        return kit.messages(incident).stream().filter(key -> key.contains("update-due")).toList();
    }

    @Test
    void aRoleIsClaimedOnceAndTheSecondIsToldByWhom() {
        done(kit.incidents.claim(incident.id(), kit.omar, IncidentRole.LEAD));
        assertThat(refused(kit.incidents.claim(incident.id(), kit.dana, IncidentRole.LEAD)))
                .contains("is " + kit.omar.displayName() + " already");
        done(kit.incidents.claim(incident.id(), kit.dana, IncidentRole.SCRIBE));
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        assertThat(refused(kit.incidents.claim(incident.id(), kit.dana, IncidentRole.LIAISON))).contains("is resolved");
    }

    @Test
    void snoozesWithinBounds() {
        assertThat(refused(kit.incidents.snooze(incident.id(), kit.dana, Duration.ofMinutes(4)))).contains("5 minutes");
        done(kit.incidents.snooze(incident.id(), kit.dana, Duration.ofHours(24)));
        assertThat(kit.now(incident).times().updateDue()).contains(kit.catalog.instant().plus(Duration.ofHours(24)));
        assertThat(kit.catalog.list(h -> kit.incidents.timeline(h, incident.id(), false, 10, 0)))
                .as("the short view does without it").hasSize(1);
    }

    @Test
    void anotherSeverityIsToldEverywhereAndMovesTheNextUpdate() {
        kit.allSent();
        done(kit.incidents.severity(incident.id(), kit.omar, Severity.SEV1));
        Incident now = kit.now(incident);
        assertThat(now.severity()).isEqualTo(Severity.SEV1);
        assertThat(now.times().updateDue()).contains(kit.catalog.instant().plus(Duration.ofMinutes(30)));
        assertThat(kit.messages(incident)).contains("incident:1:headline", "incident:1:announcement");
        assertThat(kit.texts(incident)).last().isEqualTo("Severity raised from SEV-2 to SEV-1");
        assertThat(kit.inside(incident).frozen()).isTrue();
        assertThat(kit.catalog.find(h -> kit.incidents.setup(h, incident.id())).orElseThrow().topic())
                .startsWith("SEV-1 | investigating | Checkout errors | no lead yet");
        assertThat(refused(kit.incidents.severity(incident.id(), kit.dana, Severity.SEV1)))
                .isEqualTo("INC-1 is SEV-1 already: Omar said so.");
        done(kit.incidents.severity(incident.id(), kit.omar, Severity.SEV4));
        assertThat(kit.now(incident).times().updateDue()).isEmpty();
        assertThat(kit.catalog.factsOf("incident.severity")).isEqualTo("{\"from\":1,\"to\":4}");
    }

    @Test
    void ofTwoAtOnceTheSecondIsToldWhoWasFirst() throws Exception {
        var gate = new CyclicBarrier(2);
        try (var both = Executors.newFixedThreadPool(2)) {
            List<Callable<ActOutcome>> clicks = List.of(() -> {
                gate.await();
                return kit.incidents.status(incident.id(), kit.dana, Progress.IDENTIFIED);
            }, () -> {
                gate.await();
                return kit.incidents.status(incident.id(), kit.omar, Progress.IDENTIFIED);
            });
            List<ActOutcome> outcomes = both.invokeAll(clicks).stream().map(Future::resultNow).toList();
            assertThat(outcomes).filteredOn(ActOutcome.Done.class::isInstance).hasSize(1);
            assertThat(outcomes).filteredOn(ActOutcome.Refused.class::isInstance).singleElement()
                    .satisfies(one -> assertThat(refused(one))
                            .matches("INC-1 is at identified already: (Dana|Omar) said so\\."));
        }
        assertThat(kit.story(incident)).containsOnlyOnce("incident.status");
    }

    @Test
    void rolesAreGivenTakenAndTold() {
        done(kit.incidents.role(incident.id(), kit.dana, IncidentRole.LEAD, kit.pia));
        assertThat(kit.now(incident).times().takenUp()).contains(kit.catalog.instant());
        assertThat(kit.catalog.find(h -> kit.incidents.setup(h, incident.id())).orElseThrow().invite())
                .containsExactly(kit.pia);
        kit.catalog.pass(Duration.ofMinutes(1));
        done(kit.incidents.role(incident.id(), kit.omar, IncidentRole.LEAD, kit.omar));
        assertThat(kit.texts(incident)).last().isEqualTo("Incident lead: Omar, instead of Pia");
        assertThat(kit.now(incident).times().takenUp()).contains(kit.catalog.instant().minus(Duration.ofMinutes(1)));
        assertThat(refused(kit.incidents.role(incident.id(), kit.dana, IncidentRole.LEAD, kit.omar)))
                .isEqualTo("Incident lead of INC-1 is Omar already.");
        assertThat(refused(kit.incidents.role(incident.id(), kit.dana, IncidentRole.SCRIBE, kit.gus)))
                .contains("Gus is a guest");
    }

    @Test
    void outsidersMayNotAndMembersOfTheWorkspaceMay() {
        assertThat(refused(kit.incidents.severity(incident.id(), kit.gus, Severity.SEV1))).contains("a guest");
        assertThat(kit.catalog.list(h -> kit.incidents.members(h, incident.id()))).doesNotContain(kit.pia);
        done(kit.incidents.note(incident.id(), kit.pia, "I look at the ledger", Optional.empty()));
        assertThat(kit.catalog.list(h -> kit.incidents.members(h, incident.id()))).as("whoever acts belongs to it")
                .contains(kit.pia);
        assertThat(refused(kit.incidents.note(new IncidentId(9), kit.pia, "x", Optional.empty())))
                .startsWith("There is no INC-9.");
    }

    @Test
    void notesHaveAPlausibleTimeAndBounds() {
        Instant declared = incident.times().declared();
        done(note("Deployed", Optional.of(declared.minus(Duration.ofDays(30)))));
        assertThat(refused(note("x", Optional.of(declared.minus(Duration.ofDays(30)).minusMillis(1)))))
                .contains("30 days before");
        done(note("x", Optional.of(kit.catalog.instant().plus(Duration.ofMinutes(1)))));
        assertThat(refused(note("x", Optional.of(kit.catalog.instant().plus(Duration.ofMinutes(1)).plusMillis(1)))))
                .contains("in the future");
        assertThat(refused(note(" ", Optional.empty()))).contains("say what happened");
        assertThat(refused(note("x".repeat(2001), Optional.empty()))).contains("2001");
        assertThat(kit.texts(incident)).as("in order of time").first().isEqualTo("Deployed");
    }

    private ActOutcome note(String text, Optional<Instant> at) {
        return kit.incidents.note(incident.id(), kit.dana, text, at);
    }

    @Test
    void whatIsChangedOrTakenOutIsKeptAsARevision() {
        done(note("First", Optional.empty()));
        TimelineEntry entry = kit.timeline(incident).getLast();
        done(kit.incidents.amend(incident.id(), kit.omar, entry.id(), "Second"));
        done(kit.incidents.amend(incident.id(), kit.omar, entry.id(), "Second"));
        assertThat(kit.timeline(incident).getLast().text()).isEqualTo("Second");
        done(kit.incidents.amend(incident.id(), kit.omar, entry.id(), " "));
        assertThat(kit.texts(incident)).hasSize(1);
        assertThat(kit.catalog.list(h -> h.createQuery("SELECT text FROM timeline_revision ORDER BY version")
                .mapTo(String.class).list())).containsExactly("First", "Second");
        assertThat(refused(kit.incidents.amend(incident.id(), kit.omar, entry.id(), "Third")))
                .contains("not in the timeline of INC-1 any more");
        long declared = kit.timeline(incident).getFirst().id();
        assertThat(refused(kit.incidents.amend(incident.id(), kit.omar, declared, ""))).contains("so it stays");
        Incident other = kit.declared("Other");
        assertThat(refused(kit.incidents.amend(other.id(), kit.omar, declared, "x"))).contains("INC-2");
    }

    @Test
    void theNewWordsOfAnUpdateAreWhatIsTold() {
        done(update("All fail", Optional.empty()));
        TimelineEntry entry = kit.timeline(incident).getLast();
        kit.allSent();
        done(kit.incidents.amend(incident.id(), kit.dana, entry.id(), "Half fail"));
        assertThat(kit.inside(incident).update().orElseThrow().conditions()).isEqualTo("Half fail");
        assertThat(kit.messages(incident)).contains("incident:1:entry:" + entry.id());
        done(kit.incidents.amend(incident.id(), kit.dana, entry.id(), ""));
        assertThat(kit.inside(incident).update()).isEmpty();
    }

    @Test
    void pinnedMessagesJoinOnceAndFollowWhatBecomesOfThem() {
        String ts = kit.catalog.instant().getEpochSecond() - 60 + ".000100";
        pin(ts, "Seen at 9");
        pin(ts, "Seen at 9");
        assertThat(kit.texts(incident)).first().isEqualTo("Seen at 9");
        assertThat(kit.texts(incident)).hasSize(2);
        assertThat(kit.catalog.set(h -> kit.incidents.pinnedMessages(h, "C1"))).containsExactly(ts);
        assertThat(kit.catalog.set(h -> kit.incidents.pinnedMessages(h, "C"))).isEmpty();
        change(ts, Optional.of("Seen at 10"));
        change(ts, Optional.of("Seen at 10"));
        assertThat(kit.texts(incident)).first().isEqualTo("Seen at 10");
        assertThat(kit.count("SELECT count(*) FROM timeline_revision")).isEqualTo(1);
        change(ts, Optional.empty());
        assertThat(kit.texts(incident)).hasSize(1);
        pin(ts, "Seen at 11");
        change(ts, Optional.of("Seen at 12"));
        change("1.000000", Optional.of("unknown"));
        assertThat(kit.texts(incident)).as("what was taken out stays out").hasSize(1);
        assertThat(kit.catalog.set(h -> kit.incidents.pinnedMessages(h, "C1"))).containsExactly(ts);
    }

    @Test
    void aVeryOldMessageCountsAsOldAsAnEntryMayBe() {
        pin("1.000000", "Old");
        assertThat(kit.timeline(incident).getFirst().at())
                .isEqualTo(incident.times().declared().minus(Duration.ofDays(30)));
    }

    private void pin(String ts, String text) {
        kit.writing(h -> kit.incidents.pinned(h, incident.id(), "C1", ts, kit.omar.slack().orElseThrow(), text));
    }

    private void change(String ts, Optional<String> text) {
        kit.writing(h -> kit.incidents.messageChanged(h, "C1", ts, text, kit.omar.slack().orElseThrow()));
    }

    @Test
    void itIsOnSomethingElseNow() {
        done(kit.incidents.about(incident.id(), kit.dana, kit.ledger));
        assertThat(kit.inside(incident).entity()).contains(kit.ledger);
        assertThat(kit.catalog.list(h -> kit.incidents.members(h, incident.id()))).contains(kit.pia);
        assertThat(refused(kit.incidents.about(incident.id(), kit.dana, kit.ledger))).contains("on ledger already");
        assertThat(kit.message("incident:1:changes")).isEqualTo("channel:C1 incident-changes");
    }

    @Test
    void linksAreHttpsAndThereOnce() {
        done(kit.incidents.link(incident.id(), kit.dana, " https://graphs.example.com/d/1 ", ""));
        assertThat(kit.inside(incident).links())
                .containsExactly(new IncidentView.Link("graphs.example.com", "https://graphs.example.com/d/1"));
        assertThat(kit.catalog.find(h -> kit.incidents.setup(h, incident.id())).orElseThrow().bookmarks())
                .containsEntry("graphs.example.com", "https://graphs.example.com/d/1");
        for (String bad : List.of("http://x.example", "javascript:alert(1)", "https://", "https://u:p@x.example", "x y",
                "https://x.example/" + "y".repeat(1500))) {
            assertThat(refused(kit.incidents.link(incident.id(), kit.dana, bad, "x"))).contains("https://");
        }
        assertThat(refused(kit.incidents.link(incident.id(), kit.dana, "https://graphs.example.com/d/1", "other")))
                .contains("already");
    }

    @Test
    void theLedgerHasNoFreeText() {
        done(note("Secret words", Optional.empty()));
        done(update("Secret words", Optional.empty()));
        done(kit.incidents.item(incident.id(), kit.dana, true, "Secret words", Optional.empty(), Optional.empty()));
        done(kit.incidents.decline(incident.id(), kit.dana, "Secret words"));
        String all = kit
                .read(h -> h.createQuery("SELECT group_concat(facts) FROM ledger WHERE action LIKE 'incident.%'")
                        .mapTo(String.class).one());
        assertThat(all).doesNotContain("Secret", "Checkout errors");
    }

    @Test
    void theNamesOfThoseWhoLeftAreStillThere() {
        done(kit.incidents.role(incident.id(), kit.dana, IncidentRole.LEAD, kit.omar));
        done(kit.incidents.note(incident.id(), kit.omar, "Seen", Optional.empty()));
        kit.writing(h -> kit.catalog.people().deactivated(h, kit.omar.slack().orElseThrow()));
        assertThat(kit.timeline(incident)).last().satisfies(entry -> assertThat(entry.by()).isEqualTo("Omar"));
        assertThat(kit.inside(incident).roles().values()).extracting(Person::displayName).containsExactly("Omar");
        assertThat(refused(kit.incidents.note(incident.id(), kit.omar, "x", Optional.empty()))).contains("deactivated");
        kit.catalog.pass(Duration.ofHours(1));
        kit.swept();
        assertThat(kit.message(asked().getFirst())).as("not asked any more").startsWith("channel:C1");
    }
}
