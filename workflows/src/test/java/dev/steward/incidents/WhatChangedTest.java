package dev.steward.incidents;

import static dev.steward.incidents.IncidentKit.done;
import static dev.steward.incidents.IncidentKit.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Entity;
import dev.steward.ledger.Actor;
import dev.steward.requests.RequestId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What changed before, what is frozen, and what joins a timeline: all by what depends on what. */
class WhatChangedTest {
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
    void theNearestComesFirstAndThenTheNewest() {
        kit.applied(kit.ledger, "ledger-db", "applied", Duration.ofMinutes(5));
        kit.applied(kit.checkout, "old", "applied", Duration.ofHours(23));
        kit.applied(kit.checkout, "new", "partial", Duration.ofHours(2));
        kit.applied(kit.checkout, "too-old", "applied", Duration.ofHours(25));
        kit.applied(kit.checkout, "unplanned", "planning", Duration.ofMinutes(5));
        kit.applied(kit.cart, "cart", "applied", Duration.ofMinutes(5));
        Incident incident = kit.declared("Checkout errors");
        List<Change> changes = changes(incident, Duration.ofHours(24));
        assertThat(changes).extracting(Change::title).containsExactly("new-service: new", "new-service: old",
                "new-service: ledger-db");
        Change nearest = changes.getLast();
        assertThat(nearest.distance()).isEqualTo(1);
        assertThat(nearest.entity()).isEqualTo(kit.ledger);
        assertThat(nearest.what()).isEqualTo("+3 ~1 -0");
        assertThat(nearest.requester()).isEqualTo("Dana");
        assertThat(nearest.approvers()).containsExactly("Omar");
        assertThat(nearest.grant()).isFalse();
        assertThat(changes).extracting(Change::revertible).as("only what was applied").containsExactly(false, true,
                true);
        assertThat(changes(incident, Duration.ofMinutes(1))).as("an hour at least").hasSize(1);
        assertThat(changes(incident, Duration.ofDays(99))).hasSize(4);
        kit.catalog.pass(Duration.ofMinutes(10));
        kit.applied(kit.checkout, "since", "apply_failed", Duration.ofMinutes(1));
        assertThat(changes(incident, Duration.ofHours(24)).getFirst().outcome()).as("since then").isEqualTo("failed");
    }

    @Test
    void circlesDoNoHarmAndThereIsAnEnd() {
        kit.depends(kit.ledger, kit.cart);
        Entity last = kit.ledger;
        for (int i = 0; i < 6; i++) {
            Entity next = kit.catalog.service("deep-" + i, "platform");
            kit.depends(last, next);
            kit.applied(next, "deep-" + i, "applied", Duration.ofMinutes(1));
            last = next;
        }
        for (int i = 0; i < 30; i++) {
            kit.applied(kit.checkout, "many-" + i, "applied", Duration.ofMinutes(i));
        }
        Incident incident = kit.declared("Checkout errors");
        assertThat(changes(incident, Duration.ofHours(24))).hasSize(25).allMatch(change -> change.distance() == 0);
        assertThat(kit.<Integer>read(h -> kit.incidents.changes(h, incident.id(), Duration.ofHours(24)).total()))
                .as("30 on it, and 4 farther away").isEqualTo(34);
        Incident ledger = kit.declared(IncidentKit.on(kit.said("Ledger"), Optional.of(kit.ledger)));
        kit.writing(h -> h.execute("DELETE FROM stack_entity WHERE entity = ?", kit.checkout.id().value()));
        assertThat(changes(ledger, Duration.ofHours(24))).extracting(Change::distance).containsExactly(1, 2, 3, 4, 5);
        assertThat(changes(kit.declared(IncidentKit.on(kit.said("Unknown"), Optional.empty())), Duration.ofHours(24)))
                .isEmpty();
    }

