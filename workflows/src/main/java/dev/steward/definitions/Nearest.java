package dev.steward.definitions;

import dev.steward.catalog.EditDistance;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what was probably meant by a misspelt word. */
public final class Nearest {
    private Nearest() {}

    /** The candidate with the fewest differing letters, if they are few for the word's length. */
    public static Optional<String> to(String word, Collection<String> candidates) {
        int most = Math.max(1, word.length() / 3);
        return candidates.stream().filter(candidate -> EditDistance.between(word, candidate) <= most)
                .min(Comparator.<String>comparingInt(candidate -> EditDistance.between(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }
}
