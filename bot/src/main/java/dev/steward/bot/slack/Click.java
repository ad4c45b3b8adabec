package dev.steward.bot.slack;

import dev.steward.bot.slack.views.HomeTab;
import java.util.Optional;

/**
 * A click on a button, or a change in a field that reports its changes.
 *
 * @param user
 *            user id
 * @param action
 *            the element's action id
 * @param block
 *            id of the block that the element is in
 * @param value
 *            what the button carries, or what was chosen; not to be trusted
 * @param trigger
 *            opens one modal within 3 s
 * @param responseUrl
 *            where to answer in private, for a click on a message
 * @param view
 *            the modal or the home, for a click in one
 */
record Click(String user, String action, String block, String value, String trigger, Optional<String> responseUrl,
        Optional<OpenView> view) {

    /** Whether it was on the person's home. */
    boolean atHome() {
        return view.filter(v -> v.callback().equals(HomeTab.CALLBACK)).isPresent();
    }
}
