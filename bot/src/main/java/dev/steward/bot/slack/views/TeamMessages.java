package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Entity;
import dev.steward.requests.DesertedTeam;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The messages about teams. */
public final class TeamMessages {
    private TeamMessages() {}

    /** To whoever is above a team: nobody is left in it, and what it owns; or that somebody is in it again. */
    public static Rendered deserted(DesertedTeam view) {
        Mrkdwn title = Mrkdwn.text(view.team().title(), 100);
        return view.since().map(at -> deserted(view, title, at)).orElseGet(() -> Rendered.paragraph(
                Mrkdwn.of("Somebody is in the team *{}* again, in which nobody was left. Nothing more to do.", title)));
    }

    private static Rendered deserted(DesertedTeam view, Mrkdwn title, Instant at) {
        Mrkdwn head = Mrkdwn.of("*Nobody is left in the team {}* ({}), since {}.", title,
                Mrkdwn.code(view.team().name(), 100), Mrkdwn.when(at));
        List<Mrkdwn> lines = new ArrayList<>(view.owned().shown().stream().map(TeamMessages::entity).toList());
        if (view.owned().more() > 0) {
            lines.add(Mrkdwn.of("and {} more", view.owned().more()));
        }
        Layout message = new Layout().add(Weight.VITAL, head);
        if (lines.isEmpty()) {
            message.add(Weight.VITAL, Mrkdwn.of("It owns nothing any more. Nothing more to do."));
        } else {
            message.add(Weight.VITAL, Blocks.section(Mrkdwn.of("It owns:").line(Mrkdwn.join("\n", lines))))
                    .add(Weight.VITAL, Mrkdwn.of("*Next:* Put somebody into the team, or name another owner in the "
                            + "catalog files and import them. Until then nobody of the team decides on what is asked "
                            + "for there."));
        }
        return Rendered.of(head, message.blocks());
    }

    private static Mrkdwn entity(Entity entity) {
        return Mrkdwn.of("• {} ({}, {})", Mrkdwn.code(entity.name(), 100), entity.kind().text(),
                entity.profile().tier().text());
    }
}
