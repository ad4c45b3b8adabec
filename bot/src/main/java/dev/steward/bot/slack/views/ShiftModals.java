package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.catalog.Person;
import dev.steward.oncall.Rotation;
import dev.steward.oncall.Shift;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The forms of {@code /oncall}: one puts somebody in another's place, one changes two shifts. */
public final class ShiftModals {
    /** Callback id of the modal that puts somebody in another's place. */
    public static final String OVERRIDE = "override";
    /** Callback id of the modal that changes two shifts. */
    public static final String SWAP = "swap";
    /** Block id of who is to be on call. */
    public static final String PERSON = "person";
    /** Block id of the layer; its answer is a {@link Place}. */
    public static final String LAYER = "layer";
    /** Block id of when. */
    public static final String WHEN = "when";
    /** Block id of the shift that is given away; its answer is a {@link Slot}. */
    public static final String GIVES = "gives";
    /** Block id of the shift that is taken for it; its answer is a {@link Slot}. */
    public static final String TAKES = "takes";

    private static final int TEAMS = 10;
    private static final int RADIO_BUTTONS = 10;
    private static final int OPTIONS = 100;
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("EEE d MMM HH:mm", Locale.ENGLISH);

    private ShiftModals() {}

    /** Where people take turns. */
    public record Place(String team, String layer) {
        private static final Pattern TEXT = Pattern.compile("([^/]+)/(.+)");

        String text() {
            return team + "/" + layer;
        }

        /** What was chosen. */
        public static Optional<Place> parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            return matcher.matches() ? Optional.of(new Place(matcher.group(1), matcher.group(2))) : Optional.empty();
        }
    }

    /** One turn of somebody's. */
    public record Slot(Place place, Instant from, Instant until) {
        private static final Pattern TEXT = Pattern.compile("(\\d{1,15})-(\\d{1,15})@(.+)");

        static Slot of(Shift shift) {
            return new Slot(new Place(shift.team(), shift.layer()), shift.from(), shift.until());
        }

        String text() {
            return from.toEpochMilli() + "-" + until.toEpochMilli() + "@" + place.text();
        }

        /** What was chosen. */
        public static Optional<Slot> parse(String text) {
            Matcher matcher = TEXT.matcher(text);
            return matcher.matches()
                    ? Place.parse(matcher.group(3)).map(place -> new Slot(place, at(matcher.group(1)),
                            at(matcher.group(2))))
                    : Optional.empty();
        }

        private static Instant at(String millis) {
            return Instant.ofEpochMilli(Long.parseLong(millis));
        }
    }

    /**
     * The form that puts somebody in another's place.
     *
     * @param duties
     *            of the teams in question; each has a rotation
     */
    public static Map<String, Object> override(List<OnCallAnswers.Duty> duties, Person asker) {
        List<Map<String, Object>> options = duties.stream()
                .flatMap(duty -> rotation(duty).layers().stream()
                        .map(layer -> Blocks.option(new Place(duty.team().name(), layer.name()).text(),
                                duties.size() == 1 ? layer.name() : duty.team().title() + ": " + layer.name())))
                .limit(OPTIONS).toList();
        Map<String, Object> person = Inputs.element("external_select", "search:person");
        person.put("min_query_length", 1);
        person.put("initial_option", Blocks.option(Mrkdwn.cut(asker.name(), 75), asker.displayName()));
        Map<String, Object> layer = Inputs.element(options.size() > RADIO_BUTTONS ? "static_select" : "radio_buttons",
                LAYER);
        layer.put("options", options);
        layer.put("initial_option", options.getFirst());
        Map<String, Object> when = Inputs.element("plain_text_input", WHEN);
        when.put("max_length", 100);
        when.put("placeholder", Blocks.plain("4h, or 2026-12-24T09:00..2026-12-25T09:00", 150));
        List<Map<String, Object>> blocks = new ArrayList<>(now(duties));
        blocks.add(Inputs.required(PERSON, "Who is on call instead?",
                "You take over at once; somebody else when they accept.",
                person));
        blocks.add(Inputs.required(LAYER, "In which layer?", "", layer));
        blocks.add(Inputs.required(WHEN, "For how long, or from when to when?", zones(duties), when));
        return Modals.form(OVERRIDE, "", "Change who is on call", "Save", blocks);
    }

    /**
     * The form that changes two shifts; both lists have one at least.
     *
     * @param own
     *            the shifts of whoever asks, the first first
     * @param others
     *            the shifts of the others in the same layers
     */
    public static Map<String, Object> swap(List<OnCallAnswers.Duty> duties, List<Shift> own, List<Shift> others) {
        Map<String, Object> gives = Inputs.element("static_select", GIVES);
        gives.put("options", options(duties, own));
        gives.put("initial_option", options(duties, own).getFirst());
        Map<String, Object> takes = Inputs.element("static_select", TAKES);
        takes.put("options", options(duties, others));
        List<Map<String, Object>> blocks = new ArrayList<>(now(duties));
        blocks.add(Inputs.required(GIVES, "Your shift that the other takes", zones(duties), gives));
        blocks.add(Inputs.required(TAKES, "Their shift that you take for it", "They are asked first.", takes));
        return Modals.form(SWAP, "", "Change shifts", "Ask", blocks);
    }

    private static List<Map<String, Object>> options(List<OnCallAnswers.Duty> duties, List<Shift> shifts) {
        Map<String, OnCallAnswers.Duty> byTeam = duties.stream()
                .collect(Collectors.toMap(duty -> duty.team().name(), duty -> duty));
        return shifts.stream().sorted(Comparator.comparing(Shift::from)).limit(OPTIONS).map(shift -> {
            OnCallAnswers.Duty duty = Objects.requireNonNull(byTeam.get(shift.team()));
            ZoneId zone = rotation(duty).zone();
            return Blocks.option(Slot.of(shift).text(), time(shift.from(), zone) + " to " + time(shift.until(), zone),
                    shift.person().map(Person::displayName).orElse("nobody") + ", " + duty.team().title() + " "
                            + shift.layer());
        }).toList();
    }

    private static String time(Instant at, ZoneId zone) {
        return TIME.format(at.atZone(zone));
    }

    private static List<Map<String, Object>> now(List<OnCallAnswers.Duty> duties) {
        return duties.stream().limit(TEAMS).map(duty -> Blocks.section(
                Mrkdwn.of("*Team {}*", OnCallWords.team(duty.team())).line(OnCallAnswers.now(duty)))).toList();
    }

    private static String zones(List<OnCallAnswers.Duty> duties) {
        Stream<String> all = duties.stream().map(duty -> rotation(duty).zone().getId());
        List<String> zones = all.distinct().toList();
        return zones.size() == 1
                ? "Times are in " + zones.getFirst() + "."
                : "Times are in the zone of each rotation: " + duties.stream().map(duty -> duty.team().title() + " "
                        + rotation(duty).zone().getId()).collect(Collectors.joining(", ")) + ".";
    }

    private static Rotation rotation(OnCallAnswers.Duty duty) {
        return duty.rotation().orElseThrow();
    }
}
