package dev.steward.playground.bench;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One line of the table.
 *
 * @param measured
 *            of Steward
 * @param compared
 *            the same of what it is compared with
 * @param with
 *            what that is
 * @param unit
 *            of both
 * @param aim
 *            what is wanted; absent where the figure is only told
 */
record Row(String what, double measured, double compared, String with, String unit, Optional<Aim> aim) {
    /** What is wanted. */
    sealed interface Aim {
        /** The measured value is at most so many times the compared one. */
        record Ratio(double most) implements Aim {}

        /** The measured value itself is at most that. */
        record Value(double most) implements Aim {}
    }

    static Row told(String what, double measured, double compared, String with, String unit) {
        return new Row(what, measured, compared, with, unit, Optional.empty());
    }

    Row within(Aim wanted) {
        return new Row(what, measured, compared, with, unit, Optional.of(wanted));
    }

    double ratio() {
        return measured / compared;
    }

    /** Whether the aim was reached; true where there is none. */
    boolean reached() {
        return aim.map(a -> switch (a) {
            case Aim.Ratio(double most) -> ratio() <= most;
            case Aim.Value(double most) -> measured <= most;
        }).orElse(true);
    }

    private String wanted() {
        return aim.map(a -> switch (a) {
            case Aim.Ratio(double most) -> number("<= %.2f x", most);
            case Aim.Value(double most) -> number("<= %.0f ", most) + unit;
        }).orElse("");
    }

    static String heading() {
        return String
                .format(Locale.ROOT, "%-52s %11s %11s  %-26s %6s  %-10s", "", "Steward", "compared", "with", "ratio",
                        "aim")
                .stripTrailing();
    }

    String line() {
        String verdict = aim.isEmpty() ? "" : reached() ? "reached" : "missed";
        return String.format(Locale.ROOT, "%-52s %8.1f %-2s %8.1f %-2s  %-26s %6.2f  %-10s %s", what, measured, unit,
                compared, unit, with, ratio(), wanted(), verdict).stripTrailing();
    }

    Map<String, Object> json() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("what", what);
        values.put("steward", measured);
        values.put("compared", compared);
        values.put("with", with);
        values.put("unit", unit);
        values.put("ratio", ratio());
        aim.ifPresent(a -> {
            values.put("aim", wanted());
            values.put("reached", reached());
        });
        return values;
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }
}
