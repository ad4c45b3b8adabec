package dev.steward.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.database.Json;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What is said about requests, and to whom: one card in the workflow's channel, one direct message to the requester and
 * one to each approver, each edited through the request's life; details in the card's thread; the homes of those concerned.
 */
public final class Notices {
    /** The view of the card; its argument is {@code request}. */
    public static final String CARD = "request-card";
    /** The view of the requester's message; its argument is {@code request}. */
    public static final String REQUESTER = "request-requester";
    /** The view of an approver's message; its arguments are {@code request} and {@code person}. */
    public static final String APPROVER = "request-approver";
    /** The view of a plan in the card's thread; its argument is {@code run}. */
    public static final String PLAN = "run-plan";
    /** The view of how a run ended, in the card's thread; its argument is {@code run}. */
    public static final String RESULT = "run-result";

    private final Outbox outbox;
    private final Homes homes;

    Notices(Outbox outbox) {
        this.outbox = outbox;
        this.homes = new Homes(outbox);
    }

    private void card(Handle handle, Request request, Priority priority) {
        outbox.put(handle, new Message(cardKey(request.id()), new Destination.Channel(request.channel()), CARD,
                Map.of("request", request.id().value()), priority));
    }

    void requester(Handle handle, Request request, Priority priority) {
        outbox.put(handle, new Message("request:" + request.id().value() + ":requester",
                new Destination.Person(request.requester()), REQUESTER, Map.of("request", request.id().value()),
                priority));
    }

    /** Says on the card what is in the way, or that nothing is any longer; once, not every time it is looked at. */
    void told(RequestParts parts, Run run, Optional<String> trouble, RequestStore requests) {
        parts.store().database().writing(h -> {
            JsonNode said = parts.store().runs().runs().byId(h, run.id()).detail().path("trouble");
            Optional<String> before = Optional.of(said.asText()).filter(text -> !text.isEmpty());
            if (!before.equals(trouble)) {
                parts.store().runs().runs().annotate(h, run.id(), "trouble", Json.toTree(trouble.orElse("")));
                changed(h, requests.byId(h, new RequestId(run.request())), Priority.NOTICE);
            }
        });
    }

    /** Card and requester together: what every change of a request is told to. */
    void changed(Handle handle, Request request, Priority priority) {
        card(handle, request, priority);
        requester(handle, request, priority);
        homes(handle, List.of(request.requester()));
    }

    /** Says how far the apply is, where that is looked at: on the card and on the requester's home. */
    void progress(Handle handle, Request request) {
        card(handle, request, Priority.PROGRESS);
        homes.changed(handle, List.of(request.requester()), Priority.PROGRESS);
    }

    /** Renews the homes of those people, if they have opened theirs. */
    void homes(Handle handle, Collection<Long> people) {
        homes.changed(handle, people, Priority.HOME);
    }

    /** Asks those people, or tells those who were asked what came of it. */
    void approvers(Handle handle, Request request, Collection<Long> people, Priority priority) {
        for (long person : people) {
            outbox.put(handle, new Message(approverKey(request, person),
                    new Destination.Person(person), APPROVER,
                    Map.of("request", request.id().value(), "person", person), priority));
        }
        homes(handle, people);
    }

    /** Whether that person has a message about the request, or will. */
    boolean wasAsked(Handle handle, Request request, long person) {
        return outbox.knows(handle, approverKey(request, person));
    }

    /** All who have a message about deciding on the request, or will. */
    List<Long> asked(Handle handle, Request request) {
        String prefix = approverKeys(request);
        return outbox.keys(handle, prefix).stream().map(key -> Long.parseLong(key.substring(prefix.length()))).toList();
    }

    private static String approverKey(Request request, long person) {
        return approverKeys(request) + person;
    }

    private static String approverKeys(Request request) {
        return "request:" + request.id().value() + ":approver:";
    }

    void plan(Handle handle, Request request, RunId run) {
        thread(handle, request, run, PLAN);
    }

    void result(Handle handle, Request request, RunId run) {
        thread(handle, request, run, RESULT);
    }

    private void thread(Handle handle, Request request, RunId run, String view) {
        outbox.put(handle, new Message("run:" + run.value() + ":" + view,
                new Destination.InThread(cardKey(request.id())), view,
                Map.of("run", run.value(), "request", request.id().value()), Priority.NOTICE));
    }

    /** The card's key in the outbox. */
    public static String cardKey(RequestId id) {
        return "request:" + id.value() + ":card";
    }
}
