package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.gson.JsonParseException;
import com.slack.api.app_backend.events.payload.EventsApiPayload;
import com.slack.api.bolt.App;
import com.slack.api.bolt.AppConfig;
import com.slack.api.bolt.request.Request;
import com.slack.api.bolt.request.RequestHeaders;
import com.slack.api.bolt.response.Response;
import com.slack.api.bolt.util.SlackRequestParser;
import com.slack.api.model.event.AppHomeOpenedEvent;
import com.slack.api.model.event.Event;
import com.slack.api.model.event.SubteamMembersChangedEvent;
import com.slack.api.model.event.SubteamUpdatedEvent;
import com.slack.api.model.event.TeamJoinEvent;
import com.slack.api.model.event.UserChangeEvent;
import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.GroupMirror;
import dev.steward.bot.slack.views.Modals;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.bot.slack.web.SlackApi;
import dev.steward.catalog.TeamSource;
import dev.steward.database.CannotStore;
import dev.steward.database.Database;
import dev.steward.database.Json;
import dev.steward.jobs.Job;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what Slack sends, by whatever way it came and from whom that way has made sure of: drops what came already, and
 * hands it to Bolt, whose handlers acknowledge at once. What came already may not have been taken the first time, so that
 * it came is noted together with what it carries, or after it.
 */
final class BoltEndpoint implements SlackEndpoint {
    private static final Logger LOG = LoggerFactory.getLogger(BoltEndpoint.class);
    private static final Pattern ANY = Pattern.compile(".*", Pattern.DOTALL);
    private static final int MOST_TRIES = 3;
    /** The other tab of the app holds the direct messages. */
    private static final String HOME = "home";
    private static final String UNREADABLE = "the payload cannot be read";

    private final Received received;
    private final Routes routes;
    private final Background background;
    private final StoredClicks stored;
    private final Answers answers;
    private final Database database;
    private final App app;
    private final SlackRequestParser parser;
    private volatile boolean draining;

    /**
     * What is received, and by whom it is handled.
     *
     * @param background
     *            runs what happens after the acknowledgement
     */
    record Handling(Received received, Routes routes, Background background, Answers answers, StoredClicks stored) {}

    /**
     * Who hears of events, and where what they make necessary is stored.
     *
     * @param homeOpened
     *            hears of the user id of whoever opens their home, in the transaction that notes the event
     */
    record Events(Database database, GroupMirror mirror, BiConsumer<Handle, String> homeOpened) {}

    /**
     * An endpoint that is ready to answer.
     *
     * @param token
     *            the bot token
     */
    BoltEndpoint(Handling handling, SlackApi api, String token, Events events) {
        this.received = handling.received();
        this.routes = handling.routes();
        this.background = handling.background();
        this.stored = handling.stored();
        this.answers = handling.answers();
        this.database = events.database();
        AppConfig config = AppConfig.builder().slack(api.sdk()).singleTeamBotToken(token)
                .requestVerificationEnabled(false).ignoringSelfEventsEnabled(false).allEventsApiAutoAckEnabled(true)
                .authTestCacheExpirationMillis(-1L).threadPoolSize(1).build();
        this.app = new App(config);
        this.parser = new SlackRequestParser(config);
        register();
        registerEvents(events);
        app.start();
    }

    @Override
    public SlackReply answer(SlackCall call) {
        return switch (Incoming.of(call.body())) {
            case Incoming.Malformed(String why) -> SlackReply.text(400, why);
            case Incoming.Ignored ignored -> SlackReply.ok();
            case Incoming.Decision(Click click) -> background.first(() -> keep(click));
            case Incoming.Called(Shortcut shortcut) -> background.first(() -> called(shortcut));
            case Incoming.Happened(String id, JsonNode event) -> background.first(() -> happened(id, event));
            case Incoming.Wanted wanted -> handle(call);
        };
    }

    /** When nothing can be stored, whoever handles it finds that out, too, and has the words for the person. */
    private boolean first(String trigger) {
        try {
            return received.firstTrigger(trigger);
        } catch (CannotStore e) {
            LOG.error("{}", e.getMessage());
            return true;
        }
    }

    private SlackReply handle(SlackCall call) {
        return background.first(() -> handled(call));
    }

    private SlackReply handled(SlackCall call) {
        Request<?> request = parsed(call);
        if (request == null) {
            return SlackReply.text(400, UNREADABLE);
        }
        try {
            return reply(app.run(request));
        } catch (JsonParseException e) {
            LOG.warn("an event of another shape than Slack's: {}", e.getClass().getSimpleName());
            return SlackReply.text(400, UNREADABLE);
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("Bolt could not handle a request", e);
        }
    }

