package dev.steward.bot.slack.sending;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.web.SlackAnswer;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.database.Database;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings one due message to Slack: posts it or edits it, and records what came of it. Nothing is posted twice: that a
 * post begins is committed first, and one whose answer was lost is looked for before it is posted again.
 */
final class Delivery {
    private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);
    private static final Duration WORTH_A_NOTE = Duration.ofMinutes(1);
    private static final int MANY_TRIES = 5;
    private static final String OUTSIDE = "not_in_channel";
    private static final Duration UNTIL_HEARD = Duration.ofSeconds(5);
    /** The blocks are refused: the plain text goes instead, so that nothing is left unsaid. */
    private static final Set<String> BLOCKS_TROUBLE = Set.of("invalid_blocks", "invalid_blocks_format",
            "msg_too_long", "msg_blocks_too_long", "invalid_arguments", "block_mismatch");
    /** The message cannot be edited any more: it is posted anew. */
    private static final Set<String> UNEDITABLE = Set.of("message_not_found", "cant_update_message",
            "edit_window_closed", "channel_not_found", "is_inactive", "not_in_channel");

    private final Database database;
    private final Outbox outbox;
    private final SlackApi api;
    private final Addresses addresses;
    private final LostMessages lost;
    private final HomeDelivery homes;
    private final Fate fate;
    private final Policy policy;

    /**
     * How to send.
     *
     * @param fallback
     *            the channel for what cannot go where it was meant to go
     */
    record Policy(Rates rates, MessageViews views, Optional<String> fallback, InstantSource clock) {}

    /** Where messages go: to conversations, and to people's homes. */
    record Ways(Addresses addresses, LostMessages lost, HomeDelivery homes) {}

    Delivery(Database database, Outbox outbox, SlackApi api, Ways ways, Fate fate, Policy policy) {
        this.database = database;
        this.outbox = outbox;
        this.api = api;
        this.addresses = ways.addresses();
        this.lost = ways.lost();
        this.homes = ways.homes();
        this.fate = fate;
        this.policy = policy;
    }

    /** Sends the message if its turn has come, or puts it off. */
    void deliver(Message.Due due) {
        if (due.destination() instanceof Destination.Home(long person)) {
            homes.publish(due, person);
            return;
        }
        Optional<Rendered> content = policy.views().render(due.view(), due.args());
        Message.Posted posted = due.posted();
        if (content.isEmpty()) {
            fate.settled(due);
        } else if (posted == null) {
            post(due, content.get());
        } else if (posted.digest().equals(content.get().digest())) {
            fate.settled(due);
        } else {
            edit(due, posted, content.get());
        }
    }

    private void edit(Message.Due due, Message.Posted posted, Rendered content) {
        Duration wait = policy.rates().edit(due.priority() == Priority.PROGRESS);
        if (!wait.isZero()) {
            fate.waitBehind(due, Rates.placeOfEdit(due.priority() == Priority.PROGRESS));
            return;
        }
        Map<String, Object> args = arguments(due, content, posted.channel());
        args.put("ts", posted.ts());
        SlackAnswer answer = callOrPlain("chat.update", args, due);
        switch (answer) {
            case SlackAnswer.Ok ok ->
                fate.sent(due, new Message.Posted(posted.channel(), posted.ts(), content.digest()));
            case SlackAnswer.Limited(Duration limit) -> {
                policy.rates().pauseEdits(limit);
                fate.limited(due, Rates.EDITS);
            }
            case SlackAnswer.Lost gone -> fate.retry(due, false, "chat.update: " + gone.why());
            case SlackAnswer.Refused(String error, JsonNode body) -> {
                if (UNEDITABLE.contains(error)) {
                    post(due, content);
                } else {
                    fate.refused(due, "chat.update", error);
                }
            }
        }
    }

    private void post(Message.Due due, Rendered content) {
        switch (addresses.of(due.destination())) {
            case Address.Place place -> postAt(place, due, content, true);
            case Address.Nowhere nowhere -> postElsewhere(due, content, meant(due), nowhere.why());
            case Address.NotYet notYet -> waitForRoot(due);
            case Address.Never never -> fate.giveUp(due, never.why());
            case Address.Refused(String method, String error) -> fate.refused(due, method, error);
            case Address.Unclear unclear -> fate.retry(due, unclear.delay(), due.uncertain(), unclear.why());
        }
    }

    private void postAt(Address.Place place, Message.Due due, Rendered content, boolean mayGoElsewhere) {
        if (due.uncertain() && found(place, due, content)) {
            return;
        }
        Duration wait = policy.rates().post(place.channel());
        if (!wait.isZero()) {
            fate.waitBehind(due, place.channel());
            return;
        }
        database.writing(h -> outbox.begin(h, due));
        switch (firstTry(place, due, content)) {
            case SlackAnswer.Ok(JsonNode body) -> fate.sent(due, new Message.Posted(
                    body.path("channel").asText(place.channel()), body.path("ts").asText(), content.digest()));
            case SlackAnswer.Limited(Duration limit) -> {
                policy.rates().pausePosts(place.channel(), limit);
                fate.limited(due, place.channel());
                if (limit.compareTo(WORTH_A_NOTE) >= 0) {
                    delayed(due, content, Map.of("until", policy.clock().millis() + limit.toMillis()));
                }
            }
            case SlackAnswer.Lost gone -> {
                fate.retry(due, gone.maybeDone() || due.uncertain(), "chat.postMessage: " + gone.why());
                if (due.attempts() >= MANY_TRIES && age(due).compareTo(Lateness.WORTH_SAYING) >= 0) {
                    delayed(due, content, Map.of());
                }
            }
            case SlackAnswer.Refused(String error, JsonNode body) -> {
                if (error.equals(OUTSIDE) && maybeRemoved(place, due)) {
                    fate.retry(due, UNTIL_HEARD, due.uncertain(), "chat.postMessage: " + error);
                    return;
                }
                Optional<Undeliverable> why = Undeliverable.of(error).map(reason -> removed(reason, place));
                if (why.isPresent() && mayGoElsewhere) {
                    postElsewhere(due, content, meant(due).or(() -> channelOf(due, place)), why.get());
                } else {
                    fate.refused(due, "chat.postMessage", error);
                }
            }
        }
    }

    private SlackAnswer firstTry(Address.Place place, Message.Due due, Rendered content) {
        Map<String, Object> args = arguments(due, content, place.channel());
        args.put("blocks", Lateness.blocks(due, content, policy.clock().instant(),
                policy.rates().wasPaused(place.channel(), due.createdAt())));
        args.put("unfurl_links", false);
        args.put("unfurl_media", false);
        place.thread().ifPresent(root -> args.put("thread_ts", root));
        SlackAnswer answer = callOrPlain("chat.postMessage", args, due);
        boolean outside = answer instanceof SlackAnswer.Refused refused && refused.error().equals(OUTSIDE)
                && !removed(place) && !maybeRemoved(place, due);
        if (outside && api.call("conversations.join", Map.of("channel", place.channel())) instanceof SlackAnswer.Ok) {
            return callOrPlain("chat.postMessage", args, due);
        }
        return answer;
    }

    private Undeliverable removed(Undeliverable reason, Address.Place place) {
        return reason == Undeliverable.NOT_A_MEMBER && removed(place) ? Undeliverable.REMOVED : reason;
    }

    /** It was there before, so that somebody may just have removed it: the event that says so may still be on its way. */
    private boolean maybeRemoved(Address.Place place, Message.Due due) {
        return due.attempts() == 0 && !removed(place) && database.read(h -> outbox.hasPostedIn(h, place.channel()));
    }

    private boolean removed(Address.Place place) {
        return database.read(h -> Removals.from(h, place.channel()));
    }

    /** Calls; if Slack refuses the blocks, calls again with the plain text alone. */
    private SlackAnswer callOrPlain(String method, Map<String, Object> args, Message.Due due) {
        SlackAnswer answer = api.call(method, args);
        if (answer instanceof SlackAnswer.Refused refused && BLOCKS_TROUBLE.contains(refused.error())) {
            LOG.error("Slack refused the blocks of {} ({}): sending its text alone; {}", due.key(), refused.error(),
                    refused.body().path("errors"));
            Map<String, Object> plain = new HashMap<>(args);
            plain.put("blocks", List.of());
            return api.call(method, plain);
        }
        return answer;
    }

    /** Whether the message was found, or it could not be told; either way there is nothing left to do now. */
    private boolean found(Address.Place place, Message.Due due, Rendered content) {
        return switch (lost.find(place, due.key(), Instant.ofEpochMilli(due.createdAt()))) {
            case LostMessages.Search.Missing missing -> false;
            case LostMessages.Search.Unclear unclear -> {
                fate.retry(due, unclear.delay(), true, unclear.why());
                yield true;
            }
            case LostMessages.Search.Found(String ts, String digest) -> {
                var posted = new Message.Posted(place.channel(), ts, digest);
                if (digest.equals(content.digest())) {
                    fate.sent(due, posted);
                } else {
                    // Recorded first: an edit that is lost must not make it look as if nothing had been posted.
                    database.writing(h -> outbox.stands(h, due, posted));
                    edit(due, posted, content);
                }
                yield true;
            }
        };
    }

    /** Posts to the fallback channel, saying where it was meant to go, and tells the person concerned. */
    private void postElsewhere(Message.Due due, Rendered content, Optional<String> where, Undeliverable why) {
        String meant = where.orElse("");
        if (content.onlyThere() || meant.isEmpty() || policy.fallback().isEmpty()
                || policy.fallback().get().equals(meant)) {
            tell(due, content, meant, why, "");
            fate.giveUp(due, "the destination " + why.reason());
            return;
        }
        switch (addresses.of(new Destination.Channel(policy.fallback().get()))) {
            case Address.Place place -> {
                postAt(place, due, redirected(content, meant, why), false);
                tellWhatBecameOf(due, content, place, meant, why);
            }
            case Address.Unclear unclear -> fate.retry(due, unclear.delay(), due.uncertain(), unclear.why());
            case Address.Nowhere nowhere -> {
                tell(due, content, meant, why, "");
                fate.giveUp(due, "the destination " + why.reason() + "; the fallback " + nowhere.why().reason());
            }
            case Address.NotYet notYet -> waitForRoot(due);
            case Address.Never never -> fate.giveUp(due, never.why());
            case Address.Refused(String method, String error) -> fate.refused(due, method, error);
        }
    }

    private static Optional<String> meant(Message.Due due) {
        return due.destination() instanceof Destination.Channel(String name) ? Optional.of(name) : Optional.empty();
    }

    /** The channel in whose thread a message belongs; a direct message belongs nowhere else. */
    private static Optional<String> channelOf(Message.Due due, Address.Place place) {
        return due.destination() instanceof Destination.InThread ? Optional.of(place.channel()) : Optional.empty();
    }

    /** Tells the person whom the message concerns that it is delayed, once. */
    private void delayed(Message.Due due, Rendered content, Map<String, Object> facts) {
        Optional<String> channel = meant(due);
        if (content.concerns().isEmpty() || channel.isEmpty()) {
            return;
        }
        Map<String, Object> args = new HashMap<>(facts);
        args.putAll(Map.of("channel", channel.get(), "key", due.key(), "about", content.text().markup()));
        var note = new Message("delayed:" + due.key(), new Destination.Person(content.concerns().getAsLong()),
                DelayedView.NAME, args, Priority.NOTICE);
        database.writing(h -> {
            if (!outbox.knows(h, note.key())) {
                outbox.put(h, note);
            }
        });
    }

    private Duration age(Message.Due due) {
        return Duration.between(Instant.ofEpochMilli(due.createdAt()), policy.clock().instant());
    }

    private static Rendered redirected(Rendered content, String meant, Undeliverable why) {
        Mrkdwn note = Mrkdwn.of("Meant for {}, which {}.", Mrkdwn.channel(meant), why.reason());
        List<Map<String, Object>> blocks = new ArrayList<>();
        if (content.blocks().size() < Rendered.BLOCKS_MAX
                && Rendered.characters(content.blocks()) + note.length() <= Rendered.CHARACTERS_MAX) {
            blocks.add(Blocks.context(note));
        }
        blocks.addAll(content.blocks());
        return new Rendered(content.text(), blocks, content.concerns(), content.onlyThere());
    }

    /** The fallback channel may refuse the message, too; while neither is certain, nothing is said. */
    private void tellWhatBecameOf(Message.Due due, Rendered content, Address.Place place, String meant,
            Undeliverable why) {
        boolean went = database.read(h -> outbox.posted(h, due.key()))
                .filter(posted -> posted.channel().equals(place.channel())).isPresent();
        if (went || database.read(h -> outbox.isGivenUp(h, due))) {
            tell(due, content, meant, why, went ? policy.fallback().orElse("") : "");
        }
    }

    private void tell(Message.Due due, Rendered content, String meant, Undeliverable why, String instead) {
        if (content.concerns().isEmpty()) {
            return;
        }
        var note = new Message("undeliverable:" + due.key(), new Destination.Person(content.concerns().getAsLong()),
                UndeliverableView.NAME,
                Map.of("channel", meant, "why", why.name(), "fallback", instead),
                Priority.NOTICE);
        database.writing(h -> {
            boolean told = outbox.posted(h, note.key()).isPresent();
            if (!told) {
                outbox.put(h, note);
            }
        });
    }

    private static Map<String, Object> arguments(Message.Due due, Rendered content, String channel) {
        Map<String, Object> args = new HashMap<>();
        args.put("channel", channel);
        args.put("text", content.text().markup());
        args.put("blocks", content.blocks());
        args.put("metadata", LostMessages.metadata(due.key(), content.digest()));
        return args;
    }

    private void waitForRoot(Message.Due due) {
        if (due.destination() instanceof Destination.InThread thread) {
            database.writing(h -> outbox.waitForRoot(h, due, thread));
        }
    }
}
