package dev.steward.bot.slack.views;

import dev.steward.bot.slack.blocks.Blocks;
import dev.steward.bot.slack.blocks.Mrkdwn;
import dev.steward.bot.slack.blocks.Rendered;
import dev.steward.catalog.Person;
import dev.steward.catalog.Team;
import dev.steward.definitions.Workflow;
import dev.steward.requests.ChangeForm;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The private answers to commands. */
public final class CommandAnswers {
    /** What the action id of a button that opens a form begins with; its value is the command's text. */
    public static final String OPEN_FORM = "open-form";

    /** The word after {@code /request} that changes what is there. */
    public static final String CHANGE = "change";

    private static final int SHOWN = 40;

    private final CommandNames names;

    /** Answers that name the commands as this installation does. */
    public CommandAnswers(CommandNames names) {
        this.names = names;
    }

    /** What somebody may ask for, each with a button that opens its form. */
    public Rendered workflows(Collection<Workflow> permitted) {
        if (permitted.isEmpty()) {
            return Rendered
                    .paragraph(Mrkdwn.of("There is nothing that you may ask for here yet. Ask the platform team: they "
                            + "add workflows, and say who may use them."));
        }
        List<Map<String, Object>> blocks = new ArrayList<>();
        blocks.add(Blocks.section(Mrkdwn.of("*What do you need?*")));
        permitted.stream().limit(SHOWN).forEach(workflow -> blocks.add(Blocks.section(
                Mrkdwn.of("*{}* {}", workflow.title(), Mrkdwn.code(workflow.name(), 100))
                        .line(Mrkdwn.text(workflow.description(), 150)),
                open(workflow, workflow.name()))));
        blocks.add(Blocks.context(Mrkdwn.of("Or type it: {}. To change what is there: {}",
                names.of("request " + permitted.iterator().next().name()), names.of("request change payments-api"))));
        return Rendered.of(Mrkdwn.of("What you may ask for: {}", Mrkdwn.join(", ",
                permitted.stream().limit(SHOWN).map(w -> Mrkdwn.text(w.name(), 60)).toList())), blocks);
    }

    /** There is no workflow of that name. */
    public Rendered unknownWorkflow(String typed, Collection<Workflow> meant) {
        Mrkdwn head = Mrkdwn.of("There is no workflow {}.", Mrkdwn.code(typed, 100));
        if (meant.isEmpty()) {
            return Rendered.paragraph(Mrkdwn.of("{} {} lists those that there are.", head, names.of("request")));
        }
        List<Map<String, Object>> blocks = new ArrayList<>();
        blocks.add(Blocks.section(Mrkdwn.of("{} Did you mean one of these?", head)));
        meant.stream().limit(5).forEach(workflow -> blocks.add(Blocks.section(
                Mrkdwn.of("*{}* {}", workflow.title(), Mrkdwn.code(workflow.name(), 100)),
                open(workflow, workflow.name()))));
        return Rendered.of(Mrkdwn.of("{} Did you mean {}?", head, Mrkdwn.code(meant.iterator().next().name(), 100)),
                blocks);
    }

    /** {@code /request change} without a name. */
    public Rendered changeOfWhat() {
        return Rendered.paragraph(Mrkdwn.of("Change what? Type {} and the name of a service or a resource.",
                names.of("request change")));
    }

    /** A team is nothing that a request made. */
    public Rendered teamsDoNotChange(Team team) {
        return Rendered.paragraph(Mrkdwn.of("{} is a team. {} shows what it owns, and that can be changed.",
                Mrkdwn.text(team.title(), 100), names.of("owner " + team.name())));
    }

    /** It cannot be changed, or not now. */
    public static Rendered unchangeable(ChangeForm.Refused refused) {
        return Rendered.paragraph(Mrkdwn.text(refused.why(), 1000));
    }

    /**
     * Slack did not open the form of a change; a new click gives it another three seconds.
     *
     * @param words
     *            that say how it is to be changed
     */
    public static Rendered openChangeAgain(String name, List<String> words) {
        Mrkdwn sentence = Mrkdwn.of(
                "Slack did not open the form that changes {}. If you do not see it, open it with this button.",
                Mrkdwn.code(name, 150));
        return Rendered.of(sentence,
                List.of(Blocks.section(sentence),
                        Blocks.actions("open-again", List.of(change(name, words, "Open the form")))));
    }

    /** The button that opens the form of what is there. */
    static Map<String, Object> change(String name, String label) {
        return change(name, List.of(), label);
    }

    private static Map<String, Object> change(String name, List<String> words, String label) {
        String value = (CHANGE + " " + name + " " + String.join(" ", words)).strip();
        return Blocks.button(OPEN_FORM + ":" + CHANGE, value, label, "Change " + name);
    }

