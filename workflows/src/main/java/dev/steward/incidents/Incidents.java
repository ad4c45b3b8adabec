package dev.steward.incidents;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import dev.steward.oncall.OnCall;
import dev.steward.requests.ActOutcome;
import dev.steward.requests.RequestId;
import dev.steward.requests.RequestParts;
import dev.steward.requests.Requests;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;

/**
 * The use cases of incidents. Slash commands, buttons, alerts and tests all come through here; every check of who may do
 * what is made here. Each is one transaction with its ledger entry, its entry of the timeline and its messages.
 */
public final class Incidents {
    /** The pinned message at the top of an incident's channel; argument {@code incident}. Key {@code incident:7:headline}. */
    public static final String HEADLINE = "incident-headline";
    /** The message in the channel where incidents are announced; argument {@code incident}. Key {@code incident:7:announcement}. */
    public static final String ANNOUNCEMENT = "incident-announcement";
    /** What changed before; arguments {@code incident}, {@code hours}. Key {@code incident:7:changes}, in its channel. */
    public static final String CHANGES = "incident-changes";
    /** One line in the incident's channel for an entry of its timeline; {@code incident}, {@code entry}. Key {@code incident:7:entry:9}. */
    public static final String NOTE = "incident-note";
    /** An update in the incident's channel; arguments {@code incident}, {@code entry}. Its key is that of a line. */
    public static final String UPDATE = "incident-update";
    /** Asks the lead for an update that is due, with Update and Snooze; argument {@code incident}. Edited once it is not due any more. */
    public static final String UPDATE_DUE = "incident-update-due";
    /** It is resolved: duration, what is missing, the postmortem; argument {@code incident}. Edited as that is done. */
    public static final String RESOLVED = "incident-resolved";
    /** Reminds somebody of what they are to do, directly; arguments {@code incident}, {@code item}. Edited when it is done. */
    public static final String ITEM = "incident-item";
    /** Tells people directly that they are in an incident whose channel is not there yet, or why; {@code incident}. */
    public static final String INVITED = "incident-invited";
    /** The kind of job that makes and mends an incident's channel in Slack; argument {@code incident}; handled there. */
    public static final String CHANNEL_JOB = "incident.channel";

    /**
     * What an organisation decides about incidents.
     *
     * @param announce
     *            the channel where they are announced, if any
     * @param freezes
     *            the severities whose incidents freeze applies
     * @param overriders
     *            the team whose members may let a frozen apply through
     */
    public record Rules(Optional<String> announce, Set<Severity> freezes, String overriders) {}

    /** People are told how it stands. All three may be blank, not all at once; {@code next}: until the next update. */
    public record Update(String conditions, String actions, String needs, Optional<Duration> next) {}

    /**
     * What Slack has to do for an incident's channel. Whoever does it tells each step that was done.
     *
     * @param topic
     *            of 250 characters at most
     * @param invite
     *            who is not in it yet
     * @param pin
     *            the key of the message that is to be pinned
     */
    public record Setup(Incident incident, String topic, List<Person> invite, Map<String, String> bookmarks,
            String pin) {}

    private final Desk desk;
    private final Summons summons;
    private final Declaring declaring;
    private final Conducting conducting;
    private final Notes notes;
    private final Items items;
    private final ItemRequests itemRequests;
    private final Ending ending;
    private final Freezes freezes;
    private final WhatChanged changes;
    private final Postmortems postmortems;
    private final ChannelSteps channels;
    private final IncidentViews views;
    private final IncidentSweep sweep;

    /** The use cases over the stores given. */
    public Incidents(RequestParts.Store store, RequestParts.Catalog catalog, Requests requests, OnCall onCall,
            Rules rules) {
        desk = new Desk(store, catalog, requests, rules);
        summons = new Summons(desk, onCall);
        declaring = new Declaring(desk, summons);
        conducting = new Conducting(desk, summons);
        notes = new Notes(desk);
        items = new Items(desk);
        itemRequests = new ItemRequests(desk);
        freezes = new Freezes(desk);
        changes = new WhatChanged(desk);
        postmortems = new Postmortems(desk, changes);
        ending = new Ending(desk, postmortems, summons);
        channels = new ChannelSteps(desk);
        views = new IncidentViews(desk, freezes);
        sweep = new IncidentSweep(desk, items, itemRequests);
    }

