package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.catalog.TeamSource;
import dev.steward.oncall.Page;
import dev.steward.oncall.Shift;
import dev.steward.oncall.ShiftOverride;
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

    /** What happened, and what it belongs to. */
    static Mrkdwn what(Page page) {
        Mrkdwn title = Mrkdwn.of("*{}*", Mrkdwn.text(page.title(), 250));
        return page.subject().equals(page.title())
                ? title
                : Mrkdwn.of("{} ({})", title, Mrkdwn.text(page.subject(), 60));
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

    /** A later shift: from when, who. */
    static Mrkdwn later(Shift shift) {
        return Mrkdwn.of("{} {}: {}", Mrkdwn.when(shift.from()), Mrkdwn.text(shift.layer(), 40), switch (shift.who()) {
            case Shift.Who.On(Person person) -> RequestWords.person(person);
            case Shift.Who.Nobody(String why) -> Mrkdwn.of(":red_circle: nobody, {}", Mrkdwn.text(why, 150));
        });
    }

    /** From when to when somebody stands in, where and for whom. */
    static Mrkdwn override(ShiftOverride override) {
        return Mrkdwn.of("{} {} for team {} ({}), {} to {}{}", override.id().text(),
                RequestWords.person(override.person()), Mrkdwn.text(override.team(), 60),
                Mrkdwn.text(override.layer(), 40), Mrkdwn.when(override.from()), Mrkdwn.when(override.until()),
                override.state() == ShiftOverride.State.PROPOSED ? ", has not answered yet" : "");
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
