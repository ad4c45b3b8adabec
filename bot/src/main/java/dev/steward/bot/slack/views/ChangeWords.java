package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestView;
import java.util.ArrayList;
import java.util.List;

/** What a request makes different: which answers, and what it goes back to. */
final class ChangeWords {
    private static final int ANSWER = 150;
    private static final int ALL = 2200;

    private ChangeWords() {}

    static Mrkdwn of(RequestView.Change change) {
        List<Mrkdwn> lines = new ArrayList<>();
        change.back().ifPresent(back -> lines.add(Mrkdwn.of("*Revert of {}*: goes back to what {} asked for.{}",
                back.from().text(), back.to().text(), undone(change.undone()))));
        change.differences().forEach(difference -> lines.add(line(difference)));
        if (change.differences().isEmpty()) {
            lines.add(Mrkdwn.of("*Same answers*: only what no longer matches them is put right."));
        } else {
            lines.add(Mrkdwn.of("Everything else stays as it is."));
        }
        return RequestWords.bounded(lines, ALL);
    }

    private static Mrkdwn undone(List<RequestId> undone) {
        return undone.isEmpty()
                ? Mrkdwn.EMPTY
                : Mrkdwn.of(" {} {} undone as well.",
                        String.join(", ", undone.stream().limit(10).map(RequestId::text).toList())
                                + (undone.size() > 10 ? " and " + (undone.size() - 10) + " more" : ""),
                        undone.size() == 1 ? "is" : "are");
    }

    private static Mrkdwn line(RequestView.Difference difference) {
        Mrkdwn label = Mrkdwn.of("*{}{}*", Mrkdwn.text(difference.label(), 100),
                difference.label().endsWith("?") ? "" : ":");
        return difference.secret()
                ? Mrkdwn.of("{} changed", label)
                : Mrkdwn.of("{} {} → {}", label, answer(difference.from()), answer(difference.to()));
    }

    private static Mrkdwn answer(String answer) {
        return answer.isEmpty() ? Mrkdwn.of("(nothing)") : Mrkdwn.text(answer, ANSWER);
    }
}
