package dev.steward.playground.demo;

import dev.steward.database.Json;
import dev.steward.ledger.Ledger;
import dev.steward.ledger.Verification;
import dev.steward.playground.emulator.SlackEmulator;
import dev.steward.playground.stage.Stage;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What truly happened, counted in the home's database and in the emulator's journal, not by the story that was told.
 *
 * @param applied
 *            runs for services that ended applied
 * @param gates
 *            times that Terraform was granted the lock for applying a service
 * @param granted
 *            times that access began
 * @param ended
 *            times that access was seen to be gone
 * @param rejected
 *            requests that somebody refused with a reason
 * @param night
 *            what came of the incident
 * @param refusedClicks
 *            clicks that changed nothing
 * @param recoveredRuns
 *            applies that were found again after the kill and finished
 * @param slackErrors
 *            answers of the emulator that were errors
 */
record Tally(int applied, int gates, int granted, int ended, int rejected, Night night, int refusedClicks,
        int recoveredRuns, long ledgerEntries, boolean ledgerVerified, int slackErrors, double seconds) {
    private static final String OF_SERVICES = """
            SELECT count(*) FROM run JOIN request r ON r.id = run.request AND r.workflow = 'new-service'
                AND run.operation = 'create'
            """;

    /**
     * What came of the incident.
     *
     * @param resolved
     *            incidents that are over
     * @param reverts
     *            changes that were taken back for one
     * @param signed
     *            times that somebody else signed for access that nobody had decided on
     */
    record Night(int resolved, int reverts, int signed) {
        private static Night of(Handle handle) {
            return new Night(count(handle, "SELECT count(*) FROM incident WHERE resolved_at IS NOT NULL"),
                    count(handle, """
                            SELECT count(*) FROM request r JOIN run ON run.id = r.run
                            WHERE run.operation = 'destroy' AND run.state = 'applied' AND r.asked_for = 1
                                AND r.incident IS NOT NULL"""),
                    count(handle, "SELECT count(*) FROM break_glass WHERE signed_by <> holder AND justified = 1"));
        }

        private boolean good() {
            return resolved == 1 && reverts == 1 && signed == 1;
        }
    }

    static Tally of(Stage stage, SlackEmulator slack, int recoveredRuns, double seconds) {
        return stage.inspect(h -> {
            Verification verified = new Ledger(InstantSource.system()).verify(h, Optional.empty());
            long entries = verified instanceof Verification.Intact intact ? intact.head().seq() : 0;
            return new Tally(count(h, OF_SERVICES + "WHERE run.state = 'applied'"),
                    count(h, OF_SERVICES
                            + "JOIN ledger l ON l.subject = 'RUN-' || run.id AND l.action = 'run.applying'"),
                    entries(h, "lease.start"), entries(h, "lease.gone"),
                    count(h, "SELECT count(*) FROM request WHERE state = 'rejected'"), Night.of(h),
                    entries(h, "decision.refused"), recoveredRuns, entries, verified instanceof Verification.Intact,
                    slack.journal().refusals().size(), seconds);
        });
    }

    private static int entries(Handle handle, String action) {
        return handle.createQuery("SELECT count(*) FROM ledger WHERE action = :action").bind("action", action)
                .mapTo(Integer.class).one();
    }

    private static int count(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Integer.class).one();
    }

    /** Whether all that the story tells did happen, and nothing twice. */
    boolean good() {
        return applied == 1 && gates == 1 && granted == 2 && ended == 2 && rejected == 1 && night.good()
                && refusedClicks >= 2 && recoveredRuns == 1 && ledgerVerified && slackErrors == 0;
    }

    String json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("applied", applied);
        values.put("granted", granted);
        values.put("ended", ended);
        values.put("rejected", rejected);
        values.put("incidentsResolved", night.resolved());
        values.put("revertsApplied", night.reverts());
        values.put("breakGlassSigned", night.signed());
        values.put("refusedClicks", refusedClicks);
        values.put("recoveredRuns", recoveredRuns);
        values.put("ledgerEntries", ledgerEntries);
        values.put("ledgerVerified", ledgerVerified);
        values.put("slackErrors", slackErrors);
        values.put("seconds", seconds);
        return Json.text(values);
    }
}
