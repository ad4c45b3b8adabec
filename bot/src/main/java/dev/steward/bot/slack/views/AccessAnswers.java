package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Entity;
import dev.steward.catalog.Ownership;
import dev.steward.catalog.Team;
import dev.steward.definitions.Workflow;
import dev.steward.requests.AccessOffer;
import dev.steward.requests.LeaseView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** The private answers to {@code /access}. */
public final class AccessAnswers {
    /** What the action id of a button that asks for access begins with; its value is what would follow the command. */
    public static final String ASK = "ask-access";

    private static final int SHOWN = 15;

    private final CommandNames names;

    /** Answers that name the commands as this installation does. */
    public AccessAnswers(CommandNames names) {
        this.names = names;
    }

    /**
     * What can be typed.
     *
     * @param only
     *            the access workflow that the person may use, if there is exactly one
     */
    public Rendered help(Optional<Workflow> only) {
        Mrkdwn text = Mrkdwn.of("*Access* ends by itself. Ask for it in one line:").line(Mrkdwn.join("\n", List.of(
                Mrkdwn.of("{} opens the form; {} fills it in, too", names.of("access checkout"),
                        names.of("access checkout reader 8h")),
                Mrkdwn.of("{} shows what you have, with buttons to extend it and to end it", names.of("access mine")),
                Mrkdwn.of("{} shows who has access", names.of("access who checkout")),
                Mrkdwn.of("{} lets it last longer", names.of("access extend REQ-42 8h")),
                Mrkdwn.of("{} ends it at once: your own, or somebody's to what your team owns",
                        names.of("access revoke REQ-42")))));
        List<Map<String, Object>> blocks = new ArrayList<>(List.of(Blocks.section(text)));
        only.ifPresent(workflow -> blocks.add(
                Blocks.actions("access-help", List.of(CommandAnswers.open(workflow, workflow.name())))));
        return Rendered.of(text, blocks);
    }

    /** There is nothing that the person could ask for on it. */
    public Rendered none(Ownership.Found found) {
        return Rendered.paragraph(Mrkdwn.of(
                "No access workflow offers you a role on {}. Its owners, *{}*, can help. {}",
                Mrkdwn.code(found.entity().name(), 150), Mrkdwn.text(found.owner().title(), 100),
                OwnerCard.channel(found)));
    }

    /** There are several workflows to choose from. */
    public Rendered choose(Entity entity, List<AccessOffer> offers, List<String> words) {
        Mrkdwn head = Mrkdwn.of("*There are {} ways to get access to {}.* Which one?", offers.size(),
                Mrkdwn.code(entity.name(), 150));
        List<Map<String, Object>> blocks = new ArrayList<>(List.of(Blocks.section(head)));
        offers.stream().limit(SHOWN).forEach(offer -> blocks.add(Blocks.section(
                Mrkdwn.of("*{}*: {}", Mrkdwn.text(offer.workflow().title(), 75), roles(offer))
                        .line(Mrkdwn.text(offer.workflow().description(), 150)),
                CommandAnswers.open(offer.workflow(), text(offer, words)))));
        Mrkdwn typed = Mrkdwn.join(", ", offers.stream().limit(SHOWN)
                .map(offer -> names.of("request " + Mrkdwn.cut(text(offer, words), 100))).toList());
        return Rendered.of(head.line(Mrkdwn.of("Type one of: {}", typed)), blocks);
    }

    /** What follows {@code /request} for that offer. */
    public static String text(AccessOffer offer, List<String> words) {
        return String.join(" ", Stream.concat(Stream.of(offer.workflow().name()), words.stream()).toList());
    }

    private static Mrkdwn roles(AccessOffer offer) {
        return Mrkdwn.join(", ", offer.roles().stream().limit(SHOWN)
                .map(choice -> Mrkdwn.text(choice.role().title(), 75)).toList());
    }

    /** What was asked about is gone. */
    public Rendered gone(Entity entity) {
        return Rendered.paragraph(Mrkdwn.of("{} is gone, so nobody can get access to it. {} tells more.",
                Mrkdwn.code(entity.name(), 150), names.of("owner " + Mrkdwn.cut(entity.name(), 80))));
    }

    /** What was asked about is a team. */
    public Rendered team(Team team) {
        return Rendered.paragraph(Mrkdwn.of("{} is a team. Name a service or a resource; {} lists theirs.",
                Mrkdwn.code(team.name(), 100), names.of("owner " + Mrkdwn.cut(team.name(), 80))));
    }

