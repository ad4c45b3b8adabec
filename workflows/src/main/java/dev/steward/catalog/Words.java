package dev.steward.catalog;

import java.util.Arrays;
import java.util.Optional;
import java.util.function.Function;

/** Reads the words that stand for constants. */
final class Words {
    private Words() {}

    static <E> Optional<E> find(E[] constants, Function<E, String> word, String text) {
        return Arrays.stream(constants).filter(constant -> word.apply(constant).equalsIgnoreCase(text)).findFirst();
    }
}
