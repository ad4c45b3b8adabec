package dev.steward.requests;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Team;
import dev.steward.definitions.Workflow;
import java.util.List;

/**
 * What there is to see for one member, read in one snapshot and safe to be shown.
 *
 * @param waiting
 *            requests that this person may decide on now, the first to expire first; never their own
 * @param wishes
 *            to let access or a sandbox last longer, on which this person may decide now, the first to expire first;
 *            never their own
 * @param open
 *            their own requests that have not ended, newest first
 * @param ended
 *            their own requests that have ended, newest first
 * @param services
 *            what their teams own, by team; teams that own nothing are left out
 * @param leases
 *            the access and the sandboxes that they have or asked for, the first to end first
 * @param offered
 *            the workflows that they may use, by title
 */
public record HomeView(Some<RequestView> waiting, Some<ExtensionView> wishes, Some<RequestView> open,
        Some<RequestView> ended,
        List<Owned> services, List<LeaseView> leases, List<Workflow> offered) {

    public HomeView {
        services = List.copyOf(services);
        leases = List.copyOf(leases);
        offered = List.copyOf(offered);
    }

    /**
     * The first of a list.
     *
     * @param more
     *            how many there are besides
     */
    public record Some<T>(List<T> shown, int more) {
        public Some {
            shown = List.copyOf(shown);
        }

        /** Whether there is nothing. */
        public boolean isEmpty() {
            return shown.isEmpty() && more == 0;
        }
    }

    /** A team and what it owns, by name. */
    public record Owned(Team team, Some<Entity> entities) {}
}
