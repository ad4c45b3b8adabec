package dev.steward.oncall;

import dev.steward.catalog.Entity;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is on call, changing that, and paging. */
public final class OnCall {
    /** The kind of job that tells another service of a page; its argument {@code page} is the number. */
    public static final String WEBHOOK_JOB = "oncall.webhook";

    private static final Logger LOG = LoggerFactory.getLogger(OnCall.class);

    private final OnCallParts parts;
    private final Overrides overrides;
    private final Roster roster;
    private final Overriding overriding;
    private final Pages pages;
    private final Paging paging;
    private final Watch watch;
    private final Audience audience;
    private final Duties duties;

    /** On-call over the parts given. */
    public OnCall(OnCallParts parts) {
        this.parts = parts;
        this.overrides = new Overrides(parts);
        this.roster = new Roster(parts, overrides);
        this.audience = new Audience(parts);
        this.overriding = new Overriding(parts, overrides, roster, audience);
        this.pages = new Pages(parts);
        this.paging = new Paging(parts, pages, roster, audience);
        this.watch = new Watch(parts, roster, audience);
        this.duties = new Duties(parts, overrides, roster, pages);
    }

    /**
     * Who is to be paged about an entity.
     *
     * @param team
     *            the team that its operating model names first
     * @param people
     *            who is on call there now, in the first layer that somebody is on; empty where nobody is
     */
    public record Responsible(Team team, List<Person> people) {}

    /** The rotation of that team, if it has one. */
    public Optional<Rotation> rotation(String team) {
        return parts.rotation(team);
    }

    /** The names of the teams that have a rotation. */
    public Collection<String> teams() {
        return parts.rules().rotations().keySet().stream().sorted().toList();
    }

    /** Who is on call for a team now, layer by layer; nothing for a team without rotation. */
    public List<Shift> now(Handle handle, String team) {
        return at(handle, team, parts.store().clock().instant());
    }

    /** Who is or was on call for a team at that moment, by what is known now. */
    public List<Shift> at(Handle handle, String team, Instant moment) {
        return roster.at(handle, team, moment);
    }

    /** Who is on call for a team between those moments: layer by layer, in order of time, at most 500 shifts a layer. */
    public List<Shift> schedule(Handle handle, String team, Instant from, Instant until) {
        return roster.between(handle, team, from, until);
    }

    /** The shifts without anybody that begin in the next seven days or are there now, layer by layer. */
    public List<Shift> gaps(Handle handle, String team) {
        Instant now = parts.store().clock().instant();
        return roster.between(handle, team, now, now.plus(Watch.AHEAD)).stream()
                .filter(shift -> shift.person().isEmpty()).toList();
    }

    /** Whether a person is on call for a team now, in any layer. */
    public boolean isOnCall(Handle handle, String team, Person person) {
        return now(handle, team).stream().flatMap(shift -> shift.person().stream())
                .anyMatch(onCall -> onCall.id() == person.id());
    }

    /** What on-call is to that person now. */
    public Duty duty(Handle handle, Person person) {
        return duties.of(handle, person);
    }

    /** Has somebody hear, in the same transaction, for whom on-call changes: by a shift, or by a page that begins or ends. */
    public void onChange(BiConsumer<Handle, Collection<Long>> listener) {
        audience.onChange(listener);
    }

    /** The team that is paged about an entity, by its operating model, and who is on call there. */
    public Optional<Responsible> responsible(Handle handle, Entity entity) {
        return paged(handle, entity).stream().findFirst().map(team -> new Responsible(team,
                now(handle, team.name()).stream().flatMap(shift -> shift.person().stream()).limit(1).toList()));
    }

    /** The teams that are paged about an entity, by its operating model, the first first. */
    public List<Team> paged(Handle handle, Entity entity) {
        return entity.operatingModel().pages(entity.owner(), entity.responsibility().operatedBy(),
                parts.rules().platformTeam()).stream().distinct()
                .flatMap(name -> parts.catalog().teams().byName(handle, name).stream()).toList();
    }

    /** Puts somebody in the place of another: at once for oneself, otherwise when that person says yes. */
    public OverrideOutcome override(OverrideOrder order) {
        return overriding.override(order);
    }

