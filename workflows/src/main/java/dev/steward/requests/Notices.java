package dev.steward.requests;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.approvals.ProposalId;
import dev.steward.database.Json;
import dev.steward.outbox.Destination;
import dev.steward.outbox.Message;
import dev.steward.outbox.Outbox;
import dev.steward.outbox.Priority;
import dev.steward.stacks.Lease;
import dev.steward.terraform.Run;
import dev.steward.terraform.RunId;
import dev.steward.terraform.StackId;
import java.time.Instant;
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

    /** The view of the warning before a lease ends; its arguments are {@code request} and {@code end}. */
    public static final String LEASE_WARNING = "lease-warning";
    /** The view of a lease's end, for its holder; its argument is {@code request}. */
    public static final String LEASE_ENDED = "lease-ended";
    /** The view of a lease that cannot be ended; its argument is {@code request}. */
    public static final String LEASE_TROUBLE = "lease-trouble";
    /** The view of a wish to let a lease last longer; its arguments are {@code request} and {@code proposal}. */
    public static final String EXTENSION = "lease-extension";

    /** The view of what came of such a wish, for whoever had it; its arguments are the same. */
    public static final String EXTENSION_DECIDED = "lease-extension-decided";

    /** The view of a team in which nobody is left, for whoever is above it; its argument is {@code team}, a name. */
    public static final String DESERTED = "team-deserted";

    /** The view of a request on which too few are left to decide, for whoever is above them; its argument is {@code request}. */
    public static final String STUCK = "request-stuck";

    /**
     * The view of a request that was withdrawn for another, for whoever had to do with it; its arguments are {@code request},
     * {@code by} and {@code person}.
     */
    public static final String SUPERSEDED = "request-superseded";

    /**
     * The view of a reminder; its arguments are {@code request}, {@code person}, and {@code since} while it waits for them, or
     * {@code over} when it may not do so any more.
     */
    public static final String REMINDER = "request-reminder";
    /** The view for somebody who is told that nobody decides; its arguments are the same. */
    public static final String ESCALATION = "request-escalation";

    private final Outbox outbox;
    private final Homes homes;

    Notices(Outbox outbox) {
        this.outbox = outbox;
        this.homes = new Homes(outbox);
    }

    /** The ending of a lease is told where the lease was asked for, and on a card of its own only where people decide. */
    private void card(Handle handle, Request request, Priority priority) {
        card(handle, told(request), request.channel(), priority);
        if (request.endsLease() && hasCard(handle, request)) {
            card(handle, request.id(), request.channel(), priority);
        }
    }

    private void card(Handle handle, RequestId id, String channel, Priority priority) {
        outbox.put(handle, new Message(cardKey(id), new Destination.Channel(channel), CARD,
                Map.of("request", id.value()), priority));
    }

    private static RequestId told(Request request) {
        return request.endsLease() ? request.origin().orElseThrow() : request.id();
    }

    void requester(Handle handle, Request request, Priority priority) {
        long id = told(request).value();
        outbox.put(handle, new Message("request:" + id + ":requester", new Destination.Person(request.requester()),
                REQUESTER, Map.of("request", id), priority));
    }

    /** Puts a plan before people: from here on the request has a card of its own. */
    void asks(Handle handle, Request request) {
        card(handle, request.id(), request.channel(), Priority.DECISION);
        changed(handle, request, Priority.DECISION);
    }

    /** Whether the request has a card of its own, or will. */
    boolean hasCard(Handle handle, Request request) {
        return outbox.knows(handle, cardKey(request.id()));
    }

    /** Says what became of a lease where it was asked for, and where its end was warned of. */
    void lease(Handle handle, Request request) {
        changed(handle, request, Priority.DECISION);
        String prefix = warningKeys(request.stack());
        outbox.keys(handle, prefix)
                .forEach(key -> warning(handle, request, Long.parseLong(key.substring(prefix.length()))));
    }

    private static String warningKeys(StackId stack) {
        return "lease:" + stack.value() + ":warning:";
    }

    private void warning(Handle handle, Request request, long end) {
        outbox.put(handle, new Message(warningKeys(request.stack()) + end, new Destination.Person(request.requester()),
                LEASE_WARNING, Map.of("request", request.id().value(), "end", end), Priority.DECISION));
    }

    /** Warns the holder that the end is near. A later end has a warning of its own. */
    void warning(Handle handle, Request request, Lease lease) {
        warning(handle, request, lease.endsAt().map(Instant::toEpochMilli).orElse(0L));
        lease(handle, request);
    }

    /** Tells the holder that it is over, and the channel where it was told of trouble. */
    void ended(Handle handle, Request ending) {
        outbox.put(handle, new Message("lease:" + ending.stack().value() + ":ended",
                new Destination.Person(ending.requester()), LEASE_ENDED,
                Map.of("request", told(ending).value()), Priority.NOTICE));
        if (outbox.knows(handle, troubleKey(ending))) {
            trouble(handle, ending);
        }
    }

    private static String troubleKey(Request ending) {
        return "lease:" + ending.stack().value() + ":trouble";
    }

    /** Tells the channel that a lease cannot be ended: somebody has to look. Told anew, it says how that stands. */
    void trouble(Handle handle, Request ending) {
        outbox.put(handle, new Message(troubleKey(ending),
                new Destination.Channel(ending.channel()), LEASE_TROUBLE,
                Map.of("request", told(ending).value()), Priority.DECISION));
    }

    /**
     * Shows a wish to let a lease last longer, and what became of it: to the channel, and once decided to its holder.
     *
     * @param deciders
     *            who may have it on their homes, as waiting for them
     */
    void extension(Handle handle, Request request, ProposalId proposal, Collection<Long> deciders) {
        Map<String, Object> args = Map.of("request", request.id().value(), "proposal", proposal.value());
        outbox.put(handle, new Message(wishKey(proposal),
                new Destination.Channel(request.channel()), EXTENSION, args, Priority.DECISION));
        outbox.put(handle, new Message("proposal:" + proposal.value() + ":decided",
                new Destination.Person(request.requester()), EXTENSION_DECIDED, args, Priority.DECISION));
        homes(handle, List.of(request.requester()));
        homes(handle, deciders);
    }

    /** The outbox's key of the message that asks to let a lease last longer. */
    public static String wishKey(ProposalId proposal) {
        return "proposal:" + proposal.value() + ":card";
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
        outbox.posted(handle, stuckKey(request)).ifPresent(there -> stuck(handle, request, there.channel()));
    }

    /** Tells that channel that too few are left to decide on the request. Told anew, it says how that stands. */
    void stuck(Handle handle, Request request, String channel) {
        outbox.put(handle, new Message(stuckKey(request), new Destination.Channel(channel), STUCK,
                Map.of("request", request.id().value()), Priority.DECISION));
    }

    /** Tells those people that the request was withdrawn for that other one. */
    void superseded(Handle handle, Request request, RequestId by, Collection<Long> people) {
        for (long person : people) {
            outbox.put(handle, new Message("request:" + request.id().value() + ":superseded:" + person,
                    new Destination.Person(person), SUPERSEDED,
                    Map.of("request", request.id().value(), "by", by.value(), "person", person), Priority.DECISION));
        }
    }

    /** Reminds those people that a stage waits for them. */
    void remind(Handle handle, Request request, Nudges.Waiting waiting, Collection<Long> people) {
        nudge(handle, request, waiting, people, REMINDER, "reminder:" + waiting.reminders());
    }

    /** Tells those people that nobody decides. */
    void escalate(Handle handle, Request request, Nudges.Waiting waiting, Collection<Long> people) {
        nudge(handle, request, waiting, people, ESCALATION, "escalation");
    }

    private void nudge(Handle handle, Request request, Nudges.Waiting waiting, Collection<Long> people, String view,
            String which) {
        for (long person : people) {
            outbox.put(handle, new Message(nudgeKeys(request, view) + waiting.proposal().value() + ":" + waiting.stage()
                    + ":" + which + ":" + person, new Destination.Person(person), view,
                    Map.of("request", request.id().value(), "person", person, "since",
                            waiting.since().toEpochMilli()),
                    Priority.DECISION));
        }
    }

    /** Renews what people were reminded of, so that nothing asks for what is decided. */
    void nudged(Handle handle, Request request) {
        List.of(REMINDER, ESCALATION).forEach(view -> outbox.keys(handle, nudgeKeys(request, view)).stream()
                .filter(key -> outbox.posted(handle, key).isPresent()).forEach(key -> {
                    long person = Long.parseLong(key.substring(key.lastIndexOf(':') + 1));
                    outbox.put(handle, new Message(key, new Destination.Person(person), view,
                            Map.of("request", request.id().value(), "person", person, "over", true), Priority.NOTICE));
                }));
    }

    private static String nudgeKeys(Request request, String view) {
        return "request:" + request.id().value() + ":" + view + ":";
    }

    private static String stuckKey(Request request) {
        return "request:" + request.id().value() + ":stuck";
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
        if (request.endsLease() && !hasCard(handle, request)) {
            return;
        }
        outbox.put(handle, new Message("run:" + run.value() + ":" + view,
                new Destination.InThread(cardKey(request.id())), view,
                Map.of("run", run.value(), "request", request.id().value()), Priority.NOTICE));
    }

    /** The card's key in the outbox. */
    public static String cardKey(RequestId id) {
        return "request:" + id.value() + ":card";
    }
}
