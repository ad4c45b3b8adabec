package dev.steward.incidents.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.steward.catalog.CatalogKit;
import dev.steward.catalog.Person;
import dev.steward.database.Json;
import dev.steward.incidents.AlertKit;
import dev.steward.incidents.Incident;
import dev.steward.incidents.IncidentId;
import dev.steward.incidents.Severity;
import dev.steward.requests.ActOutcome;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsTest {
    private static final Instant START = CatalogKit.START.minus(Duration.ofMinutes(5));

    private AlertKit kit;

    @BeforeEach
    void open(@TempDir Path folder) {
        kit = new AlertKit(folder);
    }

    @AfterEach
    void close() {
        kit.close();
    }

    // ---- what came in

    @Test
    void alertsOfAServiceMakeOneCardInTheChannelOfItsOwners() {
        kit.take(critical("a"), warning("b"), warning("c"));

        AlertGroupView view = kit.view(1);
        assertThat(view.entity().orElseThrow().name()).isEqualTo("checkout");
        assertThat(view.firing()).isEqualTo(new AlertGroupView.Firing(3, 1, Optional.of(START)));
        assertThat(view.lines()).extracting(line -> line.severity().text() + " " + line.name() + " " + line.count())
                .containsExactly("critical HighErrorRate 1", "warning HighLatency 2");
        assertThat(kit.messages()).isEqualTo(Map.of("alerts:1", 1));
        assertThat(kit.message("alerts:1")).isEqualTo("channel:team-payments alert-group");
        assertThat(kit.story()).containsExactly("alert.open_group");
    }

    @Test
    void aReplayOfABodyChangesNothing() {
        Map<?, ?>[] body = {critical("a"), warning("b"),
                kit.resolved("c", START, START.plusSeconds(60), "app", "cart")};
        kit.take(body);
        List<Map<String, Object>> before = rows();
        kit.allSent();

        kit.pass(Duration.ofHours(4));
        kit.take(body);
        kit.take(body);

        assertThat(rows()).isEqualTo(before);
        assertThat(kit.messages()).isEmpty();
        assertThat(kit.story()).containsExactly("alert.open_group");
        assertThat(kit.paged()).hasSize(1);
    }

    @Test
    void anEventThatIsOlderThanWhatIsKnownIsIgnored() {
        kit.take(kit.resolved("a", START, START.plusSeconds(60), "service", "checkout"));
        kit.take(critical("a"));
        assertThat(kit.count("SELECT count(*) FROM alert_group")).as("it was over before it was heard of").isZero();

        kit.take(kit.firing("a", START.plusSeconds(120), "service", "checkout"));
        kit.take(kit.resolved("a", START, START.plusSeconds(60), "service", "checkout"));
        assertThat(kit.view(1).firing().alerts()).isEqualTo(1);
    }

    @Test
    void whatClearsIsTakenOffTheCardAndWhenAllHasClearedForAQuarterOfAnHourItIsOver() {
        kit.take(critical("a"), warning("b"));
        kit.take(over("a"));
        assertThat(kit.view(1).group().state()).isEqualTo(AlertGroup.State.OPEN);
        assertThat(kit.view(1).lines()).extracting(AlertGroupView.Line::name).containsExactly("HighLatency");

        kit.take(over("b"));
        assertThat(kit.view(1).group().state()).isEqualTo(AlertGroup.State.CLEARED);
        kit.pass(Groups.QUIET.minusSeconds(1));
        assertThat(kit.view(1).group().state()).isEqualTo(AlertGroup.State.CLEARED);
        kit.allSent();

        kit.pass(Duration.ofSeconds(1));
        assertThat(kit.view(1).group().state()).isEqualTo(AlertGroup.State.CLOSED);
        kit.pass(Duration.ofSeconds(5));
        assertThat(kit.messages()).containsOnlyKeys("alerts:1");
        assertThat(kit.story()).containsExactly("alert.open_group", "alert.close_group");

        kit.take(kit.firing("a", kit.catalog().instant(), "service", "checkout"));
        assertThat(kit.view(2).group().total()).isEqualTo(1);
        assertThat(kit.messages()).containsOnlyKeys("alerts:1", "alerts:2");
    }

    @Test
    void whatFiresAgainInTimeGoesOnOnTheSameCard() {
        kit.take(warning("a"));
        kit.take(over("a"));
        kit.pass(Duration.ofMinutes(10));
        kit.take(kit.firing("a", kit.catalog().instant(), "service", "checkout"));
        kit.pass(Duration.ofMinutes(10));
        assertThat(kit.view(1).group().state()).isEqualTo(AlertGroup.State.OPEN);
        kit.take(kit.resolved("a", kit.catalog().instant().minus(Duration.ofMinutes(10)), kit.catalog().instant(),
                "service", "checkout"));
        kit.pass(Duration.ofMinutes(14));
        assertThat(kit.view(1).group().state()).isEqualTo(AlertGroup.State.CLEARED);
        kit.pass(Duration.ofMinutes(1));
        assertThat(kit.view(1).group().state()).isEqualTo(AlertGroup.State.CLOSED);
        assertThat(kit.view(1).group().total()).isEqualTo(1);
        assertThat(kit.ended()).as("nobody need be called any more").containsExactly("1 over");
    }

    @Test
    void anAlertThatGetsWorseCallsSomebodyAndOneThatIsToldAgainMilderDoesNotGetBetter() {
        kit.take(kit.firing("a", START, "service", "checkout", "alertname", "Slow", "severity", "warning"));
        assertThat(kit.paged()).isEmpty();
        kit.take(kit.firing("a", START, "service", "checkout", "alertname", "Slow", "severity", "critical"));
        assertThat(kit.paged()).containsExactly("1 Slow");
        kit.take(kit.firing("a", START, "service", "checkout", "alertname", "Slow", "severity", "info"));
        assertThat(kit.view(1).firing().critical()).isEqualTo(1);
    }

    // ---- what it is on

    @Test
    void theServiceIsFoundByLabelByResourceOrByRuleAndElseThePlatformTeamSeesIt() {
        kit.resource("module.web.aws_instance.main", "i-0123456789abcdef0");
        kit.take(kit.firing("label", START, "app", "nothing", "component", "cart"),
                kit.firing("id", START, "instance_id", "i-0123456789abcdef0"),
                kit.firing("address", START, "address", "module.web.aws_instance.main"),
                kit.firing("rule", START, "alertname", "DiskAlmostFull"),
                kit.firing("not anchored", START, "alertname", "NoDiskAtAll"), kit.firing("none", START));

        assertThat(where("label")).isEqualTo("cart");
        assertThat(where("id")).isEqualTo("checkout");
        assertThat(where("address")).isEqualTo("checkout");
        assertThat(where("rule")).isEqualTo("ledger");
        assertThat(where("not anchored")).isEqualTo("none");
        assertThat(where("none")).isEqualTo("none");
        long unassigned = kit.count("SELECT id FROM alert_group WHERE entity IS NULL");
        assertThat(kit.message("alerts:" + unassigned)).isEqualTo("channel:team-platform alert-group");
        assertThat(kit.view(unassigned).title()).isEqualTo("No service");
    }

    @Test
    void aResourceThatIsOfTwoThingsTellsNothing() {
        kit.resource("aws_instance.main", "i-0123456789abcdef0");
        kit.catalog().database().writing(h -> h.execute("""
                INSERT INTO stack_entity (stack, entity)
                SELECT stack, (SELECT id FROM entity WHERE name = 'cart') FROM stack_resource"""));
        kit.take(kit.firing("a", START, "instance_id", "i-0123456789abcdef0"));
        assertThat(where("a")).isEqualTo("none");
    }

    // ---- storms, restarts

    @Test
    void aStormOfTenThousandMakesOneCardAndFewEntriesAndLosesNone() {
        List<Map<String, Object>> storm = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            storm.add(kit.firing("f" + i, START, "alertname", "PodDown", "service", "checkout", "pod", "p" + i,
                    "severity", "critical"));
        }
        int ledger = kit.catalog().actions().size();
        kit.store(storm.toArray(Map<?, ?>[]::new));
        kit.crank();

        assertThat(kit.count("SELECT count(*) FROM alert WHERE state = 'firing'")).isEqualTo(10_000);
        assertThat(kit.view(1).group().total()).isEqualTo(10_000);
        assertThat(kit.view(1).lines()).extracting(AlertGroupView.Line::count).containsExactly(10_000);
        assertThat(kit.messages()).isEqualTo(Map.of("alerts:1", 1));
        assertThat(kit.catalog().actions().size() - ledger).isEqualTo(1);
        assertThat(kit.paged()).hasSize(1);
        assertThat(kit.count("SELECT count(*) FROM alert_intake")).isZero();

        kit.pass(Duration.ofSeconds(5));
        assertThat(kit.messages()).as("the card is edited once more").isEqualTo(Map.of("alerts:1", 2));
        storm.replaceAll(alert -> kit.resolved(String.valueOf(alert.get("fingerprint")), START,
                kit.catalog().instant()));
        kit.store(storm.toArray(Map<?, ?>[]::new));
        kit.crank();
        assertThat(kit.view(1).group().state()).isEqualTo(AlertGroup.State.CLEARED);
        assertThat(kit.story()).hasSize(1);
    }

    @Test
    void whatWasStoredBeforeARestartIsWorkedThroughAfterIt() {
        kit.store(critical("a"), warning("b"));
        kit.catalog().database().writing(h -> h.execute("DELETE FROM job"));
        assertThat(kit.count("SELECT count(*) FROM alert_group")).isZero();

        kit.restart();
        kit.crank();

        assertThat(kit.view(1).firing().alerts()).isEqualTo(2);
    }

    @Test
    void aCardThatWasToBeClosedWhileStewardWasDownIsClosedAfterwards() {
        kit.take(warning("a"));
        kit.take(over("a"));
        kit.catalog().database().writing(h -> h.execute("DELETE FROM job"));
        kit.catalog().pass(Duration.ofHours(1));
        kit.restart();
        kit.crank();
        kit.pass(Groups.QUIET);
        assertThat(kit.view(1).group().state()).isEqualTo(AlertGroup.State.CLOSED);
    }

    @Test
    void whatCannotBeWorkedThroughHoldsNothingElseUp() {
        kit.catalog().database().writing(h -> h.execute(
                "INSERT INTO alert_intake (received_at, alerts) VALUES (0, '[{\"source\": \"nobody\"}]')"));
        kit.store(critical("a"));
        for (int i = 0; i < 3; i++) {
            try {
                kit.catalog().database().writing(h -> h.execute("UPDATE job SET due_at = 0"));
                kit.crank();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageNotContaining("HighErrorRate");
            }
        }
        assertThat(kit.view(1).firing().alerts()).isEqualTo(1);
        assertThat(kit.count("SELECT count(*) FROM alert_intake")).isEqualTo(1);
    }

    @Test
    void theIntakeAnswersOnlyWhatIsOnTheDisk() {
        kit.store(AlertSource.GENERIC, "{\"name\": \"a\"}");
        assertThat(kit.count("SELECT count(*) FROM alert_intake")).isEqualTo(1);
        assertThat(kit.intake().received(AlertSource.GENERIC)).isEqualTo(1);
        kit.intake().close();
        assertThat(kit.intake().take(AlertSource.GENERIC, read("{\"name\": \"b\"}")))
                .isEqualTo(AlertIntake.Outcome.BUSY);
        assertThat(kit.intake().received(AlertSource.GENERIC)).isEqualTo(1);
    }

    @Test
    void aBodyThatCannotBeStoredFailsAloneAmongThoseThatCan() throws Exception {
        kit.database().writing(h -> h.execute("""
                CREATE TRIGGER poison BEFORE INSERT ON alert_intake WHEN NEW.alerts LIKE '%poison%'
                BEGIN SELECT RAISE(ABORT, 'poisoned'); END"""));
        CountDownLatch posting = new CountDownLatch(40);
        List<Callable<String>> posts = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            String name = i == 17 ? "poison" : "good" + i;
            posts.add(() -> {
                posting.countDown();
                return taken("{\"name\": \"" + name + "\"}");
            });
        }
        List<String> outcomes = new ArrayList<>();
        // Those that come while somebody else writes are stored together.
        try (ExecutorService all = Executors.newFixedThreadPool(41)) {
            CountDownLatch holding = new CountDownLatch(1);
            CountDownLatch waiting = new CountDownLatch(1);
            Future<?> writer = all.submit(() -> kit.database().writing(h -> {
                holding.countDown();
                await(waiting);
            }));
            await(holding);
            List<Future<String>> told = posts.stream().map(all::submit).toList();
            await(posting);
            waiting.countDown();
            writer.get();
            for (Future<String> outcome : told) {
                outcomes.add(outcome.get());
            }
        }
        assertThat(outcomes).filteredOn("STORED"::equals).hasSize(39);
        assertThat(outcomes.get(17)).isEqualTo("alerts could not be stored");
        assertThat(kit.count("SELECT count(*) FROM alert_intake")).isEqualTo(39);
    }

    private String taken(String body) {
        try {
            return kit.intake().take(AlertSource.GENERIC, read(body)).name();
        } catch (IllegalStateException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AlertBody.Read read(String body) {
        return (AlertBody.Read) AlertBody.read(AlertSource.GENERIC, body.getBytes(StandardCharsets.UTF_8),
                START, START);
    }

    // ---- what people do

    @Test
    void ofTwoWhoAcknowledgeAtOnceOneIsFirstAndTheOtherIsToldWho() throws Exception {
        kit.take(critical("a"));
        List<Callable<ActOutcome>> clicks = List.of(() -> kit.alerts().ack(1, person("dana")),
                () -> kit.alerts().ack(1, person("omar")));
        List<ActOutcome> outcomes = new ArrayList<>();
        try (ExecutorService both = Executors.newFixedThreadPool(2)) {
            for (Future<ActOutcome> outcome : both.invokeAll(clicks)) {
                outcomes.add(outcome.get());
            }
        }
        String holder = kit.view(1).ackedBy().orElseThrow().displayName();
        assertThat(outcomes).filteredOn(outcome -> outcome instanceof ActOutcome.Done).hasSize(1);
        assertThat(outcomes).filteredOn(outcome -> outcome instanceof ActOutcome.Refused(String why)
                && why.contains(holder + " was first")).hasSize(1);
        assertThat(kit.story()).containsOnlyOnce("alert.ack");
    }

    @Test
    void nobodyAcknowledgesTwiceAndOutsidersNotAtAll() {
        kit.take(critical("a"));
        assertThat(refused(kit.alerts().ack(1, person("gus")))).contains("Only members of this workspace");
        assertThat(refused(kit.alerts().ack(77, person("dana")))).contains("no such alerts");
        assertThat(done(kit.alerts().ack(1, person("dana")))).contains("You have the alerts of checkout");
        assertThat(refused(kit.alerts().ack(1, person("dana")))).contains("you acknowledged them just now");
        kit.pass(Duration.ofMinutes(3));
        assertThat(refused(kit.alerts().ack(1, person("pia")))).contains("Dana was first", "3 min ago");
    }

    @Test
    void acknowledgesAllThatIsOfMyTeamsAtOnce() {
        kit.take(critical("a"), kit.firing("b", START, "service", "cart"), kit.firing("c", START, "service", "ledger"),
                kit.firing("d", START));
        assertThat(done(kit.alerts().ackMine(person("dana")))).contains("checkout", "cart").doesNotContain("ledger");
        assertThat(refused(kit.alerts().ackMine(person("omar")))).contains("No alert of your teams waits");
        assertThat(done(kit.alerts().ackMine(person("pia")))).contains("of ledger", "that are on no service");
    }

    @Test
    void aSnoozedCardStaysAsItIsAndNothingIsLost() {
        kit.take(warning("a"));
        assertThat(refused(kit.alerts().snooze(1, person("gus"), Duration.ofHours(1)))).contains("Only members");
        done(kit.alerts().snooze(1, person("dana"), Duration.ofHours(1)));
        kit.allSent();

        kit.take(critical("b"));
        kit.pass(Duration.ofMinutes(59));
        assertThat(kit.messages()).isEmpty();
        assertThat(kit.paged()).as("what is critical still calls").hasSize(1);
        assertThat(kit.view(1).firing().alerts()).isEqualTo(2);

        assertThat(kit.view(1).snoozedBy()).isPresent();
        kit.pass(Duration.ofMinutes(1));
        assertThat(kit.messages()).containsOnlyKeys("alerts:1");
        assertThat(kit.view(1).snoozedBy()).isEmpty();
    }

    @Test
    void onlyThoseWhomItConcernsSnooze() {
        kit.take(kit.firing("c", START, "service", "ledger", "severity", "critical"));
        assertThat(refused(kit.alerts().snooze(1, person("dana"), Duration.ofHours(1))))
                .contains("Only the team that owns ledger");
        done(kit.alerts().ack(1, person("dana")));
        done(kit.alerts().snooze(1, person("dana"), Duration.ofHours(1)));
        assertThat(refused(kit.alerts().snooze(1, person("pia"), Duration.ofDays(30)))).contains("24 hours at most");
    }

    @Test
    void whoHasAcknowledgedIsNotCalled() {
        kit.take(warning("a"));
        done(kit.alerts().ack(1, person("dana")));
        kit.take(critical("b"));
        assertThat(kit.paged()).isEmpty();
    }

    // ---- incidents

    @Test
    void anIncidentIsProposedByTheWorstAlert() {
        kit.take(warning("b"), critical("a"));
        assertThat(kit.catalog().find(h -> kit.alerts().proposed(h, 1))).contains(new Alerts.Proposed(
                "checkout: HighErrorRate", Severity.SEV2, Optional.of("checkout"), true));
    }

    @Test
    void alertsOfAGroupThatAnIncidentSeesToJoinItsTimelineAMinuteAtATime() {
        kit.take(critical("a"));
        Incident incident = kit.declaredFor(1);
        assertThat(kit.view(1).incident().orElseThrow().id()).isEqualTo(incident.id());
        assertThat(kit.told(incident)).containsExactly("Alerts are part of this incident from now on. 1 fires now, the"
                + " worst HighErrorRate (critical).");

        for (int i = 0; i < 200; i++) {
            kit.take(kit.firing("s" + i, START, "service", "checkout", "alertname", "Slow"));
        }
        kit.take(over("a"));
        assertThat(kit.told(incident)).hasSize(1);
        kit.pass(Duration.ofMinutes(1));
        assertThat(kit.told(incident)).hasSize(2).last().isEqualTo(
                "200 alerts fired, 1 cleared. 200 fire now, the worst Slow (warning).");
        kit.pass(Duration.ofMinutes(5));
        assertThat(kit.told(incident)).hasSize(2);
    }

    @Test
    void anIncidentOnAServiceAdoptsItsAlertsAndTheOtherWayRound() {
        kit.take(critical("a"));
        Incident incident = kit.declared("Checkout is down");
        assertThat(kit.view(1).incident().orElseThrow().id()).isEqualTo(incident.id());
        assertThat(refused(kit.alerts().attach(1, person("dana"), incident.id()))).contains("already");
        Incident other = kit.declared("Another on it");
        assertThat(kit.view(1).incident().orElseThrow().id()).isEqualTo(incident.id());
        assertThat(refused(kit.alerts().attach(1, person("dana"), other.id()))).contains("Another incident");
    }

    @Test
    void anIncidentThatIsFoundToBeOnAServiceLaterAdoptsItsAlertsToo() {
        Incident incident = kit.declaredOnNothing("Something is slow");
        kit.take(critical("a"), kit.firing("b", START, "service", "cart"));
        assertThat(kit.view(1).incident()).isEmpty();

        done(kit.incidents().about(incident.id(), person("dana"), kit.checkout()));

        assertThat(kit.view(1).incident().orElseThrow().id()).isEqualTo(incident.id());
        assertThat(kit.view(2).incident()).isEmpty();
        assertThat(kit.told(incident)).containsExactly("Alerts are part of this incident from now on. 1 fires now, the"
                + " worst HighErrorRate (critical).");

        Incident other = kit.declaredOnNothing("Something else is slow");
        done(kit.incidents().about(other.id(), person("dana"), kit.checkout()));
        assertThat(kit.view(1).incident().orElseThrow().id()).as("they have one that goes on").isEqualTo(incident.id());
    }

    @Test
    void whoeverAcknowledgesOrDeclaresAnswersTheCall() {
        kit.take(critical("a"), kit.firing("b", START, "service", "cart", "severity", "critical"));
        done(kit.alerts().ack(1, person("dana")));
        kit.declaredFor(2);
        assertThat(kit.ended()).containsExactly("1 answered by dana", "2 declared by dana");
    }

    @Test
    void onceItsIncidentIsOverAnotherCanSeeToThem() {
        kit.take(critical("a"));
        Incident first = kit.declaredFor(1);
        done(kit.incidents().decline(first.id(), person("dana"), "A test"));
        assertThat(kit.catalog().find(h -> kit.alerts().proposed(h, 1)).orElseThrow().first()).isFalse();
        kit.take(warning("b"));
        kit.pass(Duration.ofMinutes(2));
        assertThat(kit.told(first)).hasSize(1);

        Incident second = kit.declared("It is one after all");
        assertThat(kit.view(1).incident().orElseThrow().id()).isEqualTo(second.id());
    }

    @Test
    void alertsAreAttachedToAnOpenIncidentThatOneMaySee() {
        Incident incident = kit.declared("Checkout is down");
        kit.take(kit.firing("a", START, "service", "ledger"));
        assertThat(refused(kit.alerts().attach(1, person("dana"), new IncidentId(99)))).contains("no open INC-99");
        Incident secret = kit.confidential("Somebody is inside");
        assertThat(refused(kit.alerts().attach(1, person("omar"), secret.id()))).contains("no open");

        assertThat(done(kit.alerts().attach(1, person("dana"), incident.id())))
                .contains("part of " + incident.id().text());
        assertThat(kit.told(incident)).hasSize(1);
        assertThat(kit.story()).contains("alert.attach");
    }

    @Test
    void aCardDoesNotTellOfAnIncidentThatNotAllMaySee() {
        kit.take(critical("a"));
        Incident secret = kit.confidential("Somebody is inside");
        assertThat(kit.told(secret)).hasSize(1);
        assertThat(kit.view(1).incident()).isEmpty();
    }

    @Test
    void nothingIsDoneToWhatIsOver() {
        kit.take(warning("a"));
        kit.take(over("a"));
        kit.pass(Groups.QUIET);
        assertThat(refused(kit.alerts().ack(1, person("dana")))).contains("are over");
        assertThat(kit.catalog().find(h -> kit.alerts().proposed(h, 1))).isEmpty();
        assertThat(kit.count("SELECT count(*) FROM alert_group WHERE state <> 'closed'")).isZero();
    }

    @Test
    void alertsThatWereOverLongAgoAreForgotten() {
        kit.take(warning("a"), critical("b"));
        kit.take(over("a"));
        assertThat(kit.catalog().<Integer>write(h -> Alerts.forget(h, START))).isZero();
        assertThat(kit.catalog().<Integer>write(h -> Alerts.forget(h, START.plus(Duration.ofDays(1))))).isEqualTo(1);
        assertThat(kit.view(1).firing().alerts()).isEqualTo(1);
    }

    private Map<String, Object> critical(String fingerprint) {
        return kit.firing(fingerprint, START, "alertname", "HighErrorRate", "service", "checkout", "severity",
                "critical");
    }

    private Map<String, Object> warning(String fingerprint) {
        return kit.firing(fingerprint, START, "alertname", "HighLatency", "service", "checkout", "severity",
                "warning");
    }

    private Map<String, Object> over(String fingerprint) {
        return kit.resolved(fingerprint, START, START.plusSeconds(120), "service", "checkout");
    }

    private Person person(String name) {
        return kit.person(name);
    }

    private String where(String fingerprint) {
        return kit.read(h -> h.createQuery("""
                SELECT ifnull(e.name, 'none') FROM alert a JOIN alert_group g ON g.id = a.alert_group
                LEFT JOIN entity e ON e.id = g.entity WHERE a.fingerprint = :fingerprint""")
                .bind("fingerprint", fingerprint).mapTo(String.class).one());
    }

    private List<Map<String, Object>> rows() {
        return kit.read(h -> List.of(Map.of("alerts",
                Json.text(h
                        .createQuery(
                                """
                                        SELECT source, fingerprint, alert_group, state, name, severity, starts_at, ended_at, times, quiet,
                                            updated_at FROM alert ORDER BY fingerprint""")
                        .mapToMap().list())),
                Map.of(
                        "groups",
                        Json.text(h.createQuery("SELECT * FROM alert_group ORDER BY id").mapToMap().list()))));
    }

    private static String done(ActOutcome outcome) {
        assertThat(outcome).isInstanceOf(ActOutcome.Done.class);
        return ((ActOutcome.Done) outcome).message();
    }

    private static String refused(ActOutcome outcome) {
        assertThat(outcome).isInstanceOf(ActOutcome.Refused.class);
        return ((ActOutcome.Refused) outcome).why();
    }
}
