package dev.steward.bot.slack.views;

import dev.steward.access.BreakGlassView;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.requests.RequestId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What is said and asked about access that nobody had decided on, and about applies that an incident keeps waiting. */
public final class EmergencyMessages {
    /** What the action id of the button that signs for emergency access begins with; its value is the request's number. */
    public static final String SIGN = "sign-break-glass";
    /** Callback id of the modal that signs; its metadata is the request's number. */
    public static final String SIGN_MODAL = "sign-break-glass";
    /** Block id of whether it was right. */
    public static final String VERDICT = "verdict";
    /** The value of {@link #VERDICT} that says so. */
    public static final String RIGHT = "right";
    /** Block id of what was looked at. */
    public static final String WORDS = "words";
    /** Callback id of the modal that lets a frozen apply through; its metadata is the button's value. */
    public static final String LET_THROUGH_MODAL = "let-through";
    /** Block id of why. */
    public static final String REASON = "reason";

    private static final int WORDS_MAX = 500;

    private EmergencyMessages() {}

    /** To the owners: who is in, for which incident, and what they have to do. */
    public static Rendered loud(BreakGlassView view, Optional<String> card) {
        Mrkdwn head = head(view);
        Layout message = new Layout().add(Weight.VITAL, head)
                .add(Weight.VITAL, Mrkdwn.quote(view.reason(), 500))
                .add(Weight.VITAL, Mrkdwn.of("*Now:* {}", LeaseWords.status(view.lease())));
        if (view.signed().isPresent()) {
            message.add(Weight.VITAL, signed(view.signed().get()));
        } else {
            message.add(Weight.VITAL, Mrkdwn.of(
                    "*Next:* Somebody else in team {} or the platform team checks what was done, and signs by {}.{}",
                    Mrkdwn.text(view.entity().owner(), 60), Mrkdwn.when(view.due()),
                    view.overdue() ? Mrkdwn.of(" *That is overdue.*") : Mrkdwn.EMPTY));
        }
        message.add(Weight.MINOR, card.map(url -> Mrkdwn.link(url, "Open the card")).orElse(Mrkdwn.EMPTY));
        if (view.signed().isEmpty()) {
            message.add(Weight.VITAL, Blocks.actions("break-glass:" + view.request().value(), buttons(view)));
        }
        return Rendered.of(head, message.blocks()).about(view.holder().id());
    }

    private static Mrkdwn head(BreakGlassView view) {
        return Mrkdwn.of(":rotating_light: *Break-glass*: {} is on call for INC-{} and was given {} at once, without "
                + "approval ({}).", RequestWords.person(view.holder()), view.incident(),
                LeaseWords.what(view.lease()), view.request().text());
    }

    private static List<Map<String, Object>> buttons(BreakGlassView view) {
        String value = Long.toString(view.request().value());
        Map<String, Object> sign = Blocks.styled(
                Blocks.button(SIGN + ":" + value, value, "Sign",
                        "Sign for the emergency access " + view.request().text()),
                "primary");
        Map<String, Object> end = LeaseWords.buttons(view.lease()).stream()
                .filter(button -> String.valueOf(button.get("action_id")).startsWith(LeaseMessages.END)).findFirst()
                .orElse(Map.of());
        return end.isEmpty() ? List.of(sign) : List.of(sign, end);
    }

    private static Mrkdwn signed(BreakGlassView.Signed signed) {
        return Mrkdwn.of(signed.justified()
                ? ":white_check_mark: *Signed* by {}, {}: it was right."
                : ":x: *Signed* by {}, {}: it was not right.", RequestWords.person(signed.by()),
                Mrkdwn.when(signed.at())).line(Mrkdwn.quote(signed.words(), 500));
    }

    /** To whoever would have had to decide. */
    public static Rendered passedOver(BreakGlassView view, Optional<String> loud) {
        Mrkdwn text = Mrkdwn.of("{} is on call and was given {} for INC-{} without your approval: it is an emergency "
                + "({}).", RequestWords.person(view.holder()), LeaseWords.what(view.lease()), view.incident(),
                view.request().text());
        Mrkdwn next = view.signed().isPresent()
                ? signed(view.signed().get())
                : Mrkdwn.of("*Next:* One of you checks what was done, and signs for it by {}.",
                        Mrkdwn.when(view.due()));
        return Rendered.of(text, new Layout().add(Weight.VITAL, text)
                .add(Weight.VITAL, next.line(loud.map(url -> Mrkdwn.link(url, "Open")).orElse(Mrkdwn.EMPTY)))
                .blocks());
    }

    /** To the platform team: nobody has signed. */
    public static Rendered overdue(BreakGlassView view, Optional<String> loud) {
        Mrkdwn text = view.signed().isPresent()
                ? Mrkdwn.of("The emergency access {} of {} is signed now.", view.request().text(),
                        RequestWords.person(view.holder()))
                : Mrkdwn.of(":red_circle: Nobody of team {} has signed for the emergency {} of {} ({}). It was "
                        + "due {}.", Mrkdwn.text(view.entity().owner(), 60), LeaseWords.what(view.lease()),
                        RequestWords.person(view.holder()), view.request().text(), Mrkdwn.when(view.due()));
        Mrkdwn next = view.signed().isPresent()
                ? signed(view.signed().get())
                : Mrkdwn.of("*Next:* Sign for it, or ask somebody in that team to.");
        Layout message = new Layout().add(Weight.VITAL, text)
                .add(Weight.VITAL, next.line(loud.map(url -> Mrkdwn.link(url, "Open")).orElse(Mrkdwn.EMPTY)));
        if (view.signed().isEmpty()) {
            message.add(Weight.VITAL, Blocks.actions("break-glass:" + view.request().value(), buttons(view)));
        }
        return Rendered.of(text, message.blocks());
    }

    /** Asks whether it was right. */
    public static Map<String, Object> signModal(BreakGlassView view) {
        List<Map<String, Object>> options = List.of(Blocks.option(RIGHT, "It was right to do"),
                Blocks.option("wrong", "It was not right to do"));
        Map<String, Object> verdict = new LinkedHashMap<>();
        verdict.put("type", "radio_buttons");
        verdict.put("action_id", VERDICT);
        verdict.put("options", options);
        return Modals.form(SIGN_MODAL, Long.toString(view.request().value()), "Sign", "Sign", List.of(
                Blocks.section(head(view).line(Mrkdwn.quote(view.reason(), 300))),
                input(VERDICT, "Having looked at what was done:",
                        "If it was not, what is left of the access ends at once.", verdict),
                input(WORDS, "What did you look at?", "It stays on record with your name.", text(WORDS))));
    }

    /** Asks why an apply has to go on although an incident keeps it waiting. */
    public static Map<String, Object> letThroughModal(String value, RequestId request, String incident) {
        return Modals.form(LET_THROUGH_MODAL, value, "Apply all the same", "Apply", List.of(
                Blocks.section(
                        Mrkdwn.of("{} is open, so {} waits: nothing should change while people look for the cause.",
                                incident, request.text())),
                input(REASON, "Why can it not wait?", "It stays on record in both, with your name.", text(REASON))));
    }

    private static Map<String, Object> text(String action) {
        Map<String, Object> element = new LinkedHashMap<>();
        element.put("type", "plain_text_input");
        element.put("action_id", action);
        element.put("multiline", true);
        element.put("max_length", WORDS_MAX);
        return element;
    }

    private static Map<String, Object> input(String block, String label, String hint, Map<String, Object> element) {
        return Map.of("type", "input", "block_id", block, "label", Blocks.plain(label, 150), "hint",
                Blocks.plain(hint, 150), "element", element);
    }
}