    /** The override with that number. */
    public Optional<ShiftOverride> find(Handle handle, OverrideId id) {
        return overrides.find(handle, id);
    }

    /** The overrides of a team that hold or wait for an answer, and are not over; the first to begin first. */
    public List<ShiftOverride> overrides(Handle handle, String team) {
        return overrides.coming(handle, team, parts.store().clock().instant());
    }

    /** Takes an override back. */
    public OverrideOutcome cancelOverride(OverrideId id, Person person) {
        return overriding.cancel(id, person);
    }

    /** Says yes to being put in another's place. */
    public OverrideOutcome accept(OverrideId id, Person person) {
        return overriding.answer(id, person, true);
    }

    /** Says no to being put in another's place. */
    public OverrideOutcome decline(OverrideId id, Person person) {
        return overriding.answer(id, person, false);
    }

    /**
     * Pages a team, in the caller's transaction. While a page of the team about the same subject is unanswered, that one
     * is what is answered, and nobody is paged twice.
     *
     * @throws IllegalArgumentException
     *             if there is no such team
     */
    public PageId page(Handle handle, PageOrder order) {
        Team team = parts.catalog().teams().byName(handle, order.team())
                .orElseThrow(() -> new IllegalArgumentException("no team " + order.team()));
        return paging.begin(handle, team, order);
    }

    /** The page with that number. */
    public Optional<Page> find(Handle handle, PageId id) {
        return pages.find(handle, id);
    }

    /** The pages about a subject, the first first. */
    public List<Page> about(Handle handle, String subject) {
        return pages.about(handle, subject);
    }

    /** Has somebody hear, in the same transaction, of each page that was acknowledged or that nobody answered. */
    public void onEnd(BiConsumer<Handle, Page> listener) {
        paging.onEnd(listener);
    }

    /** Notes that somebody is at it, so that nobody else is paged. */
    public AckOutcome acknowledge(PageId id, Person person) {
        return paging.acknowledge(id, person);
    }

    /** On whose word a page counts as acknowledged by somebody who never clicked on it. */
    public enum Word {
        /** It was decided elsewhere that they are at it. */
        ANYBODY,
        /** They said so themselves: it counts if they may acknowledge the page. */
        THEIRS,
        /** Somebody else said so: it counts if they were paged, or are on call for the team. */
        ANOTHERS
    }

    /** That person is at it: the pages about that subject end, as far as that word goes. Answers which, in the caller's transaction. */
    public List<Page> takenUp(Handle handle, String subject, Person person, Word word) {
        return paging.takenUp(handle, subject, person, word);
    }

    /** Tells the team that another service could not be told of a page. */
    public void notPassedOn(Handle handle, PageId id) {
        pages.find(handle, id).ifPresent(page -> new PageNotices(parts.store().outbox()).notPassedOn(handle, page));
    }

    /** Pages nobody any more about that subject, in the caller's transaction. */
    public void withdraw(Handle handle, String subject) {
        paging.withdraw(handle, subject, Actor.STEWARD);
    }

    /**
     * For books that were restored: pages that were open go no further, and the whole team is told that nobody answered,
     * since what became of them since is not known; other services are told of none. Answers how many it were.
     */
    public int settle(Handle handle) {
        parts.store().jobs().dropAll(handle, WEBHOOK_JOB);
        return paging.settle(handle);
    }

    /** The background work, by kind of job. */
    public Map<String, Job.Handler> handlers() {
        return Map.of(Paging.JOB, paging, Watch.JOB, watch);
    }

    /** Has everything looked at that a stop may have held up; at each start. */
    public void recover() {
        parts.store().database().writing(h -> {
            parts.store().jobs().enqueue(h, Watch.job());
            pages.open(h).forEach(id -> paging.enqueue(h, id));
            teams().stream().filter(name -> parts.catalog().teams().byName(h, name).isEmpty())
                    .forEach(name -> LOG.warn("oncall in steward.yaml names team {}, which the catalog does not know:"
                            + " nobody is on call for it before it is there", name));
        });
    }
}
