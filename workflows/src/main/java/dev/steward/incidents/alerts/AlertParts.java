package dev.steward.incidents.alerts;

import dev.steward.catalog.Entities;
import dev.steward.catalog.People;
import dev.steward.catalog.Teams;
import dev.steward.database.Database;
import dev.steward.incidents.Incidents;
import dev.steward.jobs.Jobs;
import dev.steward.ledger.Ledger;
import dev.steward.outbox.Outbox;
import java.time.InstantSource;

/**
 * What the use cases of alerts are made of.
 *
 * @param rules
 *            what the organisation decides
 * @param paging
 *            who is called for what is critical
 */
public record AlertParts(Store store, Catalog catalog, Incidents incidents, AlertRules rules, Paging paging) {
    /** Where things are kept. */
    public record Store(Database database, Ledger ledger, Jobs jobs, Outbox outbox, InstantSource clock) {}

    /** Who there is and what there is. */
    public record Catalog(People people, Teams teams, Entities entities) {}
}
