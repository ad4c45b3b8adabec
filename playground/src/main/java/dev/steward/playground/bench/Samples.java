package dev.steward.playground.bench;

import java.util.Arrays;
import java.util.Collection;

/** How long things took, in milliseconds, in ascending order. */
final class Samples {
    private final double[] sorted;

    private Samples(double[] sorted) {
        this.sorted = sorted;
    }

    static Samples ofNanos(long[] nanos) {
        return new Samples(Arrays.stream(nanos).mapToDouble(n -> n / 1e6).sorted().toArray());
    }

    static Samples of(Collection<? extends Number> millis) {
        return new Samples(millis.stream().mapToDouble(Number::doubleValue).sorted().toArray());
    }

    /** The smallest value that this share of all values does not exceed. */
    double percentile(double share) {
        if (sorted.length == 0) {
            throw new IllegalStateException("nothing was measured");
        }
        int index = (int) Math.ceil(share * sorted.length) - 1;
        return sorted[Math.clamp(index, 0, sorted.length - 1)];
    }

    double median() {
        return percentile(0.5);
    }

    double worst() {
        return percentile(1);
    }
}
