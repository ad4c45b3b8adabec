package dev.steward.incidents;

import static dev.steward.incidents.IncidentKit.done;
import static dev.steward.incidents.IncidentKit.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Person;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndingTest {
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
    void resolvingSaysHowLongItLastedAndBeginsThePostmortem() {
        kit.catalog.pass(Duration.ofMinutes(80));
        assertThat(done(kit.incidents.resolve(incident.id(), kit.omar, "Rolled back")))
                .contains("after 1 hour 20 minutes");
        Incident now = kit.now(incident);
        assertThat(now.state()).isEqualTo(new IncidentState.Resolved(kit.catalog.instant()));
        assertThat(now.times().updateDue()).isEmpty();
        assertThat(kit.texts(incident)).last().isEqualTo("Resolved after 1 hour 20 minutes: Rolled back");
        assertThat(kit.messages(incident)).anySatisfy(key -> assertThat(kit.message(key))
                .isEqualTo("channel:C1 incident-resolved"));
        assertThat(kit.count("SELECT count(*) FROM postmortem WHERE edited = 0")).isEqualTo(1);
        assertThat(refused(kit.incidents.resolve(incident.id(), kit.dana, "")))
                .isEqualTo("INC-1 is resolved. Reopen it first if it goes on. Omar did that.");
        assertThat(kit.story(incident)).containsOnlyOnce("incident.resolve");
    }

    @Test
    void onlyWhatIsResolvedIsClosed() {
        assertThat(refused(kit.incidents.close(incident.id(), kit.dana))).contains("still goes on. Resolve it first");
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        done(kit.incidents.close(incident.id(), kit.omar));
        assertThat(kit.now(incident).state()).isInstanceOf(IncidentState.Closed.class);
        assertThat(refused(kit.incidents.close(incident.id(), kit.dana))).endsWith("is closed. Reopen it first if it"
                + " goes on. Omar did that.");
        assertThat(refused(kit.incidents.decline(incident.id(), kit.dana, "no"))).contains("is closed");
    }

    @Test
    void decliningNeedsAReason() {
        assertThat(refused(kit.incidents.decline(incident.id(), kit.dana, " "))).contains("say why");
        assertThat(refused(kit.incidents.decline(incident.id(), kit.dana, "x".repeat(501)))).contains("501");
        done(kit.incidents.decline(incident.id(), kit.dana, "A drill"));
        assertThat(kit.now(incident).state()).isInstanceOfSatisfying(IncidentState.Declined.class, declined -> {
            assertThat(declined.reason()).isEqualTo("A drill");
            assertThat(declined.by()).isEqualTo(kit.dana.slack().orElseThrow());
        });
        assertThat(refused(kit.incidents.resolve(incident.id(), kit.omar, ""))).contains("was declined",
                "Dana did that");
        assertThat(refused(kit.incidents.status(incident.id(), kit.omar, IncidentState.Progress.MONITORING)))
                .contains("Reopen it first");
    }

    @Test
    void goesOnAfterAll() {
        assertThat(refused(kit.incidents.reopen(incident.id(), kit.dana))).contains("goes on already");
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        done(kit.incidents.close(incident.id(), kit.dana));
        done(kit.incidents.reopen(incident.id(), kit.omar));
        Incident now = kit.now(incident);
        assertThat(now.state()).isEqualTo(new IncidentState.Open(IncidentState.Progress.INVESTIGATING));
        assertThat(now.times().resolved()).isEmpty();
        assertThat(now.times().updateDue()).isPresent();
        done(kit.incidents.decline(incident.id(), kit.dana, "A drill"));
        done(kit.incidents.reopen(incident.id(), kit.dana));
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        assertThat(kit.texts(incident)).contains("Resolved after less than a minute", "Closed", "Reopened",
                "Declined: A drill");
    }

    @Test
    void mergingMovesWhatThereIsAndLosesNothing() {
        Incident into = kit.withChannel(kit.declared(IncidentKit.on(kit.said("Payments late"), Optional.empty())));
        done(kit.incidents.role(incident.id(), kit.dana, IncidentRole.LEAD, kit.pia));
        done(kit.incidents.role(incident.id(), kit.dana, IncidentRole.SCRIBE, kit.pia));
        done(kit.incidents.role(into.id(), kit.dana, IncidentRole.LEAD, kit.omar));
        done(kit.incidents.note(incident.id(), kit.omar, "Seen here", Optional.empty()));
        done(kit.incidents.item(incident.id(), kit.omar, true, "Add a test", Optional.of(kit.omar), Optional.empty()));
        done(kit.incidents.link(incident.id(), kit.omar, "https://a.example/", "A"));
        done(kit.incidents.link(into.id(), kit.omar, "https://a.example/", "A"));
        kit.writing(h -> List.of(incident, into).forEach(one -> kit.incidents.pinned(h, one.id(), "C7", "1.000000",
                kit.omar.slack().orElseThrow(), "Both")));
        kit.applied(kit.checkout, "late", "applied", Duration.ofMinutes(1));
        kit.writing(h -> h.execute("UPDATE request SET incident = 1"));
        done(kit.incidents.merge(incident.id(), kit.dana, into.id()));
        assertThat(kit.now(incident).state()).isInstanceOfSatisfying(IncidentState.Merged.class,
                merged -> assertThat(merged.into()).isEqualTo(into.id()));
        assertThat(kit.texts(incident)).containsExactly("Merged into INC-2");
        assertThat(kit.texts(into)).containsOnlyOnce("Both").contains("Seen here", "Follow-up: Add a test (Omar)",
                "INC-1 was merged into this: Checkout errors");
        IncidentView view = kit.inside(into);
        assertThat(view.roles()).isEqualTo(Map.of(IncidentRole.LEAD, kit.omar, IncidentRole.SCRIBE, kit.pia));
        assertThat(view.items()).hasSize(1);
        assertThat(view.links()).hasSize(1);
        assertThat(view.entity()).contains(kit.checkout);
        assertThat(kit.count("SELECT count(*) FROM request WHERE incident = 2")).isEqualTo(1);
        assertThat(kit.catalog.find(h -> kit.incidents.setup(h, into.id())).orElseThrow().invite())
                .containsExactlyInAnyOrder(kit.pia, kit.omar);
        assertThat(kit.catalog.find(h -> kit.incidents.surviving(h, incident.id())).orElseThrow().id())
                .isEqualTo(into.id());
        assertThat(refused(kit.incidents.note(incident.id(), kit.dana, "x", Optional.empty())))
                .isEqualTo("INC-1 was merged into INC-2: go on there.");
        assertThat(refused(kit.incidents.reopen(incident.id(), kit.dana))).contains("go on there");
        kit.writing(
                h -> kit.incidents.pinned(h, incident.id(), "C1", "2.000000", kit.omar.slack().orElseThrow(), "Late"));
        assertThat(kit.texts(into)).as("what is pinned in its channel").contains("Late");
    }

    @Test
    void neitherCirclesNorEndsAreMergedInto() {
        Incident other = kit.declared("Other");
        Incident third = kit.declared("Third");
        assertThat(refused(merge(incident, incident))).contains("itself");
        assertThat(refused(kit.incidents.merge(incident.id(), kit.dana, new IncidentId(99)))).contains("no INC-99");
        done(merge(incident, other));
        assertThat(refused(merge(other, incident))).contains("INC-1 was merged into INC-2");
        assertThat(refused(merge(incident, third))).contains("go on there");
        done(kit.incidents.resolve(third.id(), kit.dana, ""));
        assertThat(refused(merge(other, third))).contains("INC-3 does not go on, but INC-2 does");
        done(merge(third, other));
        done(kit.incidents.decline(other.id(), kit.dana, "A drill"));
        Incident fourth = kit.declared("Fourth");
        assertThat(refused(merge(fourth, other))).contains("was declined");
    }

    @Test
    void whatIsConfidentialIsNotMergedIntoTheOpen() {
        Incident hidden = kit.declared(IncidentKit.confidential(kit.said("Keys leaked")));
        assertThat(refused(merge(hidden, incident))).contains("confidential");
        assertThat(refused(kit.incidents.merge(incident.id(), kit.omar, hidden.id()))).as("who may not see it")
                .startsWith("There is no INC-2");
        done(merge(incident, hidden));
        assertThat(kit.seen(hidden, kit.omar)).as("they were in the other").isPresent();
    }

    private ActOutcome merge(Incident from, Incident into) {
        return kit.incidents.merge(from.id(), kit.dana, into.id());
    }

    @Test
    void theChecklistSaysWhatIsMissing() {
        assertThat(missing()).containsExactly("somebody who led it",
                "a follow-up, so that it does not happen again",
                "a completed postmortem");
        done(kit.incidents.role(incident.id(), kit.dana, IncidentRole.LEAD, kit.dana));
        done(kit.incidents.item(incident.id(), kit.dana, false, "Restart", Optional.empty(), Optional.empty()));
        done(kit.incidents.item(incident.id(), kit.dana, true, "Add a test", Optional.of(kit.omar), Optional.empty()));
        assertThat(missing()).containsExactly("every action done or dropped",
                "an owner and a due date for every follow-up", "a completed postmortem");
        kit.inside(incident).items()
                .forEach(item -> done(kit.incidents.itemEnded(item.id(), kit.dana, !item.followup())));
        done(kit.incidents.item(incident.id(), kit.dana, true, "Add a test", Optional.of(kit.omar),
                Optional.of(kit.catalog.instant().plus(Duration.ofDays(7)))));
        done(kit.incidents.postmortem(incident.id(), kit.dana, "# What we learned"));
        assertThat(missing()).isEmpty();
    }

    private List<String> missing() {
        Map<String, Boolean> list = kit.read(h -> kit.incidents.checklist(h, incident.id()));
        return list.entrySet().stream().filter(entry -> !entry.getValue()).map(Map.Entry::getKey).toList();
    }

    @Test
    void whatIsToBeDoneHasBoundsAndEndsOnce() {
        Instant now = kit.catalog.instant();
        assertThat(refused(item(" ", Optional.empty(), Optional.empty()))).contains("say what is to be done");
        assertThat(refused(item("x".repeat(501), Optional.empty(), Optional.empty()))).contains("501");
        assertThat(refused(item("x", Optional.of(kit.gus), Optional.empty()))).contains("guest");
        assertThat(refused(item("x", Optional.empty(), Optional.of(now)))).contains("in the future");
        assertThat(refused(item("x", Optional.empty(), Optional.of(now.plus(Duration.ofDays(367))))))
                .contains("a year");
        done(item("x", Optional.of(kit.pia), Optional.of(now.plus(Duration.ofDays(366)))));
        IncidentView.Item one = kit.inside(incident).items().getFirst();
        assertThat(one.owner()).contains(kit.pia);
        assertThat(kit.catalog.list(h -> kit.incidents.members(h, incident.id()))).contains(kit.pia);
        done(kit.incidents.itemEnded(one.id(), kit.pia, true));
        assertThat(refused(kit.incidents.itemEnded(one.id(), kit.dana, false))).isEqualTo("\"x\" was done already.");
        assertThat(refused(kit.incidents.itemEnded(99, kit.dana, false))).contains("no open action or follow-up");
    }

    private ActOutcome item(String text, Optional<Person> owner, Optional<Instant> due) {
        return kit.incidents.item(incident.id(), kit.dana, true, text, owner, due);
    }

    @Test
    void remindsADayBeforeAndEachDayAfterUntilItIsDone() {
        done(item("Add a test", Optional.of(kit.pia), Optional.of(kit.catalog.instant().plus(Duration.ofDays(3)))));
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        kit.catalog.pass(Duration.ofDays(2).minusMillis(1));
        kit.swept();
        assertThat(reminders()).isEmpty();
        kit.catalog.pass(Duration.ofMillis(1));
        kit.swept();
        kit.swept();
        assertThat(reminders()).singleElement().satisfies(key -> assertThat(kit.message(key))
                .isEqualTo("person:" + kit.pia.id() + " incident-item"));
        kit.restart();
        kit.catalog.pass(Duration.ofDays(1));
        kit.swept();
        kit.catalog.pass(Duration.ofDays(1));
        kit.swept();
        assertThat(reminders()).hasSize(3);
        kit.writing(h -> kit.catalog.people().deactivated(h, kit.pia.slack().orElseThrow()));
        kit.catalog.pass(Duration.ofDays(1));
        kit.swept();
        assertThat(kit.message(reminders().getLast())).as("who declared, since its owner left")
                .isEqualTo("person:" + kit.dana.id() + " incident-item");
        kit.allSent();
        done(kit.incidents.itemEnded(kit.inside(incident).items().getFirst().id(), kit.dana, true));
        assertThat(reminders()).as("the last one says that it is done").hasSize(1);
        kit.catalog.pass(Duration.ofDays(1));
        kit.swept();
        assertThat(reminders()).hasSize(1);
    }

    private List<String> reminders() {
        return kit.messages(incident).stream().filter(key -> key.contains(":item:")).toList();
    }

    @Test
    void thePostmortemIsWrittenFromWhatIsKnownUntilPeopleMakeItTheirs() {
        long run = kit.applied(kit.ledger, "ledger-db", "applied", Duration.ofHours(1));
        done(kit.incidents.role(incident.id(), kit.dana, IncidentRole.LEAD, kit.omar));
        done(kit.incidents.update(incident.id(), kit.omar,
                new Incidents.Update("Half of all fail\n# not a heading\n---", "", "", Optional.empty())));
        done(item("Add a test", Optional.of(kit.pia), Optional.of(kit.catalog.instant().plus(Duration.ofDays(3)))));
        kit.writing(h -> kit.incidents.causedBy(h, incident.id(), new RequestId(1), OptionalLong.empty()));
        kit.catalog.pass(Duration.ofMinutes(90));
        done(kit.incidents.resolve(incident.id(), kit.omar, "Rolled back"));
        String draft = kit.read(h -> kit.incidents.postmortem(h, incident.id()));
        assertThat(draft).startsWith("# INC-1 Checkout errors\n").contains("- Severity: SEV-2",
                "- Service: checkout (team payments)", "- Declared: 2026-03-02 09:00 UTC",
                "- Duration: 1 hour 30 minutes",
                "- Cause: RUN-" + run + " of REQ-1", "## Impact\n\n- 2026-03-02 09:00 UTC: Half of all fail\n  \\# not",
                "\n  \\---", "- 2026-03-02 10:30 UTC Omar: Resolved after 1 hour 30 minutes: Rolled back",
                "REQ-1 RUN-" + run + " on ledger: new-service: ledger-db, +3 ~1 -0, applied; asked for by Dana,"
                        + " approved by Omar",
                "- [ ] Add a test (Pia, due 2026-03-05 09:00 UTC)", "- Incident lead: Omar");
        assertThat(draft.lines().filter(line -> line.startsWith("#"))).hasSize(9);
        done(kit.incidents.postmortem(incident.id(), kit.dana, "# Ours"));
        done(kit.incidents.postmortem(incident.id(), kit.dana, "# Ours, again"));
        assertThat(kit.<String>read(h -> kit.incidents.postmortem(h, incident.id()))).isEqualTo("# Ours, again");
        assertThat(refused(kit.incidents.postmortem(incident.id(), kit.dana, " "))).contains("it is empty");
    }

    @Test
    void thePostmortemTellsWhatChangedBeforeFromWhatWasDone() {
        kit.applied(kit.checkout, "hour-before", "applied", Duration.ofHours(1));
        kit.applied(kit.checkout, "that-moment", "applied", Duration.ZERO);
        assertThat(part("What was done")).isEqualTo("Steward changed nothing while it went on.");
        kit.catalog.pass(Duration.ofMillis(1));
        kit.applied(kit.ledger, "just-after", "applied", Duration.ZERO);
        kit.catalog.pass(Duration.ofMinutes(30));
        done(kit.incidents.resolve(incident.id(), kit.omar, ""));
        kit.applied(kit.checkout, "last-moment", "applied", Duration.ZERO);
        kit.catalog.pass(Duration.ofMillis(1));
        kit.applied(kit.checkout, "day-after", "applied", Duration.ZERO);
        assertThat(part("What changed before")).contains("hour-before", "that-moment").hasLineCount(2);
        assertThat(part("What was done")).contains("just-after", "last-moment").hasLineCount(2);
    }

    private String part(String title) {
        String draft = kit.read(h -> kit.incidents.postmortem(h, incident.id()));
        return draft.replaceAll("(?s).*\\n## " + title + "\\n\\n(.*?)\\n\\n## .*", "$1");
    }

    @Test
    void thePostmortemFitsItsFormHoweverMuchWasSaid() {
        kit.writing(h -> {
            for (int i = 0; i < 200; i++) {
                kit.incidents.pinned(h, incident.id(), "C1", i + ".000000", kit.omar.slack().orElseThrow(),
                        "x".repeat(4000));
            }
        });
        for (int i = 0; i < 20; i++) {
            done(kit.incidents.update(incident.id(), kit.omar,
                    new Incidents.Update("y".repeat(2000), "", "", Optional.empty())));
        }
        String draft = kit.read(h -> kit.incidents.postmortem(h, incident.id()));
        assertThat(draft).hasSizeLessThan(40_000);
        assertThat(draft.lines()).allSatisfy(line -> assertThat(line).hasSizeLessThan(600));
        assertThat(part("Timeline")).contains("Omar: xxx").containsPattern("- and 1\\d\\d more, which the timeline");
        assertThat(part("Impact")).contains("UTC: yyy").containsPattern("- and \\d more, which the timeline");
    }

    @Test
    void aLongTimelineIsToldInPartAndSaysSo() {
        kit.writing(h -> {
            for (int i = 0; i < 600; i++) {
                kit.incidents.pinned(h, incident.id(), "C1", i + ".000000", kit.omar.slack().orElseThrow(),
                        "Line " + i);
            }
        });
        assertThat(kit.<String>read(h -> kit.incidents.postmortem(h, incident.id()))).contains("Omar: Line 499",
                "- and 101 more, which the timeline in Steward has").doesNotContain("Line 500");
        assertThat(kit.catalog.list(h -> kit.incidents.timeline(h, incident.id(), true, 10, 595))).hasSize(6);
        assertThat(kit.<Integer>read(h -> kit.incidents.timelineSize(h, incident.id(), false))).isEqualTo(601);
    }
}