    /** Bolt's parser throws whatever its JSON library throws at a value of another type than expected. */
    private @Nullable Request<?> parsed(SlackCall call) {
        try {
            return parser.parse(SlackRequestParser.HttpRequest.builder().requestUri("/slack/events")
                    .queryString(Map.of()).requestBody(new String(call.body(), StandardCharsets.UTF_8))
                    .headers(new RequestHeaders(call.headers())).remoteAddress("").build());
        } catch (RuntimeException e) {
            LOG.warn("a payload of another shape than Slack's: {}", e.getClass().getSimpleName());
            return null;
        }
    }

    /** Bolt answers 404 to what it has no handler for; to Slack that is a failure, so it is acknowledged. */
    private static SlackReply reply(Response response) {
        if (response.getStatusCode() == 404) {
            return SlackReply.ok();
        }
        String body = response.getBody() == null ? "" : response.getBody();
        return new SlackReply(response.getStatusCode(), Map.of("Content-Type", response.getContentType()),
                body.getBytes(StandardCharsets.UTF_8));
    }

    private void register() {
        app.command(ANY, (request, context) -> {
            CommandCall call = Payloads.command(request.getPayload());
            if (!first(call.trigger())) {
                return context.ack();
            }
            boolean taken = background.offer(() -> guard(call, () -> routes.command().accept(call)));
            return taken ? context.ack() : json(Answers.ephemeral(ShortAnswers.busy()));
        });
        app.blockAction(ANY, (request, context) -> {
            Click click = Payloads.click(request.getPayload());
            if (!first(click.trigger())) {
                return context.ack();
            }
            boolean taken = background.offer(() -> guard(click, () -> click(click)));
            return taken ? context.ack() : Response.builder().statusCode(503).body("busy").build();
        });
        app.viewSubmission(ANY, (request, context) -> {
            String trigger = Payloads.trigger(request.getPayload());
            if (received.hadTrigger(trigger)) {
                return context.ack();
            }
            Map<String, Object> answer = submitted(Payloads.submission(request.getPayload()));
            if (closes(answer)) {
                first(trigger);
            }
            return answer.isEmpty() ? context.ack() : json(answer);
        });
        app.blockSuggestion(ANY, (request, context) -> json(
                Map.of("options", suggested(Payloads.suggestion(request.getPayload())))));
    }

    private SlackReply called(Shortcut shortcut) {
        var handler = routes.shortcuts().get(shortcut.callback());
        if (handler == null || !first(shortcut.trigger())) {
            return SlackReply.ok();
        }
        boolean taken = background.offer(() -> guard(shortcut, () -> handler.accept(shortcut)));
        return taken ? SlackReply.ok() : SlackReply.text(503, "busy");
    }

    private SlackReply happened(String id, JsonNode event) {
        if (routes.happened().concerns().test(event)) {
            database.writing(h -> {
                if (received.first(h, "event:" + id)) {
                    routes.happened().take().accept(h, event);
                }
            });
        }
        return SlackReply.ok();
    }

    private SlackReply keep(Click click) {
        try {
            stored.store(click);
            if (draining) {
                background.offer(() -> answers.to(click, ShortAnswers.restarting()));
            }
        } catch (CannotStore e) {
            background.offer(() -> answers.to(click, ShortAnswers.notStored(e.reason())));
        }
        return SlackReply.ok();
    }

    private void registerEvents(Events events) {
        Database database = events.database();
        GroupMirror mirror = events.mirror();
        on(UserChangeEvent.class, database, (h, event) -> mirror.personChanged(h, event.getUser().getId()));
        on(TeamJoinEvent.class, database, (h, event) -> mirror.personChanged(h, event.getUser().getId()));
        on(SubteamMembersChangedEvent.class, database,
                (h, event) -> mirror.changed(h, new TeamSource.SlackGroup(event.getSubteamId())));
        on(SubteamUpdatedEvent.class, database,
                (h, event) -> mirror.changed(h, new TeamSource.SlackGroup(event.getSubteam().getId())));
        on(AppHomeOpenedEvent.class, database, (h, event) -> {
            if (HOME.equals(event.getTab())) {
                events.homeOpened().accept(h, event.getUser());
            }
        });
    }

    /** What the event makes necessary is stored in the transaction that notes the event: a crash loses neither. */
    private <E extends Event> void on(Class<E> type, Database database, BiConsumer<Handle, E> handler) {
        app.event(type, (payload, context) -> {
            database.writing(h -> store(h, payload, handler));
            return context.ack();
        });
    }

    private <E extends Event> void store(Handle handle, EventsApiPayload<E> payload, BiConsumer<Handle, E> handler) {
        if (received.first(handle, "event:" + payload.getEventId())) {
            handler.accept(handle, payload.getEvent());
        }
    }

