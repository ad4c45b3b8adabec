package dev.steward.bot.slack;

import dev.steward.access.ReviewId;
import dev.steward.access.ReviewView;
import dev.steward.access.Reviews;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.views.ReviewMessages;
import dev.steward.database.Database;
import java.util.Optional;

/** Renders the outbox's messages about access reviews from what the rows say when they are sent. */
final class ReviewPosts {
    private final Database database;
    private final Reviews reviews;

    ReviewPosts(Database database, Reviews reviews) {
        this.database = database;
        this.reviews = reviews;
    }

    MessageViews register(MessageViews views) {
        return views.with(Reviews.VIEW,
                args -> view(new ReviewId(args.path("review").asLong())).map(ReviewMessages::of));
    }

    private Optional<ReviewView> view(ReviewId id) {
        return database.read(h -> reviews.view(h, id));
    }
}
