package dev.steward.bot.slack;

import dev.steward.definitions.Durations;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something to be done, as somebody typed it: {@code @omar by friday add an alert}, in any order.
 *
 * @param text
 *            what, without the rest
 * @param who
 *            the first that is mentioned, as typed
 * @param due
 *            by when
 */
record ItemLine(String text, Optional<String> who, Optional<Instant> due) {
    /** A day is due at noon UTC: then it is the same day for nearly everybody. */
    private static final LocalTime NOON = LocalTime.NOON;
    private static final Pattern BY = Pattern.compile("(?i)(?<!\\S)by\\s+(\\S+)");
    private static final Pattern IN = Pattern.compile("(?i)(?<!\\S)in\\s+(\\S+)");

    /** Reads what was typed, at that moment. */
    static ItemLine parse(String typed, Instant now) {
        String rest = typed;
        Matcher mention = Mentions.MENTION.matcher(rest);
        Optional<String> who = Optional.empty();
        if (mention.find()) {
            who = Optional.of(mention.group());
            rest = without(rest, mention);
        }
        for (Pattern pattern : new Pattern[]{BY, IN}) {
            Matcher found = pattern.matcher(rest);
            while (found.find()) {
                Optional<Instant> due = pattern == BY ? day(found.group(1), now) : after(found.group(1), now);
                if (due.isPresent()) {
                    return new ItemLine(tidy(without(rest, found)), who, due);
                }
            }
        }
        return new ItemLine(tidy(rest), who, Optional.empty());
    }

    private static String without(String text, Matcher found) {
        return text.substring(0, found.start()) + " " + text.substring(found.end());
    }

    private static String tidy(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static Optional<Instant> after(String typed, Instant now) {
        return Durations.parse(typed.toLowerCase(Locale.ROOT)).map(now::plus);
    }

    /** The moment that a day means: a date, the name of a weekday, today or tomorrow. */
    static Optional<Instant> day(String typed, Instant now) {
        String word = typed.toLowerCase(Locale.ROOT).replaceAll("[.,;]$", "");
        LocalDate today = now.atOffset(ZoneOffset.UTC).toLocalDate();
        return switch (word) {
            case "today", "tonight" -> Optional.of(today.atTime(LocalTime.of(23, 0)).toInstant(ZoneOffset.UTC));
            case "tomorrow" -> Optional.of(noon(today.plusDays(1)));
            default -> weekday(word).map(day -> next(today, day, now)).or(() -> date(word));
        };
    }

    private static Optional<DayOfWeek> weekday(String word) {
        return word.length() < 3
                ? Optional.empty()
                : Arrays.stream(DayOfWeek.values())
                        .filter(day -> day.name().toLowerCase(Locale.ROOT).startsWith(word)).findFirst();
    }

    private static Instant next(LocalDate today, DayOfWeek day, Instant now) {
        Instant soonest = noon(today.with(TemporalAdjusters.nextOrSame(day)));
        return soonest.isAfter(now) ? soonest : noon(today.with(TemporalAdjusters.next(day)));
    }

    private static Optional<Instant> date(String word) {
        try {
            return Optional.of(noon(LocalDate.parse(word)));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static Instant noon(LocalDate day) {
        return day.atTime(NOON).toInstant(ZoneOffset.UTC);
    }
}
