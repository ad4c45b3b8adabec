package dev.steward.oncall;

import java.util.List;

/**
 * What on-call is to one person now.
 *
 * @param now
 *            the shifts that they are in
 * @param next
 *            their next shift in each layer, the first to begin first
 * @param waiting
 *            the pages that went to them and that nobody has acknowledged, the newest first
 */
public record Duty(List<Shift> now, List<Shift> next, List<Page> waiting) {
    /** Of whoever has nothing to do with it. */
    public static final Duty NONE = new Duty(List.of(), List.of(), List.of());

    public Duty {
        now = List.copyOf(now);
        next = List.copyOf(next);
        waiting = List.copyOf(waiting);
    }

    /** Whether on-call is nothing to them. */
    public boolean isEmpty() {
        return now.isEmpty() && next.isEmpty() && waiting.isEmpty();
    }
}
