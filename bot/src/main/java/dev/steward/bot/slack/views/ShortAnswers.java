package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.database.CannotStore;
import dev.steward.requests.RequestId;
import java.time.Instant;
import java.util.Map;

/** The private answers of a sentence or two: what could not be done, whether anything was changed, and what helps. */
public final class ShortAnswers {
    /** Above an answer that comes late, as a direct message. */
    public static final Mrkdwn LATE = Mrkdwn.of("Here because Slack may not have shown it to you at the time.");

    private ShortAnswers() {}

    /** More came at once than can wait. */
    public static Rendered busy() {
        return say("Steward has too much to do at the moment, and did nothing. Try again in a minute.");
    }

    /** The button has no handler any more. */
    public static Rendered oldButton() {
        return say("""
                This button no longer does anything: it belongs to an older version of Steward. Nothing was changed. \
                Look at the message as it is now, or start again.""");
    }

    /** The click is stored, and nobody carries it out before the next start. */
    public static Rendered restarting() {
        return say(
                """
                        Steward is restarting. Your click is kept, and is carried out as soon as Steward is back, usually within \
                        a minute.""");
    }

    /** The button carries something that Steward never put there. */
    public static Rendered unreadableButton() {
        return say("Your click changed nothing: the button does not name a proposal. Look at the card as it is now.");
    }

    /** The button of an access review carries something that Steward never put there. */
    public static Rendered unreadableReview() {
        return say(
                "Your click changed nothing: the button does not name anybody's access. Look at the message as it is now.");
    }

    /** Slack did not open the form that the button opens. */
    public static Rendered notOpen() {
        return say("""
                Slack did not open the form, and nothing was changed. If you do not see it, click the button again.""");
    }

    /** A bug, which the log holds under that id. */
    public static Rendered bug(String id) {
        return Rendered.paragraph(Mrkdwn.of(
                """
                        Something went wrong in Steward, and this may have had no effect. Try it again; if it happens again, give \
                        the platform team this error id: {}""",
                Mrkdwn.code(id)));
    }

    /** Nothing happened, for want of a disk that takes it. */
    public static Rendered notStored(CannotStore.Reason why) {
        return Rendered.paragraph(Mrkdwn.of("""
                Nothing was stored or decided: {}. Try again in a few minutes; if it is still so, tell the platform \
                team.""", why.words()));
    }

    /** The form's answers are not there, or not this person's. */
    public static Map<String, Object> formGone() {
        return Modals.notice("This form has ended", Mrkdwn.of("""
                It was open for too long, or belongs to somebody else, and its answers are gone. Close it and start \
                again."""));
    }

    /** The form's callback has no handler any more. */
    public static Map<String, Object> oldForm() {
        return Modals.notice("This form is too old", Mrkdwn.of(
                "It belongs to an older version of Steward, and nothing was stored. Close it and start again."));
    }

    /** The form became a request the first time that it was sent in. */
    public static Map<String, Object> submittedAlready(RequestId request) {
        return Modals.notice("Submitted already",
                Mrkdwn.of(
                        """
                                It was taken the first time, as {}. You can close this form; a direct message shows how far the \
                                request is.""",
                        request.text()));
    }

    /** The request is stored, and what Steward says about it comes late. */
    public static Map<String, Object> storedAndLate(RequestId request, String channel) {
        return Modals.notice("Stored",
                Mrkdwn.of(
                        """
                                {} is stored, and Steward works on it. Slack does not take Steward's messages at the moment, so the card \
                                in {} and your direct message come later, by themselves. You can close this.""",
                        request.text(),
                        Mrkdwn.channel(channel)));
    }

    /** The request was not taken. */
    public static Map<String, Object> notSubmitted(String why) {
        return Modals.notice("Not submitted", Mrkdwn.text(why, 2000));
    }

    /** The request is not this person's to correct, or there is nothing to correct it with. */
    public static Map<String, Object> notToCorrect() {
        return Modals.notice("Not possible", Mrkdwn.of("""
                Only the person who asked can correct a request, and only while its workflow exists. Nothing was \
                changed."""));
    }

    /** What is to be promoted is somebody else's, or can become nothing else. */
    public static Map<String, Object> notToPromote() {
        return Modals.notice("Not possible", Mrkdwn.of(
                "Only the person who has it can promote it, and only while there is a workflow for that. Nothing was changed."));
    }

    /** What is to be extended is somebody else's, or nothing. */
    public static Map<String, Object> notToExtend() {
        return Modals.notice("Not possible",
                Mrkdwn.of("Only the person who has it can extend it. Nothing was changed."));
    }

    /** What is to be extended is not there. */
    public static Map<String, Object> overAlready(RequestId request) {
        return Modals.notice("Not possible", Mrkdwn.of(
                "{} has ended, or is about to, so it cannot be extended. Ask for it again.", request.text()));
    }

    /** What is to be extended lasts as long as it may. */
    public static Map<String, Object> longestAlready(RequestId request, Instant end) {
        return Modals.notice("Not now",
                Mrkdwn.of("{} ends {}, which is as late as it may end. Extend it when that is nearer.",
                        request.text(), Mrkdwn.when(end)));
    }

    /** What is to be extended was given another end since the form was opened. */
    public static Map<String, Object> otherEnd(RequestId request, Instant end) {
        return Modals.notice("Changed meanwhile",
                Mrkdwn.of("{} now ends {}. If that is too early, click *Extend* again.", request.text(),
                        Mrkdwn.when(end)));
    }

    /** Beneath the field for the number of deletes. */
    public static String wrongNumberOfDeletes() {
        return "That is not the number of deletes shown above.";
    }

    private static Rendered say(String words) {
        return Rendered.paragraph(Mrkdwn.of(words));
    }
}