    // ---- declared, and looked at

    /** Takes a declaration. The incident is there before anything is asked of Slack. */
    public DeclareOutcome declare(Declaration declaration) {
        return declaring.declare(declaration);
    }

    /** What there is to see of it, or nothing where that person may not see it; nobody in particular: what all may see. */
    public Optional<IncidentView> view(Handle handle, IncidentId id, Optional<Person> viewer) {
        return desk.incidents.find(handle, id).filter(incident -> desk.members.mayKnow(handle, incident, viewer))
                .map(incident -> views.of(handle, incident));
    }

    /** What its own channel shows, whoever looks: only its members are in there. */
    public Optional<IncidentView> inside(Handle handle, IncidentId id) {
        return desk.incidents.find(handle, id).map(incident -> views.of(handle, incident));
    }

    /** The incident of that channel in Slack. */
    public Optional<Incident> inChannel(Handle handle, String channel) {
        return desk.incidents.inChannel(handle, channel);
    }

    /** The open ones that the person may see, the worst first. */
    public List<Incident> open(Handle handle, Person viewer) {
        return desk.incidents.open(handle, viewer.id());
    }

    /** Those that are open, and whose channel Steward is in. */
    public List<Incident> withChannels(Handle handle) {
        return ChannelSteps.usable(handle);
    }

    /** Its timeline, the oldest first; {@code all}: with what the short view leaves out. */
    public List<TimelineEntry> timeline(Handle handle, IncidentId id, boolean all, int limit, int offset) {
        return desk.timeline.list(handle, id, all, limit, offset);
    }

    /** How many entries its timeline has. */
    public int timelineSize(Handle handle, IncidentId id, boolean all) {
        return desk.timeline.size(handle, id, all);
    }

    /** One entry of a timeline, unless it was removed. */
    public Optional<TimelineEntry> entry(Handle handle, IncidentId id, long entry) {
        return desk.timeline.find(handle, id, entry);
    }

    /** What changed in that time before it was declared and since, the nearest first. */
    public Changes changes(Handle handle, IncidentId id, Duration back) {
        return changes.before(handle, desk.incidents.get(handle, id), back);
    }

    // ---- in the channel

    /** Tells people how it stands. */
    public ActOutcome update(IncidentId id, Person person, Update update) {
        return conducting.update(id, person, update);
    }

    /** Puts off the next update. */
    public ActOutcome snooze(IncidentId id, Person person, Duration delay) {
        return conducting.snooze(id, person, delay);
    }

    /** Another severity. */
    public ActOutcome severity(IncidentId id, Person person, Severity severity) {
        return conducting.severity(id, person, severity);
    }

    /** Another status of an open one. */
    public ActOutcome status(IncidentId id, Person person, IncidentState.Progress progress) {
        return conducting.status(id, person, progress);
    }

    /** Gives somebody a role; whoever had it is told in the channel. */
    public ActOutcome role(IncidentId id, Person person, IncidentRole role, Person holder) {
        return conducting.role(id, person, role, holder);
    }

    /** Takes a role that nobody has; whoever is second is told who has it. */
    public ActOutcome claim(IncidentId id, Person person, IncidentRole role) {
        return conducting.claim(id, person, role);
    }

    /** Sets or clears what it is on. */
    public ActOutcome about(IncidentId id, Person person, Entity entity) {
        return conducting.about(id, person, entity);
    }

    /** Writes something down, as having happened now or earlier. */
    public ActOutcome note(IncidentId id, Person person, String text, Optional<Instant> at) {
        return notes.note(id, person, text, at);
    }

