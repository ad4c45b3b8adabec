package dev.steward.oncall;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Has somebody hear for whom on-call is another thing now: whose shifts changed, and to whom a page went. */
final class Audience {
    private final OnCallParts parts;
    private volatile BiConsumer<Handle, Collection<Long>> listener = (handle, people) -> {};

    Audience(OnCallParts parts) {
        this.parts = parts;
    }

    void onChange(BiConsumer<Handle, Collection<Long>> hears) {
        listener = hears;
    }

    void changed(Handle handle, Collection<Long> people) {
        listener.accept(handle, people);
    }

    void changed(Handle handle, ShiftOverride override) {
        Set<Long> people = new LinkedHashSet<>();
        people.add(override.person().id());
        override.covers().ifPresent(person -> people.add(person.id()));
        changed(handle, people);
    }

    /** Everybody to whom it went. */
    void changed(Handle handle, Page page) {
        Set<Long> people = page.steps().stream().map(Page.Step::to).filter(Page.To.Somebody.class::isInstance)
                .map(to -> ((Page.To.Somebody) to).person().id()).collect(Collectors.toCollection(LinkedHashSet::new));
        if (page.steps().stream().anyMatch(step -> step.to() instanceof Page.To.WholeTeam)) {
            people.addAll(parts.catalog().teams().memberIds(handle, page.team().id()));
        }
        changed(handle, people);
    }
}
