package dev.steward.bot;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that somebody probably meant. */
final class Nearest {
    private Nearest() {}

    /** The known word at the least edit distance, when that is at most a third of the word's length, rounded up. */
    static Optional<String> to(String word, Collection<String> known) {
        int bound = (word.length() + 2) / 3;
        return known.stream().filter(k -> distance(word, k) <= bound)
                .min(Comparator.comparingInt(k -> distance(word, k)));
    }

    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