    /** What a person has, or has asked for. */
    public Rendered mine(List<LeaseView> leases) {
        if (leases.isEmpty()) {
            return Rendered.paragraph(Mrkdwn.of("You have no access and no sandbox at the moment. {} and the name of a "
                    + "service or a resource asks for access.", names.of("access")));
        }
        Mrkdwn head = Mrkdwn.of("*What you have*, the first to end first");
        List<Map<String, Object>> blocks = new ArrayList<>(List.of(Blocks.section(head)));
        for (LeaseView lease : leases.stream().limit(SHOWN).toList()) {
            blocks.add(Blocks.section(line(lease)));
            List<Map<String, Object>> buttons = LeaseWords.buttons(lease);
            if (!buttons.isEmpty()) {
                blocks.add(Blocks.actions("lease:" + lease.request().value(), buttons));
            }
        }
        if (leases.size() > SHOWN) {
            blocks.add(Blocks.context(Mrkdwn.of("and {} more", leases.size() - SHOWN)));
        }
        return Rendered.of(head.line(RequestWords.bounded(leases.stream().map(AccessAnswers::line).toList(), 2000)),
                blocks);
    }

    private static Mrkdwn line(LeaseView lease) {
        return Mrkdwn.of("*{}: {}*", lease.request().text(), LeaseWords.what(lease)).line(LeaseWords.status(lease));
    }

    /** Who has access to an entity. */
    public Rendered who(Entity entity, List<LeaseView> leases) {
        if (leases.isEmpty()) {
            return Rendered.paragraph(Mrkdwn.of("Nobody has access to {} through Steward at the moment.",
                    Mrkdwn.code(entity.name(), 150)));
        }
        Mrkdwn lines = RequestWords.bounded(leases.stream().map(AccessAnswers::holder).toList(), 2400);
        Mrkdwn revoke = leases.stream().filter(lease -> !LeaseWords.givable(lease)).findFirst()
                .map(lease -> Mrkdwn.of("{} ends one.", names.of("access revoke " + lease.request().text())))
                .orElse(Mrkdwn.EMPTY);
        return Rendered.paragraph(
                Mrkdwn.of("*Who has access to {}*", Mrkdwn.code(entity.name(), 150)).line(lines).line(revoke));
    }

    private static Mrkdwn holder(LeaseView lease) {
        Mrkdwn role = lease.grant().map(grant -> Mrkdwn.text(grant.role(), 75)).orElse(Mrkdwn.EMPTY);
        return Mrkdwn.of("• {}, {} ({}): {}", RequestWords.person(lease.holder()), role, lease.request().text(),
                LeaseWords.status(lease));
    }

    /** The command lacks the name of what it is about. */
    public Rendered whoseAccess() {
        return Rendered.paragraph(Mrkdwn.of("To what? Type {} and the name of a service or a resource.",
                names.of("access who")));
    }

    /** The command lacks the request that access goes by, or names none. */
    public Rendered whichRequest(String command) {
        return Rendered.paragraph(Mrkdwn.of("Which one? Type it as {}. {} shows the numbers of yours.",
                names.of("access " + command), names.of("access mine")));
    }

    /** What stands for a duration is none, or is not more than nothing. */
    public Rendered noDuration(String typed) {
        return Rendered.paragraph(Mrkdwn.of(
                "{} does not say how much longer. Nothing was changed. Write {}, {} or {}, for example {}.",
                Mrkdwn.code(typed, 60), Mrkdwn.code("30m"), Mrkdwn.code("8h"),
                Mrkdwn.code("2d"), names.of("access extend REQ-42 8h")));
    }

    /** Slack did not open the form; a new click gives it another three seconds. */
    public Rendered openAgain(List<String> words) {
        Mrkdwn sentence = Mrkdwn.of(
                "Slack did not open the form for access. If you do not see it, open it with this button.");
        return Rendered.of(sentence, List.of(Blocks.section(sentence),
                Blocks.actions("open-again", List.of(ask(String.join(" ", words), "Open the form")))));
    }

    /** A button that does what {@code /access} with that text does. */
    static Map<String, Object> ask(String text, String label) {
        return Blocks.button(ASK, Mrkdwn.cut(text, 2000), label, label + ": access to " + text);
    }
}