    @Test
    void accessThatBeganOrEndedIsThereWithPersonAndRole() {
        long run = kit.applied(kit.checkout, "access", "applied", Duration.ofMinutes(30));
        kit.writing(h -> {
            h.execute("DELETE FROM stack_entity");
            h.execute("UPDATE proposal SET stages = '[]', reason = 'On call'");
            h.execute("DELETE FROM decision");
            h.execute(
                    """
                            INSERT INTO lease (stack, request, holder, entity, role, state, lasts, starts_at, ends_at, cause,
                                ended_by, ended_at) VALUES (1, 1, ?, ?, 'operator', 'ended', 1, ?, 1, 'returned', 'steward', ?)""",
                    kit.pia.id(), kit.checkout.id().value(),
                    kit.catalog.instant().minus(Duration.ofMinutes(30)).toEpochMilli(),
                    kit.catalog.instant().minus(Duration.ofMinutes(10)).toEpochMilli());
        });
        List<Change> changes = changes(kit.declared("Checkout errors"), Duration.ofHours(1));
        assertThat(changes).extracting(Change::outcome).containsExactly("ended", "granted");
        assertThat(changes).allSatisfy(change -> {
            assertThat(change.what()).isEqualTo("for Pia");
            assertThat(change.grant()).isTrue();
            assertThat(change.revertible()).isFalse();
            assertThat(change.run()).isEqualTo("RUN-" + run);
            assertThat(change.approvers()).as("the standing rule").containsExactly("On call");
        });
    }

    @Test
    void whatIsBeingRevertedSaysSo() {
        kit.applied(kit.checkout, "broken", "applied", Duration.ofMinutes(30));
        Incident incident = kit.declared("Checkout errors");
        kit.writing(h -> h.execute("""
                INSERT INTO request (workflow, workflow_digest, requester, channel, subject, state, stack, operation,
                    origin, incident, idempotency_key, created_at, updated_at)
                VALUES ('new-service', 'd', ?, 'c', 'broken', 'pending', 1, 'destroy', 1, ?, 'revert', 0, 0)""",
                kit.dana.id(), incident.id().value()));
        assertThat(changes(incident, Duration.ofHours(1))).singleElement().satisfies(change -> {
            assertThat(change.reverting()).contains("REQ-2");
            assertThat(change.revertible()).isFalse();
        });
        kit.writing(h -> h.execute("UPDATE request SET state = 'rejected' WHERE id = 2"));
        assertThat(changes(incident, Duration.ofHours(1)).getFirst().revertible()).isTrue();
    }

    @Test
    void whatWasChangedGoesBackOnceHoweverItEnded() {
        kit.applied(kit.checkout, "api", "applied", Duration.ofMinutes(30));
        kit.writing(h -> {
            for (int id = 2; id <= 3; id++) {
                h.execute("""
                        INSERT INTO request (workflow, workflow_digest, requester, channel, subject, state, stack,
                            operation, origin, asked_for, idempotency_key, created_at, updated_at)
                        VALUES ('new-service', 'd', ?, 'c', 'api', ?, 1, 'change', 1, 1, ?, 0, 0)""", kit.dana.id(),
                        id == 2 ? "done" : "failed", "change-" + id);
                h.execute("""
                        INSERT INTO run (stack, request, operation, state, module, module_digest, terraform_version,
                            inputs, policy_digest, host, created_at, updated_at, ended_at)
                        SELECT stack, ?, 'change', ?, module, module_digest, terraform_version, inputs, policy_digest,
                            host, created_at, updated_at, ended_at + ? FROM run WHERE id = 1""", id,
                        id == 2 ? "applied" : "partial", id);
                h.execute("UPDATE request SET run = ? WHERE id = ?", id, id);
            }
        });
        Incident incident = kit.declared("Checkout errors");
        List<Change> changes = changes(incident, Duration.ofHours(1));
        assertThat(changes).extracting(Change::title).containsExactly("Change of api", "Change of api",
                "new-service: api");
        assertThat(changes).extracting(Change::outcome).containsExactly("partial", "applied", "applied");
        assertThat(changes).extracting(Change::revertible).containsExactly(true, true, true);
        kit.writing(h -> h.execute("""
                INSERT INTO request (workflow, workflow_digest, requester, channel, subject, state, stack, operation,
                    origin, reverts, goes_back_to, asked_for, incident, idempotency_key, created_at, updated_at)
                VALUES ('new-service', 'd', ?, 'c', 'api', 'pending', 1, 'change', 1, 3, 2, 1, ?, 'back', 0, 0)""",
                kit.dana.id(), incident.id().value()));
        assertThat(changes(incident, Duration.ofHours(1))).extracting(Change::reverting)
                .containsExactly(Optional.of("REQ-4"), Optional.empty(), Optional.empty());
        kit.writing(h -> h.execute("UPDATE request SET state = 'done', incident = NULL WHERE id = 4"));
        assertThat(changes(incident, Duration.ofHours(1))).extracting(Change::revertible)
                .as("what was undone is not undone again").containsExactly(false, true, true);
    }

