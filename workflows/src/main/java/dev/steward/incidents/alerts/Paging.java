package dev.steward.incidents.alerts;

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

    /** Somebody is at it: whoever was called need not be called further. */
    default void answered(Handle handle, AlertGroup group) {
        // Nobody was called.
    }
}
