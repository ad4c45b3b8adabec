package dev.steward.bot.slack;

import java.util.List;
import java.util.Map;

/**
 * A modal as somebody has it open, with what they entered; or their home.
 *
 * @param id
 *            Slack's id of it
 * @param hash
 *            which version of it they see
 * @param callback
 *            which of our modals it is, or that it is the home
 * @param metadata
 *            what we put in it; whoever has it open could have changed it
 * @param answers
 *            block id to what was entered: text, or a list of texts; a block without an answer is absent
 */
record OpenView(String id, String hash, String callback, String metadata, Map<String, Object> answers) {

    OpenView {
        answers = Map.copyOf(answers);
    }

    /** The text entered in a block; empty when there is none. */
    String text(String block) {
        return answers.get(block) instanceof String text ? text : "";
    }

    /** Block ids of what was answered. */
    List<String> answered() {
        return List.copyOf(answers.keySet());
    }
}