    private List<Change> changes(Incident incident, Duration back) {
        return kit.catalog.list(h -> kit.incidents.changes(h, incident.id(), back).nearest());
    }

    @Test
    void freezesWhatItIsOnAndWhatDependsOnThatAndNothingElse() {
        Incident small = kit.declared("Checkout slow");
        assertThat(freezing(kit.checkout)).as("a SEV-2").isEmpty();
        done(kit.incidents.severity(small.id(), kit.dana, Severity.SEV1));
        assertThat(freezing(kit.checkout).map(Incident::id)).contains(small.id());
        assertThat(freezing(kit.cart)).as("a dependent").isPresent();
        assertThat(freezing(kit.ledger)).as("what it depends on").isEmpty();
        kit.depends(kit.ledger, kit.cart);
        assertThat(freezing(kit.ledger)).as("in a circle").isPresent();
        assertThat(kit.catalog.find(h -> kit.incidents.freezing(h, Set.of()))).isEmpty();
        done(kit.incidents.resolve(small.id(), kit.dana, ""));
        assertThat(freezing(kit.checkout)).isEmpty();
    }

    @Test
    void aConfidentialOneFreezesWithoutTellingWhatItIs() {
        kit.declared(IncidentKit.of(IncidentKit.confidential(kit.said("Keys leaked")), Severity.SEV1));
        assertThat(Incidents.freezeWords(freezing(kit.cart).orElseThrow())).isEqualTo("a confidential SEV-1");
        kit.declared(IncidentKit.of(IncidentKit.on(kit.said("Ledger down"), Optional.of(kit.ledger)), Severity.SEV1));
        assertThat(Incidents.freezeWords(freezing(kit.ledger).orElseThrow())).isEqualTo("INC-2 (SEV-1: Ledger down)");
    }

    private Optional<Incident> freezing(Entity entity) {
        return kit.catalog.find(h -> kit.incidents.freezing(h, Set.of(entity.id().value())));
    }

    @Test
    void whatSomebodyOfTheTeamLetsThroughIsOnRecordOnBothSides() {
        kit.applied(kit.checkout, "fix", "awaiting_approval", Duration.ZERO);
        Incident incident = kit.withChannel(
                kit.declared(IncidentKit.of(kit.said("Checkout errors"), Severity.SEV1)));
        RequestId request = new RequestId(1);
        assertThat(refused(kit.incidents.letThrough(incident.id(), kit.omar, request, "It is the fix")))
                .contains("Only team platform");
        assertThat(refused(kit.incidents.letThrough(incident.id(), kit.pia, request, " "))).contains("say why");
        kit.catalog.mirror("platform", kit.pia, kit.dana);
        assertThat(refused(kit.incidents.letThrough(incident.id(), kit.dana, request, "Mine")))
                .contains("Nobody allows their own request");
        done(kit.incidents.letThrough(incident.id(), kit.pia, request, "It is the fix"));
        assertThat(refused(kit.incidents.letThrough(incident.id(), kit.pia, request, "Again"))).contains("already");
        assertThat(kit.<Boolean>read(h -> kit.incidents.letThrough(h, incident.id(), request))).isTrue();
        assertThat(kit.texts(incident)).last().isEqualTo("REQ-1 may be applied: It is the fix");
        assertThat(kit.story(incident)).endsWith("incident.let_through");
        assertThat(kit.catalog.actions()).endsWith("incident.let_through", "request.let_through");
        done(kit.incidents.resolve(incident.id(), kit.dana, ""));
        assertThat(refused(kit.incidents.letThrough(incident.id(), kit.pia, request, "x"))).contains("not frozen");
    }