    /** Changes the text of an entry, or removes it when blank; the earlier text is kept as a revision. */
    public ActOutcome amend(IncidentId id, Person person, long entry, String text) {
        return notes.amend(id, person, entry, text);
    }

    /** Takes a message that was pinned or marked into the timeline, at the time it was posted; again: nothing. */
    public void pinned(Handle handle, IncidentId id, String channel, String ts, Actor author, String text) {
        notes.pinned(handle, id, channel, ts, author, text);
    }

    /** A message that is in the timeline was edited, or deleted (empty): a revision; others are ignored. */
    public void messageChanged(Handle handle, String channel, String ts, Optional<String> text, Actor by) {
        notes.messageChanged(handle, channel, ts, text, by);
    }

    /** The messages of that channel that the timeline has, by ts. */
    public Set<String> pinnedMessages(Handle handle, String channel) {
        return desk.timeline.messagesOf(handle, channel);
    }

    /** Notes something to be done now, or a follow-up. */
    public ActOutcome item(IncidentId id, Person person, boolean followup, String text, Optional<Person> owner,
            Optional<Instant> due) {
        return items.add(id, person, followup, text, owner, due);
    }

    /** Something to be done was done, or is not to be done any more. */
    public ActOutcome itemEnded(long item, Person person, boolean done) {
        return items.end(item, person, done);
    }

    /** Pages a team; whoever answers joins. */
    public ActOutcome page(IncidentId id, Person person, Team team) {
        return summons.page(id, person, team);
    }

    /** Something to look at; {@code https} only. */
    public ActOutcome link(IncidentId id, Person person, String url, String title) {
        return items.link(id, person, url, title);
    }

    // ---- ends

    /** It is over. */
    public ActOutcome resolve(IncidentId id, Person person, String words) {
        return ending.resolve(id, person, words);
    }

    /** Nothing is left to do. */
    public ActOutcome close(IncidentId id, Person person) {
        return ending.close(id, person);
    }

    /** It was none. */
    public ActOutcome decline(IncidentId id, Person person, String reason) {
        return ending.decline(id, person, reason);
    }

    /** It is the same as another, which takes over its members, timeline, items and links. */
    public ActOutcome merge(IncidentId id, Person person, IncidentId into) {
        return ending.merge(id, person, into);
    }

    /** It goes on after all. */
    public ActOutcome reopen(IncidentId id, Person person) {
        return ending.reopen(id, person);
    }

    /** What is missing before it can be called done, in words for a checklist: done, and not done. */
    public Map<String, Boolean> checklist(Handle handle, IncidentId id) {
        return views.checklist(handle, desk.incidents.get(handle, id));
    }

    /** What was learned, in Markdown: as people left it, or else written from what is known. */
    public String postmortem(Handle handle, IncidentId id) {
        return postmortems.of(handle, desk.incidents.get(handle, id));
    }

    /** Keeps what people made of it. */
    public ActOutcome postmortem(IncidentId id, Person person, String body) {
        return postmortems.keep(id, person, body);
    }

    // ---- its channel

    /** What is left to do for its channel; empty when nothing is. */
    public Optional<Setup> setup(Handle handle, IncidentId id) {
        return channels.setup(handle, id);
    }

    /** Its channel is there; every later step goes by its id. */
    public void channelMade(Handle handle, IncidentId id, String slackId, String name) {
        channels.made(handle, id, slackId, name);
    }

    /** Somebody is in its channel, or came; a trouble says why Slack would not have them. */
    public void joined(Handle handle, IncidentId id, long person, Optional<String> trouble) {
        channels.joined(handle, id, person, trouble);
    }

    /** Everything was done that had to be. */
    public void channelReady(Handle handle, IncidentId id) {
        channels.ready(handle, id);
    }

    /** The same, unless there is more to do by now than what was done; answers whether all was. */
    public boolean channelReady(Handle handle, Setup done) {
        return channels.ready(handle, done);
    }

    /** A step failed, or the channel was archived or Steward removed from it: people are told elsewhere. */
    public void channelTrouble(Handle handle, IncidentId id, String why, boolean lost) {
        channels.trouble(handle, id, why, lost);
    }

