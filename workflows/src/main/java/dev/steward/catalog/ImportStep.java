package dev.steward.catalog;

import dev.steward.ledger.Actor;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * One small change of an import: a few rows, so that many of them fit in a short transaction. It holds for the catalog
 * as it was when the step was planned, and is checked again when it is made.
 *
 * @param change
 *            for the report
 * @param where
 *            the document that asks for it
 * @param work
 *            makes the change
 */
record ImportStep(ImportReport.Change change, CatalogDocument.Where where, Work work) {

    /** Makes a change in the caller's transaction; answers what kept it from being made. */
    @FunctionalInterface
    interface Work {
        Optional<String> run(Handle handle, Actor actor);
    }
}