    /** From now on no click is carried out before the next start; whoever waits for one is told. */
    void draining() {
        draining = true;
        stored.waiting().forEach(click -> background.offer(() -> answers.to(click, ShortAnswers.restarting())));
    }

    /** Handles calls as if they were Slack's. They do nothing, since each is one that came before. */
    void warmUp() {
        try {
            received.renewTrigger(WarmUp.TRIGGER);
            WarmUp.with(this::answer);
        } catch (CannotStore e) {
            LOG.error("{}", e.getMessage());
        }
    }

    /** Carries out a click that was stored; if that fails again and again, the person is told. */
    Job.Outcome run(Job job) {
        Click click = StoredClicks.of(job);
        background.giveWay();
        try {
            click(click);
        } catch (CannotStore e) {
            throw e;
        } catch (RuntimeException e) {
            if (job.attempts() < MOST_TRIES) {
                throw e;
            }
            answers.to(click, Answers.bug("the action " + click.action(), e));
        }
        return Job.Outcome.DONE;
    }

    private void click(Click click) {
        String action = click.action();
        int colon = action.indexOf(':');
        var handler = routes.clicks().get(colon < 0 ? action : action.substring(0, colon));
        if (handler == null) {
            answers.to(click, ShortAnswers.oldButton());
        } else {
            handler.accept(click);
        }
    }

    private Map<String, Object> submitted(Submission submission) {
        var handler = routes.submissions().get(submission.view().callback());
        if (handler == null) {
            return Map.of("response_action", "update", "view", ShortAnswers.oldForm());
        }
        try {
            return plain(handler.apply(submission));
        } catch (CannotStore e) {
            return notStored(submission, e);
        } catch (RuntimeException e) {
            Rendered bug = Answers.bug("the form " + submission.view().callback(), e);
            return Map.of("response_action", "update", "view", Modals.notice("Something went wrong", bug.text()));
        }
    }

    /** What stands beside a field is plain text to Slack: it shows the marks of code as they are. */
    private static Map<String, Object> plain(Map<String, Object> answer) {
        if (!(answer.get("errors") instanceof Map<?, ?> errors)) {
            return answer;
        }
        return Blocks.with(answer, "errors", errors.entrySet().stream().collect(Collectors.toMap(
                error -> String.valueOf(error.getKey()), error -> String.valueOf(error.getValue()).replace('`', '"'))));
    }

    /** The form stays open with what was entered, so that it can be submitted again. */
    private static Map<String, Object> notStored(Submission submission, CannotStore why) {
        LOG.error("the form {} could not be stored: {}", submission.view().callback(), why.getMessage());
        Rendered words = ShortAnswers.notStored(why.reason());
        return submission.view().answered().stream().sorted().findFirst()
                .<Map<String, Object>>map(block -> Map.of("response_action", "errors", "errors",
                        Map.of(block, words.text().markup())))
                .orElseGet(() -> Map.of("response_action", "update", "view",
                        Modals.notice("Not stored", words.text())));
    }

    /** Whether the form was taken. One that is shown again, with errors or its next page, answers a repetition alike. */
    private static boolean closes(Map<String, Object> answer) {
        return answer.isEmpty() || "clear".equals(answer.get("response_action"));
    }

    private List<Map<String, Object>> suggested(Suggestion suggestion) {
        String action = suggestion.action();
        List<String> parts = List.of(action.split(":", -1));
        var handler = parts.size() < 2 ? null : routes.suggestions().get(parts.get(1));
        try {
            return handler == null ? List.of() : handler.apply(suggestion);
        } catch (RuntimeException e) {
            LOG.error("no suggestions for {}", action, e);
            return List.of();
        }
    }

    private void guard(CommandCall call, Runnable work) {
        try {
            work.run();
        } catch (CannotStore e) {
            answers.to(call, ShortAnswers.notStored(e.reason()));
        } catch (RuntimeException e) {
            answers.to(call, Answers.bug("the command " + call.command(), e));
        }
    }

    private void guard(Click click, Runnable work) {
        try {
            work.run();
        } catch (CannotStore e) {
            answers.to(click, ShortAnswers.notStored(e.reason()));
        } catch (RuntimeException e) {
            answers.to(click, Answers.bug("the action " + click.action(), e));
        }
    }

    private void guard(Shortcut shortcut, Runnable work) {
        try {
            work.run();
        } catch (CannotStore e) {
            answers.to(shortcut, ShortAnswers.notStored(e.reason()));
        } catch (RuntimeException e) {
            answers.to(shortcut, Answers.bug("the shortcut " + shortcut.callback(), e));
        }
    }

    private static Response json(Map<String, Object> body) {
        return Response.builder().statusCode(200).contentType("application/json; charset=utf-8").body(Json.text(body))
                .build();
    }
}
