package dev.steward.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Person;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeclaringTest {
    @TempDir
    Path folder;

    private IncidentKit kit;

    @BeforeEach
    void open() {
        kit = new IncidentKit(folder);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void storesAllOfItInOneGo() {
        Incident incident = kit.declared(IncidentKit.led(kit.said("Checkout errors"), kit.pia));
        assertThat(incident.state()).isEqualTo(new IncidentState.Open(IncidentState.Progress.INVESTIGATING));
        assertThat(incident.channel().name()).isEqualTo("inc-1-checkout-errors");
        assertThat(incident.times().updateDue()).contains(kit.catalog.instant().plus(Duration.ofMinutes(60)));
        assertThat(incident.times().takenUp()).contains(kit.catalog.instant());
        assertThat(kit.story(incident)).containsExactly("incident.declare");
        assertThat(kit.texts(incident)).containsExactly("Declared as SEV-2: Checkout errors", "Incident lead: Pia");
        assertThat(kit.message("incident:1:announcement")).isEqualTo("channel:incidents incident-announcement");
        assertThat(kit.messages(incident)).as("its channel is not there yet").hasSize(1);
        assertThat(kit.count("SELECT count(*) FROM job WHERE key = 'incident.channel:1'")).isEqualTo(1);
        assertThat(kit.catalog.list(h -> kit.incidents.members(h, incident.id()))).as("with the owners")
                .containsExactlyInAnyOrder(kit.dana, kit.omar, kit.pia);
        IncidentView view = kit.inside(incident);
        assertThat(view.entity()).contains(kit.checkout);
        assertThat(view.roles()).containsEntry(IncidentRole.LEAD, kit.pia);
        assertThat(view.frozen()).as("SEV-2 freezes nothing here").isFalse();
    }

    @Test
    void aTitleIsEnough() {
        Declaration said = new Declaration(" Something\u200B is\n\todd\u0000\u00A0 ", Severity.SEV3,
                Declaration.Details.NONE,
                kit.pia, new Declaration.Origin.Command(), "k");
        Incident incident = kit.declared(said);
        assertThat(incident.title()).isEqualTo("Something is odd");
        assertThat(incident.times().updateDue()).isEmpty();
        assertThat(incident.times().takenUp()).isEmpty();
        assertThat(kit.catalog.list(h -> kit.incidents.members(h, incident.id()))).containsExactly(kit.pia);
    }

    @Test
    void theSummaryIsKeptWithoutWhatCannotBeSeen() {
        Declaration said = IncidentKit.with(kit.said("Checkout errors"),
                d -> new Declaration.Details(d.entity(), " Cards\u202E fail\u0000\r\nsince ten\u200B ", false, d.lead(),
                        false));
        assertThat(kit.declared(said).about().summary()).isEqualTo("Cards fail\nsince ten");
    }

    @Test
    void namesChannelsAsSlackWantsThem() {
        assertThat(Phrases.channel(new IncidentId(7), "Übergrößen: kaputt!!")).isEqualTo("inc-7-ubergro-en-kaputt");
        assertThat(Phrases.channel(new IncidentId(7), "全部停止")).isEqualTo("inc-7");
        assertThat(Phrases.channel(new IncidentId(7), "a b ".repeat(50))).hasSizeLessThanOrEqualTo(76)
                .matches("[a-z0-9_-]+[a-z0-9]");
    }

    @Test
    void refusesWhatIsNoTitleAndSaysOnWhichField() {
        assertThat(kit.refused(kit.said(" \n "))).startsWith("title: Say");
        assertThat(kit.refused(kit.said("\u00A0\u200B\u202E\u2028"))).startsWith("title: Say");
        assertThat(kit.refused(kit.said("x".repeat(201)))).startsWith("title: The title has 201 characters");
        assertThat(kit.declared("x".repeat(200)).title()).hasSize(200);
        assertThat(kit.refused(IncidentKit.led(kit.said("a"), kit.gus))).startsWith("lead: Gus is a guest");
        kit.writing(h -> kit.catalog.entities().end(h, CatalogKit.OPERATOR, kit.checkout.id()));
        assertThat(kit.refused(kit.said("a"))).startsWith("entity: ");
    }

    @Test
    void refusesWhoeverMayNotAct() {
        assertThat(kit.refused(IncidentKit.by(kit.said("Checkout errors"), kit.gus))).contains("a guest");
        kit.writing(h -> kit.catalog.people().deactivated(h, kit.dana.slack().orElseThrow()));
        assertThat(kit.refused(kit.said("Checkout errors"))).as("whatever was read of them before")
                .contains("deactivated");
        assertThat(kit.count("SELECT count(*) FROM incident")).isZero();
    }

    @Test
    void answersTheSameKeyAgainWithTheSameIncident() {
        Declaration said = kit.said("Checkout errors");
        Incident incident = kit.declared(said);
        kit.restart();
        assertThat(kit.incidents.declare(said)).isEqualTo(new DeclareOutcome.Already(incident));
        assertThat(kit.count("SELECT count(*) FROM incident")).isEqualTo(1);
    }

    @Test
    void ofTwoAtOnceWithOneKeyOneDeclares() throws Exception {
        Declaration said = kit.said("Checkout errors");
        var gate = new CyclicBarrier(2);
        Callable<DeclareOutcome> click = () -> {
            gate.await();
            return kit.incidents.declare(said);
        };
        try (var both = Executors.newFixedThreadPool(2)) {
            List<DeclareOutcome> outcomes = both.invokeAll(List.of(click, click)).stream().map(Future::resultNow)
                    .toList();
            assertThat(outcomes).hasAtLeastOneElementOfType(DeclareOutcome.Declared.class)
                    .hasAtLeastOneElementOfType(DeclareOutcome.Already.class);
        }
        assertThat(kit.count("SELECT count(*) FROM incident")).isEqualTo(1);
    }

    @Test
    void thereIsOneIncidentARunAndOneACardOfAlerts() {
        long run = kit.applied(kit.checkout, "checkout", "apply_failed", Duration.ofMinutes(5));
        Incident incident = kit.declared(IncidentKit.from(kit.said("RUN failed"), new Declaration.Origin.Run(run)));
        assertThat(incident.about().origin()).isEqualTo("run:" + run);
        assertThat(incident.about().causedBy()).hasValue(run);
        assertThat(kit.incidents.declare(IncidentKit.from(kit.said("again"), new Declaration.Origin.Run(run))))
                .isEqualTo(new DeclareOutcome.Already(incident));
        Incident alerts = kit.declared(IncidentKit.from(kit.said("Alerts"), new Declaration.Origin.Alerts(4)));
        assertThat(kit.incidents.declare(IncidentKit.from(kit.said("more"), new Declaration.Origin.Alerts(4))))
                .isEqualTo(new DeclareOutcome.Already(alerts));
        IncidentKit.done(kit.incidents.merge(alerts.id(), kit.dana, incident.id()));
        assertThat(kit.incidents.declare(IncidentKit.from(kit.said("more"), new Declaration.Origin.Alerts(4))))
                .as("what has taken it over").isEqualTo(new DeclareOutcome.Already(kit.now(incident)));
    }

    @Test
    void aMessageBecomesTheFirstEntryAtTheTimeItWasPosted() {
        long posted = kit.catalog.instant().getEpochSecond() - 600;
        Incident incident = kit.declared(IncidentKit.from(kit.said("Checkout errors"),
                new Declaration.Origin.Message("C9", posted + ".000200", "UOMAR", "I see 500s")));
        TimelineEntry first = kit.timeline(incident).getFirst();
        assertThat(first.text()).isEqualTo("I see 500s");
        assertThat(first.by()).isEqualTo("Omar");
        assertThat(first.at().getEpochSecond()).isEqualTo(posted);
        assertThat(first.source()).isEqualTo("message:C9/" + posted + ".000200");
    }

    @Test
    void suggestsOpenOnesThatMayBeTheSameAndBlocksNothing() {
        Incident first = kit.declared("Checkout errors");
        Incident payment = kit.declared(IncidentKit.on(kit.said("Card payments time out"), Optional.empty()));
        Incident hidden = kit.declared(IncidentKit.confidential(kit.said("Payments leaked")));
        Incident over = kit.declared("Payments");
        IncidentKit.done(kit.incidents.resolve(over.id(), kit.dana, ""));
        var outcome = (DeclareOutcome.Declared) kit.incidents
                .declare(IncidentKit.on(kit.said("Payments rejected"), Optional.of(kit.ledger)));
        assertThat(outcome.alike()).extracting(Incident::id).as("by title").containsExactly(payment.id());
        var same = (DeclareOutcome.Declared) kit.incidents.declare(kit.said("Unrelated"));
        assertThat(same.alike()).extracting(Incident::id).as("by service").containsExactly(first.id())
                .doesNotContain(hidden.id());
    }

    @Test
    void aConfidentialOneIsSeenByItsMembersOnly() {
        Incident incident = kit.declared(IncidentKit.confidential(kit.said("Keys leaked")));
        assertThat(kit.messages(incident)).as("it is not announced").isEmpty();
        assertThat(kit.catalog.list(h -> kit.incidents.members(h, incident.id()))).as("the owners are not called")
                .containsExactly(kit.dana);
        assertThat(kit.seen(incident, kit.dana)).isPresent();
        assertThat(kit.seen(incident, kit.omar)).isEmpty();
        assertThat(kit.catalog.find(h -> kit.incidents.view(h, incident.id(), Optional.empty()))).isEmpty();
        assertThat(kit.catalog.list(h -> kit.incidents.open(h, kit.dana))).hasSize(1);
        assertThat(kit.catalog.list(h -> kit.incidents.open(h, kit.omar))).isEmpty();
        String none = IncidentKit.refused(kit.incidents.note(new IncidentId(99), kit.omar, "x", Optional.empty()));
        assertThat(IncidentKit.refused(kit.incidents.note(incident.id(), kit.omar, "x", Optional.empty())))
                .as("as one that does not exist").isEqualTo(none.replace("INC-99", incident.id().text()));
        kit.writing(h -> kit.incidents.addMember(h, incident.id(), kit.omar.id()));
        assertThat(kit.seen(incident, kit.omar)).isPresent();
        IncidentKit.done(kit.incidents.note(incident.id(), kit.omar, "x", Optional.empty()));
    }

    @Test
    void aConfidentialOneOfARunIsNotToldToOthers() {
        var run = new Declaration.Origin.Run(kit.applied(kit.checkout, "checkout", "partial", Duration.ofMinutes(5)));
        Declaration said = IncidentKit.from(IncidentKit.confidential(kit.said("Keys leaked")), run);
        kit.declared(said);
        assertThat(kit.refused(IncidentKit.by(IncidentKit.from(kit.said("That run"), run),
                kit.omar))).doesNotContain("INC-", "Keys");
    }

    @Test
    void noneIsDeclaredForARunThatHasNotFailed() {
        long applied = kit.applied(kit.checkout, "checkout", "applied", Duration.ofMinutes(5));
        for (long run : new long[]{applied, 99}) {
            assertThat(kit.refused(IncidentKit.from(kit.said("Forged"), new Declaration.Origin.Run(run))))
                    .contains("RUN-" + run + " has not failed.");
        }
        assertThat(kit.count("SELECT count(*) FROM incident")).isZero();
    }

    @Test
    void callsABoundedNumberOfATeam() {
        var many = new ArrayList<Person>();
        for (int i = 0; i < 120; i++) {
            many.add(kit.catalog.member("m" + i));
        }
        kit.catalog.mirror("payments", many.toArray(Person[]::new));
        Incident incident = kit.declared("Checkout errors");
        assertThat(kit.catalog.list(h -> kit.incidents.members(h, incident.id()))).hasSize(101).contains(kit.dana);
    }

    @Test
    void announcesNothingWhereNoChannelIsNamed(@TempDir Path other) {
        try (IncidentKit quiet = new IncidentKit(other,
                new Incidents.Rules(Optional.empty(), Set.of(), "platform"))) {
            assertThat(quiet.messages(quiet.declared("Checkout errors"))).isEmpty();
        }
    }
}
