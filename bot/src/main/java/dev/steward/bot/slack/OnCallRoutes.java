package dev.steward.bot.slack;

import com.fasterxml.jackson.databind.JsonNode;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.bot.slack.people.Directory;
import dev.steward.bot.slack.people.Workspace;
import dev.steward.bot.slack.sending.MessageViews;
import dev.steward.bot.slack.views.CommandNames;
import dev.steward.bot.slack.views.DutyMessages;
import dev.steward.bot.slack.views.PageMessages;
import dev.steward.bot.slack.views.ShortAnswers;
import dev.steward.catalog.Person;
import dev.steward.oncall.OnCall;
import dev.steward.oncall.OverrideId;
import dev.steward.oncall.OverrideNotices;
import dev.steward.oncall.Page;
import dev.steward.oncall.PageId;
import dev.steward.oncall.PageNotices;
import dev.steward.oncall.ShiftOverride;
import dev.steward.oncall.Watch;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/** On-call in Slack: the messages about it, and what their buttons do. */
final class OnCallRoutes {
    private final SlackAdapter.Domain domain;
    private final OnCall onCall;
    private final DutyMessages duty;

    OnCallRoutes(SlackAdapter.Domain domain, CommandNames names) {
        this.domain = domain;
        this.onCall = domain.use().onCall();
        this.duty = new DutyMessages(names);
    }

    /** Adds the views of its messages. */
    MessageViews register(MessageViews views, Workspace workspace) {
        return views.with(PageNotices.CARD, args -> page(args).map(PageMessages::card))
                .with(PageNotices.STEP, args -> page(args).flatMap(page -> PageMessages.step(page, step(args))))
                .with(PageNotices.DIRECT, args -> page(args)
                        .flatMap(page -> PageMessages.direct(page, step(args), card(page, workspace))))
                .with(PageNotices.EXHAUSTED, args -> page(args).map(PageMessages::exhausted))
                .with(PageNotices.NOT_PASSED_ON, args -> page(args).map(PageMessages::notPassedOn))
                .with(OverrideNotices.ASKED, args -> override(args).map(duty::asked))
                .with(OverrideNotices.ANSWERED, args -> override(args).flatMap(duty::answered))
                .with(OverrideNotices.CARD, args -> override(args).flatMap(duty::card))
                .with(Watch.HAND_OVER, args -> Optional.of(duty.handOver(handOver(args))))
                .with(Watch.GAPS, args -> Optional.of(duty.gaps(args.path("team").asText(), gaps(args))));
    }

    private Optional<Page> page(JsonNode args) {
        return domain.database().read(h -> onCall.find(h, new PageId(args.path("page").asLong())));
    }

    private static long step(JsonNode args) {
        return args.path("step").asLong();
    }

    private Optional<String> card(Page page, Workspace workspace) {
        return domain.database().read(h -> domain.outbox().posted(h, PageNotices.cardKey(page.id())))
                .map(posted -> workspace.permalink(posted.channel(), posted.ts()));
    }

    private Optional<ShiftOverride> override(JsonNode args) {
        return domain.database().read(h -> onCall.find(h, new OverrideId(args.path("override").asLong())));
    }

    private DutyMessages.HandOver handOver(JsonNode args) {
        return new DutyMessages.HandOver(args.path("team").asText(), args.path("layer").asText(),
                person(args.path("from").asLong()), person(args.path("to").asLong()), at(args.path("until")),
                args.path("why").asText());
    }

    private static List<DutyMessages.Gap> gaps(JsonNode args) {
        List<DutyMessages.Gap> gaps = new ArrayList<>();
        args.path("gaps").forEach(gap -> gaps.add(new DutyMessages.Gap(gap.path("layer").asText(),
                at(gap.path("from")), at(gap.path("until")), gap.path("why").asText())));
        return gaps;
    }

    private Optional<Person> person(long id) {
        return domain.database().read(h -> domain.catalog().people().byId(h, id));
    }

    private static Instant at(JsonNode millis) {
        return Instant.ofEpochMilli(millis.asLong());
    }

    /** What its buttons do, by action. */
    Map<String, Consumer<Click>> clicks(Decisions.Speaking speaking) {
        return Map.of(
                PageMessages.ACKNOWLEDGE, click -> as(speaking, click, PageId.parse(click.value()),
                        (id, person) -> PageMessages.acknowledged(onCall.acknowledge(id, person), person)),
                DutyMessages.ACCEPT, click -> as(speaking, click, OverrideId.parse(click.value()),
                        (id, person) -> duty.outcome(onCall.accept(id, person))),
                DutyMessages.DECLINE, click -> as(speaking, click, OverrideId.parse(click.value()),
                        (id, person) -> duty.outcome(onCall.decline(id, person))));
    }

    private static <T> void as(Decisions.Speaking speaking, Click click, Optional<T> id,
            BiFunction<T, Person, Rendered> deed) {
        Optional<Person> person = speaking.directory().find(click.user()) instanceof Directory.Lookup.Known known
                ? Optional.of(known.person())
                : speaking.directory().remembered(click.user());
        if (id.isEmpty()) {
            speaking.answers().to(click, ShortAnswers.unreadableButton());
        } else if (person.isEmpty()) {
            speaking.answers().to(click, speaking.words().unknownPerson());
        } else {
            speaking.answers().to(click, person.get().mayAct()
                    ? deed.apply(id.get(), person.get())
                    : speaking.words().notAMember(person.get()));
        }
    }
}
