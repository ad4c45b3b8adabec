package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.oncall.Page;
import dev.steward.oncall.Shift;
import dev.steward.oncall.ShiftOverride;
import java.time.Instant;
import java.util.List;

/** Words that messages about on-call share. */
final class OnCallWords {
    private OnCallWords() {}

    /** Calls everybody in a team: its user group, or whoever is in the channel. */
    static Mrkdwn everybody(Team team) {
        return team.source() instanceof TeamSource.SlackGroup group ? Mrkdwn.group(group.id()) : Mrkdwn.everybody();
    }

    static Mrkdwn team(Team team) {
        return Mrkdwn.text(team.title(), 100);
    }

    /** What happened, and the incident that it belongs to, if it does to one. */
    static Mrkdwn what(Page page) {
        Mrkdwn title = Mrkdwn.of("*{}*", Mrkdwn.text(page.title(), 250));
        return page.subject().startsWith("INC-")
                ? Mrkdwn.of("{} ({})", title, Mrkdwn.text(page.subject(), 60))
                : title;
    }

    /** Somebody by name, whom nothing calls. */
    static Mrkdwn name(Person person) {
        return Mrkdwn.text(person.displayName(), 60);
    }

    /** One shift: who, until when. */
    static Mrkdwn shift(Shift shift) {
        return Mrkdwn.of("*{}*: {}", Mrkdwn.text(shift.layer(), 40), switch (shift.who()) {
            case Shift.Who.On(Person person) -> Mrkdwn.of("{} until {}{}", RequestWords.person(person),
                    Mrkdwn.when(shift.until()),
                    shift.override().map(id -> Mrkdwn.of(" ({})", id.text())).orElse(Mrkdwn.EMPTY));
            case Shift.Who.Nobody(String why) -> Mrkdwn.of(":red_circle: nobody until {}: {}",
                    Mrkdwn.when(shift.until()), Mrkdwn.text(why, 150));
        });
    }

    /** To somebody whose shift it is. */
    static Mrkdwn now(Shift shift) {
        return Mrkdwn.of("*You are on call* for team {} until {}.", place(shift), Mrkdwn.when(shift.until()));
    }

    /** To somebody whose shift it will be. */
    static Mrkdwn next(Shift shift) {
        return Mrkdwn.of("*Next shift:* team {} from {} to {}.", place(shift), Mrkdwn.when(shift.from()),
                Mrkdwn.when(shift.until()));
    }

    private static Mrkdwn place(Shift shift) {
        return Mrkdwn.of("{} ({})", Mrkdwn.text(shift.team(), 60), Mrkdwn.text(shift.layer(), 40));
    }

    /** A later shift: from when, who. */
    static Mrkdwn later(Shift shift) {
        return Mrkdwn.of("{} {}: {}", Mrkdwn.when(shift.from()), Mrkdwn.text(shift.layer(), 40), switch (shift.who()) {
            case Shift.Who.On(Person person) -> RequestWords.person(person);
            case Shift.Who.Nobody(String why) -> Mrkdwn.of(":red_circle: nobody, {}", Mrkdwn.text(why, 150));
        });
    }

    /** A shift without anybody. */
    static Mrkdwn gap(Shift shift) {
        return Mrkdwn.of("team {}: {} to {}{}", place(shift),
                shift.from().equals(Instant.EPOCH) ? Mrkdwn.of("now") : Mrkdwn.when(shift.from()),
                Mrkdwn.when(shift.until()), shift.who() instanceof Shift.Who.Nobody(String why)
                        ? Mrkdwn.of(", because {}", Mrkdwn.text(why, 150))
                        : Mrkdwn.EMPTY);
    }

    /** One of several: who stands in, where and when. */
    static Mrkdwn override(ShiftOverride override) {
        return Mrkdwn.of("{}: {}, {}, {} to {}{}", override.id().text(), RequestWords.person(override.person()),
                Mrkdwn.text(override.layer(), 40), Mrkdwn.when(override.from()), Mrkdwn.when(override.until()),
                switch (override.state()) {
                    case PROPOSED -> override.swap().filter(ShiftOverride.Half::answered)
                            .map(half -> Mrkdwn.of(" (in return, once {} is accepted)", half.id().text()))
                            .orElseGet(() -> Mrkdwn.of(" (asked, has not answered yet)"));
                    case ACTIVE -> Mrkdwn.EMPTY;
                    case DECLINED -> Mrkdwn.of(" (declined)");
                    case CANCELLED -> Mrkdwn.of(" (taken back)");
                });
    }

    /** Where and when somebody stands in, to go on a sentence. */
    static Mrkdwn standsIn(ShiftOverride override) {
        return Mrkdwn.of("on call for team {} ({}) from {} to {}", Mrkdwn.text(override.team(), 60),
                Mrkdwn.text(override.layer(), 40), Mrkdwn.when(override.from()), Mrkdwn.when(override.until()));
    }

    /** Whom a page went to. */
    static Mrkdwn steps(Page page) {
        List<Mrkdwn> lines = page.steps().stream().map(step -> switch (step.to()) {
            case Page.To.Somebody(Person person) -> Mrkdwn.of("{} paged {} ({})", Mrkdwn.when(step.at()),
                    name(person), Mrkdwn.text(step.layer(), 40));
            case Page.To.Nobody(String why) -> Mrkdwn.of("{} passed over {}: {}", Mrkdwn.when(step.at()),
                    Mrkdwn.text(step.layer(), 40), Mrkdwn.text(why, 150));
            case Page.To.WholeTeam _ -> Mrkdwn.of("{} paged everybody", Mrkdwn.when(step.at()));
        }).toList();
        return RequestWords.bounded(lines, 1500);
    }
}
