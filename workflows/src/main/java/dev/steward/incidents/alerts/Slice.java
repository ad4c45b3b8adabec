package dev.steward.incidents.alerts;

import dev.steward.catalog.EntityId;
import dev.steward.outbox.Priority;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Some of what came in, worked through in one transaction: the alerts first, then each group that they changed, once. */
final class Slice {
    private static final Duration EXACTLY = Duration.ofMinutes(1);

    private final Handle handle;
    private final AlertParts parts;
    private final Groups groups;
    private final Routing routing;
    private final Map<AlertTable.Key, Alert> known;
    private final Map<AlertTable.Key, Alert> changed = new LinkedHashMap<>();
    private final Set<AlertTable.Key> heard = new LinkedHashSet<>();
    private final Map<Long, Touched> touched = new LinkedHashMap<>();
    private final Map<Long, Boolean> live = new HashMap<>();

    /** What a group's alerts did. */
    private static final class Touched {
        private int joined;
        private int fired;
        private int cleared;
        private @Nullable Alert critical;

        void fired(Alert alert, boolean newHere) {
            fired++;
            joined += newHere ? 1 : 0;
            noted(alert);
        }

        void noted(Alert alert) {
            if (alert.told().severity() == AlertSeverity.CRITICAL && critical == null) {
                critical = alert;
            }
        }
    }

    private Slice(Handle handle, AlertParts parts, Groups groups, List<AlertEvent> events) {
        this.handle = handle;
        this.parts = parts;
        this.groups = groups;
        routing = new Routing(handle, parts.catalog().entities(), parts.rules());
        known = AlertTable.find(handle, events.stream().map(AlertTable.Key::of).distinct().toList());
    }

    static void work(Handle handle, AlertParts parts, Groups groups, List<AlertEvent> events) {
        Slice slice = new Slice(handle, parts, groups, events);
        events.forEach(slice::take);
        AlertTable.save(handle, slice.changed.values(), groups.now());
        slice.heard.removeAll(slice.changed.keySet());
        AlertTable.heard(handle, slice.heard, groups.now());
        slice.touched.forEach(slice::settle);
    }

    private void take(AlertEvent event) {
        AlertTable.Key key = AlertTable.Key.of(event);
        Alert before = known.get(key);
        Optional<Alert> after = before == null ? Optional.of(first(event)) : after(before, event);
        after.ifPresent(alert -> {
            known.put(key, alert);
            changed.put(key, alert);
        });
        if (after.isEmpty() && event.firing() && isNews(before)) {
            heard.add(key);
        }
    }

    /** That an alert still fires is kept to the minute: told every few seconds, it is written down once a minute. */
    private boolean isNews(@Nullable Alert before) {
        return before != null && before.standing().firing()
                && before.heard().plus(EXACTLY).isBefore(groups.now());
    }

    private Alert first(AlertEvent event) {
        Alert alert = new Alert(event.source(), event.fingerprint(), OptionalLong.empty(), Standing.first(event),
                event.told(), groups.now());
        return event.firing() ? fired(alert, event) : alert;
    }

    private Optional<Alert> after(Alert before, AlertEvent event) {
        Optional<Standing> standing = before.standing().after(event);
        if (standing.isEmpty()) {
            return worse(before, event);
        }
        boolean anew = standing.get().times() > before.standing().times();
        Alert alert = new Alert(before.source(), before.fingerprint(), before.group(), standing.get(),
                anew ? event.told() : before.told(), event.firing() ? groups.now() : before.heard());
        if (event.firing()) {
            return Optional.of(fired(alert, event));
        }
        if (before.standing().firing() && isLive(before.group())) {
            touch(before.group().getAsLong()).cleared++;
        }
        return Optional.of(alert);
    }

    /** Told again, it is the same alert; but one that has got worse has. */
    private Optional<Alert> worse(Alert before, AlertEvent event) {
        boolean same = event.firing() && before.standing().firing()
                && event.moments().claimed().equals(before.standing().claimed());
        if (!same || !event.told().severity().worseThan(before.told().severity()) || !isLive(before.group())) {
            return Optional.empty();
        }
        Alert alert = new Alert(before.source(), before.fingerprint(), before.group(), before.standing(),
                before.told().as(event.told().severity()), groups.now());
        touch(before.group().getAsLong()).noted(alert);
        return Optional.of(alert);
    }

    /** It stays in its group as long as that is not over. */
    private Alert fired(Alert alert, AlertEvent event) {
        boolean stays = isLive(alert.group());
        Alert placed = stays ? alert : alert.in(open(routing.of(event)));
        touch(placed.group().getAsLong()).fired(placed, !stays);
        return placed;
    }

    private long open(Optional<EntityId> entity) {
        long id = groups.open(handle, entity).id();
        live.put(id, true);
        return id;
    }

    private boolean isLive(OptionalLong group) {
        return group.isPresent() && live.computeIfAbsent(group.getAsLong(),
                id -> GroupTable.byId(handle, id).filter(AlertGroup::live).isPresent());
    }

    private Touched touch(long group) {
        return touched.computeIfAbsent(group, unknown -> new Touched());
    }

    private void settle(long id, Touched what) {
        AlertGroup before = GroupTable.get(handle, id);
        boolean clears = !AlertTable.fires(handle, id);
        Instant now = groups.now();
        GroupTable.changed(handle, before, what.joined, what.fired, what.cleared, clears, now);
        if (clears && before.state() == AlertGroup.State.OPEN) {
            groups.closeLater(handle, before);
        }
        AlertGroup group = GroupTable.get(handle, id);
        if (what.critical != null && group.handling().paged().isEmpty() && group.handling().acked().isEmpty()) {
            GroupTable.paged(handle, id, now);
            parts.paging().page(handle, group, what.critical);
        }
        groups.tell(handle, group);
        groups.show(handle, group, before.total() > 0
                ? Priority.NOTICE
                : what.critical == null ? Priority.DECISION : Priority.PAGE);
    }
}
