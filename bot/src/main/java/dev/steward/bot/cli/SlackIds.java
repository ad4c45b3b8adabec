package dev.steward.bot.cli;

import dev.steward.ledger.Actor;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads Slack's ids as people copy them from Slack. */
final class SlackIds {
    private static final Pattern USER = Pattern.compile("[UW][A-Z0-9]{2,20}");
    private static final Pattern TEAM = Pattern.compile("[TE][A-Z0-9]{2,20}");

    private SlackIds() {}

    /** What is wrong with a user id; empty when nothing is. */
    static List<String> userProblems(String user) {
        return USER.matcher(user).matches()
                ? List.of()
                : List.of(
                        user + " is not a Slack user id: it begins with U or W. In Slack, open the person's profile and"
                                + " choose Copy member ID.");
    }

    static Actor.SlackUser account(String team, String user) {
        List<String> problems = new ArrayList<>(userProblems(user));
        if (!TEAM.matcher(team).matches()) {
            problems.add(
                    team + " is not the id of a Slack workspace: it begins with T (or E for an enterprise). It is in"
                            + " the address of Slack in a browser: app.slack.com/client/T...");
        }
        if (!problems.isEmpty()) {
            throw Refused.usage(problems);
        }
        return new Actor.SlackUser(team, user);
    }
}
