package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Makes modals as plain maps. */
public final class Modals {
    private static final int TITLE_MAX = 24;

    private Modals() {}

    /** A modal that only says something. */
    public static Map<String, Object> notice(String title, Mrkdwn text) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", "modal");
        view.put("title", Blocks.plain(title, TITLE_MAX));
        view.put("close", Blocks.plain("Close", TITLE_MAX));
        view.put("blocks", List.of(Blocks.section(text)));
        return view;
    }

    /** What is shown for the moment until the real modal is there. */
    public static Map<String, Object> loading(String title) {
        return notice(title, Mrkdwn.of("One moment …"));
    }

    /**
     * A modal that is submitted.
     *
     * @param metadata
     *            comes back with it; the person could change it
     */
    public static Map<String, Object> form(String callback, String metadata, String title, String submit,
            List<Map<String, Object>> blocks) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("type", "modal");
        view.put("callback_id", callback);
        view.put("private_metadata", metadata);
        view.put("title", Blocks.plain(title, TITLE_MAX));
        view.put("submit", Blocks.plain(submit, TITLE_MAX));
        view.put("close", Blocks.plain("Cancel", TITLE_MAX));
        view.put("blocks", blocks);
        return view;
    }
}