    @Test
    void whatStewardDoesJoinsTheTimelinesOfDependentsOnce() {
        Incident checkout = kit.declared("Checkout errors");
        Incident hidden = kit
                .declared(IncidentKit.confidential(IncidentKit.on(kit.said("Keys"), Optional.of(kit.ledger))));
        Incident over = kit.declared("Over");
        done(kit.incidents.resolve(over.id(), kit.dana, ""));
        happened(kit.ledger);
        happened(kit.ledger);
        assertThat(kit.texts(checkout)).containsOnlyOnce("RUN-17 was applied");
        assertThat(kit.texts(hidden)).containsOnlyOnce("RUN-17 was applied");
        assertThat(kit.texts(over)).doesNotContain("RUN-17 was applied");
        assertThat(kit.timeline(checkout).getLast().source()).isEqualTo("run:17");
        kit.writing(h -> kit.incidents.happened(h, over.id(), TimelineEntry.Kind.PAGE, "Paged Pia", "page:1",
                Actor.STEWARD));
        assertThat(kit.texts(over)).as("what is told of one").endsWith("Paged Pia");
        happened(kit.cart);
        assertThat(kit.texts(checkout)).as("what depends on it does not").hasSize(2);
    }

    private void happened(Entity entity) {
        kit.writing(h -> kit.incidents.happened(h, TimelineEntry.Kind.RUN, Set.of(entity.id().value()),
                "RUN-17 was applied", "run:17", Actor.STEWARD));
    }

    @Test
    void figuresCountWhatWasOneAndHowLongItTook() {
        kit.applied(kit.checkout, "one", "applied", Duration.ZERO);
        long bad = kit.applied(kit.checkout, "bad", "apply_failed", Duration.ZERO);
        kit.applied(kit.ledger, "two", "applied", Duration.ZERO);
        Incident fast = kit.declared("A");
        Incident slow = kit.declared("B");
        Incident open = kit
                .declared(IncidentKit.of(IncidentKit.on(kit.said("C"), Optional.of(kit.ledger)), Severity.SEV1));
        Incident declined = kit.declared("D");
        Incident merged = kit.declared("E");
        kit.declared(IncidentKit.confidential(kit.said("F")));
        kit.writing(h -> kit.incidents.causedBy(h, fast.id(), new RequestId(2), OptionalLong.of(bad)));
        done(kit.incidents.decline(declined.id(), kit.dana, "none"));
        done(kit.incidents.merge(merged.id(), kit.dana, fast.id()));
        kit.catalog.pass(Duration.ofMinutes(10));
        done(kit.incidents.role(fast.id(), kit.dana, IncidentRole.LEAD, kit.dana));
        done(kit.incidents.resolve(fast.id(), kit.dana, ""));
        kit.catalog.pass(Duration.ofMinutes(20));
        kit.writing(h -> kit.incidents.takenUp(h, slow.id()));
        done(kit.incidents.resolve(slow.id(), kit.dana, ""));
        IncidentFigures figures = kit.read(h -> kit.incidents.figures(h, CatalogKit.START,
                CatalogKit.START.plus(Duration.ofDays(1))));
        assertThat(figures.all().count()).isEqualTo(3);
        assertThat(figures.bySeverity()).containsOnlyKeys(Severity.SEV1, Severity.SEV2);
        assertThat(figures.byService()).containsOnlyKeys("checkout", "ledger");
        assertThat(figures.byService().get("checkout")).isEqualTo(new IncidentFigures.Course(2,
                new IncidentFigures.Spread(2, Optional.of(Duration.ofMinutes(20)), Optional.of(Duration.ofMinutes(20))),
                new IncidentFigures.Spread(2, Optional.of(Duration.ofMinutes(20)),
                        Optional.of(Duration.ofMinutes(20)))));
        assertThat(figures.all().toTakeUp().count()).as("%s is not taken up", open.id()).isEqualTo(2);
        assertThat(figures.applied()).isEqualTo(2);
        assertThat(figures.failures()).isEqualTo(1);
        assertThat(figures.changeFailureRate()).hasValue(0.5);
        IncidentFigures none = kit
                .read(h -> kit.incidents.figures(h, CatalogKit.START.minusSeconds(9), CatalogKit.START));
        assertThat(none.all()).isEqualTo(new IncidentFigures.Course(0,
                new IncidentFigures.Spread(0, Optional.empty(), Optional.empty()),
                new IncidentFigures.Spread(0, Optional.empty(), Optional.empty())));
        assertThat(none.changeFailureRate()).isEmpty();
    }
}
