package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Layout;
import dev.steward.bot.slack.blocks.Layout.Weight;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.approvals.Stage;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Teams;
import dev.steward.requests.DesertedTeam;
import dev.steward.requests.RequestView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The messages about teams. */
public final class TeamMessages {
    private TeamMessages() {}

    /** To whoever is above a team: nobody is left in it, and what it owns; or that somebody is in it again. */
    public static Rendered deserted(DesertedTeam view) {
        Mrkdwn title = Mrkdwn.text(view.team().title(), 100);
        return view.since().map(at -> deserted(view, title, at)).orElseGet(() -> Rendered.paragraph(
                Mrkdwn.of("Team *{}* has somebody in it again. Nothing more to do.", title)));
    }

    private static Rendered deserted(DesertedTeam view, Mrkdwn title, Instant at) {
        Mrkdwn head = Mrkdwn.of("*Nobody is left in team {}* ({}), since {}.", title,
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
                            + "catalog files and import them. Until then nobody in it can approve a request."));
        }
        return Rendered.of(head, message.blocks());
    }

    /**
     * To whoever is above a team: too few are left in it who may decide on something; or that it waits for them no more.
     *
     * @param card
     *            the address of its card, once it is posted
     */
    public static Rendered stuck(RequestView view, Optional<String> card) {
        return view.approval().filter(RequestView.Approval::nobodyCan)
                .flatMap(approval -> approval.proposal().openStage()
                        .map(open -> stuck(view, approval, open.stage(), card)))
                .orElseGet(() -> Rendered.paragraph(Mrkdwn.of(
                        "{} no longer lacks people to decide on it. Nothing more to do.", RequestWords.name(view))
                        .line(RequestWords.status(view)).line(DirectMessages.link(view, card))));
    }

    private static Rendered stuck(RequestView view, RequestView.Approval approval, Stage stage,
            Optional<String> card) {
        Mrkdwn head = Mrkdwn.of("*Nobody can decide on {} any more*: too few are left who may approve for *{}* ({}).",
                RequestWords.name(view), Mrkdwn.text(stage.name(), 75), Mrkdwn.text(Teams.describe(stage.by()), 150));
        Mrkdwn next = Mrkdwn
                .of("*Next:* Add somebody by {}, when the request expires. They can decide on the card at once.",
                        Mrkdwn.when(approval.proposal().expiresAt()))
                .line(DirectMessages.link(view, card));
        return Rendered.of(head, new Layout().add(Weight.VITAL, head).add(Weight.VITAL, next).blocks());
    }

    private static Mrkdwn entity(Entity entity) {
        return Mrkdwn.of("• {} ({}, {})", Mrkdwn.code(entity.name(), 100), entity.kind().text(),
                entity.profile().tier().text());
    }
}
