package dev.steward.incidents.alerts;

import dev.steward.catalog.Person;
import org.jdbi.v3.core.Handle;

/** Calls whoever is on call. */
@FunctionalInterface
public interface Paging {
    /** Nobody is called. */
    Paging NOBODY = (handle, group, worst) -> {};

    /**
     * Calls whoever is on call for what the alerts are on, or for the platform where they are on nothing. It is called in
     * the transaction in which the first critical alert of a group is worked through, once a group; nobody has
     * acknowledged the group then.
     */
    void page(Handle handle, AlertGroup group, Alert worst);

    /** That person is at it: whoever was called need not be called further. */
    default void answered(Handle handle, AlertGroup group, Person by) {
        // Nobody was called.
    }

    /** That person declared an incident for it: if they may answer the call, they have. */
    default void declared(Handle handle, AlertGroup group, Person by) {
        // Nobody was called.
    }

    /** It is over: nobody need be called any more. */
    default void over(Handle handle, AlertGroup group) {
        // Nobody was called.
    }
}
