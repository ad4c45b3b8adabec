package dev.steward.oncall;

import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.jobs.Job;
import dev.steward.ledger.Actor;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * Pages one layer after the other, up to {@link #ROUNDS} times, until somebody answers. Each step is one transaction: what
 * it did, its messages, its entry in the ledger, and when the next is due. A round in which no layer had anybody pages the
 * whole team's channel instead; for a team without rotation that is every round.
 */
final class Paging implements Job.Handler {
    static final String JOB = "oncall.page";
    static final int ROUNDS = 3;
    /** For a team without rotation. */
    static final Duration USUAL_WAIT = Duration.ofMinutes(5);

    private final OnCallParts parts;
    private final Pages pages;
    private final Roster roster;
    private final PageNotices notices;
    private final Audience audience;
    private volatile BiConsumer<Handle, Page> listener = (handle, page) -> {};

    Paging(OnCallParts parts, Pages pages, Roster roster, Audience audience) {
        this.audience = audience;
        this.parts = parts;
        this.pages = pages;
        this.roster = roster;
        this.notices = new PageNotices(parts.store().outbox());
    }

    /** Has somebody hear of each page that was acknowledged or that nobody answered. */
    void onEnd(BiConsumer<Handle, Page> hears) {
        listener = hears;
    }

    /** Begins, with the first step. */
    PageId begin(Handle handle, Team team, PageOrder order) {
        Optional<PageId> running = pages.unanswered(handle, team, order.subject());
        if (running.isPresent()) {
            return running.get();
        }
        PageId id = pages.add(handle, team, order, order.channel().or(() -> parts.channel(handle, team)));
        Map<String, Object> facts = new HashMap<>(Map.of("team", team.id()));
        order.asker().ifPresent(person -> facts.put("asker", person.id()));
        parts.store().ledger().append(handle, order.asker().map(OnCallParts::actor).orElse(Actor.STEWARD), "page.open",
                id.text(), facts);
        advance(handle, pages.byId(handle, id));
        enqueue(handle, id);
        if (parts.rules().webhook()) {
            parts.store().jobs().enqueue(handle, Job.Order.now(OnCall.WEBHOOK_JOB + ":" + id.value(),
                    OnCall.WEBHOOK_JOB, Map.of("page", id.value()), Job.Lane.GENERAL));
        }
        return id;
    }

    /** Has the page looked at when its next step is due. */
    void enqueue(Handle handle, PageId id) {
        if (pages.byId(handle, id).state() instanceof PageState.Open(Instant nextAt)) {
            parts.store().jobs().enqueue(handle, new Job.Order(key(id), JOB, Map.of("page", id.value()),
                    Job.Lane.GENERAL, 0, nextAt));
        }
    }

    private static String key(PageId id) {
        return JOB + ":" + id.value();
    }

    @Override
    public Job.Outcome run(Job job) {
        PageId id = new PageId(job.args().path("page").asLong());
        return parts.store().database().write(h -> {
            Instant now = parts.store().clock().instant();
            Page page = pages.byId(h, id);
            if (page.state() instanceof PageState.Open(Instant nextAt) && !nextAt.isAfter(now)) {
                advance(h, page);
            }
            return pages.byId(h, id).state() instanceof PageState.Open(Instant next)
                    ? new Job.Outcome.Again(Duration.between(now, next))
                    : Job.Outcome.DONE;
        });
    }

    /** The next step, past layers that nobody is on. */
    private void advance(Handle handle, Page page) {
        int round = page.at().round();
        int layer = page.at().layer() + 1;
        List<Shift> shifts = roster.at(handle, page.team().name(), parts.store().clock().instant());
        while (round <= ROUNDS) {
            if (layer < shifts.size()) {
                if (step(handle, page, round, layer, shifts.get(layer))) {
                    return;
                }
                layer++;
            } else if (calledNobody(handle, page, round)) {
                wait(handle, page, round, Math.max(layer, shifts.size()));
                tell(handle, page, round, "", new Page.To.WholeTeam());
                return;
            } else {
                round++;
                layer = 0;
            }
        }
        passOn(handle, page);
        exhaust(handle, pages.byId(handle, page.id()));
    }

    /** To the next of the teams that are to be paged about it, if there is one. */
    private void passOn(Handle handle, Page page) {
        List<String> then = Pages.then(handle, page.id());
        List<String> known = then.stream().filter(name -> parts.catalog().teams().byName(handle, name).isPresent())
                .toList();
        if (!known.isEmpty()) {
            Team next = parts.catalog().teams().byName(handle, known.getFirst()).orElseThrow();
            PageId id = begin(handle, next, new PageOrder(next.name(), page.subject(), page.title(), Optional.empty(),
                    Optional.empty(), known.subList(1, known.size())));
            changed(handle, page, "passed_to = :to", Map.of("to", id.value()));
        }
    }

    private boolean calledNobody(Handle handle, Page page, int round) {
        return pages.byId(handle, page.id()).steps().stream().filter(step -> step.round() == round)
                .allMatch(step -> step.to() instanceof Page.To.Nobody);
    }

    /** Pages who is on call in the layer; false when nobody is. */
    private boolean step(Handle handle, Page page, int round, int layer, Shift shift) {
        switch (shift.who()) {
            case Shift.Who.On(Person person) -> {
                wait(handle, page, round, layer);
                tell(handle, page, round, shift.layer(), new Page.To.Somebody(person));
                return true;
            }
            case Shift.Who.Nobody(String why) -> {
                pages.step(handle, page, round, shift.layer(), new Page.To.Nobody(why));
                return false;
            }
        }
    }

    private void wait(Handle handle, Page seen, int round, int layer) {
        Duration wait = parts.rotation(seen.team().name()).map(Rotation::escalateAfter).orElse(USUAL_WAIT);
        changed(handle, seen, "round = :round, layer = :layer, next_at = :next", Map.of("round", round, "layer", layer,
                "next", parts.store().clock().instant().plus(wait).toEpochMilli()));
    }

    private void tell(Handle handle, Page seen, int round, String layer, Page.To to) {
        long id = pages.step(handle, seen, round, layer, to);
        Page page = pages.byId(handle, seen.id());
        audience.changed(handle, page);
        notices.step(handle, page,
                page.steps().stream().filter(step -> step.id() == id).findFirst().orElseThrow());
        Map<String, Object> facts = new HashMap<>(Map.of("team", page.team().id(), "round", round));
        if (to instanceof Page.To.Somebody(Person person)) {
            facts.put("person", person.id());
            facts.put("layer", layer);
        }
        parts.store().ledger().append(handle, Actor.STEWARD, "page.step", page.id().text(), facts);
    }

    private void exhaust(Handle handle, Page seen) {
        changed(handle, seen, "state = 'exhausted', next_at = NULL", Map.of());
        parts.store().ledger().append(handle, Actor.STEWARD, "page.exhaust", seen.id().text(),
                Map.of("team", seen.team().id()));
        Page page = pages.byId(handle, seen.id());
        notices.changed(handle, page);
        notices.exhausted(handle, page);
        audience.changed(handle, page);
        listener.accept(handle, page);
    }

    int settle(Handle handle) {
        List<PageId> open = pages.open(handle);
        open.forEach(id -> exhaust(handle, pages.byId(handle, id)));
        return open.size();
    }

    AckOutcome acknowledge(PageId id, Person person) {
        return parts.store().database().write(h -> {
            Optional<Page> found = pages.find(h, id);
            if (found.isEmpty()) {
                return new AckOutcome.Refused("There is no " + id.text() + ".");
            }
            return switch (found.get().state()) {
                case PageState.Acked(Person by, Instant at) -> new AckOutcome.AckedBefore(found.get(), by, at);
                case PageState.Withdrawn _ -> new AckOutcome.Refused(
                        id.text() + " was withdrawn: what it was about is over. There is nothing to acknowledge.");
                case PageState.Open _,PageState.Exhausted _ -> acknowledge(h, found.get(), person);
            };
        });
    }

    List<Page> takenUp(Handle handle, String subject, Person person, OnCall.Word word) {
        return pages.about(handle, subject).stream().filter(Page::unanswered).filter(page -> person.mayAct())
                .filter(page -> switch (word) {
                    case ANYBODY -> true;
                    case THEIRS -> mayAnswer(handle, page, person);
                    case ANOTHERS -> called(handle, page).contains(person.id());
                }).map(page -> acked(handle, page, person)).toList();
    }

    private AckOutcome acknowledge(Handle handle, Page page, Person person) {
        if (!mayAnswer(handle, page, person)) {
            return new AckOutcome.Refused("Only who is on call for team " + page.team().name()
                    + ", who was paged, its members and the platform team can acknowledge " + page.id().text()
                    + ". Nothing was changed.");
        }
        return new AckOutcome.Acked(acked(handle, page, person));
    }

    private Page acked(Handle handle, Page page, Person person) {
        changed(handle, page, "state = 'acked', next_at = NULL, acked_by = :by, acked_at = :now",
                Map.of("by", person.id(), "now", parts.store().clock().millis()));
        parts.store().jobs().drop(handle, key(page.id()));
        parts.store().ledger().append(handle, OnCallParts.actor(person), "page.ack", page.id().text(),
                Map.of("team", page.team().id(), "person", person.id()));
        Page now = pages.byId(handle, page.id());
        notices.changed(handle, now);
        audience.changed(handle, now);
        listener.accept(handle, now);
        pages.linked(handle, page.id()).stream().filter(Page::unanswered)
                .forEach(other -> acked(handle, other, person));
        return now;
    }

    private boolean mayAnswer(Handle handle, Page page, Person person) {
        return person.mayAct() && (called(handle, page).contains(person.id())
                || parts.belongs(handle, page.team(), person));
    }

    /** Who was paged, and who is on call for the team now. */
    private Set<Long> called(Handle handle, Page page) {
        Set<Long> called = page.steps().stream().map(Page.Step::to).filter(Page.To.Somebody.class::isInstance)
                .map(to -> ((Page.To.Somebody) to).person().id()).collect(Collectors.toSet());
        roster.at(handle, page.team().name(), parts.store().clock().instant())
                .forEach(shift -> shift.person().ifPresent(onCall -> called.add(onCall.id())));
        return called;
    }

    void withdraw(Handle handle, String subject, Actor by) {
        for (Page page : pages.about(handle, subject)) {
            if (page.unanswered()) {
                changed(handle, page, "state = 'withdrawn', next_at = NULL", Map.of());
                parts.store().jobs().drop(handle, key(page.id()));
                parts.store().ledger().append(handle, by, "page.withdraw", page.id().text(),
                        Map.of("team", page.team().id()));
                notices.changed(handle, pages.byId(handle, page.id()));
                audience.changed(handle, page);
            }
        }
    }

    /** In the caller's transaction nobody can have been first. */
    private void changed(Handle handle, Page seen, String set, Map<String, ?> values) {
        if (!pages.change(handle, seen, set, values)) {
            throw new IllegalStateException(seen.id().text() + " was changed since it was read");
        }
    }
}