    /** The workflow is for others. */
    public Rendered notAllowed(Workflow workflow) {
        Mrkdwn who = switch (workflow.allow()) {
            case Workflow.Allow.Everyone everyone -> Mrkdwn.of("members of this workspace");
            case Workflow.Allow.Groups(List<String> groups) -> Mrkdwn.join(", ",
                    groups.stream().limit(10).map(group -> Mrkdwn.of("team {}", Mrkdwn.text(group, 60))).toList());
        };
        return Rendered.paragraph(Mrkdwn.of("Only {} can ask for {}. Ask somebody there, or the platform team.",
                who, Mrkdwn.code(workflow.name(), 100)));
    }

    /** The person is no member, and asks for nothing. */
    public Rendered notAMember(Person person) {
        return Rendered
                .paragraph(Mrkdwn.of("You are {}. Only members of this workspace can request or approve something "
                        + "here, so nothing was done. Ask a member to do it for you.", person.standing().words()));
    }

    /** Slack could not tell who somebody is. */
    public Rendered unknownPerson() {
        return Rendered.paragraph(Mrkdwn.of("Steward could not find out from Slack who you are, so it did nothing. "
                + "Try again in a minute."));
    }

    /** Slack did not open the form; a new click gives it another three seconds. */
    public Rendered openAgain(Workflow workflow, String text) {
        Mrkdwn sentence = Mrkdwn.of(
                "Slack did not open the form of *{}*. If you do not see it, open it with this button.",
                Mrkdwn.text(workflow.title(), 60));
        return Rendered.of(sentence, List.of(Blocks.section(sentence),
                Blocks.actions("open-again", List.of(open(workflow, text)))));
    }

    /** What Steward does. */
    public Rendered help() {
        return Rendered.paragraph(Mrkdwn.of("*Steward* is the platform team's front desk.").line(Mrkdwn.join("\n",
                List.of(Mrkdwn.of("{} lists what you may ask for; with a name after it, it opens that form",
                        names.of("request")),
                        Mrkdwn.of("{} opens the form to change what is there",
                                names.of("request change payments-api")),
                        Mrkdwn.of("{} with the name of a service, a resource or a team says who owns it",
                                names.of("owner")),
                        Mrkdwn.of("{} with the name of a service or a resource asks for access to it; alone, it says "
                                + "what else it does", names.of("access")),
                        Mrkdwn.of("{} and what is wrong declares an incident; {} says what can be done in one",
                                names.of("incident"), names.of("incident help")),
                        Mrkdwn.of("{} shows who is on call for you, or with its name for a service or a team; {} "
                                + "says what else it does", names.of("oncall"), names.of("oncall help")),
                        Mrkdwn.of("{} shows this; {}, {}, {}, {} and {} do the same as the commands above",
                                names.of("steward"), names.of("steward request"), names.of("steward owner"),
                                names.of("steward access"), names.of("steward incident"), names.of("steward oncall")),
                        Mrkdwn.of(
                                "Steward's *Home* tab shows what waits for you, your requests, your access and your services")))));
    }

    /** What can be asked in words. */
    public Rendered spokenHelp() {
        return Rendered.paragraph(Mrkdwn.of("*Ask Steward in words*, in its direct messages or by mentioning it:")
                .line(examples()).line(Mrkdwn.code("my access"))
                .line(Mrkdwn.of("{} lists the commands, which do more.", names.of("steward help"))));
    }

    /** What was asked in words is nothing that Steward understands. */
    public Rendered notUnderstood() {
        return Rendered.paragraph(Mrkdwn.of("Steward did not understand that. It understands, for example:")
                .line(examples()).line(Mrkdwn.of("{} says what else it does.", names.of("steward help"))));
    }

    private static Mrkdwn examples() {
        return Mrkdwn.join("\n", Stream.of("who owns payments-api", "who is on call for checkout", "what can I ask for")
                .map(Mrkdwn::code).toList());
    }

    /** The word after {@code /steward} is none that it knows. */
    public Rendered unknownWord(String word) {
        Rendered help = help();
        Mrkdwn first = Mrkdwn.of("There is no {}.", Mrkdwn.code("/" + names.prefix() + "steward " + word, 100));
        return Rendered.of(first.line(help.text()), List.of(Blocks.section(first.line(help.text()))));
    }

    /** {@code /owner} without a name. */
    public Rendered ownerOfWhat() {
        return Rendered.paragraph(Mrkdwn.of("Whose? Type {} and the name of a service, a resource or a team.",
                names.of("owner")));
    }

    /** The button that opens a workflow's form; its value is what would follow {@code /request}. */
    static Map<String, Object> open(Workflow workflow, String text) {
        return Blocks.button(OPEN_FORM + ":" + Mrkdwn.cut(workflow.name(), 200), Mrkdwn.cut(text, 2000),
                "Open the form", "Open the form " + workflow.title());
    }
}
