package dev.steward.bot.slack.views;

import static dev.steward.bot.slack.views.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.access.ReviewId;
import dev.steward.access.ReviewState;
import dev.steward.access.ReviewView;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.database.Json;
import dev.steward.requests.LeaseView;
import dev.steward.requests.RequestId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ReviewMessagesTest {
    private static final String EVIL = "<!channel> & <https://evil.example|x> `*_~ ".repeat(200);
    private static final Instant DUE = NOON.plus(Duration.ofDays(14));
    private static final Optional<ReviewView.Confirmed> BY_OMAR = Optional
            .of(new ReviewView.Confirmed("Omar Owner", NOON.plusSeconds(60)));

    @Test
    void reviewsAreAsAgreed() {
        ReviewState open = new ReviewState.Open();
        Golden.assertMatches("review-open", ReviewMessages.of(view(open, asked(42, LeaseSamples.active()),
                asked(43, LeaseSamples.active()))));
        Golden.assertMatches("review-half-done", ReviewMessages.of(view(open, asked(42, LeaseSamples.active()),
                answered(43, LeaseSamples.active(), BY_OMAR), answered(44, LeaseSamples.ending(), Optional.empty()))));
        Golden.assertMatches("review-done", ReviewMessages.of(view(new ReviewState.Done(DUE),
                answered(42, LeaseSamples.active(), BY_OMAR), answered(43, LeaseSamples.ended(), BY_OMAR),
                answered(44, LeaseSamples.ended(), Optional.empty()))));
        Golden.assertMatches("review-overdue", ReviewMessages.of(view(new ReviewState.Overdue(DUE),
                answered(42, LeaseSamples.active(), BY_OMAR), answered(43, LeaseSamples.suspended(), Optional.empty()),
                answered(44, LeaseSamples.givenBack(), Optional.empty()))));
    }

    @Test
    void whatIsOverHasNoButtons() {
        for (ReviewState over : List.of(new ReviewState.Done(DUE), new ReviewState.Overdue(DUE))) {
            assertThat(actions(ReviewMessages.of(view(over, answered(42, LeaseSamples.active(), BY_OMAR))))).isEmpty();
        }
        assertThat(actions(ReviewMessages.of(view(new ReviewState.Overdue(DUE),
                answered(42, LeaseSamples.suspended(), Optional.empty()))))).containsExactly("give-back:42");
        assertThat(actions(ReviewMessages.of(view(new ReviewState.Open(), asked(42, LeaseSamples.active())))))
                .containsExactly("confirm-access:42", "end-access:42", "confirm-all-access");
    }

    @Test
    void aLongReviewShowsSomeCountsTheRestAndConfirmsOnlyWhatIsShown() {
        Rendered message = ReviewMessages.of(view(new ReviewState.Open(), Stream.concat(
                IntStream.rangeClosed(1, 100).mapToObj(i -> asked(i, LeaseSamples.active())),
                IntStream.rangeClosed(101, 200).mapToObj(i -> answered(i, LeaseSamples.active(), BY_OMAR)))
                .toArray(ReviewView.Item[]::new)));
        String blocks = Json.text(message.blocks());
        assertThat(blocks).contains("and 88 more that move up", "and 88 more that are settled",
                "\"7:1,2,3,4,5,6,7,8,9,10,11,12\"");
        assertThat(actions(message)).hasSize(2 * 12 + 1).doesNotHaveDuplicates();
    }

    @Test
    void aMonstrousReviewStaysWithinSlacksLimitsAndMentionsNobody() {
        for (LeaseView monster : List.of(LeaseSamples.monstrous(), active(LeaseSamples.monstrous()))) {
            Rendered message = ReviewMessages.of(new ReviewView(new ReviewId(Long.MAX_VALUE / 10),
                    LeaseSamples.entity(EVIL), new ReviewState.Open(), NOON, DUE, Stream.concat(
                            IntStream.range(0, 60).mapToObj(i -> asked(Long.MAX_VALUE / 10 - i, monster)),
                            IntStream.range(0, 60).mapToObj(i -> answered(i + 1, monster,
                                    Optional.of(new ReviewView.Confirmed(EVIL, NOON)))))
                            .toList()));
            assertThat(Json.text(message.blocks())).doesNotContain("<!channel>").doesNotContain("<https://evil");
            Json.toTree(message.blocks()).findValues("text").stream().filter(JsonNode::isTextual)
                    .forEach(text -> assertThat(text.asText().length()).isBetween(1, 3000));
        }
    }

    private static LeaseView active(LeaseView of) {
        return new LeaseView(of.request(), of.title(), of.subject(), of.channel(), of.holder(), of.grant(), of.lasts(),
                LeaseSamples.active().state(), of.endedBy(), of.end(), of.promote());
    }

    private static ReviewView view(ReviewState state, ReviewView.Item... items) {
        return new ReviewView(new ReviewId(7), LeaseSamples.entity("checkout"), state, NOON, DUE, List.of(items));
    }

    private static ReviewView.Item asked(long request, LeaseView lease) {
        return new ReviewView.Item(of(request, lease), NOON.minus(Duration.ofDays(90)), Optional.empty(), true);
    }

    private static ReviewView.Item answered(long request, LeaseView lease, Optional<ReviewView.Confirmed> by) {
        return new ReviewView.Item(of(request, lease), NOON.minus(Duration.ofDays(90)), by, false);
    }

    private static LeaseView of(long request, LeaseView lease) {
        return new LeaseView(new RequestId(request), lease.title(), lease.subject(), lease.channel(), lease.holder(),
                lease.grant(), lease.lasts(), lease.state(), lease.endedBy(), lease.end(), lease.promote(),
                lease.incident(), lease.suspended());
    }

    private static List<String> actions(Rendered message) {
        return Json.toTree(message.blocks()).findValues("action_id").stream().map(JsonNode::asText).toList();
    }
}
