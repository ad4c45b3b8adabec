package dev.steward.bot.slack;

import dev.steward.access.ReviewId;
import dev.steward.access.Reviews;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.views.LeaseMessages;
import dev.steward.bot.slack.views.ReviewMessages;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Person;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the buttons of an access review do. A button's value is only what the person saw; whether they may, and whether it
 * is still asked, is checked by the use case at the moment of the click.
 */
final class ReviewClicks {
    private static final String NUMBER = "[1-9]\\d{0,17}";
    private static final Pattern VALUE = Pattern.compile(NUMBER + ":" + NUMBER + "(," + NUMBER + "){0,49}");

    private final Reviews reviews;
    private final Decisions.Speaking speaking;

    ReviewClicks(Reviews reviews, Decisions.Speaking speaking) {
        this.reviews = reviews;
        this.speaking = speaking;
    }

    Map<String, Consumer<Click>> byAction() {
        return Map.of(ReviewMessages.CONFIRM, this::confirm, ReviewMessages.END, this::end,
                ReviewMessages.CONFIRM_ALL, this::confirmAll, LeaseMessages.GIVE_BACK, this::giveBack);
    }

    /** A review, and those of whose access it was asked: at least one. */
    private record Shown(ReviewId review, List<RequestId> requests) {
        static Optional<Shown> parse(String value) {
            if (!VALUE.matcher(value).matches()) {
                return Optional.empty();
            }
            int colon = value.indexOf(':');
            return Optional.of(new Shown(new ReviewId(Long.parseLong(value.substring(0, colon))),
                    Arrays.stream(value.substring(colon + 1).split(",", -1)).map(Long::parseLong).map(RequestId::new)
                            .toList()));
        }
    }

    private void confirm(Click click) {
        act(click, shown -> person -> reviews.confirm(shown.review(), shown.requests().getFirst(), person));
    }

    private void end(Click click) {
        act(click, shown -> person -> reviews.end(shown.requests().getFirst(), person));
    }

    private void confirmAll(Click click) {
        act(click, shown -> person -> reviews.confirmAll(shown.review(), shown.requests(), person));
    }

    private void giveBack(Click click) {
        RequestId.parse("REQ-" + click.value()).ifPresentOrElse(
                id -> said(click, person -> reviews.giveBack(id, person)),
                () -> speaking.answers().to(click, ShortAnswers.unreadableReview()));
    }

    private void act(Click click, Function<Shown, Function<Person, ActOutcome>> deed) {
        Optional<Shown> shown = Shown.parse(click.value());
        if (shown.isEmpty()) {
            speaking.answers().to(click, ShortAnswers.unreadableReview());
            return;
        }
        said(click, deed.apply(shown.get()));
    }

    private void said(Click click, Function<Person, ActOutcome> deed) {
        speaking.as(click, person -> {
            Mrkdwn words = switch (deed.apply(person)) {
                case ActOutcome.Done(String message) -> Mrkdwn.text(message, 2000);
                case ActOutcome.Refused(String why) -> Mrkdwn.text(why, 2000);
            };
            speaking.answers().to(click, Rendered.paragraph(words));
        });
    }
}
