package dev.steward.incidents;

import dev.steward.jobs.Job;
import dev.steward.outbox.Priority;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Has homes show what became of an incident. One that all may see is on every home that was ever opened: those are put by
 * one job a second at most, in slices, so that many changes in a row are cheap. Of a confidential one only its members'
 * homes are put, at once, so that nobody else's changes because of it.
 */
final class HomeNews implements Job.Handler {
    static final String JOB = "incident.homes";
    private static final Duration GATHERED = Duration.ofSeconds(1);
    private static final int SLICE = 100;

    private final Desk desk;

    HomeNews(Desk desk) {
        this.desk = desk;
    }

    /** In the transaction that changed the incident. */
    static void changed(Desk desk, Handle handle, Incident incident) {
        if (incident.about().confidential()) {
            desk.requests.homes().changed(handle, desk.members.ids(handle, incident.id()), Priority.PROGRESS);
        } else {
            desk.store.jobs().enqueue(handle,
                    Job.Order.at(desk.now().plus(GATHERED), JOB, JOB, Map.of(), Job.Lane.GENERAL));
        }
    }

    @Override
    public Job.Outcome run(Job job) {
        List<Long> people = desk.store.database().read(desk.requests.homes()::opened);
        for (int from = 0; from < people.size(); from += SLICE) {
            List<Long> slice = people.subList(from, Math.min(people.size(), from + SLICE));
            desk.store.database().writing(h -> desk.requests.homes().changed(h, slice, Priority.PROGRESS));
        }
        return Job.Outcome.DONE;
    }
}
