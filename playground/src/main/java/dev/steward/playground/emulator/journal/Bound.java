package dev.steward.playground.emulator.journal;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.IntSupplier;

/** How much of a journal is kept. Without a limit nothing is measured. Not safe for concurrent use. */
final class Bound {
    private final Deque<Weight> kept = new ArrayDeque<>();
    private int entries = Integer.MAX_VALUE;
    private long characters = Long.MAX_VALUE;
    private long weight;
    private long dropped;

    private record Weight(long number, long characters) {}

    void set(int mostEntries, long mostCharacters) {
        entries = mostEntries;
        characters = mostCharacters;
    }

    /** An entry was added; answers the numbers of those that must go. The newest stays, however large it is. */
    List<Long> added(long number, IntSupplier size) {
        List<Long> gone = new ArrayList<>();
        if (entries == Integer.MAX_VALUE && characters == Long.MAX_VALUE) {
            return gone;
        }
        Weight newest = new Weight(number, size.getAsInt());
        kept.addLast(newest);
        weight += newest.characters();
        while (kept.size() > 1 && (kept.size() > entries || weight > characters)) {
            Weight oldest = kept.removeFirst();
            weight -= oldest.characters();
            dropped++;
            gone.add(oldest.number());
        }
        return gone;
    }

    long dropped() {
        return dropped;
    }

    void clear() {
        kept.clear();
        weight = 0;
        dropped = 0;
    }
}
