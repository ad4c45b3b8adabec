package dev.steward.bot.slack.views;

import dev.steward.catalog.EditDistance;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be done in an incident by a word after {@code /incident}. */
public enum IncidentVerb {
    /** Tells people how it stands. */
    UPDATE("update", "what is so | what we do | what we need", "tell people how it stands; alone: a form"),
    /** Another severity. */
    SEVERITY("severity", "SEV-2", "how bad it is"),
    /** Another status. */
    STATUS("status", "identified", "triage, investigating, identified or monitoring"),
    /** Who leads. */
    LEAD("lead", "@omar", "who leads; \"me\" takes it"),
    /** Who writes down. */
    SCRIBE("scribe", "@omar", "who writes things down"),
    /** Who speaks with others. */
    LIAISON("liaison", "@omar", "who speaks with everybody outside"),
    /** What it is on. */
    SERVICE("service", "checkout", "what it is on"),
    /** What happened. */
    TIMELINE("timeline", "10m ago failed over", "write something down; alone: the timeline"),
    /** Something to do now. */
    ACTION("action", "@omar restart the pool", "something to do now"),
    /** Something to do later. */
    FOLLOWUP("followup", "@omar by friday add an alert", "something to do later; alone: a form"),
    /** It was done. */
    DONE("done", "12", "an action or follow-up is done"),
    /** It is not to be done. */
    DROP("drop", "12", "an action or follow-up is not needed any more"),
    /** Somebody is called. */
    PAGE("page", "payments", "page whoever is on call for a service or a team"),
    /** Something to look at. */
    LINK("link", "https://... title", "add a link"),
    /** What changed before. */
    CHANGES("changes", "3d", "what Steward changed before"),
    /** How it stands. */
    SUMMARY("summary", "", "how it stands, for you alone"),
    /** The next update is put off. */
    SNOOZE("snooze", "30m", "put the next update off"),
    /** It is over. */
    RESOLVE("resolve", "what ended it", "it is over; alone: a form"),
    /** It was none. */
    DECLINE("decline", "why", "it was not an incident; alone: a form"),
    /** It was another. */
    MERGE("merge", "INC-6", "it is the same as another, which goes on instead"),
    /** It goes on. */
    REOPEN("reopen", "", "it goes on after all"),
    /** What was learned. */
    POSTMORTEM("postmortem", "", "what was learned: read and edit it"),
    /** Nothing is left to do. */
    CLOSE("close", "", "nothing is left to do"),
    /** What there is. */
    HELP("help", "", "this");

    private final String word;
    private final String example;
    private final String meaning;

    IncidentVerb(String word, String example, String meaning) {
        this.word = word;
        this.example = example;
        this.meaning = meaning;
    }

    /** As it is typed. */
    public String word() {
        return word;
    }

    /** What may follow it. */
    String example() {
        return example;
    }

    /** What it does, in a few words. */
    String meaning() {
        return meaning;
    }

    /** The verb that somebody typed. */
    public static Optional<IncidentVerb> parse(String typed) {
        String wanted = typed.toLowerCase(Locale.ROOT).replace("-", "");
        return Stream.of(values()).filter(verb -> verb.word.equals(wanted)).findFirst();
    }

    /** The verb that somebody may have meant. */
    public static Optional<IncidentVerb> nearest(String typed) {
        String wanted = typed.toLowerCase(Locale.ROOT);
        int bound = Math.max(1, wanted.length() / 3);
        return Stream.of(values()).filter(verb -> EditDistance.between(wanted, verb.word) <= bound
                || (wanted.length() > 2 && verb.word.startsWith(wanted)))
                .min(Comparator.comparingInt(verb -> EditDistance.between(wanted, verb.word)));
    }
}
