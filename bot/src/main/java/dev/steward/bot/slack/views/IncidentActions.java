package dev.steward.bot.slack.views;

import java.util.Set;

/**
 * Action ids of the buttons and lists about incidents. A value begins with the incident's number; what else it holds stands
 * after a colon. It is only what the person saw: the use case checks it.
 */
public final class IncidentActions {
    /** Opens the form that declares; its value is {@code t:} and a title, {@code e:} and an entity's name, or
     * {@code r:}, the row of a run that failed, {@code :} and what it was to. */
    public static final String DECLARE = "incident-declare";
    /** Takes a role that nobody has: {@code 7:lead}. */
    public static final String CLAIM = "incident-claim";
    /** Another severity: {@code 7:SEV-2}. */
    public static final String SEVERITY = "incident-severity";
    /** Another status: {@code 7:identified}. */
    public static final String STATUS = "incident-status";
    /** Puts the next update off: {@code 7:30m}. */
    public static final String SNOOZE = "incident-snooze";
    /** Something to be done was done: {@code 7:12}. */
    public static final String DONE = "incident-done";
    /** Something to be done is not needed any more: {@code 7:12}. */
    public static final String DROP = "incident-drop";
    /** Nothing is left to do: {@code 7}. */
    public static final String CLOSE = "incident-close";
    /** It goes on after all: {@code 7}. */
    public static final String REOPEN = "incident-reopen";
    /**
     * Asks for a change to be taken back: {@code 7:42}, the incident and the request, and {@code :44}, a change that waits
     * and would be withdrawn for it.
     */
    public static final String REVERT = "incident-revert";

    /** Opens a form: {@code 7}. */
    public static final String UPDATE = "incident-update";
    /** Opens a form: {@code 7}. */
    public static final String NOTE = "incident-note";
    /** Opens a form: {@code 7}. */
    public static final String RESOLVE = "incident-resolve";
    /** Opens a form: {@code 7}. */
    public static final String FOLLOWUP = "incident-followup";
    /** Opens a form: {@code 7}. */
    public static final String POSTMORTEM = "incident-postmortem";
    /** Opens a form: {@code 7:31}, the entry of the timeline. */
    public static final String AMEND = "incident-amend";

    /** Opens a form that makes a request of a follow-up: {@code 7:13}, or {@code 7} to choose which. */
    public static final String REQUEST = "incident-request";

    /** Shows what changed in that time: {@code 7:72}, in hours, with {@code :all} where all see it. */
    public static final String BACK = "incident-back";
    /** Shows the timeline from there: {@code 7:40}, with {@code :all} for what the short view leaves out. */
    public static final String TIMELINE = "incident-timeline";

    /** Those that decide something by themselves. */
    public static final Set<String> DECIDING = Set.of(CLAIM, SEVERITY, STATUS, SNOOZE, DONE, DROP, CLOSE, REOPEN,
            REVERT);

    private IncidentActions() {}
}
