package dev.steward.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.oncall.AckOutcome;
import dev.steward.oncall.Page;
import dev.steward.oncall.PageState;
import dev.steward.oncall.Rotation;
import dev.steward.requests.ActOutcome;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is called to an incident, and what comes of it. */
class SummonsTest {
    @TempDir
    Path folder;

    private IncidentKit kit;

    @BeforeEach
    void open() {
        kit = new IncidentKit(folder);
        kit.rotations = Map.of("payments", new Rotation("payments", ZoneId.of("UTC"), Duration.ofMinutes(5),
                List.of(new Rotation.Layer("primary", Duration.ofDays(7), LocalDateTime.of(2020, 1, 6, 9, 0),
                        List.of("omar")))));
        kit.restart();
    }

    @AfterEach
    void close() {
        kit.close();
    }

    @Test
    void whoeverIsOnCallIsPagedForASev2AndInTheChannelAndTheAnswerIsOnRecord() {
        IncidentId id = kit.declared(kit.said("Checkout is slow")).id();
        Page page = page(id);
        assertThat(page.team().name()).isEqualTo("payments");
        assertThat(page.steps()).singleElement().satisfies(step -> assertThat(step.to())
                .isEqualTo(new Page.To.Somebody(kit.omar)));
        assertThat(kit.catalog.<List<Person>>read(h -> kit.incidents.members(h, id))).contains(kit.omar);
        kit.catalog.pass(Duration.ofMinutes(2));
        assertThat(kit.onCall.acknowledge(page.id(), kit.omar)).isInstanceOf(AckOutcome.Acked.class);
        assertThat(kit.catalog.read(h -> kit.incidents.inside(h, id)).orElseThrow().incident().times().takenUp())
                .contains(kit.catalog.instant());
        assertThat(texts(id)).contains("Team Payments was paged", "Omar answered for team Payments");
    }

    @Test
    void whoIsOnCallAndTakesTheLeadHasAcknowledgedThePage() {
        IncidentId id = kit.declared(kit.said("Checkout is slow")).id();
        assertThat(IncidentKit.done(kit.incidents.claim(id, kit.omar, IncidentRole.LEAD)))
                .isEqualTo("You are incident lead of " + id.text()
                        + " now. That acknowledges PAGE-1: nobody else is paged.");
        assertThat(page(id).state()).isEqualTo(new PageState.Acked(kit.omar, kit.catalog.instant()));
        assertThat(texts(id)).contains("Omar answered for team Payments");
    }

    @Test
    void whoIsGivenTheLeadHasAcknowledgedThePageIfItWentToThem() {
        IncidentId id = kit.declared(kit.said("Checkout is slow")).id();
        assertThat(IncidentKit.done(kit.incidents.role(id, kit.omar, IncidentRole.LEAD, kit.dana)))
                .as("of the team, but not on call, and has said nothing").doesNotContain("acknowledges");
        assertThat(page(id).unanswered()).isTrue();
        assertThat(IncidentKit.done(kit.incidents.role(id, kit.dana, IncidentRole.SCRIBE, kit.omar)))
                .as("a scribe only writes").doesNotContain("acknowledges");
        assertThat(IncidentKit.done(kit.incidents.role(id, kit.dana, IncidentRole.LEAD, kit.omar)))
                .contains("is Omar now. That acknowledges PAGE-1");
        assertThat(page(id).state()).isEqualTo(new PageState.Acked(kit.omar, kit.catalog.instant()));
    }

    @Test
    void whatIsSmallOrNotCertainPagesNobodyUntilItGetsWorse() {
        IncidentId id = kit.declared(new Declaration("A typo", Severity.SEV4, kit.said("x").details(), kit.dana,
                new Declaration.Origin.Command(), "small")).id();
        assertThat(pages(id)).isEmpty();
        assertThat(kit.incidents.severity(id, kit.dana, Severity.SEV1)).isInstanceOf(ActOutcome.Done.class);
        assertThat(pages(id)).hasSize(1);
        assertThat(kit.incidents.severity(id, kit.dana, Severity.SEV2)).isInstanceOf(ActOutcome.Done.class);
        assertThat(pages(id)).as("while nobody has answered, nobody is paged twice").hasSize(1);
    }

    @Test
    void whatIsInTriagePagesSomebodyOnceItIsCertain() {
        Declaration said = kit.said("Perhaps slow");
        IncidentId id = kit.declared(IncidentKit.with(said, d -> new Declaration.Details(d.entity(), d.summary(), false,
                d.lead(), true))).id();
        assertThat(pages(id)).isEmpty();
        assertThat(kit.incidents.status(id, kit.dana, IncidentState.Progress.INVESTIGATING))
                .isInstanceOf(ActOutcome.Done.class);
        assertThat(pages(id)).hasSize(1);
    }

    @Test
    void aConfidentialOnePagesNobodyNotEvenWhenAsked() {
        IncidentId id = kit.declared(IncidentKit.confidential(kit.said("Keys leaked"))).id();
        assertThat(pages(id)).isEmpty();
        assertThat(kit.incidents.page(id, kit.dana, team("payments"))).isInstanceOf(ActOutcome.Refused.class);
        assertThat(pages(id)).isEmpty();
    }

    @Test
    void aTeamIsPagedOnDemandAndNobodyAnyMoreOnceItIsOver() {
        IncidentId id = kit.declared(kit.said("Checkout is slow")).id();
        assertThat(kit.incidents.page(id, kit.dana, team("platform"))).isInstanceOf(ActOutcome.Done.class);
        assertThat(pages(id)).hasSize(2);
        assertThat(texts(id)).contains("Team Platform was paged");
        kit.incidents.resolve(id, kit.dana, "");
        assertThat(pages(id)).allSatisfy(page -> assertThat(page.state()).isInstanceOf(PageState.Withdrawn.class));
        assertThat(kit.incidents.page(id, kit.dana, team("platform"))).isInstanceOf(ActOutcome.Refused.class);
    }

    private Team team(String name) {
        return kit.catalog.read(h -> kit.catalog.teams().byName(h, name)).orElseThrow();
    }

    private Page page(IncidentId id) {
        return pages(id).getFirst();
    }

    private List<Page> pages(IncidentId id) {
        return kit.catalog.read(h -> kit.onCall.about(h, id.text()));
    }

    private List<String> texts(IncidentId id) {
        return kit.catalog.read(h -> kit.incidents.timeline(h, id, true, 100, 0)).stream().map(TimelineEntry::text)
                .toList();
    }
}