    // ---- asked by others

    /** What freezes applies on these entities (rows) or on what they depend on: the worst open incident. */
    public Optional<Incident> freezing(Handle handle, Set<Long> entities) {
        return freezes.freezing(handle, entities);
    }

    /** Something that Steward did on what an open incident is on, or on what that depends on, joins its timeline. */
    public void happened(Handle handle, TimelineEntry.Kind kind, Set<Long> entities, String text, String source,
            Actor by) {
        desk.happenings.add(handle, kind, entities, text, source, by);
    }

    /** Something that happened in one incident, as a page or an alert, joins its timeline; once for each source. */
    public void happened(Handle handle, IncidentId id, TimelineEntry.Kind kind, String text, String source, Actor by) {
        desk.happenings.add(handle, desk.incidents.surviving(handle, id), kind, text, source, by);
    }

    /** Has the listener called in the transaction of every declaration, once all else of it is stored. */
    public void onDeclared(BiConsumer<Handle, Incident> listener) {
        declaring.onDeclared(listener);
    }

    /** Has the listener called in the transaction in which an incident's channel is there at last, or is another one. */
    public void onChannel(BiConsumer<Handle, Incident> listener) {
        channels.onMade(listener);
    }

    /** Has the listener called in the transaction in which an open incident is found to be on something, or on another thing. */
    public void onPlaced(BiConsumer<Handle, Incident> listener) {
        conducting.onPlaced(listener);
    }

    /** For everybody: what freezes, without what not everybody may know. */
    public static String freezeWords(Incident incident) {
        return Freezes.words(incident);
    }

    /** Lets the apply of a request through although it is frozen, on the word of one of the team that may say so. */
    public ActOutcome letThrough(IncidentId id, Person person, RequestId request, String reason) {
        return freezes.letThrough(id, person, request, reason);
    }

    /** Whether somebody let the apply of that request through. */
    public boolean letThrough(Handle handle, IncidentId id, RequestId request) {
        return Freezes.letThrough(handle, id, request);
    }

    /** Somebody belongs to it from now on, and is invited: whoever is on call for it, for example. */
    public void addMember(Handle handle, IncidentId id, long person) {
        desk.join(handle, desk.incidents.surviving(handle, id), person);
    }

    /** Everybody who belongs to it, in the order in which they came. */
    public List<Person> members(Handle handle, IncidentId id) {
        return desk.members.all(handle, id);
    }

    /** Notes when somebody first saw to it, as by acknowledging its page. */
    public void takenUp(Handle handle, IncidentId id) {
        conducting.acknowledged(handle, desk.incidents.surviving(handle, id));
    }

    /** How follow-ups become requests. */
    public ItemRequests itemRequests() {
        return itemRequests;
    }

    /** That one, or the one that has taken it over in the end. */
    public Optional<Incident> surviving(Handle handle, IncidentId id) {
        return desk.incidents.find(handle, id).map(incident -> desk.incidents.surviving(handle, incident.id()));
    }

    /** How the incidents went that were declared in that time. */
    public IncidentFigures figures(Handle handle, Instant from, Instant to) {
        return Counting.of(handle, from, to);
    }

    /** The run that people hold to be its cause. */
    public void causedBy(Handle handle, IncidentId id, RequestId request, OptionalLong run) {
        conducting.causedBy(handle, id, request, run);
    }

    /** The background work, by kind of job, without that of Slack. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(IncidentSweep.JOB, sweep, HomeNews.JOB, new HomeNews(desk));
    }

    /** Sees to it that what was begun goes on, whatever became of the jobs before. */
    public void recover() {
        desk.store.database().writing(h -> {
            desk.store.jobs().enqueue(h, IncidentSweep.jobAt(Instant.EPOCH));
            channels.unfinished(h).forEach(id -> desk.store.jobs().enqueue(h, Desk.channelJob(id)));
        });
    }
}
