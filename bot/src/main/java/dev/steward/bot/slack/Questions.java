package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.channels.Authors;
import dev.steward.bot.slack.people.Directory;
import dev.steward.catalog.Standing;
import dev.steward.database.CannotStore;
import dev.steward.jobs.Job;
import dev.steward.jobs.Jobs;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * What people ask Steward in words: by mentioning it, or in its direct messages. That somebody asked is stored with the
 * event, and a job answers: in private where others read along. Bots, Steward itself, and what is edited or written by
 * Slack are passed over.
 */
final class Questions {
    private static final String KIND = "slack.question";
    private static final int MOST_TRIES = 3;
    /** What no message has that a person wrote, just now. */
    private static final List<String> SIGNS_OF_OTHERS = List.of("subtype", "bot_id", "edited");

    private final Jobs jobs;
    private final Authors authors;
    private final Answers answers;
    private final String botUser;
    private final String prefix;
    private final Pattern mention;
    private final BiFunction<String, Question, Rendered> answer;

    /**
     * Questions to the bot user.
     *
     * @param prefix
     *            of this installation's commands
     * @param answer
     *            what to say to a user who asks that
     */
    Questions(Jobs jobs, Authors authors, Answers answers, String botUser, String prefix,
            BiFunction<String, Question, Rendered> answer) {
        this.jobs = jobs;
        this.authors = authors;
        this.answers = answers;
        this.botUser = botUser;
        this.prefix = prefix;
        this.mention = Pattern.compile("<@" + Pattern.quote(botUser) + "(?:\\|[^>]*)?>");
        this.answer = answer;
    }

    /** Whether somebody said something to Steward. */
    static boolean heard(JsonNode event) {
        boolean direct = event.path("type").asText().equals("message")
                && event.path("channel_type").asText().equals("im");
        return (direct || isMention(event)) && SIGNS_OF_OTHERS.stream().noneMatch(event::hasNonNull);
    }

    /** Whether it is an event of mentions, heard or not. */
    static boolean isMention(JsonNode event) {
        return event.path("type").asText().equals("app_mention");
    }

    /** Takes these events, and leaves the others to others. */
    Routes.Happenings before(Routes.Happenings others) {
        return new Routes.Happenings(
                event -> heard(event)
                        ? !event.path("user").asText().equals(botUser)
                        : others.concerns().test(event),
                (handle, event) -> {
                    if (heard(event)) {
                        asked(handle, Asked.of(event));
                    } else {
                        others.take().accept(handle, event);
                    }
                });
    }

    /** The background work, by kind of job. */
    Map<String, Job.Handler> handlers() {
        return Map.of(KIND, this::run);
    }

    private void asked(Handle handle, Asked asked) {
        jobs.enqueue(handle,
                Job.Order.now(KIND + ":" + asked.message(), KIND, asked.stored(), Job.Lane.GENERAL));
    }

    private Job.Outcome run(Job job) {
        Asked asked = Asked.of(job.args());
        return switch (authors.directory().find(asked.user())) {
            case Directory.Lookup.Known known -> known.person().standing() == Standing.BOT
                    ? Job.Outcome.DONE
                    : answered(job, asked);
            case Directory.Lookup.Nobody _ -> answered(job, asked);
            case Directory.Lookup.Unclear unclear -> authors.directory().remembered(asked.user()).isPresent()
                    ? answered(job, asked)
                    : new Job.Outcome.Again(unclear.retryAfter());
        };
    }

    private Job.Outcome answered(Job job, Asked asked) {
        try {
            said(asked).ifPresent(message -> answers.to(asked, message));
        } catch (CannotStore e) {
            throw e;
        } catch (RuntimeException e) {
            if (job.attempts() < MOST_TRIES) {
                throw e;
            }
            answers.to(asked, Answers.bug("a question in words", e));
        }
        return Job.Outcome.DONE;
    }

    private Optional<Rendered> said(Asked asked) {
        String text = authors.plain(mention.matcher(asked.text()).replaceAll(" "));
        return Wording.read(text, prefix).map(question -> answer.apply(asked.user(), question));
    }
}
